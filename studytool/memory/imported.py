"""The schedule that another program had for a card, as the start of its history here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from studytool.memory import fsrs
from studytool.memory.events import DAY_MS, Moment, uuid7
from studytool.memory.schedule import Rules, Trail

if TYPE_CHECKING:
    from collections.abc import Sequence

EARLIEST, LATEST = 719_163, 803_169  # 1970-01-01 and 2200-01-01 as date().toordinal() has them
"""Due dates outside are slips of the pen: such a schedule is not taken."""
LONGEST = 36_500
"""Days; a longer interval counts as this."""
_EASE = 2.5  # what SM-2 begins with, where the note says none


def schedule_of(payload: Mapping[str, object]) -> Mapping[str, object] | None:
    """The schedule that an `imported` event brings, None where it brings none that can be used."""
    told = payload.get("schedule")
    return told if isinstance(told, Mapping) and _due_day(told) is not None else None


def taken_over(rules: Rules, schedule: Mapping[str, object], moment: Moment, seed: str) -> Trail:
    """A card as another program left it: in review, due on the day that it had said."""
    day, due = moment.day(rules.rollover), _due_day(schedule)
    days = max((day if due is None else due) - day, 1)
    stability, difficulty = _number(schedule, "stability"), _number(schedule, "difficulty")
    if stability is not None and difficulty is not None and stability > 0:
        known = fsrs.bounded(stability, difficulty)
    else:
        ease = _number(schedule, "ease")
        known = fsrs.from_sm2(rules.model, _EASE if ease is None else ease / 100, _interval(schedule))
    return Trail(
        stability=known[0],
        difficulty=known[1],
        phase="review",
        reviews=1,
        last=moment.ms,
        offset=moment.offset,
        day=day,
        given=days,
        seed=seed,
    )


def last_review(schedule: Mapping[str, object]) -> Moment | None:
    """Noon of the day on which the card was last reviewed, by its schedule; None where that cannot be used.

    At Greenwich, so that two devices in different countries come to the same moment.
    """
    due = _due_day(schedule)
    if due is None:
        return None
    day = max(due - max(round(_interval(schedule)), 1), EARLIEST)
    return Moment((day - EARLIEST) * DAY_MS + DAY_MS // 2, 0)


def import_id(card: str, schedule: Mapping[str, object], moment: Moment) -> str:
    """The id of the event that imports `schedule` for `card`: the same wherever and whenever it is imported."""
    from hashlib import blake2b  # 3 ms, and only when something is imported

    parts: Sequence[str] = [f"{name}={schedule[name]}" for name in sorted(schedule)]
    return uuid7(moment.ms, blake2b("\x1f".join([card, *parts]).encode("utf-8", "replace"), digest_size=10).digest())


def _due_day(schedule: Mapping[str, object]) -> int | None:
    from datetime import date

    told = schedule.get("due")
    try:
        day = date.fromisoformat(told).toordinal() if isinstance(told, str) else 0
    except ValueError:
        return None
    return day if EARLIEST < day < LATEST else None


def _interval(schedule: Mapping[str, object]) -> float:
    days = _number(schedule, "interval")
    return min(max(1.0 if days is None else days, 1.0), LONGEST)


def _number(schedule: Mapping[str, object], name: str) -> float | None:
    """A finite number of the schedule."""
    value = schedule.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) < 1e12:
        return None
    return float(value)
