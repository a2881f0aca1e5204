"""Intervals in days: the exact one, the fuzz around it, and the one that was chosen when the answer was given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.memory import Event, Memory, Rules, State, replay
from studytool.memory.events import DAY_MS, uuid7
from studytool.memory.schedule import exact_interval, fuzz_range, interval_within
from tests.memory import made
from tests.memory.made import START


def review(number: int, *, day: float, grade: int = 3, **more: object) -> Event:
    return made.event(number, "review", "a", {"grade": grade, **more}, ms=START + round(day * DAY_MS))


def after(*events: Event, fuzz: bool = True) -> State:
    state = replay(events, fuzz=fuzz).state("a")
    assert state is not None
    return state


LOG = (review(1, day=0, grade=4), review(2, day=8), review(3, day=30))
DUE = after(*LOG, fuzz=False).due_day - after(*LOG).day


def test_the_interval_chosen_at_the_answer_is_the_one_that_holds() -> None:
    low, high = fuzz_range(DUE)
    assert high - low >= 4
    for days in range(low, high + 1):
        last = review(3, day=30, days=days)
        state = after(*LOG[:2], last)
        assert state.due_day == state.day + days
        assert state.due == last.ms + days * DAY_MS


@pytest.mark.parametrize("days", [0, -3, 1, 10**6, True, None, "40", 40.0, [40]])
def test_an_interval_outside_the_fuzz_or_none_at_all_leaves_the_seeded_one(days: object) -> None:
    assert after(*LOG[:2], review(3, day=30, days=days)) == after(*LOG)


def test_without_fuzz_no_interval_but_the_exact_one_holds() -> None:
    assert after(*LOG[:2], review(3, day=30, days=fuzz_range(DUE)[0]), fuzz=False) == after(*LOG, fuzz=False)


def test_a_chosen_interval_says_nothing_of_the_answers_after_it() -> None:
    low = fuzz_range(DUE)[0]
    following = review(4, day=400)
    assert after(*LOG[:2], review(3, day=30, days=low), following) == after(*LOG, following)


def test_an_answer_that_leads_to_a_learning_step_takes_no_interval() -> None:
    state = after(review(1, day=0, days=4))
    assert state == after(review(1, day=0))
    assert state.phase == "learning"


def test_undo_of_a_later_answer_brings_the_chosen_interval_back() -> None:
    low = fuzz_range(DUE)[0]
    memory = Memory()
    for event in (*LOG[:2], review(3, day=30, days=low), review(4, day=31)):
        memory.apply(event)
    last = review(4, day=31)
    memory.apply(Event(uuid7(last.ms, b"undo-undo-"), last.ms, 0, "d", 5, "undo", "a", {"event": last.id}))
    state = memory.state("a")
    assert state is not None
    assert state.due_day - state.day == low


STABILITY = st.floats(0.001, 36_500)


@given(STABILITY, st.text(max_size=8), st.integers(0, 300), st.none() | st.integers(-5, 40_000))
def test_an_interval_never_leaves_the_bounds_of_the_fuzz(
    stability: float, seed: str, count: int, chosen: int | None
) -> None:
    rules = Rules()
    exact = exact_interval(rules, stability)
    low, high = fuzz_range(exact, rules.maximum_interval)
    days = interval_within(rules, stability, seed, count, chosen)
    assert 1 <= low <= days <= high <= rules.maximum_interval
    assert low <= exact <= high
    assert days == interval_within(rules, stability, seed, count, chosen)
    if chosen is not None and low <= chosen <= high:
        assert days == chosen


@given(st.lists(STABILITY, min_size=2, max_size=4), st.text(max_size=8), st.integers(0, 300))
def test_a_longer_memory_never_gets_a_shorter_interval(stabilities: list[float], seed: str, count: int) -> None:
    rules = Rules(desired_retention=0.9, maximum_interval=1000)
    days = [interval_within(rules, stability, seed, count) for stability in sorted(stabilities)]
    assert days == sorted(days)


def test_the_fuzz_uses_all_of_its_bounds_and_each_day_about_as_often() -> None:
    rules, stability = Rules(), 20.0
    low, high = fuzz_range(exact_interval(rules, stability))
    found = [interval_within(rules, stability, f"card {n}", 3) for n in range(4000)]
    assert set(found) == set(range(low, high + 1))
    even = len(found) / (high - low + 1)
    assert all(0.8 * even < found.count(day) < 1.2 * even for day in set(found))
