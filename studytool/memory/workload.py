"""What a desired retention costs and brings, as a curve: minutes a day, cards known after a year; and the load ahead.

Both are simulations of the everyday queue with the learner's own speed and memory; they say what FSRS-6 expects, not
what will be.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory.fsrs import Model
from studytool.memory.habits import Habits
from studytool.memory.simulate import Deck, Plain, runs_for, simulate

if TYPE_CHECKING:
    from studytool.memory.away import Away
    from studytool.memory.many import Floats

RETENTIONS = (0.70, 0.74, 0.78, 0.82, 0.86, 0.90, 0.93, 0.95, 0.97)
"""Desired retentions that the curve is worked out at."""
YEAR = 365
_CLOSE = 1.05  # times the least cost: what counts as no worse
_CARDS = 1_000
_ANSWERING = 3_000  # cards in all runs of one retention


@dataclass(frozen=True, slots=True)
class Workload:
    """A year of study at each of several desired retentions: arrays by retention."""

    retention: Floats
    minutes: Floats
    """A day, the mean over the year, days of holidays included."""
    known: Floats
    """The cards that the learner is expected to know at the end: the sum of their recall then."""
    cards: int
    """Of so many."""
    days: int

    @property
    def cost(self) -> Floats:
        """Minutes a day for each card known at the end."""
        return self.minutes / np.maximum(self.known, 1e-9)

    @property
    def cheapest(self) -> tuple[float, float, float]:
        """The retention at which a card known costs least time, and the range in which it costs at most 5 % more.

        That is no advice to aim at it: it asks for the fewest minutes for what is known, not for knowing the most, and
        where the curve is flat a higher retention costs next to nothing.
        """
        cost = self.cost
        close = self.retention[cost <= cost.min() * _CLOSE]
        return float(self.retention[cost.argmin()]), float(close.min()), float(close.max())


def workload(
    deck: Deck,
    new_per_day: int,
    reviews_per_day: int = 9_999,
    *,
    habits: Habits | None = None,
    model: Model | None = None,
    retentions: tuple[float, ...] = RETENTIONS,
    days: int = YEAR,
    away: tuple[Away, ...] = (),
    seed: int = 0,
) -> Workload:
    """Simulate `days` days of the everyday queue over `deck` at each of `retentions`, every day studied to its end.

    Due dates are those that the retention would have given from the cards' last answers on. Nothing is asked in the
    holidays `away`, in days from today; what waited comes back after them.
    """
    chosen, share = deck.sample(_CARDS)
    deck, aims = deck.chosen(chosen), np.array(retentions)
    runs = min(max(_ANSWERING // max(len(deck), 1), 2), 10)
    course = simulate(
        deck,
        Plain(new_per_day, reviews_per_day, away).scaled(share),
        days,
        np.inf,
        habits=habits,
        model=model,
        desired_retention=np.repeat(aims, runs),
        runs=len(aims) * runs,
        seed=seed,
        rescheduled=True,
    )
    known = course.truth.recall(days).sum(1).reshape(-1, runs).mean(1) / share
    minutes = course.seconds.mean(1).reshape(-1, runs).mean(1) / 60 / share
    return Workload(aims, minutes, known, round(len(deck) / share), days)


@dataclass(frozen=True, slots=True)
class Load:
    """The days to come by the everyday queue: means over the runs, by day from today."""

    due: Floats
    """Reviews, those of cards that are new today included once they come back."""
    new: Floats
    minutes: Floats
    low: Floats
    """Minutes that all but one of twenty runs exceed, and the same from above."""
    high: Floats


def load_ahead(
    deck: Deck,
    new_per_day: int,
    reviews_per_day: int,
    days: int,
    *,
    habits: Habits | None = None,
    model: Model | None = None,
    desired_retention: float = 0.9,
    away: tuple[Away, ...] = (),
    seed: int = 0,
) -> Load:
    """What each of the coming days will ask, within the limits, if every day is studied to its end.

    Nothing is asked in the holidays `away`, in days from today; what waited comes back after them.
    """
    chosen, share = deck.sample()
    deck = deck.chosen(chosen)
    course = simulate(
        deck,
        Plain(new_per_day, reviews_per_day, away).scaled(share),
        days,
        np.inf,
        habits=habits,
        model=model,
        desired_retention=desired_retention,
        runs=runs_for(len(deck)),
        seed=seed,
    )
    minutes = course.seconds / 60 / share
    spread = 1.645 * minutes.std(0, ddof=1)
    mean = minutes.mean(0)
    return Load(
        course.reviews.mean(0) / share, course.new.mean(0) / share, mean, np.maximum(mean - spread, 0), mean + spread
    )
