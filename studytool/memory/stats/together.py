"""All statistics of a learner's log, as values: for the Stats screen and `studytool stats --json`.

Each definition stands with its part: `recall` (retention, calibration), `days` (what was done),
`cards` (how the cards stand). What would take a simulation is in `workload` and `deadline`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import numpy as np

from studytool.memory.stats.answers import PERIODS, Answers, Period, answers
from studytool.memory.stats.cards import Distribution, Standing, TopicStats, by_topic, distribution, due_by_day
from studytool.memory.stats.days import Days, Streak, Times, days, hours, streak, times
from studytool.memory.stats.recall import (
    Calibration,
    Retention,
    Series,
    Unit,
    calibration,
    daily,
    retention,
    series,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from studytool.memory.fsrs import Model

__all__ = ["PERIODS", "Answers", "Period", "Standing", "Statistics", "answers", "statistics"]

AHEAD = 30
"""How many days ahead the cards that fall due are counted."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a log says about some of its answers, and how some cards stand today."""

    as_of: int
    """The learner's day, a `date` ordinal."""
    answers: int
    days: Days
    streak: Streak
    hours: NDArray[np.int64]
    times: Times
    retention: Mapping[Period, Retention]
    series: Mapping[Unit, Series]
    calibration: Calibration
    cards: Distribution
    due: NDArray[np.int64]
    topics: tuple[TopicStats, ...]


def statistics(
    chosen: Answers,
    cards: Standing,
    model: Model,
    *,
    topic_of: NDArray[np.int32],
    topic: NDArray[np.int32],
    topics: int,
    out: NDArray[np.int32] | None = None,
    period: Period = "all",
    also: tuple[int, ...] = (),
) -> Statistics:
    """Work out every statistic of the `chosen` answers and of `cards`.

    The `period` narrows what is told of answers, but for retention, which is told by period, and streaks.
    `topic_of` is the topic's number of each card of the log (-1: in no note now), `topic` that of each of `cards`,
    `out` that of each card put aside for good; `also` are days with study that is no answer.
    """
    sums, within = daily(chosen), chosen.within(period)
    done = days(within)
    return Statistics(
        as_of=chosen.as_of,
        answers=len(within),
        days=done,
        streak=streak(done if within is chosen else days(chosen), also),
        hours=hours(within),
        times=times(within),
        retention={each: retention(sums, each) for each in PERIODS},
        series={unit: series(sums, unit) for unit in get_args(Unit)},
        calibration=calibration(within),
        cards=distribution(cards, model, 0 if out is None else len(out)),
        due=due_by_day(cards, AHEAD),
        topics=tuple(by_topic(within, topic_of, cards, topic, topics, model, out)),
    )
