"""Which day an answered card should come back on: the one with the least to do, within the bounds of the fuzz.

Of the days that the fuzz allows the one is taken where `(load · (1 + 0.3 · d) + 1) · (1 + 0.05 · x²) / share` is least:
d is how much longer than exact the interval is, x the same in parts of the fuzz, 1 at its bounds. The 0.3 is there
because later days are always emptier: without it intervals would grow by a twelfth. Where no day has any load it is
the exact interval. `tests/bench/load.py` measures what that does to the reviews a day and to recall.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.memory.away import Away
from studytool.memory.schedule import exact_interval, fuzz_range, interval_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytool.memory.schedule import Rules, State, Trail

EVERY_DAY = (1.0,) * 7

_LATER = 0.3
_MIDDLE = 0.05
_WIDEST = 10
"""Days either side of the seeded fuzz that are looked at: years ahead there is nothing to gain by more of them."""
_EMPTY = 1e-6
"""The share of a day on which nothing is wanted: it is taken only where there is no other."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """How the learner wants the days arranged."""

    shares: tuple[float, ...] = EVERY_DAY
    """For Monday to Sunday what the day gets of what a normal one gets: 1, less on an easy day, 0 for nothing."""
    new_topics: int = 1
    """From how many topics new cards come in turn; 1 finishes a topic before the next one begins."""
    siblings_apart: bool = True
    """Whether cards made from the same text come on different days."""


class Load:
    """How many cards fall due for review on each of the learner's days; kept up to date answer by answer."""

    __slots__ = ("days", "of")

    def __init__(self, days: Iterable[int] = ()) -> None:
        self.days: dict[int, int] = {}
        self.of: dict[str, int] = {}
        """The day for which each card was counted."""
        for day in days:
            self.days[day] = self.days.get(day, 0) + 1

    def count(self, key: str, state: State | None) -> None:
        """Count a card for the day on which it falls due now; None for one that falls due on none."""
        before = self.of.pop(key, None)
        if before is not None:
            self.days[before] -= 1
        if state is not None and state.phase == "review":
            self.of[key] = state.due_day
            self.days[state.due_day] = self.days.get(state.due_day, 0) + 1


def chosen_days(
    rules: Rules, trail: Trail, load: Load, wishes: Wishes, away: Sequence[Away] = (), shortest: int = 1
) -> int | None:
    """The interval in days for a card that an answer has just taken to `trail`; None where there is no choice.

    `shortest` is what a lower grade would get: a higher one never gets less. The same arguments always give the same
    interval.
    """
    if trail.wait is not None or not rules.fuzz:
        return None
    exact = exact_interval(rules, trail.stability)
    low, high = fuzz_range(exact, rules.maximum_interval)
    if low == high:
        return None
    first, last = max(low, shortest), high
    if high - low > 2 * _WIDEST:
        seeded = interval_within(rules, trail.stability, trail.seed, trail.reviews - 1)
        first, last = max(first, seeded - _WIDEST), min(last, seeded + _WIDEST)
    first = min(first, high)
    today, due = trail.day, load.days.get
    later, middle = _LATER / exact, 4 * _MIDDLE / (high - low) ** 2
    center = today + exact
    costs = [
        (due(center + off, 0) * (1 + later * off) + 1) * (1 + middle * off * off)
        for off in range(first - exact, max(last, first) - exact + 1)
    ]
    if shares := _shares(today + first, today + last, wishes.shares, away):
        costs = [cost / share for cost, share in zip(costs, shares, strict=True)]
    return first + costs.index(min(costs))


def _shares(first: int, last: int, week: tuple[float, ...], away: Sequence[Away]) -> list[float]:
    """What each day from `first` to `last` gets; nothing where all of them are normal."""
    holidays = [one for one in away if one.start <= last and one.until > first]
    if not holidays and week == EVERY_DAY:
        return []
    found = [max(week[(day - 1) % 7], _EMPTY) for day in range(first, max(last, first) + 1)]  # day 1 was a Monday
    for start, until in holidays:
        for day in range(max(start, first), min(until - 1, last) + 1):
            found[day - first] = _EMPTY
    return found
