"""Words for the schedule: why a card is shown, and how long an interval is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.memory.events import DAY_MS

if TYPE_CHECKING:
    from studytool.memory.events import Moment
    from studytool.memory.queue import Limits
    from studytool.memory.remembered import Memory

_MINUTE = 60_000
_HOUR = 60 * _MINUTE
_MONTH = 30.44  # days: a year of 365.25 in twelve parts
_YEAR = 365.25


def reason(key: str, memory: Memory, limits: Limits, moment: Moment) -> str:
    """Why this card now: "new · 3 of 20 today", "due 2 days ago, recall 84 %", "learning step 2 of 2"."""
    state, rules = memory.state(key), memory.rules
    today = moment.day(rules.rollover)
    if state is None:
        number = memory.introduced(today) + 1
        return f"new · {number} of {max(limits.new_per_day, number)} today"
    if state.phase != "review":
        steps = rules.learning_steps if state.phase == "learning" else rules.relearning_steps
        step = f"{state.phase} step {min(state.step + 1, len(steps))} of {len(steps)}"
        early = state.due - moment.ms
        return f"{step}, {describe_interval(early)} early" if early >= _MINUTE else step
    late = today - state.due_day
    when = {0: "due today", 1: "due 1 day ago"}.get(late)
    when = when or (f"due {late} days ago" if late > 0 else f"due in {describe_interval(-late * DAY_MS)}")
    return f"{when}, recall {state.retrievability(moment):.0%}".replace("%", " %")


def describe_interval(ms: int) -> str:
    """A length of time in a word: "30 s", "10 min", "2 h", "3 d", "2.1 mo", "1.5 y"."""
    if ms < _MINUTE:
        return f"{max(ms, 0) // 1000} s"
    if (minutes := int(ms / _MINUTE + 0.5)) < 60:
        return f"{minutes} min"
    if (hours := int(ms / _HOUR + 0.5)) < 24:
        return f"{hours} h"
    days = ms / DAY_MS
    if days < 30.5:
        return f"{int(days + 0.5)} d"
    if days < _YEAR - 1:
        return f"{_short(days / _MONTH)} mo"
    return f"{_short(days / _YEAR)} y"


def _short(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
