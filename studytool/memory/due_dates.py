"""When each of many cards falls due, and on which day it comes: `schedule.settled` and `away` in arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np

from studytool.memory.columns import days_of
from studytool.memory.events import DAY_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from studytool.memory.away import Away
    from studytool.memory.columns import Reviews
    from studytool.memory.lockstep import Cards
    from studytool.memory.schedule import Rules


@dataclass(frozen=True, slots=True)
class Due:
    """When cards fall due: arrays by the number of the card, 0 where it has no answer."""

    ms: NDArray[np.int64]
    """UTC milliseconds."""
    day: NDArray[np.int32]
    """The learner's day."""


def due_dates(reviews: Reviews, cards: Cards, rules: Rules) -> Due:
    """When each card falls due by `rules`, whose day has to turn when that of the `reviews` does."""
    if rules.rollover != reviews.rollover:
        raise ValueError(f"The days of these answers turn at {reviews.rollover}, not at {rules.rollover} o'clock.")
    known = np.flatnonzero(cards.row >= 0)
    row, wait = cards.row[known], cards.wait[known]
    last, offset, day = reviews.ms[row], reviews.offset[row], reviews.day[row]
    days = cards.given[known].astype(np.int64)
    open_ones = np.flatnonzero((wait < 0) & (days == 0))
    at = known[open_ones]
    names = [reviews.keys[card] for card in at.tolist()]
    if reviews.seeds:
        names = [reviews.seeds.get(line, name) for line, name in zip(row[open_ones].tolist(), names, strict=True)]
    days[open_ones] = intervals(rules, cards.stability[at], names, cards.reviews[at] - 1, reviews.days[row[open_ones]])
    in_days = wait < 0
    due, due_day = np.zeros(len(cards.row), np.int64), np.zeros(len(cards.row), np.int32)
    due[known] = last + np.where(in_days, days * DAY_MS, wait)
    due_day[known] = np.where(in_days, day + days, days_of(last + wait, offset, rules.rollover))
    return Due(due, due_day)


def intervals(
    rules: Rules,
    stability: NDArray[np.float64],
    seeds: Sequence[str],
    counts: NDArray[np.int32],
    chosen: NDArray[np.int32],
) -> NDArray[np.int64]:
    """Whole days until cards in review fall due, fuzzed where the rules say so; `chosen` ones hold within the fuzz."""
    model = rules.model
    exact = stability / model.factor * (rules.desired_retention ** (1 / model.decay) - 1)
    days = np.minimum(np.maximum(np.rint(exact), 1), rules.maximum_interval)
    if not rules.fuzz:
        return np.asarray(days, np.int64)
    low, high = fuzz_ranges(days, rules.maximum_interval)
    drawn = zip(seeds, counts.tolist(), strict=True)
    fraction = np.array([crc32(f"{seed}/{count}".encode()) for seed, count in drawn], np.int64) / 2**32
    fuzzed = low + (fraction * (high - low + 1)).astype(np.int64)
    found: NDArray[np.int64] = np.where((chosen >= low) & (chosen <= high) & (chosen > 0), chosen, fuzzed)
    return found


def fuzz_ranges(days: NDArray[np.float64], maximum: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The shortest and longest interval that each of `days` may become: `schedule.fuzz_range`."""
    delta = np.ones(len(days))
    for start, end, share in ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, np.inf, 0.05)):
        delta += share * np.maximum(np.minimum(days, end) - start, 0.0)
    high = np.minimum(np.rint(days + delta), maximum)
    low = np.minimum(np.maximum(2, np.rint(days - delta)), high)
    short = days < 2.5
    return np.where(short, days, low).astype(np.int64), np.where(short, days, high).astype(np.int64)


def foreseen(
    due_day: NDArray[np.int32], steps: NDArray[np.bool_], holidays: Sequence[Away], today: int
) -> NDArray[np.int32]:
    """The days on which cards are to be expected, `away.foreseen` in arrays; `steps` are those in learning steps."""
    if not holidays:
        return due_day
    days = np.maximum(np.where(steps, due_day, comes(due_day, holidays)), today)
    for one in holidays:
        days = np.where((one.start <= days) & (days < one.until), one.until, days)
    return days


def comes(due_day: NDArray[np.signedinteger], over: Sequence[Away]) -> NDArray[np.signedinteger]:
    """The days on which cards come that fell due in the holidays of `over`: `away.comes` in arrays."""
    for one in over:
        day = one.until + (due_day - one.start) * one.spread // (one.until - one.start)
        due_day = np.where((one.start <= due_day) & (due_day < one.until), day, due_day)
    return due_day
