"""A roster of cards that no notes hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from studytool.memory import Candidate, Roster


@dataclass(frozen=True)
class Listed:
    """What a roster asks of a library; each note is its cards, which all have its topic."""

    marks: Sequence[tuple[Candidate, ...]]

    @property
    def keys(self) -> list[list[str]]:
        return [[card.key for card in note] for note in self.marks]

    @property
    def names(self) -> list[str]:
        return [note[0].topic if note else "empty" for note in self.marks]

    @property
    def entries(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, note in enumerate(self.marks):
            for card in note:
                found.setdefault(card.key, number)
        return found

    @property
    def order(self) -> list[str]:
        return list(self.entries)

    def texts(self, number: int) -> list[int]:
        return [card.siblings for card in self.marks[number]]


def roster_of(candidates: Iterable[Candidate]) -> Roster:
    """The candidates in their order, each run of one topic a note; cards of one text have to be of one run."""
    notes: list[tuple[Candidate, ...]] = []
    for card in candidates:
        if notes and notes[-1][-1].topic == card.topic:
            notes[-1] = (*notes[-1], card)
        else:
            notes.append((card,))
    return Roster(Listed(notes))
