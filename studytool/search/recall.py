"""What a search asks of the memory: which cards are due, how well they are known, how they were answered last."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Sequence
from itertools import compress
from typing import TYPE_CHECKING

from studytool.memory.ends import ends
from studytool.memory.events import Moment
from studytool.memory.fsrs import retrievability
from studytool.memory.leech import is_leech
from studytool.memory.stands import ASIDE, Stands
from studytool.search.query import Compare, Date, Days, Flag, Number, Operator, Relative

if TYPE_CHECKING:
    from studytool.memory.ends import End
    from studytool.memory.remembered import Memory
    from studytool.memory.schedule import State

STATES = ("new", "learning", "relearning", "review", "due", "leech", "aside", *ASIDE)
"""The values of `is:` that the memory knows about."""
_GRADES = {"again": 1, "hard": 2, "good": 3, "easy": 4}
_OPERATORS: dict[Operator, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">=": operator.ge,
    ">": operator.gt,
}
_NEARLY = {"recall": 0.005, "stability": 0.5, "difficulty": 0.5}
"""How near a value must come where `=` of a number with many places would never hold."""


def is_remembered(leaf: Flag | Compare) -> bool:
    """Whether the memory is asked, and not the notes."""
    if isinstance(leaf, Compare) or leaf.field == "graded":
        return True
    return leaf.value in STATES if leaf.field == "is" else leaf == Flag("has", "history")


def matching(
    leaf: Flag | Compare, keys: Sequence[str], states: Iterable[State | None], memory: Memory, moment: Moment
) -> Iterable[bool]:
    """Of each card whether it is as `leaf` says at `moment`; `states` are those of the cards of `keys`."""
    today = moment.day(memory.rules.rollover)
    if isinstance(leaf, Compare):
        return _compared(leaf, keys, states, memory, Stands(memory, moment))
    if leaf.field == "graded":
        return _of_answered(keys, states, memory, "graded", lambda grade: grade == _GRADES[leaf.value])
    if leaf.value in ASIDE:
        return [memory.out(key, today) == leaf.value for key in keys]
    if leaf.value == "new":
        return [state is None for state in states]
    if leaf.value in ("due", "aside"):
        word = Stands(memory, moment).word
        return [word(state, memory.out(key, today)) == leaf.value for key, state in zip(keys, states, strict=True)]
    holds = _STATES[leaf.value]
    return [state is not None and holds(state) for state in states]


_STATES: dict[str, Callable[[State], bool]] = {
    "learning": lambda state: state.phase != "review",
    "relearning": lambda state: state.phase == "relearning",
    "review": lambda state: state.phase == "review",
    "leech": is_leech,
    "history": lambda state: True,
}


def _compared(
    leaf: Compare, keys: Sequence[str], states: Iterable[State | None], memory: Memory, stands: Stands
) -> Iterable[bool]:
    """A card that was never answered has none of these measures: no comparison holds."""
    today = stands.day
    holds, wanted = _OPERATORS[leaf.operator], _wanted(leaf.value, today)
    if leaf.field == "introduced":
        if isinstance(leaf.value, Days):
            return _of_answered(keys, states, memory, "introduced", lambda day: day > 0 and holds(today - day, wanted))
        return _of_answered(keys, states, memory, "introduced", lambda day: day > 0 and holds(day, wanted))
    measure = _measure(leaf, memory, stands)
    if leaf.operator == "=" and (nearly := _NEARLY.get(leaf.field)):
        near = nearly + 1e-9
        return [state is not None and abs(measure(state) - wanted) < near for state in states]
    return [state is not None and holds(measure(state), wanted) for state in states]


def _wanted(value: Number | Days | Date | Relative, today: int) -> float:
    if isinstance(value, Number):
        return value.value
    if isinstance(value, Days):
        return value.count
    return value.ordinal if isinstance(value, Date) else today + value.offset


def _measure(leaf: Compare, memory: Memory, stands: Stands) -> Callable[[State], float]:
    """What of a state is compared: days from today (due) or before it (answered) with a length, days with a date."""
    model, today, day_of = memory.rules.model, stands.day, stands.day_of
    from_today = isinstance(leaf.value, Days)
    measures: dict[str, Callable[[State], float]] = {
        "due": (lambda state: day_of(state) - today) if from_today else day_of,
        "answered": (lambda state: today - state.day) if from_today else (lambda state: state.day),
        "introduced": lambda state: 0,
        "interval": lambda state: state.due_day - state.day,
        "stability": lambda state: state.stability,
        "difficulty": lambda state: state.difficulty,
        "recall": lambda state: retrievability(model, state.stability, max(0, today - state.day)),
        "reviews": lambda state: state.reviews,
        "lapses": lambda state: state.lapses,
    }
    return measures[leaf.field]


def _of_answered(
    keys: Sequence[str], states: Iterable[State | None], memory: Memory, which: End, says: Callable[[int], bool]
) -> Iterable[bool]:
    """What `says` tells by an end of the answers to each card; false of those that are new."""
    answered = [state is not None for state in states]
    values = ends(memory, list(compress(keys, answered)), which)
    told = {value: says(value) for value in set(values)}  # a few grades, or days
    found = map(told.__getitem__, values)
    return [is_answered and next(found) for is_answered in answered]
