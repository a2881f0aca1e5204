"""Holidays: days on which nothing is asked, and what waited meanwhile comes back a little at a time.

A card that fell due on the k-th day of a holiday comes on the k-th day after it, besides what falls due there anyway.
So each day brings at most one of the missed ones more; the days missed in a longer holiday than two weeks come in two
weeks. It needs nothing but the card's due day, so that it is the same after a restart, on every device, and while the
learner is half-way through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SPREAD_DAYS = 14
"""Days after which all that waited has come."""


class Away(NamedTuple):
    """A holiday: the learner's days (`Moment.day`) from the first one away until the first one back, not part of it."""

    start: int
    until: int

    @property
    def spread(self) -> int:
        """Over how many days what waited comes back."""
        return min(self.until - self.start, SPREAD_DAYS)

    def comes(self, due_day: int) -> int:
        """The day on which a card comes that fell due in this holiday."""
        return self.until + (due_day - self.start) * self.spread // (self.until - self.start)


def away_of(payload: Mapping[str, object]) -> Away | None:
    """The holiday that an event's payload tells of, `from` and `until` as ISO dates; None where it tells of none."""
    from datetime import date  # 5 ms, and most logs tell of no holiday

    try:
        start, until = (date.fromisoformat(str(payload[name])).toordinal() for name in ("from", "until"))
    except (KeyError, ValueError, RecursionError):
        return None
    return Away(start, until) if start < until else None


def payload_of(away: Away) -> dict[str, str]:
    """The payload of the event that tells of a holiday."""
    from datetime import date

    return {"from": date.fromordinal(away.start).isoformat(), "until": date.fromordinal(away.until).isoformat()}


def joined(holidays: Iterable[Away]) -> tuple[Away, ...]:
    """The holidays in order, those that touch as one."""
    found: list[Away] = []
    for one in sorted(holidays):
        if found and one.start <= found[-1].until:
            found[-1] = Away(found[-1].start, max(found[-1].until, one.until))
        else:
            found.append(one)
    return tuple(found)


def lately(holidays: Sequence[Away], today: int) -> tuple[Away, ...]:
    """The holidays that are over, in order, if cards may still wait since one of them; none during a holiday.

    Who studies while away gets what is due, as on any other day.
    """
    if is_away(holidays, today):
        return ()
    over = tuple(one for one in holidays if one.until <= today)
    return over if any(today < one.until + one.spread - 1 for one in over) else ()


def ahead(holidays: Sequence[Away], today: int) -> tuple[Away, ...]:
    """The holidays that bear on which day a card comes, from `today` on: none where all that waited has come."""
    return tuple(holidays) if any(today < one.until + SPREAD_DAYS for one in holidays) else ()


def days_of_study(holidays: Sequence[Away], start: int, until: int) -> list[int]:
    """The days from `start` to before `until` that are in no holiday."""
    return [day for day in range(start, until) if not is_away(holidays, day)]


def is_away(holidays: Iterable[Away], day: int) -> bool:
    """Whether a day is one of a holiday."""
    return any(one.start <= day < one.until for one in holidays)


def foreseen(due_day: int, holidays: Sequence[Away], today: int, *, step: bool = False) -> int:
    """The day on which a card is to be expected if nothing is asked in the `holidays`, past and to come.

    What is overdue comes today; a learning `step` does not wait for its turn after a holiday.
    """
    day = max(due_day if step else comes(due_day, holidays), today)
    return next((one.until for one in holidays if one.start <= day < one.until), day)


def comes(due_day: int, over: Sequence[Away]) -> int:
    """The day on which a card comes that is due since `due_day`, where the holidays of `over` came between."""
    for one in over:
        if one.start <= due_day < one.until:
            due_day = one.comes(due_day)
    return due_day
