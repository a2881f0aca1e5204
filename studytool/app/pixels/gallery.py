"""The pictures of the notes: found on the disk, decoded in a thread, kept as cells."""

from __future__ import annotations

import io
import os
import re
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, TypeAlias

from studytool.app.pixels.cells import half_blocks, placeholders, size_in_cells
from studytool.app.pixels.file import CannotError, opened
from studytool.app.prose.lines import cells, wrap
from studytool.text import one_line

if TYPE_CHECKING:
    from PIL.Image import Image

    from studytool.app.pixels.terminal import Graphics
    from studytool.app.prose.lines import Line
    from studytool.app.prose.page import Pictures

_QUIET = "italic $foreground-muted"
_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:|//")
_WALKED = 20_000
"""So many files are looked through for a picture that is told by its name alone."""
_KEPT = 64
_Key: TypeAlias = tuple[str, tuple[str, ...], str, str, int, int]
"""The note, the roots, what stands in the note for file and name, and the room in columns and rows."""


class Gallery:
    """Draws pictures for texts. `work` runs a function in a thread, and what it returns is called in the app's."""

    def __init__(self, graphics: Graphics, work: Callable[[Callable[[], Callable[[], None]]], None]) -> None:
        self.graphics = graphics
        self._work = work
        self._lines: OrderedDict[_Key, list[Line] | None] = OrderedDict()
        self._names: dict[str, dict[str, str]] = {}
        self._decoding = Lock()  # one after the other: each takes memory

    def of(self, note: str, roots: tuple[str, ...], rows: int, changed: Callable[[], None]) -> Pictures:
        """Draws what a note at a path embeds, in at most so many rows; `changed` is called when another one is there.

        `roots` are the folder of its library and, where that is another one, that of the first library.
        """

        def draw(source: str, name: str, room: int) -> list[Line]:
            told = one_line(name) or one_line(source)
            key = (note, roots, source, told, room, rows)
            if key not in self._lines:
                self._lines[key] = None
                while len(self._lines) > _KEPT:
                    self._lines.popitem(last=False)
                if _ADDRESS.match(source):
                    self._lines[key] = _sentence(told, "it lies on the web, and is not fetched", room)
                else:
                    self._work(partial(self._make, key, changed))
            return self._lines[key] or self._other(key) or _sentence(told, "…", room)

        return draw

    def _other(self, key: _Key) -> list[Line] | None:
        """A picture as it was drawn for another room, where it fits: nothing moves while it is drawn anew."""
        note, roots, source, told, room, rows = key
        drawn = (lines for each, lines in self._lines.items() if lines and each[:4] == (note, roots, source, told))
        return next((each for each in drawn if len(each) <= rows + 1 and max(map(cells, each)) <= room), None)

    def _make(self, key: _Key, changed: Callable[[], None]) -> Callable[[], None]:
        """In a thread: the lines of a picture, or a sentence in its place."""
        note, roots, source, told, room, rows = key
        lines: list[Line]
        try:
            path = self._find(source, note, roots)
            with self._decoding:
                image = opened(path, room * self.graphics.cell[0], rows * self.graphics.cell[1])
                lines = [*self._drawn(image, room, rows), *wrap([(told, _QUIET)], room)]
        except CannotError as error:
            lines = _sentence(told, str(error), room)

        def there() -> None:
            if key in self._lines:
                self._lines[key] = lines
            changed()

        return there

    def _drawn(self, image: Image, room: int, rows: int) -> list[Line]:
        way, cell = self.graphics.way, self.graphics.cell
        columns, rows = size_in_cells(*image.size, room, rows, cell)
        if way == "blocks":
            return half_blocks(image, columns, rows)
        from studytool.app.pixels.driver import SHELF, Shown

        shown = Shown(image.resize((columns * cell[0], rows * cell[1])), columns, rows)
        if way == "kitty":
            file = io.BytesIO()
            shown.image.save(file, "PNG")
            shown.png = file.getvalue()
        else:
            shown.draw(cell)
        return placeholders(SHELF.add(shown), columns, rows)

    def _find(self, source: str, note: str, roots: tuple[str, ...]) -> str:
        """The file that a note means: from its folder, from the roots, else by its name anywhere in its library."""
        from studytool.notes.targets import unquoted

        for wanted in dict.fromkeys((source, unquoted(source))):
            for folder in (os.path.dirname(os.path.abspath(note)), *map(os.path.abspath, roots)):
                path = os.path.join(folder, wanted.lstrip("/"))
                if os.path.isfile(path):
                    return path
        for root in roots:
            if root not in self._names:
                self._names[root] = _files(root)
            if found := self._names[root].get(os.path.basename(unquoted(source)).casefold()):
                return found
        raise CannotError("there is no such file")


def _sentence(name: str, why: str, room: int) -> list[Line]:
    return wrap([(f"[image: {name}: {why}]", _QUIET)], room)


def _files(root: str) -> dict[str, str]:
    """The files below a folder by their names in small letters, the nearest of each; hidden folders are left out."""
    found: dict[str, str] = {}
    folders = [root]
    while folders and len(found) < _WALKED:
        below: list[str] = []
        for folder in folders:
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError:
                continue
            for entry in entries:
                if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                    below.append(entry.path)
                elif entry.is_file():
                    found.setdefault(entry.name.casefold(), entry.path)
        folders = below
    return found
