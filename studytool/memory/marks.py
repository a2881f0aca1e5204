"""What each day had: cards answered for the first time, reviews, learning steps, quiz attempts, answers elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KINDS = 5
NEW, REVIEWED, STEPPED, ATTEMPTED, ELSEWHERE = range(KINDS)
"""What an event adds to its day: a mark is `day * KINDS + kind`. `ELSEWHERE` is an imported answer: study of
its day, but none of the new cards and reviews that the day may have here."""


class Marks:
    """How often there is each mark."""

    def __init__(self, counts: Mapping[int, int]) -> None:
        self._counts = dict(counts)

    def add(self, marks: Iterable[int], times: int = 1) -> None:
        """So many more of each of `marks`, or fewer."""
        for mark in marks:
            self._counts[mark] = self._counts.get(mark, 0) + times

    def introduced(self, day: int) -> int:
        """How many cards were answered for the first time on `day`."""
        return self._counts.get(day * KINDS + NEW, 0)

    def reviewed(self, day: int) -> int:
        """How many answers on `day` were given to cards that were due for review."""
        return self._counts.get(day * KINDS + REVIEWED, 0)

    def answered(self, day: int) -> int:
        """How many answers were given on `day`, learning steps and imported ones included."""
        return sum(self._counts.get(day * KINDS + kind, 0) for kind in range(KINDS) if kind != ATTEMPTED)

    def streak(self, day: int) -> int:
        """How many days in a row, up to `day` or the day before it, had an answer or a quiz attempt."""
        last = day if self._has_study(day) else day - 1
        first = last
        while self._has_study(first):
            first -= 1
        return last - first

    def attempted(self) -> tuple[int, ...]:
        """The days that had a quiz attempt."""
        return tuple(mark // KINDS for mark, times in self._counts.items() if times and mark % KINDS == ATTEMPTED)

    def _has_study(self, day: int) -> bool:
        return any(self._counts.get(day * KINDS + kind, 0) for kind in range(KINDS))
