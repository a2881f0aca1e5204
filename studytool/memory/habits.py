"""How a learner answers: how long it takes them and which grades they give, from their own log.

Where the log says little, a prior fills in: round numbers near the averages that FSRS's own simulator goes by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory.lockstep import sorted_by
from studytool.memory.stats.answers import LONGEST_MS

if TYPE_CHECKING:
    from numpy.typing import NDArray

PRIOR_ANSWERS = 20
"""How many answers of each kind the prior counts for."""

Four = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Habits:
    """Times and grades, each by grade from again to easy.

    A card's time on a day holds all of that day's answers to it, the learning steps that follow too, by the grade of
    the first of them.
    """

    first: Four = (0.24, 0.10, 0.48, 0.18)
    """How often a card's very first answer has each grade."""
    passed: Four = (0.0, 0.20, 0.66, 0.14)
    """How often an answer that was recalled, on a later day, has each grade: again never."""
    first_seconds: Four = (45.0, 35.0, 22.0, 10.0)
    """Seconds that a new card takes on its first day."""
    seconds: Four = (30.0, 12.0, 8.0, 6.0)
    """Seconds that a card takes on a later day."""
    steps: tuple[int, int, int, int] = (2, 2, 1, 0)
    """Same-day answers after a new card's first: what is left of the learning steps of 1 and 10 minutes."""
    relearning: int = 1
    """Same-day answers that follow a card that was forgotten."""
    known: int = 0
    """Answers of the log that this rests on."""


def habits(card: NDArray[np.int32], day: NDArray[np.int32], grade: NDArray[np.int8], took: NDArray[np.int32]) -> Habits:
    """The habits that answers show, given in the order of `Reviews`.

    A card that begins with a schedule taken over (`grade` 0) was not new. Answers without a time (imported ones) count
    for the grades only. Each share and mean is drawn to the prior as if `PRIOR_ANSWERS` more had been given by it.
    """
    prior = Habits()
    if not len(grade):
        return prior
    at = sorted_by(card)
    cards, days, grades = card[at], day[at], grade[at]
    begins = np.ones(len(at), bool)  # a card's first row
    begins[1:] = cards[1:] != cards[:-1]
    opens = begins.copy()  # the first row of a card on a day
    opens[1:] |= days[1:] > days[:-1]
    starts = np.flatnonzero(opens)
    head, new = grades[starts], begins[starts] & (grades[starts] > 0)
    seconds = np.minimum(took[at], LONGEST_MS) / 1000
    total = np.add.reduceat(seconds, starts)
    timed = (np.minimum.reduceat(took[at], starts) > 0) & (head > 0)
    later = ~new & (head > 0)
    return Habits(
        first=_shares(head[new], prior.first),
        passed=_shares(head[later & (head > 1)], prior.passed),
        first_seconds=_means(head, total, new & timed, prior.first_seconds),
        seconds=_means(head, total, later & timed, prior.seconds),
        known=int((grade > 0).sum()),
    )


def _shares(grades: NDArray[np.int8], prior: Four) -> Four:
    counts = np.bincount(grades, minlength=5)[1:5] + PRIOR_ANSWERS * np.array(prior)
    a, b, c, d = (counts / counts.sum()).tolist()
    return a, b, c, d


def _means(grades: NDArray[np.int8], seconds: NDArray[np.float64], chosen: NDArray[np.bool_], prior: Four) -> Four:
    """The mean of `seconds` by grade."""
    counts = np.bincount(grades[chosen], minlength=5)[1:5]
    sums = np.bincount(grades[chosen], seconds[chosen], minlength=5)[1:5]
    a, b, c, d = ((sums + PRIOR_ANSWERS * np.array(prior)) / (counts + PRIOR_ANSWERS)).tolist()
    return a, b, c, d
