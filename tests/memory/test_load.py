"""The day an answered card comes back on: within the fuzz, where there is least to do, not on a holiday."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.memory import Candidate, Grade, Limits, Moment, Rules, Session, Store, Wishes, replay
from studytool.memory.away import Away
from studytool.memory.events import DAY_MS
from studytool.memory.load import Load, chosen_days
from studytool.memory.schedule import Trail, exact_interval, fuzz_range

TODAY = 739_007  # Monday, 6 May 2024
NOON = Moment((TODAY - 719_163) * DAY_MS + DAY_MS // 2, 0)
MANY = Limits(1000, 1000)
NONE = Wishes()


def answered(stability: float, seed: str = "card") -> Trail:
    """A card answered at noon."""
    return Trail(stability, 5.0, "review", reviews=3, last=NOON.ms, day=TODAY, seed=seed)


def window(stability: float) -> tuple[int, int]:
    return fuzz_range(exact_interval(Rules(), stability))


def week(**shares: float) -> Wishes:
    return Wishes(tuple(shares.get(day, 1.0) for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")))


STABILITY = st.floats(0.001, 36_500)
LOADS = st.dictionaries(st.integers(TODAY, TODAY + 400), st.integers(-2, 300), max_size=60)
HOLIDAYS = st.lists(
    st.builds(lambda start, days: Away(TODAY + start, TODAY + start + days), st.integers(-20, 300), st.integers(1, 40)),
    max_size=3,
)
SHARES = st.tuples(*[st.sampled_from((0.0, 0.5, 1.0))] * 7)


def load_of(days: dict[int, int]) -> Load:
    load = Load()
    load.days.update(days)
    return load


@given(STABILITY, LOADS, SHARES, HOLIDAYS, st.integers(1, 2000))
def test_the_interval_lies_within_the_fuzz_whatever_is_wanted(
    stability: float, days: dict[int, int], shares: tuple[float, ...], away: list[Away], shortest: int
) -> None:
    low, high = window(stability)
    args = (Rules(), answered(stability), load_of(days), Wishes(shares), away, shortest)
    found = chosen_days(*args)
    assert found == chosen_days(*args)
    if low == high:
        assert found is None
    else:
        assert found is not None
        assert low <= found <= high
        assert found >= min(shortest, high)


@given(STABILITY)
def test_without_load_or_wishes_it_is_the_exact_interval_unless_that_is_far_off(stability: float) -> None:
    low, high = window(stability)
    exact = exact_interval(Rules(), stability)
    if low < high and high - low < 20:
        assert chosen_days(Rules(), answered(stability), Load(), NONE) == exact


def test_a_card_goes_where_there_is_least_to_do() -> None:
    low, high = window(40)
    load = Load(TODAY + days for days in range(low, high + 1) for _ in range(9) if days != low + 2)
    assert chosen_days(Rules(), answered(40), load, NONE) == low + 2


def test_cards_learned_together_part_evenly() -> None:
    load = Load()
    for number in range(300):
        days = chosen_days(Rules(), answered(40, f"card {number}"), load, NONE)
        assert days is not None
        load.days[TODAY + days] = load.days.get(TODAY + days, 0) + 1
    low, high = window(40)
    assert len(load.days) == high - low + 1
    assert max(load.days.values()) <= 1.3 * min(load.days.values())


def test_rules_without_fuzz_leave_nothing_to_choose() -> None:
    assert chosen_days(Rules(fuzz=False), answered(40), Load(), week(mon=0)) is None


def test_a_learning_step_has_no_day_to_choose() -> None:
    trail = Trail(3.0, 5.0, "learning", wait=60_000, last=NOON.ms, day=TODAY)
    assert chosen_days(Rules(), trail, Load(), NONE) is None


@pytest.mark.parametrize("stability", [5.0, 12.0, 40.0, 100.0])
def test_no_card_is_put_on_a_day_of_a_holiday_where_another_will_do(stability: float) -> None:
    exact = exact_interval(Rules(), stability)
    away = [Away(TODAY + exact, TODAY + exact + 20)]
    found = chosen_days(Rules(), answered(stability), Load(), NONE, away)
    assert found == exact - 1


def test_a_card_that_cannot_avoid_the_holiday_stays_in_it() -> None:
    low, high = window(40)
    away = [Away(TODAY + low - 3, TODAY + high + 3)]
    assert chosen_days(Rules(), answered(40), Load(), NONE, away) == exact_interval(Rules(), 40)


def test_an_easy_day_gets_half_and_one_of_which_nothing_is_wanted_next_to_nothing() -> None:
    load, wishes = Load(), week(sat=0.5, sun=0.0)
    for number in range(400):
        days = chosen_days(Rules(), answered(150, f"card {number}"), load, wishes)
        assert days is not None
        load.days[TODAY + days] = load.days.get(TODAY + days, 0) + 1
    by_weekday: Counter[int] = Counter()
    for day, cards in load.days.items():
        by_weekday[(day - 1) % 7] += cards
    normal = sum(by_weekday[day] for day in range(5)) / 5
    assert by_weekday[6] == 0
    assert 0.35 * normal < by_weekday[5] < 0.7 * normal


def sitting(store: Store, keys: str, now: Moment, wishes: Wishes | None = None) -> Session:
    return Session([Candidate(key, "t") for key in keys], replay(store.events()), store, MANY, now, wishes)


def later(moment: Moment, days: float) -> Moment:
    return Moment(moment.ms + round(days * DAY_MS), moment.offset)


def test_a_sitting_writes_down_the_day_it_showed_and_a_later_start_keeps_it(store: Store) -> None:
    now = NOON
    for number in range(40):
        session = sitting(store, "abcdefghij", now, week(sat=0.0))
        while shown := session.shown(now):
            grade = Grade((1, 3, 4, 3, 2)[number % 5])
            event = session.answer(grade, now)
            card = session.memory.state(shown.key)
            assert card is not None
            assert card.due == now.ms + shown.intervals[grade]
            if "days" in event.payload:
                assert card.due_day == card.day + event.payload["days"]
            again = replay(store.events()).state(shown.key)
            assert again == card
            if card.phase != "review":
                break
        now = later(now, 3)


def test_a_better_grade_never_brings_a_card_back_sooner(store: Store) -> None:
    now = NOON
    for _ in range(30):
        session = sitting(store, "abcdefghijklmnopqrstuvwxyz", now)
        while shown := session.shown(now):
            waits = [shown.intervals[grade] for grade in (Grade.HARD, Grade.GOOD, Grade.EASY)]
            assert waits == sorted(waits)
            session.answer(Grade.GOOD if shown.key < "m" else Grade.EASY, now)
            if session.memory.state(shown.key).phase != "review":  # type: ignore[union-attr]
                break
        now = later(now, 4)


def test_the_load_follows_answers_and_their_undo(store: Store) -> None:
    session = sitting(store, "abcdef", NOON)
    before = dict(session._queue.load.days)
    for _ in range(4):
        session.shown(NOON)
        session.answer(Grade.EASY, NOON)
    load = {day: cards for day, cards in session._queue.load.days.items() if cards}
    assert sum(load.values()) == 4
    assert load == Load(state.due_day for state in map(session.memory.state, "abcd") if state).days
    for _ in range(4):
        session.undo(NOON)
    assert {day: cards for day, cards in session._queue.load.days.items() if cards} == before == {}


def test_cards_of_other_topics_count_as_load(store: Store) -> None:
    session = sitting(store, "abcdef", NOON)
    for _ in "abcdef":
        session.shown(NOON)
        session.answer(Grade.EASY, NOON)
    assert sum(sitting(store, "xyz", NOON)._queue.load.days.values()) == 6
