"""Holidays: what an event says, how several join, and on which day each card comes that waited."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.memory import Event, Memory, due_dates, replay
from studytool.memory.away import SPREAD_DAYS, Away, ahead, away_of, comes, foreseen, joined, lately, payload_of
from tests.memory import made

DAY = 739_000
PERIODS = st.builds(lambda start, days: Away(DAY + start, DAY + start + days), st.integers(0, 60), st.integers(1, 50))


def event(number: int, kind: str, payload: dict) -> Event:
    return made.event(number, kind, None, payload, ms=number)


@given(PERIODS)
def test_a_payload_tells_the_holiday_it_was_made_of(period: Away) -> None:
    assert away_of(payload_of(period)) == period


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"from": "2026-12-24"},
        {"from": "2026-12-24", "until": "2026-12-24"},
        {"from": "2026-12-24", "until": "2026-12-20"},
        {"from": "soon", "until": "2026-12-20"},
        {"from": 5, "until": None},
        {"from": [], "until": {}},
    ],
)
def test_a_payload_that_tells_of_no_holiday_is_none_and_stays_in_the_log(payload: dict) -> None:
    assert away_of(payload) is None
    odd = event(1, "away", payload)
    memory = replay([odd])
    assert memory.away() == ()
    assert memory.knows(odd.id)


@given(st.lists(PERIODS, max_size=6))
def test_joined_holidays_hold_the_same_days_and_never_touch(periods: list[Away]) -> None:
    found = joined(periods)
    assert {day for one in found for day in range(one.start, one.until)} == {
        day for one in periods for day in range(one.start, one.until)
    }
    assert all(one.until < other.start for one, other in pairwise(found))


@given(PERIODS)
def test_what_waited_comes_in_the_order_it_fell_due_and_evenly(period: Away) -> None:
    length = period.until - period.start
    days = [period.comes(day) for day in range(period.start, period.until)]
    assert days == sorted(days)
    assert days[0] == period.until
    assert days[-1] == period.until + period.spread - 1
    assert period.spread <= SPREAD_DAYS
    a_day = Counter(days).values()
    assert max(a_day) - min(a_day) <= 1
    assert max(a_day) == -(-length // period.spread)


@given(st.lists(PERIODS, max_size=4), st.integers(DAY - 5, DAY + 200), st.integers(DAY - 5, DAY + 200))
def test_every_card_comes_at_last_and_none_before_it_is_due(periods: list[Away], due: int, today: int) -> None:
    holidays = joined(periods)
    over = lately(holidays, today)
    day = comes(due, over)
    assert day >= due
    if not any(one.until <= today < one.until + SPREAD_DAYS for one in holidays):
        assert day <= max(due, today)
    if any(one.start <= today < one.until for one in holidays):
        assert day == due


@given(st.lists(PERIODS, max_size=4), st.integers(DAY - 5, DAY + 200), st.integers(DAY - 5, DAY + 200), st.booleans())
def test_what_is_foreseen_is_in_no_holiday_and_what_comes_when_its_day_is_there(
    periods: list[Away], due: int, today: int, step: bool
) -> None:
    holidays = joined(periods)
    day = foreseen(due, ahead(holidays, today), today, step=step)
    assert day >= max(due, today)
    assert not any(one.start <= day < one.until for one in holidays if today < one.until)
    if not any(one.start <= today < one.until for one in holidays) and not step:
        assert (day == today) == (comes(due, lately(holidays, today)) <= today)
    if step:
        assert day == max(due, today) or any(day == one.until for one in holidays)
    many = due_dates.foreseen(np.array([due, due]), np.array([step, step]), ahead(holidays, today), today)
    assert np.maximum(many, today).tolist() == [day, day]


@given(st.permutations(range(4)))
def test_the_order_in_which_events_arrive_does_not_matter(order: list[int]) -> None:
    first, second = (
        event(1, "away", payload_of(Away(DAY, DAY + 5))),
        event(2, "away", payload_of(Away(DAY + 9, DAY + 12))),
    )
    events = [
        first,
        second,
        event(3, "undo", {"event": first.id}),
        event(4, "away", payload_of(Away(DAY + 11, DAY + 14))),
    ]
    memory = Memory()
    for at in order:
        memory.apply(events[at])
    assert memory.away() == (Away(DAY + 9, DAY + 14),)
    assert sorted(one.sequence for one in memory.away_events()) == [2, 4]
