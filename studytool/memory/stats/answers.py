"""The answers that a statistic is about: all of a log, or those to some cards, or of a last stretch of days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from studytool.memory.columns import Reviews
    from studytool.memory.lockstep import Replayed

Period = Literal["week", "month", "quarter", "year", "all"]
PERIODS: dict[Period, int] = {"week": 7, "month": 30, "quarter": 90, "year": 365, "all": 36_500}
"""How many of the learner's days each period has, today included."""

LONGEST_MS = 120_000
"""An answer that took longer counts as two minutes: the learner was away."""


_PIECE = 32_768


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers in the order of `Reviews`, as arrays of one length. A schedule that was taken over is none."""

    card: NDArray[np.int32]
    hour: NDArray[np.int8]
    """The hour on the learner's clock."""
    day: NDArray[np.int32]
    """The learner's day, not after today: a clock that was ahead does not make days that have not been."""
    grade: NDArray[np.int8]
    took: NDArray[np.int32]
    """Milliseconds, `LONGEST_MS` at most; 0 where that is not known."""
    imported: NDArray[np.bool_]
    elapsed: NDArray[np.int32]
    """Days since the card's answer before."""
    number: NDArray[np.int32]
    """Which of the card's answers it is, from 1."""
    forgotten: NDArray[np.int32]
    """How often the card had been forgotten on a later day before."""
    stability: NDArray[np.float64]
    """Before the answer; nan for a card's first one."""
    recall: NDArray[np.float64]
    """The recall that was predicted; nan for a first answer or one on the same day, where FSRS-6 predicts nothing."""
    asked: NDArray[np.bool_]
    """Whether there is a prediction to compare it with."""
    passed: NDArray[np.bool_]
    """Whether the card was recalled: any grade but again."""
    as_of: int

    def __len__(self) -> int:
        return len(self.card)

    def chosen(self, which: NDArray[np.bool_] | slice) -> Answers:
        """Those that a mask or a slice chooses."""
        return Answers(
            *(self.card[which], self.hour[which], self.day[which], self.grade[which], self.took[which]),
            *(self.imported[which], self.elapsed[which], self.number[which], self.forgotten[which]),
            *(self.stability[which], self.recall[which]),
            *(self.asked[which], self.passed[which]),
            as_of=self.as_of,
        )

    def pieces(self) -> Iterator[Answers]:
        """The same answers in pieces, one at least: what a sum needs in between stays in the processor's cache."""
        for start in range(0, max(len(self), 1), _PIECE):
            yield self.chosen(slice(start, start + _PIECE))

    def within(self, period: Period) -> Answers:
        """Those of the last days, today included."""
        if period == "all" or not len(self):
            return self
        recent = self.day > self.as_of - PERIODS[period]
        start = int(recent.argmax())
        if recent[start:].all() and recent[start]:  # a log goes on by the day, but where a clock was set back
            return self.chosen(slice(start, None))
        return self.chosen(recent)

    def of(self, cards: NDArray[np.bool_]) -> Answers:
        """Those to some cards, by a mask over the cards' numbers."""
        return self.chosen(cards[self.card])


def answers(reviews: Reviews, replayed: Replayed, today: int) -> Answers:
    """All answers of a log as it was replayed; `today` is the learner's day."""
    hour = ((reviews.ms // 60_000 + reviews.offset) // 60 % 24).astype(np.int8)
    found = Answers(
        card=reviews.card,
        hour=hour,
        day=np.clip(reviews.day, today - PERIODS["all"], today),
        grade=reviews.grade,
        took=np.clip(reviews.took, 0, LONGEST_MS),
        imported=reviews.imported,
        elapsed=replayed.elapsed,
        number=replayed.number,
        forgotten=replayed.forgotten,
        stability=replayed.stability,
        recall=replayed.recall,
        asked=np.isfinite(replayed.recall) & (reviews.grade > 0),
        passed=reviews.grade > 1,
        as_of=today,
    )
    return found if reviews.grade.all() else found.chosen(reviews.grade > 0)
