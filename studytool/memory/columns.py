"""The answers of a log as arrays, a row an answer: what a replay, a fit and statistics over many of them work on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from studytool.memory.events import ANSWERS, DAY_MS, EPOCH_ORDINAL, order
from studytool.memory.imported import schedule_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray

    from studytool.memory.events import Event
    from studytool.memory.remembered import Memory

LONGEST = 36_500
"""Days; no interval that an answer brings along is longer."""
_INT32 = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Reviews:
    """The answers that stand, see `in_order`; cards that relinks join are one card. All arrays have one length."""

    keys: list[str]
    """The cards' keys; a card's number is its place here. Not every card needs to have an answer."""
    card: NDArray[np.int32]
    """The number of the card."""
    ms: NDArray[np.int64]
    """UTC milliseconds."""
    offset: NDArray[np.int16]
    """The local time's distance from UTC in minutes."""
    day: NDArray[np.int32]
    """The learner's day (`Moment.day`) at `rollover`."""
    grade: NDArray[np.int8]
    """1 to 4; 0 where a schedule was taken over from another program, which only a card's first row can be."""
    took: NDArray[np.int32]
    """Milliseconds that the answer took, 0 where that is not known."""
    imported: NDArray[np.bool_]
    """Whether it was given in another program."""
    days: NDArray[np.int32]
    """The interval in days that was chosen when the answer was given, 0 where none was."""
    schedules: Mapping[int, Mapping[str, object]] = field(default_factory=dict)
    """What the other program had for the card, by row."""
    seeds: Mapping[int, str] = field(default_factory=dict)
    """The key under which an answer was given, by row, where the card has another one by now: it seeds the fuzz."""
    rollover: int = 4
    """The local hour at which the day turns."""

    def __len__(self) -> int:
        return len(self.card)

    def at(self, rollover: int) -> Reviews:
        """The same answers with days that turn at another hour."""
        days = days_of(self.ms, self.offset, rollover)
        return Reviews(
            *(self.keys, self.card, self.ms, self.offset, days, self.grade, self.took, self.imported, self.days),
            *(self.schedules, self.seeds, rollover),
        )


def in_order(
    ms: NDArray[np.int64], card: NDArray[np.int32], keys: Sequence[str], within: NDArray[np.int64] | None = None
) -> NDArray[np.int64]:
    """Places of answers by time; those of one millisecond by the keys of their cards, then by `within`, or as given.

    Where each card's answers are so in the log's order, this is the same on every device, however they came.
    """
    order = np.argsort(ms, kind="stable")  # in one pass where they came in order, as they do but for other devices'
    at = _places_of_equal(ms[order])
    if at.size:
        tied = order[at]
        cards = np.flatnonzero(np.bincount(card[tied])).tolist()
        rank = np.zeros(len(keys), np.int64)
        rank[sorted(cards, key=keys.__getitem__)] = np.arange(len(cards))
        when = ms[tied]
        number = np.cumsum(np.diff(when, prepend=when[:1]) != 0) * len(cards) + rank[card[tied]]
        by_card = np.argsort(number, kind="stable")
        if within is not None and (own := _places_of_equal(number[by_card])).size:
            some = by_card[own]
            by_card[own] = some[np.lexsort((within[tied[some]], number[some]))]
        order[at] = tied[by_card]
    return order


def _places_of_equal(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where numbers in order are equal to the one before or after them."""
    equal = numbers[1:] == numbers[:-1]
    return np.flatnonzero(np.append(equal, False) | np.append(False, equal))


def days_of(ms: NDArray[np.int64], offset: NDArray[np.int16], rollover: int) -> NDArray[np.int32]:
    """The learner's days of many moments: `Moment.day`."""
    local = ms + offset * np.int64(60_000) - rollover * 3_600_000
    return (local // DAY_MS + EPOCH_ORDINAL).astype(np.int32)


def from_memory(memory: Memory) -> Reviews:
    """The answers that a memory rests on."""
    rows: list[tuple[Event, str]] = []
    shares = memory.shares()
    for key, events in shares.items():
        rows += [(event, key) for event in answers(events)]
    own = _from_rows(rows, memory.rules.rollover)
    if not memory.base.rows:
        return own
    before = memory.base.answered().reviews
    if before.rollover != own.rollover:
        before = before.at(own.rollover)
    return _joined(before, shares, own) if shares else before


def _joined(before: Reviews, changed: Collection[str], own: Reviews) -> Reviews:
    """The answers of a base and those of the cards that changed since."""
    keys = list(dict.fromkeys([*before.keys, *own.keys]))
    numbers = {key: number for number, key in enumerate(keys)}
    stays = np.ones(len(keys), np.bool_)
    stays[[numbers[key] for key in changed if key in numbers]] = False
    kept = np.flatnonzero(stays[before.card])
    renumbered = np.array([numbers[key] for key in own.keys], np.int32)[own.card]
    card = np.concatenate((before.card[kept], renumbered))
    order = in_order(np.concatenate((before.ms[kept], own.ms)), card, keys)
    names = ("ms", "offset", "day", "grade", "took", "imported", "days")
    columns = {n: np.concatenate((getattr(before, n)[kept], getattr(own, n)))[order] for n in names}
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    of_before = np.full(len(before), -1, np.int64)
    of_before[kept] = place[: len(kept)]
    of_own = place[len(kept) :]

    def moved(one: Mapping[int, Any], other: Mapping[int, Any]) -> dict[int, Any]:
        found = {int(of_before[row]): value for row, value in one.items() if of_before[row] >= 0}
        return found | {int(of_own[row]): value for row, value in other.items()}

    return Reviews(
        keys=keys,
        card=card[order],
        **columns,
        schedules=moved(before.schedules, own.schedules),
        seeds=moved(before.seeds, own.seeds),
        rollover=own.rollover,
    )


def _from_rows(rows: list[tuple[Event, str]], rollover: int) -> Reviews:
    rows.sort(key=lambda row: (row[0].ms, row[1], order(row[0])))
    numbers: dict[str, int] = {}
    for _, key in rows:
        numbers.setdefault(key, len(numbers))
    events = [event for event, _ in rows]
    ms = np.array([event.ms for event in events], np.int64)
    offset = np.array([event.offset for event in events], np.int16)
    grades = [event.payload.get("grade") or 0 for event in events]
    return Reviews(
        keys=list(numbers),
        card=np.array([numbers[key] for _, key in rows], np.int32),
        ms=ms,
        offset=offset,
        day=days_of(ms, offset, rollover),
        grade=np.array(grades, np.int8),
        took=np.array([took_of(event) for event in events], np.int32),
        imported=np.array([event.kind == "imported" for event in events], np.bool_),
        days=np.array([days_chosen(event) for event in events], np.int32),
        schedules={
            row: schedule
            for row, event in enumerate(events)
            if not grades[row] and (schedule := schedule_of(event.payload)) is not None
        },
        seeds={row: str(event.card) for row, (event, key) in enumerate(rows) if event.card != key},
        rollover=rollover,
    )


def answers(events: Sequence[Event]) -> list[Event]:
    """Those of one card's events, in order, that its state rests on: the answers, and a schedule before the first."""
    found: list[Event] = []
    for event in events:
        if is_answer(event):
            found.append(event)
        elif is_schedule(event) and not (found and is_answer(found[-1])):
            found = [event]
    return found


def is_answer(event: Event) -> bool:
    """Whether an event has a grade that counts."""
    grade = event.payload.get("grade")
    return event.kind in ANSWERS and type(grade) is int and 1 <= grade <= 4


def is_schedule(event: Event) -> bool:
    """Whether an event brings another program's schedule."""
    is_one = event.kind == "imported" and event.payload.get("grade") is None
    return is_one and schedule_of(event.payload) is not None


def took_of(event: Event) -> int:
    """The milliseconds that an answer took."""
    took = event.payload.get("took_ms")
    return min(max(took, 0), _INT32) if type(took) is int else 0


def days_chosen(event: Event) -> int:
    """The interval in days that was chosen for an answer, 0 where none was that could be one."""
    days = event.payload.get("days") if event.kind == "review" else None
    return days if type(days) is int and 1 <= days <= LONGEST else 0
