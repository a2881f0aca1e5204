"""The states of a base from its answers, by whatever rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from studytool.memory.base import States
from studytool.memory.columns import days_of
from studytool.memory.lockstep import NEW, REVIEW, ended
from studytool.memory.marks import ATTEMPTED, ELSEWHERE, KINDS, REVIEWED, STEPPED
from studytool.memory.marks import NEW as INTRODUCED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studytool.memory.columns import Reviews
    from studytool.memory.schedule import Rules

    Ints = NDArray[np.int64]


def derived(reviews: Reviews, attempts: tuple[Ints, Ints], rules: Rules) -> States:
    """What the answers come to; `attempts` are the UTC milliseconds and offsets of quiz attempts, for the days."""
    if reviews.rollover != rules.rollover:
        reviews = reviews.at(rules.rollover)
    cards, before = ended(reviews, rules.model, rules)
    answered = cards.row >= 0
    row = cards.row

    def of_last(column: NDArray[Any]) -> memoryview:
        """The column at each card's last answer."""
        found: NDArray[Any] = np.zeros(len(row), column.dtype)
        found[answered] = column[row[answered]]
        return found.data

    return States(
        model=rules.model.weights,
        rollover=rules.rollover,
        steps=(rules.learning_steps, rules.relearning_steps),
        stability=cards.stability.data,
        difficulty=cards.difficulty.data,
        phase=cards.phase.data,
        step=cards.step.data,
        reviews=cards.reviews.data,
        lapses=cards.lapses.data,
        wait=cards.wait.data,
        given=cards.given.data,
        last=of_last(reviews.ms),
        offset=of_last(reviews.offset),
        day=of_last(reviews.day),
        chosen=of_last(reviews.days),
        seeds={
            int(reviews.card[line]): seed for line, seed in reviews.seeds.items() if row[reviews.card[line]] == line
        },
        marks=_marks(reviews, before, days_of(attempts[0], attempts[1].astype(np.int16), rules.rollover)),
    )


def _marks(reviews: Reviews, before: NDArray[np.int8], attempted: NDArray[np.int32]) -> dict[int, int]:
    """How many answers and attempts of each kind each day had: `day * KINDS + kind`, as `Memory` has them."""
    given_here = np.where(before == NEW, INTRODUCED, np.where(before == REVIEW, REVIEWED, STEPPED))
    kind = np.where(reviews.imported, ELSEWHERE, given_here)
    is_answer = reviews.grade > 0  # else it is a schedule
    days = reviews.day[is_answer].astype(np.int64)
    marks = np.concatenate((days * KINDS + kind[is_answer], attempted.astype(np.int64) * KINDS + ATTEMPTED))
    if not len(marks):
        return {}
    first = int(marks.min())
    if int(marks.max()) - first < 8 * len(marks) + 100_000:
        counts = np.bincount(marks - first)
        found = np.flatnonzero(counts)
        return dict(zip((found + first).tolist(), counts[found].tolist(), strict=True))
    found, counts = np.unique(marks, return_counts=True)  # a clock has run through centuries
    return dict(zip(found.tolist(), counts.tolist(), strict=True))
