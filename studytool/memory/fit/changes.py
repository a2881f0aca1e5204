"""What other parameters do to a schedule: which due dates move, and how much there is to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory.due_dates import due_dates
from studytool.memory.lockstep import states

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studytool.memory.columns import Reviews
    from studytool.memory.schedule import Rules

SOON = 30
"""Days in which what falls due is counted."""


@dataclass(frozen=True, slots=True)
class Changes:
    """How the schedule of the cards in review differs; pairs are before and after."""

    cards: int
    earlier: int
    """Cards that fall due earlier than before."""
    later: int
    days: float
    """By how many days the due dates that move do so: the median."""
    soon: tuple[int, int]
    """Cards that fall due within the coming 30 days, with those that are due already."""
    load: tuple[float, float]
    """Reviews a day, if each card came back at its present interval again and again."""


def changes(reviews: Reviews, before: Rules, after: Rules, today: int) -> Changes:
    """Compare the schedules that two sets of rules make of the same answers, on the learner's day `today`."""
    (was, was_gap), (due, gap) = (_due(reviews, rules) for rules in (before, after))
    moved = due - was
    shifts = np.abs(moved[moved != 0])
    return Changes(
        cards=len(due),
        earlier=int((moved < 0).sum()),
        later=int((moved > 0).sum()),
        days=float(np.median(shifts)) if len(shifts) else 0.0,
        soon=(int((was < today + SOON).sum()), int((due < today + SOON).sum())),
        load=(float((1 / was_gap).sum()), float((1 / gap).sum())),
    )


def _due(reviews: Reviews, rules: Rules) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The days on which the cards in review fall due, and how long after their last answer that is."""
    cards = states(reviews, rules.model, rules)
    at = np.flatnonzero((cards.row >= 0) & (cards.wait < 0))
    day = due_dates(reviews, cards, rules).day[at].astype(np.int64)
    return day, np.maximum(day - reviews.day[cards.row[at]], 1)
