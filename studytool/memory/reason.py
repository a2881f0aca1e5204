"""Words for the schedule: why a card is shown, and how long an interval is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.memory.events import DAY_MS
from studytool.memory.leech import is_leech
from studytool.memory.stands import IN_WORDS, Stands
from studytool.text import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.memory.away import Away
    from studytool.memory.candidates import Held, Limits
    from studytool.memory.events import Moment
    from studytool.memory.remembered import Memory
    from studytool.memory.schedule import Rules, State

_MINUTE = 60_000
_HOUR = 60 * _MINUTE
_MONTH = 30.44  # days: a year of 365.25 in twelve parts
_YEAR = 365.25


def reason(key: str, memory: Memory, limits: Limits, moment: Moment, why: str = "", away: Sequence[Away] = ()) -> str:
    """Why this card now: "new · 3 of 20 today", "due 2 days ago, recall 84 %", "learning step 2 of 2".

    `why` are the words of what has put it before others, `away` the learner's holidays. A leech is named each time.
    """
    state = memory.state(key)
    return " · ".join(part for part in (why, _turn(state, memory, limits, moment, away), leech_of(state)) if part)


def leech_of(state: State | None) -> str:
    """Words that name a leech; nothing for another card."""
    return f"forgotten {state.lapses} times" if state is not None and is_leech(state) else ""


def _turn(state: State | None, memory: Memory, limits: Limits, moment: Moment, away: Sequence[Away]) -> str:
    """What has made it the card's turn."""
    rules = memory.rules
    today = moment.day(rules.rollover)
    if state is None:
        number = memory.introduced(today) + 1
        return f"new · {number} of {max(limits.new_per_day, number)} today"
    if state.phase != "review":
        early = state.due - moment.ms
        step = _step(state, rules)
        return f"{step}, {describe_interval(early)} early" if early >= _MINUTE else step
    when = _when(today - state.due_day)
    waited = ", while you were away" if _fell_into(away, state.due_day, today) else ""
    return f"{when}{waited}, recall {percent(state.retrievability(moment))}"


def standing(key: str, memory: Memory, moment: Moment) -> str:
    """Where a card stands: "new", "due 2 days ago, recall 84 %", "later, in 5 min, learning step 2 of 2"."""
    stands, state = Stands(memory, moment), memory.state(key)
    out = memory.out(key, stands.day)
    word = stands.word(state, out)
    if state is None:
        return IN_WORDS[out] if out else word
    recall = f"recall {percent(state.retrievability(moment))}"
    if out:
        told = f"{IN_WORDS[out]}, {recall}"
    elif state.phase != "review":
        when = "due now" if word == "due" else f"later, in {describe_interval(state.due - moment.ms)}"
        told = f"{when}, {_step(state, memory.rules)}"
    else:
        told = f"{_when(stands.day - stands.day_of(state))}, {recall}"
    return " · ".join(filter(None, (told, leech_of(state))))


def _step(state: State, rules: Rules) -> str:
    """Which of the learning steps a card is in."""
    steps = rules.learning_steps if state.phase == "learning" else rules.relearning_steps
    return f"{state.phase} step {min(state.step + 1, len(steps))} of {len(steps)}"


def _when(late: int) -> str:
    """When a card falls due, or fell due so many days ago."""
    when = {0: "due today", 1: "due 1 day ago"}.get(late)
    return when or (f"due {late} days ago" if late > 0 else f"due in {describe_interval(-late * DAY_MS)}")


def told_of(held: Held) -> list[str]:
    """Sentences on what does not come today although it is due, and on what comes that waited."""
    told = []
    if held.away_now or held.away_later:
        from datetime import date

        waiting, day = held.away_now + held.away_later, date.fromordinal(max(held.until, 1))
        later = f", the others by {day.day} {day:%B}" if held.away_later else ""
        told.append(f"{held.away_now} of {waiting} waiting since your holiday {_come(held.away_now)} today{later}.")
    if held.siblings:
        cards = f"{held.siblings} card{'s wait' if held.siblings != 1 else ' waits'}"
        told.append(f"{cards} for another day: of the cards made from one text one comes a day.")
    if held.over:
        wait = "1 more is due and waits" if held.over == 1 else f"{held.over:,} more are due and wait"
        told.append(f"{wait}: `reviews_per_day` lets no more come today.")
    if held.aside:
        cards = (
            "1 card is left out: you put it" if held.aside == 1 else f"{held.aside:,} cards are left out: you put them"
        )
        told.append(
            f"{cards} aside. What is buried comes back tomorrow; what is suspended or no card, once you resume it."
        )
    if held.is_full:
        told.append("No more new cards come today: `new_per_day` lets no more come, in all libraries together.")
    return told


def _come(number: int) -> str:
    return "comes" if number == 1 else "come"


def _fell_into(holidays: Sequence[Away], due_day: int, today: int) -> bool:
    return any(one.start <= due_day < one.until <= today for one in holidays)


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
