"""`studytool away UNTIL`: tells of a holiday, lists those there are, ends one early or takes one back."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from studytool import clock, desk, settings
from studytool.errors import UsageError
from studytool.text import as_json

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from studytool.memory import Draft, Event, Memory, Moment, Store
    from studytool.memory.away import Away

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST = 366


def run(args: argparse.Namespace) -> int:
    """Write what was told into the log, print the holidays that are not over; always 0."""
    if args.back and (args.until or args.start):
        raise UsageError("`--back` ends the holiday that you are on, and takes no day.")
    if args.start and not args.until:
        raise UsageError("`--from` needs the day of your return.", "For example `studytool away --from friday monday`.")
    opened = partial(desk.open_log, to_read=not (args.back or args.until))
    store, memory = desk.read_log(desk.Request((), settings.of_library(args.root)), opened)
    try:
        now = clock.now()
        today = now.day(memory.rules.rollover)
        if args.back:
            _end(store, memory, now, today)
        elif args.until:
            _begin(store, memory, now, _period(args.start, args.until, today))
    finally:
        store.close()
    coming = [one for one in memory.away() if one.until > today]
    told = _told_of(args, memory, coming, today)
    print(as_json({"away": [_as_json(one, memory) for one in coming]}) if args.json else "\n".join(told))
    return 0


def _period(start: str | None, until: str, today: int) -> Away:
    from studytool.memory.away import Away

    first = _day(start, today - 1) if start else today
    period = Away(first, _day(until, first))
    days = period.until - period.start
    if days < 1:
        raise UsageError(f"You cannot be back on {_date(period.until)} when you leave on {_date(period.start)}.")
    if days > _LONGEST:
        raise UsageError(
            f"From {_date(period.start)} until {_date(period.until)} is {days} days.", "A year is the most."
        )
    return period


def _day(text: str, after: int) -> int:
    """The day that a word names, a day of the week being the next one `after` a day; `UsageError` for none."""
    word = text.strip().lower()
    named = [at for at, name in enumerate(_DAYS) if len(word) > 1 and name.startswith(word)]
    if len(named) == 1:
        day = after + 1 + (named[0] - after) % 7  # day 1 was a Monday: day n has the number (n - 1) % 7
        if day > date.max.toordinal():
            raise UsageError(f"There is no {_DAYS[named[0]].capitalize()} after {_date(after)}.", "Give earlier days.")
        return day
    try:
        return date.fromisoformat(word).toordinal()
    except ValueError:
        hint = "Write it as 2027-01-02, or name a day of the week: monday."
        raise UsageError(f"There is no day {text!r}.", hint) from None


def _begin(store: Store, memory: Memory, now: Moment, period: Away) -> None:
    """Tell of a holiday; one that it overlaps and that has not begun was meant otherwise, and is taken back."""
    from studytool.memory import Draft
    from studytool.memory.away import payload_of

    today = now.day(memory.rules.rollover)
    told = [(event, one) for event, one in _told(memory) if one.start < period.until and period.start < one.until]
    if any(one == period for _, one in told):
        return
    drafts = [Draft("undo", None, {"event": event.id}, now) for event, one in told if one.start > today]
    _write(store, memory, [*drafts, Draft("away", None, payload_of(period), now)])


def _end(store: Store, memory: Memory, now: Moment, today: int) -> None:
    """Have the holiday that the learner is on end today: it is undone, and told again as long as it was.

    Where the learner is on none, those to come are taken back.
    """
    from studytool.memory import Draft
    from studytool.memory.away import Away, payload_of

    told = _told(memory)
    on = [(event, one) for event, one in told if one.start <= today < one.until]
    drafts = []
    for event, one in on or [(event, one) for event, one in told if one.start > today]:
        drafts.append(Draft("undo", None, {"event": event.id}, now))
        if one.start < today:
            drafts.append(Draft("away", None, payload_of(Away(one.start, today)), now))
    _write(store, memory, drafts)


def _told(memory: Memory) -> list[tuple[Event, Away]]:
    """The holidays that stand, each as it was told."""
    from studytool.memory.away import away_of

    found = ((event, away_of(event.payload)) for event in memory.away_events())
    return [(event, one) for event, one in found if one is not None]


def _write(store: Store, memory: Memory, drafts: Sequence[Draft]) -> None:
    for event in store.append_all(drafts) if drafts else ():
        memory.apply(event, is_new=True)


def _told_of(args: argparse.Namespace, memory: Memory, coming: list[Away], today: int) -> list[str]:
    told = []
    for one in coming:
        start = "Away now" if one.start <= today else f"Away from {_date(one.start)}"
        due = _due_in(memory, one)
        cards = f"{due} card{'s fall' if due != 1 else ' falls'} due meanwhile"
        days = f"over {one.spread} days from then" if one.spread > 1 else "on that day"
        told.append(f"{start}, back on {_date(one.until)}. {cards}; what waits comes back {days}.")
    if told:
        return told
    if args.back:
        return ["You are back: no holiday is set."]
    if args.until:
        return ["That holiday is over. What waited since then comes back a little at a time."]
    return ["No holiday is set. `studytool away monday` tells of one, `studytool away 2027-01-02 --from friday` ahead."]


def _due_in(memory: Memory, period: Away) -> int:
    states = (memory.state(key) for key in memory.learned() if not memory.out(key, period.start))
    return sum(state is not None and period.start <= state.due_day < period.until for state in states)


def _as_json(period: Away, memory: Memory) -> dict[str, object]:
    from studytool.memory.away import payload_of

    return {**payload_of(period), "due": _due_in(memory, period), "spread": period.spread}


def _date(day: int) -> str:
    named = date.min + timedelta(days=day - 1)
    return f"{named:%A}, {named.day} {named:%B %Y}"
