"""What each grade would do to a card now: shown under the grades, and written down with the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studytool.memory.events import DAY_MS, Grade
from studytool.memory.load import chosen_days
from studytool.memory.schedule import interval_within, taken_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.memory.away import Away
    from studytool.memory.events import Moment
    from studytool.memory.load import Load, Wishes
    from studytool.memory.schedule import Rules, State

_GRADES = tuple(Grade)


@dataclass(frozen=True, slots=True)
class Plan:
    """What each grade would do to a card in one state on one day."""

    key: str
    state: State | None
    day: int
    waits: dict[Grade, int]
    """Milliseconds until the card comes back."""
    days: list[int | None]
    """For each grade the interval to write down with the answer; None where there was nothing to choose."""

    def payload(self, grade: Grade, took_ms: int) -> dict[str, Any]:
        """The payload of the review that answers with `grade`."""
        payload: dict[str, Any] = {"grade": int(grade), "took_ms": took_ms}
        if (days := self.days[grade - 1]) is not None:
            payload["days"] = days
        return payload


def planned(
    rules: Rules, key: str, state: State | None, moment: Moment, load: Load, wishes: Wishes, away: Sequence[Away] = ()
) -> Plan:
    """The plan for a card in `state` (None: never answered) at `moment`, on the days with the least to do."""
    plan = Plan(key, state, moment.day(rules.rollover), {}, [])
    shortest = 1
    for grade in _GRADES:
        trail = taken_on(rules, state, grade, moment, key)
        days = chosen_days(rules, trail, load, wishes, away, shortest)
        plan.days.append(days)
        if trail.wait is None:
            shortest = days or interval_within(rules, trail.stability, key, trail.reviews - 1)
        plan.waits[grade] = shortest * DAY_MS if trail.wait is None else trail.wait
    return plan
