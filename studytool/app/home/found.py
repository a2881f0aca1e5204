"""What was found in a library, by the ways in which cards are written, each with an example."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content

from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from studytool.notes.model import Card, Library

_TOLD = {
    "explicit": "written as cards",
    "structured": "questions with their answers",
    "derived": "prose with a clear form",
}
LEVELS = tuple(_TOLD)
_STEP = 20
"""Notes that are counted in one go."""


@dataclass(slots=True)
class Found:
    """The cards by level and dialect: how many, and the first of each."""

    counts: dict[str, dict[str, int]] = field(default_factory=lambda: {level: {} for level in LEVELS})
    first: dict[str, Card] = field(default_factory=dict)
    notes: int = 0

    def cards(self, levels: Collection[str] = LEVELS) -> int:
        """How many there are of these levels."""
        return sum(sum(self.counts[level].values()) for level in levels)

    def count(self, library: Library) -> Iterator[int]:
        """Count the cards of a library, some notes at a time; yields how many were looked at."""
        for number, note in enumerate(library.notes, 1):
            for card in note.studied:
                by_dialect = self.counts[card.level]
                by_dialect[card.dialect] = by_dialect.get(card.dialect, 0) + 1
                self.first.setdefault(card.dialect, card)
            self.notes = number
            if number % _STEP == 0:
                yield number

    def lines(self, on: Collection[str], width: int, *, keys: bool) -> list[Content]:
        """A line for each level that has cards, with the `keys` that switch them, and one for each dialect below."""
        lines = []
        for key, level in enumerate(LEVELS, 1):
            dialects = self.counts[level]
            if not dialects:
                continue
            style = "" if level in on else "$foreground-muted"
            box = "[x]" if level in on else "[ ]"
            told = f"{counted(sum(dialects.values()), 'card')}: {_TOLD[level]} ({level})"
            switch = Content.assemble((str(key), "$accent bold"), (f" {box} ", style)) if keys else Content("")
            lines.append(switch + Content.styled(told, style or "bold"))
            for name, number in sorted(dialects.items(), key=lambda one: -one[1]):
                card = self.first[name]
                back = f"  →  {one_line(card.back, 60)}" if card.back else ""
                example = Content(f"{one_line(card.front, 90)}{back}").stylize(style or "$foreground-muted")
                start = Content.assemble((f"      {name:<20}{number:>5}  ", style))
                lines.append((start + example).truncate(width, ellipsis=True))
        return lines
