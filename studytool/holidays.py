"""Holidays: told in words, written into the log, said in sentences; the command and the app tell them alike."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from studytool.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.memory import Draft, Event, Memory, Moment, Store
    from studytool.memory.away import Away

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST = 366
BACK_NOW = "back"
"""The word that ends a holiday, where a day could stand."""
BACK = "You are back: no holiday is set."
OVER = "That holiday is over. What waited since then comes back a little at a time."
"""What to say where there is no holiday any more."""


def coming(memory: Memory, today: int) -> list[Away]:
    """The holidays that are not over, in their order."""
    return [one for one in memory.away() if one.until > today]


def period_of(start: str | None, until: str, today: int) -> Away:
    """The holiday from the day that a word names, today without one, to the day of the return.

    Raises `UsageError` for what is no day, no time, or more than a year.
    """
    from studytool.memory.away import Away

    first = _day(start, today - 1) if start else today
    period = Away(first, _day(until, first))
    days = period.until - period.start
    if days < 1:
        raise UsageError(f"You cannot be back on {date_of(period.until)} when you leave on {date_of(period.start)}.")
    if days > _LONGEST:
        raise UsageError(
            f"From {date_of(period.start)} until {date_of(period.until)} is {days} days.", "A year is the most."
        )
    return period


def _day(text: str, after: int) -> int:
    """The day that a word names, a day of the week being the next one `after` a day; `UsageError` for none."""
    word = text.strip().lower()
    named = [at for at, name in enumerate(_DAYS) if len(word) > 1 and name.startswith(word)]
    if len(named) == 1:
        day = after + 1 + (named[0] - after) % 7  # day 1 was a Monday: day n has the number (n - 1) % 7
        if day > date.max.toordinal():
            raise UsageError(
                f"There is no {_DAYS[named[0]].capitalize()} after {date_of(after)}.", "Give earlier days."
            )
        return day
    try:
        return date.fromisoformat(word).toordinal()
    except ValueError:
        hint = "Write it as 2027-01-02, or name a day of the week: monday."
        raise UsageError(f"There is no day {text!r}.", hint) from None


def begin(store: Store, memory: Memory, now: Moment, period: Away) -> None:
    """Tell of a holiday; one that it overlaps and that has not begun was meant otherwise, and is taken back."""
    from studytool.memory import Draft
    from studytool.memory.away import payload_of

    today = now.day(memory.rules.rollover)
    told = [(event, one) for event, one in _standing(memory) if one.start < period.until and period.start < one.until]
    if any(one == period for _, one in told):
        return
    drafts = [Draft("undo", None, {"event": event.id}, now) for event, one in told if one.start > today]
    _write(store, memory, [*drafts, Draft("away", None, payload_of(period), now)])


def end(store: Store, memory: Memory, now: Moment, today: int) -> None:
    """Have the holiday that the learner is on end today: it is undone, and told again as long as it was.

    Where the learner is on none, those to come are taken back.
    """
    from studytool.memory import Draft
    from studytool.memory.away import Away, payload_of

    told = _standing(memory)
    on = [(event, one) for event, one in told if one.start <= today < one.until]
    drafts = []
    for event, one in on or [(event, one) for event, one in told if one.start > today]:
        drafts.append(Draft("undo", None, {"event": event.id}, now))
        if one.start < today:
            drafts.append(Draft("away", None, payload_of(Away(one.start, today)), now))
    _write(store, memory, drafts)


def _standing(memory: Memory) -> list[tuple[Event, Away]]:
    """The holidays that stand, each as it was told."""
    from studytool.memory.away import away_of

    found = ((event, away_of(event.payload)) for event in memory.away_events())
    return [(event, one) for event, one in found if one is not None]


def _write(store: Store, memory: Memory, drafts: Sequence[Draft]) -> None:
    for event in store.append_all(drafts) if drafts else ():
        memory.apply(event, is_new=True)


def sentences(memory: Memory, today: int) -> list[str]:
    """A sentence or two about each holiday that is not over."""
    told = []
    for one in coming(memory, today):
        start = "Away now" if one.start <= today else f"Away from {date_of(one.start)}"
        due = due_in(memory, one)
        cards = f"{due} card{'s fall' if due != 1 else ' falls'} due meanwhile"
        days = f"over {one.spread} days from then" if one.spread > 1 else "on that day"
        told.append(f"{start}, back on {date_of(one.until)}. {cards}; what waits comes back {days}.")
    return told


def now_in_short(memory: Memory, today: int) -> str:
    """ "away until 2 March" where the learner is on holiday, else nothing."""
    for one in coming(memory, today):
        if one.start <= today:
            back = date.fromordinal(one.until)
            return f"away until {back.day} {back:%B}"
    return ""


def as_json(memory: Memory, period: Away) -> dict[str, object]:
    """A holiday as JSON: `from`, `until`, how many cards fall `due` in it, over how many days that is `spread`."""
    from studytool.memory.away import payload_of

    return {**payload_of(period), "due": due_in(memory, period), "spread": period.spread}


def due_in(memory: Memory, period: Away) -> int:
    """How many cards fall due in a holiday."""
    states = (memory.state(key) for key in memory.learned() if not memory.out(key, period.start))
    return sum(state is not None and period.start <= state.due_day < period.until for state in states)


def date_of(day: int) -> str:
    """A day as "Monday, 2 March 2026"."""
    named = date.min + timedelta(days=day - 1)
    return f"{named:%A}, {named.day} {named:%B %Y}"
