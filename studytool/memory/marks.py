"""What each day had: cards answered for the first time, reviews, learning steps, quiz attempts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NEW, REVIEWED, STEPPED, ATTEMPTED = range(4)
"""What an event adds to its day: a mark is `day * 4 + kind`."""


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
        return self._counts.get(day * 4 + NEW, 0)

    def reviewed(self, day: int) -> int:
        """How many answers on `day` were given to cards that were due for review."""
        return self._counts.get(day * 4 + REVIEWED, 0)

    def answered(self, day: int) -> int:
        """How many answers were given on `day`, learning steps included."""
        return sum(self._counts.get(day * 4 + kind, 0) for kind in (NEW, REVIEWED, STEPPED))

    def streak(self, day: int) -> int:
        """How many days in a row, up to `day` or the day before it, had an answer or a quiz attempt."""
        last = day if self._has_study(day) else day - 1
        first = last
        while self._has_study(first):
            first -= 1
        return last - first

    def attempted(self) -> tuple[int, ...]:
        """The days that had a quiz attempt."""
        return tuple(mark // 4 for mark, times in self._counts.items() if times and mark % 4 == ATTEMPTED)

    def _has_study(self, day: int) -> bool:
        return any(self._counts.get(day * 4 + kind, 0) for kind in (NEW, REVIEWED, STEPPED, ATTEMPTED))
