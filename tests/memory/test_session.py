"""One sitting: what comes when, undo, the limits, and that the log says the same as the session."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import (
    Candidate,
    Counts,
    Grade,
    Limits,
    Memory,
    Moment,
    Session,
    Store,
    open_store,
    replay,
)
from tests.memory.sitting import MINUTE, NOON, begin, cards, later, learn


def order_of(session: Session, moment: Moment, count: int = 100) -> list[str]:
    """The keys shown one after the other when each is answered "easy"."""
    found = []
    while len(found) < count and (shown := session.shown(moment)):
        found.append(shown.key)
        session.answer(Grade.EASY, moment)
    return found


def test_new_cards_come_in_the_order_given_and_only_as_many_as_the_limit_says(store: Store) -> None:
    session = begin(store, cards(*"dcba"), limits=Limits(3, 10))
    assert order_of(session, NOON) == ["d", "c", "b"]
    assert session.shown(NOON) is None


def test_the_limit_counts_what_was_learned_earlier_today(store: Store) -> None:
    learn(store, cards("a", "b"), NOON)
    assert order_of(begin(store, cards(*"abcdef"), limits=Limits(3, 10)), NOON) == ["c"]


def test_a_card_that_is_put_out_does_not_use_up_the_limit(store: Store) -> None:
    session = begin(store, cards(*"abcd"), limits=Limits(2, 10))
    session.shown(NOON)
    session.reject(NOON)
    assert order_of(session, NOON) == ["b", "c"]


def test_the_next_day_has_a_limit_of_its_own_even_while_the_program_stays_open(store: Store) -> None:
    session = begin(store, cards(*"abcd"), limits=Limits(2, 0))
    assert order_of(session, NOON) == ["a", "b"]
    assert order_of(session, later(NOON, days=1)) == ["c", "d"]


def test_the_least_certain_review_comes_first(store: Store) -> None:
    learn(store, cards("strong"), NOON, Grade.EASY)
    for key in ("weak", "middle"):
        learn(store, cards(key), NOON, Grade.GOOD)
    evening = later(NOON, minutes=30)
    learn(store, cards("middle"), evening, Grade.EASY)
    learn(store, cards("weak"), evening, Grade.GOOD)
    memory = replay(store.events())
    after = later(NOON, days=60)
    keys = sorted(("strong", "weak", "middle"), key=lambda key: memory.state(key).retrievability(after))  # type: ignore[union-attr]
    assert order_of(begin(store, cards("strong", "weak", "middle"), after), after) == keys
    assert keys[0] == "weak"


def test_the_limit_of_reviews_holds(store: Store) -> None:
    learn(store, cards(*"abcde"), NOON)
    after = later(NOON, days=60)
    session = begin(store, cards(*"abcde"), after, Limits(0, 3))
    assert session.counts(after) == Counts(0, 0, 3, 0)
    assert len(order_of(session, after)) == 3


def test_new_cards_are_spread_among_the_reviews(store: Store) -> None:
    learn(store, cards(*"abcdef"), NOON)
    after = later(NOON, days=60)
    order = order_of(begin(store, cards(*"abcdefxyz"), after), after)
    places = [order.index(key) for key in "xyz"]
    assert places == sorted(places)
    assert all(2 <= b - a <= 4 for a, b in pairwise(places))


def test_a_learning_step_that_is_due_goes_before_everything_else(store: Store) -> None:
    session = begin(store, cards(*"abc"))
    session.shown(NOON)
    session.answer(Grade.AGAIN, NOON)
    assert session.shown(NOON).key == "b"  # type: ignore[union-attr]
    session.answer(Grade.EASY, later(NOON, minutes=1))
    shown = session.shown(later(NOON, minutes=1))
    assert shown is not None
    assert (shown.key, shown.phase, shown.reason) == ("a", "learning", "learning step 1 of 2")


def test_a_learning_step_comes_early_only_when_nothing_else_is_left(store: Store) -> None:
    session = begin(store, cards("a", "b"))
    session.shown(NOON)
    session.answer(Grade.GOOD, NOON)
    assert session.shown(NOON).key == "b"  # type: ignore[union-attr]
    session.answer(Grade.EASY, NOON)
    shown = session.shown(later(NOON, minutes=3))
    assert shown is not None
    assert (shown.key, shown.reason) == ("a", "learning step 2 of 2, 7 min early")


def test_a_step_too_far_off_is_waited_for_and_the_wait_is_known(store: Store) -> None:
    session = begin(store, cards("a"))
    session.shown(NOON)
    session.answer(Grade.GOOD, NOON)
    earlier = later(NOON, minutes=-25)  # the clock was set back
    assert session.shown(earlier) is None
    assert session.next_due_in(earlier) == 35 * MINUTE
    assert session.next_due_in(later(NOON, minutes=30)) == 0


def test_nothing_is_waited_for_when_all_is_learned(store: Store) -> None:
    session = begin(store, cards("a"))
    order_of(session, NOON)
    assert session.next_due_in(NOON) is None


def test_the_card_on_the_screen_stays_until_it_is_answered(store: Store) -> None:
    session = begin(store, cards("a", "b"))
    session.shown(NOON)
    session.answer(Grade.AGAIN, NOON)
    assert {session.shown(later(NOON, minutes=n)).key for n in (0, 2, 5)} == {"b"}  # type: ignore[union-attr]


def test_each_grade_gives_the_interval_that_was_shown(store: Store) -> None:
    candidates, now = cards("a"), NOON
    for grade in (Grade.GOOD, Grade.GOOD, Grade.HARD, Grade.AGAIN, Grade.GOOD, Grade.EASY):
        session = begin(store, candidates, now)
        shown = session.shown(now)
        assert shown is not None
        session.answer(grade, now)
        state = session.memory.state("a")
        assert state is not None
        assert state.due == now.ms + shown.intervals[grade]
        now = Moment(state.due, 0)


def test_an_answer_late_in_the_evening_makes_the_card_due_the_next_morning(store: Store) -> None:
    evening = later(NOON, minutes=11 * 60 + 50)
    for _ in range(2):
        session = begin(store, cards("a"), evening)
        session.shown(evening)
        session.answer(Grade.HARD if session.memory.state("a") is None else Grade.GOOD, evening)
    learn(store, cards("a"), evening, Grade.GOOD)
    state = replay(store.events()).state("a")
    assert state is not None
    assert state.phase == "review"
    morning = later(NOON, days=state.due_day - NOON.day(4), minutes=-4 * 60)
    shown = begin(store, cards("a"), morning).shown(morning)
    assert shown is not None
    assert shown.reason.startswith("due today, recall ")


def test_undo_brings_back_the_card_and_the_numbers(store: Store) -> None:
    session = begin(store, cards("a", "b"))
    before = session.shown(NOON), session.counts(NOON)
    session.answer(Grade.GOOD, NOON)
    session.shown(NOON)
    assert session.undo(NOON) == "a"
    assert (session.shown(NOON), session.counts(NOON)) == before
    assert order_of(session, NOON) == ["a", "b"]


def test_undo_works_after_the_last_card_and_back_to_the_first(store: Store) -> None:
    session = begin(store, cards("a", "b"))
    order_of(session, NOON)
    assert session.shown(NOON) is None
    assert [session.undo(NOON) for _ in range(3)] == ["b", "a", None]
    assert order_of(session, NOON) == ["a", "b"]


@pytest.mark.parametrize("action", ["suspend", "bury", "reject"])
def test_a_card_put_out_is_gone_and_comes_back_by_undo(store: Store, action: str) -> None:
    session = begin(store, cards("a", "b"))
    session.shown(NOON)
    getattr(session, action)(NOON)
    assert session.shown(NOON).key == "b"  # type: ignore[union-attr]
    assert begin(store, cards("a")).shown(NOON) is None
    assert session.undo(NOON) == "a"
    assert order_of(session, NOON) == ["a", "b"]


def test_a_buried_card_is_back_tomorrow_and_a_suspended_one_is_not(store: Store) -> None:
    session = begin(store, cards("a", "b"))
    session.shown(NOON)
    session.bury(NOON)
    session.shown(NOON)
    session.suspend(NOON)
    tomorrow = later(NOON, days=1)
    assert order_of(begin(store, cards("a", "b"), tomorrow), tomorrow) == ["a"]


def test_a_card_suspended_elsewhere_while_the_sitting_lasts_does_not_come(store: Store) -> None:
    session = begin(store, cards("a", "b", "c"))
    session.shown(NOON)
    session.memory.apply(store.append("suspend", "b", {}, NOON))
    assert order_of(session, NOON) == ["a", "c"]


def test_the_text_is_kept_with_the_first_event_only(store: Store) -> None:
    session = begin(store, cards("a"))
    session.shown(NOON)
    first = session.answer(Grade.GOOD, NOON, took_ms=10, text={"front": "q"})
    session.shown(NOON)
    second = session.answer(Grade.GOOD, NOON, took_ms=20, text={"front": "q"})
    assert first.payload == {"grade": 3, "took_ms": 10, "text": {"front": "q"}}
    assert second.payload == {"grade": 3, "took_ms": 20}


def test_a_written_answer_is_kept_and_the_card_stays(store: Store) -> None:
    session = begin(store, cards("a", "b"))
    session.shown(NOON)
    session.write("a", "my own words", NOON)
    assert session.shown(NOON).key == "a"  # type: ignore[union-attr]
    assert replay(store.events()).written("a") == "my own words"


def test_a_card_that_is_in_two_notes_is_asked_once(store: Store) -> None:
    assert order_of(begin(store, [Candidate("a", "one"), Candidate("a", "two")]), NOON) == ["a"]


def test_the_reason_says_how_late_a_card_is_and_how_well_it_is_known(store: Store) -> None:
    learn(store, cards("a"), NOON)
    state = replay(store.events()).state("a")
    assert state is not None
    late = later(NOON, days=state.due_day - state.day + 2)
    recall = f"{state.retrievability(late):.0%}".replace("%", " %")
    assert begin(store, cards("a"), late).shown(late).reason == f"due 2 days ago, recall {recall}"  # type: ignore[union-attr]


def test_the_reason_of_a_new_card_counts_the_day(store: Store) -> None:
    learn(store, cards("a", "b"), NOON)
    shown = begin(store, cards(*"abc"), limits=Limits(20, 200)).shown(NOON)
    assert shown is not None
    assert shown.reason == "new · 3 of 20 today"


def test_an_answer_without_a_card_is_a_mistake_of_the_caller(store: Store) -> None:
    with pytest.raises(LookupError):
        begin(store, []).answer(Grade.GOOD, NOON)


def _snapshot(memory: Memory, day: int) -> dict:
    cards = {key: (memory.state(key), memory.out(key, day)) for key in memory.cards()}
    return {**cards, "day": (memory.introduced(day), memory.reviewed(day), memory.answered(day))}


ACTIONS = st.sampled_from(("1", "2", "3", "4", "3", "undo", "suspend", "bury", "reject", "wait", "sleep", "back"))


@given(st.lists(ACTIONS, min_size=5, max_size=40))
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_the_log_says_the_same_as_the_session(actions: list[str]) -> None:
    candidates, now = cards(*"abcdefgh"), NOON
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        session = begin(store, candidates, limits=Limits(5, 5))
        for action in actions:
            now = later(now, minutes={"wait": 4, "sleep": 3 * 24 * 60, "back": -90}.get(action, 0.1))
            if action == "undo":
                key = session.undo(now)
                assert key is None or session.shown(now).key == key  # type: ignore[union-attr]
            elif (shown := session.shown(now)) is not None:
                assert session.memory.out(shown.key, now.day(4)) is None
                if action.isdigit():
                    session.answer(Grade(int(action)), now)
                elif action in ("suspend", "bury", "reject"):
                    getattr(session, action)(now)
            counts = session.counts(now)
            assert min(counts.new, counts.later, counts.due, counts.done) >= 0
            day = now.day(4)
            assert _snapshot(replay(store.events()), day) == _snapshot(session.memory, day)
        store.close()
