"""A demo's file beside its picture, with the line at which its loop stands, or an error came."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.containers import ScrollableContainer
from textual.content import Content
from textual.widgets import Static

from studytool.app.prose.lines import Line, cells, content, fold, wrap
from studytool.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

_HERE, _BROKEN = ("▶", "$accent bold", "on $primary 25%"), ("✗", "$error bold", "on $error 25%")
"""The mark of the line at which the loop stands, or an error came; its style, and that of the line."""
_HEAD = 6
"""Cells before the code: the mark, four for the number, and a space."""
_DEEPER = 4
"""So much further in goes on what has no room in its line."""


class SourceView(ScrollableContainer, can_focus=False):
    """The lines of a Python file with their numbers; `stand` marks one of them and scrolls there."""

    def __init__(self, path: Path) -> None:
        super().__init__(id="source")
        self._path = path
        self._lines: list[Line] = []
        self._room = 0
        self._rows: list[list[Content]] = []
        self._line: int | None = None
        self._mark = _HERE

    def compose(self) -> ComposeResult:
        """One text, as wide as there is room."""
        yield Static(id="source-lines")

    def on_resize(self) -> None:
        """Long lines are broken anew."""
        if self._lines:
            self._draw()

    def stand(self, line: int | None, *, broken: bool = False) -> None:
        """Mark this line, counted from 1, or none; where it is the same as before nothing moves.

        It is `broken` where an error came.
        """
        mark = _BROKEN if broken else _HERE
        if not self.display or (self._lines and (line, mark) == (self._line, self._mark)):
            return
        self._lines = self._lines or self._read()
        self._line, self._mark = line, mark
        self._draw()
        if line is not None:
            self.call_after_refresh(self._go_to, line)

    def _go_to(self, line: int) -> None:
        """The line stands in the middle, unless it is well within what is seen."""
        height, top = self.size.height, int(self.scroll_y)
        row = sum(map(len, self._rows[: line - 1]))
        if not top + 1 <= row <= top + height - 3:
            self.scroll_to(y=max(row - height // 2, 0), animate=False)

    def _read(self) -> list[Line]:
        """The file's lines, a long one's in colour a moment later; a sentence where it cannot be read any more."""
        from studytool.app.prose.code import AT_ONCE, colours

        try:
            text = clean(self._path.read_text("utf-8")).expandtabs(4).rstrip("\n")
        except (OSError, UnicodeDecodeError) as error:
            return [[(f"{self._path} cannot be read: {error}", "")]]
        return fold(colours(text, "python", self._colour if len(text) > AT_ONCE else None), len(text))

    def _colour(self, code: str, language: str) -> None:
        """Colour the file in a thread, once."""
        from studytool.app.pieces import Pieces, in_a_thread
        from studytool.app.prose.code import keep

        Pieces(self.screen, in_a_thread(partial(keep, code, language)), partial(self._there, code, language))

    def _there(self, code: str, language: str) -> None:
        """The colours have come."""
        from studytool.app.prose.code import colours

        if self.is_attached:
            self._lines, self._room = fold(colours(code, language), len(code)), 0
            self._draw()

    def _draw(self) -> None:
        room = max(self.scrollable_content_region.width - _HEAD, 20)
        if room != self._room:
            self._room, self._rows = room, [[content([row]) for row in _broken(line, room)] for line in self._lines]
        shown = []
        sign, style, ground = self._mark
        for number, rows in enumerate(self._rows, 1):
            here = number == self._line
            for k, row in enumerate(rows):
                head = " " * _HEAD if k else f"{sign if here else ' '}{number:>4} "
                line = Content.assemble((head, style if here else "$foreground-muted"), row)
                if here:
                    line = line.pad_right(_HEAD + room - line.cell_length).stylize(ground)
                shown.append(line)
        self.query_one(Static).update(Content("\n").join(shown))


def _broken(line: Line, room: int) -> list[Line]:
    """A line of code as rows of at most `room` cells, broken between words; those after the first stand further in."""
    if cells(line) <= room:
        return [line]
    text = "".join(part for part, _ in line)
    indent = min(len(text) - len(text.lstrip(" ")), room // 2)
    first, *more = wrap(line, room - indent - _DEEPER)
    return [[(" " * indent, ""), *first], *([(" " * (indent + _DEEPER), ""), *row] for row in more)]
