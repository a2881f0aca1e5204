"""What was found in a library, by the ways in which cards are written, each with an example."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from studytool.app.widgets.card_text import headline
from studytool.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from studytool.desk import Request
    from studytool.notes.model import Card, Library

_TOLD = {
    "explicit": "written as cards",
    "structured": "questions with their answers",
    "derived": "prose with a clear form",
}
LEVELS = tuple(_TOLD)
_STEP = 20
"""Notes that are counted in one go."""
_LONGEST = 160
"""Characters of an example: more than there is room for."""


class Entry(NamedTuple):
    """A level, or one of its dialects."""

    level: str
    dialect: str = ""


@dataclass(slots=True)
class Found:
    """The cards by level and dialect: how many, and the first of each."""

    counts: dict[str, dict[str, int]] = field(default_factory=lambda: {level: {} for level in LEVELS})
    first: dict[str, Card] = field(default_factory=dict)
    notes: int = 0
    is_whole: bool = False
    """Whether all notes of the library were counted."""

    def cards(self, levels: Collection[str] = LEVELS, off: Collection[str] = ()) -> int:
        """How many there are of these levels, without the dialects that are `off`."""
        return sum(number for each in levels for name, number in self.counts[each].items() if name not in off)

    def count(self, library: Library) -> Iterator[int]:
        """Count the cards of a library, each once, some notes at a time; yields how many were looked at."""
        for number, note in enumerate(library.notes, 1):
            here = {card.key: card for card in reversed(note.studied)}
            for card in (here[key] for key in reversed(here) if library.entries.get(key) == number - 1):
                by_dialect = self.counts[card.level]
                by_dialect[card.dialect] = by_dialect.get(card.dialect, 0) + 1
                self.first.setdefault(card.dialect, card)
            self.notes = number
            if number % _STEP == 0:
                yield number

    def beside(self, read: Found, levels: Collection[str], off: Collection[str]) -> Found:
        """What was `read` with these levels and without the dialects that are `off`, beside those switched off here."""
        both = Found({}, {**self.first, **read.first}, read.notes, read.is_whole)
        for level in LEVELS:
            mine = self.counts[level].items()
            left = {name: number for name, number in mine if level not in levels or name in off}
            both.counts[level] = {**left, **read.counts[level]}
        return both

    def entries(self) -> list[Entry]:
        """What can be switched: each level that has cards, and after it its dialects, those with most cards first."""
        found = []
        for level in LEVELS:
            dialects = self.counts[level]
            found += [Entry(level)] * bool(dialects)
            found += [Entry(level, name) for name in sorted(dialects, key=lambda name: -dialects[name])]
        return found

    def line(self, entry: Entry, width: int, *, is_on: bool, keys: bool) -> Content:
        """A level, with the `keys` that switch it, or a dialect with its first card."""
        style, box = ("", "[x]") if is_on else ("$foreground-muted", "[ ]")
        dialects = self.counts[entry.level]
        switch = Content.styled(f"{box} ", style) if keys else Content("")
        if not entry.dialect:
            told = f"{counted(sum(dialects.values()), 'card')}: {_TOLD[entry.level]} ({entry.level})"
            key = Content.assemble((str(LEVELS.index(entry.level) + 1), "$accent bold"), " ") if keys else Content("")
            return key + switch + Content.styled(told, style or "bold")
        card = self.first[entry.dialect]
        shown = [headline(text[:_LONGEST]) for text in (card.front, card.back) if text]
        example = Content("  →  ").join(shown).stylize(style or "$foreground-muted")
        counts = {name: number for listed in self.counts.values() for name, number in listed.items()}
        name, number = max(map(len, counts)), max(len(str(count)) for count in counts.values())
        start = Content.assemble(
            "    ", switch, (f"{entry.dialect:<{name}}  {dialects[entry.dialect]:>{number}}  ", style)
        )
        return (start + example).truncate(width, ellipsis=True)


def found_by(wanted: Request, given_up: Callable[[], bool]) -> Found | None:
    """What the notes of a request yield, read from the disk; the index keeps it. None where it was `given_up`."""
    from studytool.desk.reading import open_shelf

    found, shelf = Found(is_whole=True), open_shelf(wanted)
    try:
        steps = shelf.read()
        is_left = any(given_up() for _ in steps)
        del steps  # it writes down what has been read before the index is closed
        return None if is_left or any(given_up() for _ in found.count(shelf.library())) else found
    finally:
        shelf.close()
