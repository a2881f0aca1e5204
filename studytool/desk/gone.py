"""Which cards with a history the notes hold no longer.

A card that is not in the library is not therefore gone: another folder may hold it, its note may be one that cannot be
read today. Only a card that its note, or the whole of the notes, certainly holds no longer gives its history away.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import filterfalse
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Generator

    from studytool.desk.asked import Request
    from studytool.memory import Memory
    from studytool.notes.model import Card, Library
    from studytool.notes.relink import Known


NOWHERE: Mapping[str, str] = MappingProxyType({})
_KEYS = 2_000
"""So many keys are looked for in one piece: a millisecond."""
_TEXTS = 10
"""So many texts are read from the log in one piece."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A card with a history that the notes hold no longer."""

    card: Known
    anywhere: bool
    """Whether it may go on in any note; else only in its own."""


class Lacking:
    """Which cards with a history a library does not hold; of the next library, what an edit has changed is asked."""

    def __init__(self) -> None:
        self._library: Library | None = None
        self._mark = (0, 0)
        self._keys: dict[str, None] = {}

    def of(self, library: Library, memory: Memory) -> Generator[str | None, None, Collection[str]]:
        """Their keys, found a piece at a time."""
        mark, changed = memory.mark(), memory.changed_since(self._mark)
        if self._library is None or changed is None:
            self._keys = yield from self._looked_through(library, memory)
        else:
            came, went = library.differs(self._library) if library is not self._library else (set(), set())
            for key in (*came, *went, *changed):
                if key not in library.entries and memory.is_learned(key):
                    self._keys[key] = None
                else:
                    self._keys.pop(key, None)
        self._library, self._mark = library, mark
        return self._keys

    def _looked_through(self, library: Library, memory: Memory) -> Generator[str | None, None, dict[str, None]]:
        held, learned, found = library.entries, memory.learned(), dict[str, None]()
        for at in range(0, len(learned), _KEYS):
            yield None
            found.update(dict.fromkeys(filterfalse(held.__contains__, learned[at : at + _KEYS])))
        return found


def vanished(
    places: Places, library: Library, memory: Memory, lacking: Lacking | None = None
) -> Generator[str | None, None, list[Gone]]:
    """The cards with a history that these notes held and certainly hold no longer, found a piece at a time.

    `lacking` is what is known of an earlier reading of the same notes.
    """
    keys = yield from (lacking or Lacking()).of(library, memory)
    barred = memory.barred()
    yield None
    found = []
    for number, key in enumerate([key for key in keys if key not in barred]):
        if number % _TEXTS == 0:
            yield None
        if card := places.gone(key, memory.text(key)):
            found.append(card)
    return found


def parted(places: Places, library: Library, memory: Memory) -> list[Gone]:
    """The cards that are gone and go on as no other, because the learner said so: but as what they were before."""
    keys = sorted(key for key in memory.barred() if key not in library.entries and memory.is_learned(key))
    return [card for key in keys if (card := places.gone(key, memory.text(key)))]


class Places:
    """Which notes the library was read from, and which of them a card of the log stood in.

    `stood` has, by their keys, the notes in which cards stood in this sitting: where the log knows only of others.
    """

    def __init__(self, wanted: Request, library: Library, stood: Mapping[str, str] = NOWHERE) -> None:
        self._library, self._stood = library, stood
        self._roots = [os.path.realpath(path) for path in wanted.paths]
        self._root = os.path.realpath(library.root)
        self._whole = self._root in self._roots and wanted.makes_all
        self._real: dict[str, str] = {}

    def real(self, path: str) -> str:
        """The absolute path of a note, links resolved."""
        if path not in self._real:
            self._real[path] = os.path.realpath(path)
        return self._real[path]

    def place(self, card: Card) -> str:
        """The path of the card's note from the root of the library; empty where it lies elsewhere."""
        path = self.real(card.span.path)
        return path[len(self._root) :].lstrip(os.sep) if _is_below(path, self._root) else ""

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The number of each note that was read, by its path with the links of its folder resolved."""
        parts = [path.rpartition(os.sep) for path in self._library.files]  # `os.path.split` takes four times as long
        real = {folder: os.path.realpath(folder or os.sep) for folder in {folder for folder, _, _ in parts}}
        begins = {folder: os.path.join(path, "") for folder, path in real.items()}
        return {begins[folder] + name: number for number, (folder, _, name) in enumerate(parts)}

    @cached_property
    def _linked(self) -> dict[str, int]:
        """The same for the notes that are links to files."""
        return {self.real(path): at for path, at in self._numbers.items() if os.path.islink(path)}

    def number(self, path: str) -> int | None:
        """The number of the note that was read from a path with links resolved; None when none was."""
        number = self._numbers.get(path)
        return self._linked.get(path) if number is None else number

    def known(self, key: str, text: Mapping[str, object] | None) -> Known | None:
        """A card as the log has kept it; None for one of other notes, or of which too little is known."""
        from studytool.notes.relink import Known

        front, path, line = (text or {}).get("front"), (text or {}).get("path"), (text or {}).get("line")
        if text is None or not isinstance(front, str) or not isinstance(path, str) or not path or "\0" in path:
            return None
        found = self._found(path, text.get("place"))
        if found is None:
            is_moved = os.path.isdir(os.path.dirname(path)) and not os.path.lexists(path)
            if not is_moved or key not in self._stood:
                return None  # a copy takes nothing from what is there, or on a drive that is elsewhere
            found = self.real(self._stood[key])
        kind, back, topic, context = (str(text.get(name, "")) for name in ("kind", "back", "topic", "context"))
        return Known(key, kind, front, back, found, topic, line if isinstance(line, int) else 0, context)

    def _found(self, path: str, place: object) -> str | None:
        """The path today of a note that is, or was, one of those that were read; None for another."""
        if not os.path.isabs(path):  # as early logs have it: relative to a folder that nobody knows any more
            return next((real for real in self._numbers if real.endswith(f"{os.sep}{path}")), None)
        if any(_is_below(path, root) for root in self._roots) or self.number(path) is not None:
            return path
        if not isinstance(place, str) or not place or "\0" in place:
            return None
        here, folder = os.path.join(self._root, place), _root_of(path, place)
        moved = folder and not os.path.lexists(folder) and self.number(here) is not None
        return here if moved else None

    def gone(self, key: str, text: Mapping[str, object] | None) -> Gone | None:
        """A card that is not in the library, if it is certain that these notes hold it no longer."""
        card = self.known(key, text)
        if card is None or self._is_away(card.path):
            return None
        place = (text or {}).get("place")
        root = _root_of(card.path, place) if isinstance(place, str) else ""
        wider = bool(root) and root != self._root and _is_below(self._root, root)
        anywhere = self._whole and not wider and any(_is_below(card.path, root) for root in self._roots)
        if self.number(card.path) is None:
            # What is there and was not read is unreadable or left out. What is nowhere may be so only for these paths.
            return None if os.path.lexists(card.path) else Gone(card, anywhere)
        # An empty file is one that is being written.
        return Gone(card, anywhere) if _size(card.path) else None

    def _is_away(self, path: str) -> bool:
        """Whether a path lies in a folder that was asked for and is not there, or empty: its drive may be elsewhere."""
        return any(_is_below(path, root) for root in self._missing)

    @cached_property
    def _missing(self) -> list[str]:
        """The folders of the request in which nothing is."""
        return [root for root in self._roots if not os.path.isfile(root) and not _holds_anything(root)]

    def placed(self, card: Card) -> Card:
        """The card with the absolute path of its note."""
        return replace(card, span=replace(card.span, path=self.real(card.span.path)))


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(f"{root.rstrip(os.sep)}{os.sep}")


def _root_of(path: str, place: str) -> str:
    """The folder that `path` is at `place` from; empty when it is none."""
    return path[: -len(place)].rstrip(os.sep) if place and path.endswith(f"{os.sep}{place}") else ""


def _holds_anything(folder: str) -> bool:
    with suppress(OSError), os.scandir(folder) as entries:
        return next(entries, None) is not None
    return False


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0
