"""What another window writes takes its place in a sitting: as a new queue has it, without a look at all cards."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studytool.memory import Candidate, Grade, Limits, Moment, Session, Store, Wishes, open_store, replay
from studytool.memory.events import DAY_MS, Event
from tests.memory.lineups import ACTS, CARDS, NOON, Exam, in_agreement, other_window, own


@given(
    st.lists(ACTS, min_size=10, max_size=60),
    st.sampled_from((Wishes(), Wishes(siblings_apart=False), Wishes(new_topics=2))),
    st.sampled_from((None, Exam())),
    st.sampled_from(((), ("a", "d"))),
)
@example([("own", "4", ""), ("own", "look", ""), ("own", "undo", ""), ("theirs", "suspend", "a")], Wishes(), None, ())
@settings(max_examples=60, deadline=None)
def test_after_whatever_was_heard_the_order_is_that_of_a_new_queue(
    acts: list[tuple[str, str, str]], wishes: Wishes, priority: Exam | None, ahead: tuple[str, ...]
) -> None:
    now, events = NOON, list[Event]()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder))
        session = Session(CARDS, replay([]), store, Limits(4, 5), now, wishes, priority, ahead)
        for who, act, key in acts:
            now = Moment(now.ms + round((float(act) if who == "wait" else 0.0001) * DAY_MS), 0)
            if who == "own":
                own(session, act, now)
            elif who == "theirs":
                known = len(events)
                other_window(store, events, act, key, now)
                for event in events[known:]:
                    session.memory.apply(event)
                session.catch_up(now)
                in_agreement(session, now)
                session.passed(now)
        store.close()


def test_a_sibling_that_came_instead_waits_again_also_after_news_of_another_window(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    cards = [Candidate("a", "x", 1), Candidate("b", "x", 1), Candidate("c", "x")]
    session = Session(cards, replay([]), store, Limits(), NOON)
    assert session.shown(NOON)
    session.suspend(NOON)
    session.memory.apply(store.append("note", "z", {"text": "own words"}, NOON))
    session.catch_up(NOON)
    assert session.undo(NOON) == "a"
    asked = []
    while (shown := session.shown(NOON)) is not None:
        asked.append(shown.key)
        session.answer(Grade.EASY, NOON)
    assert asked == ["a", "c"]
    store.close()


@pytest.fixture
def counted(tmp_path: Path) -> Callable[[int], tuple[Session, Store, list[str]]]:
    """A sitting over so many cards, half of them learned, with the keys at which its memory is asked for a state."""

    def made(cards: int) -> tuple[Session, Store, list[str]]:
        store = open_store(tmp_path / str(cards))
        given = [Candidate(f"{n:05}", f"topic {n % 7}", n // 3 if n % 3 else 0) for n in range(cards)]
        for one in given[::2]:
            store.append("review", one.key, {"grade": 4}, NOON)
        memory, asked = replay(store.events()), list[str]()
        later = Moment(NOON.ms + 40 * DAY_MS, 0)
        session = Session(given, memory, store, Limits(20, 200), later)
        session.shown(later)
        state_of = memory.state
        memory.state = lambda key: asked.append(key) or state_of(key)  # type: ignore[method-assign,func-returns-value]
        return session, store, asked

    return made


def test_an_answer_elsewhere_costs_a_look_at_few_cards_however_many_there_are(counted) -> None:  # type: ignore[no-untyped-def]
    looks = []
    for cards in (100, 2000):
        session, store, asked = counted(cards)
        now = Moment(NOON.ms + 40 * DAY_MS + 1000, 0)
        session.memory.apply(store.append("review", "00042", {"grade": 3}, now))
        asked.clear()
        session.catch_up(now)
        looks.append(len(asked))
        store.close()
    assert looks[0] == looks[1] <= 8


def test_what_another_window_took_back_already_is_not_asked_twice_once_it_is_taken_back_here_too(
    tmp_path: Path,
) -> None:
    store = open_store(tmp_path)
    session = Session([Candidate("a", "x"), Candidate("b", "x")], replay([]), store, Limits(), NOON)
    assert session.shown(NOON)
    given = session.suspend(NOON)
    session.memory.apply(store.append("undo", "a", {"event": given.id}, NOON))
    session.catch_up(NOON)
    assert session.undo(NOON) == "a"
    assert session.counts(NOON).new == 2
    asked = []
    while (shown := session.shown(NOON)) is not None:
        asked.append(shown.key)
        session.answer(Grade.EASY, NOON)
    assert asked == ["a", "b"]
    store.close()


def test_a_card_that_was_put_out_elsewhere_does_not_come_back_as_a_step(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    session = Session([Candidate("a", "x"), Candidate("b", "x")], replay([]), store, Limits(), NOON)
    assert session.shown(NOON)
    session.memory.apply(store.append("suspend", "a", {}, NOON))
    session.answer(Grade.AGAIN, NOON)
    assert (session.counts(NOON).later, session.next_due_in(NOON)) == (0, None)
    store.close()


SAME = [Candidate("a", "x", 1), Candidate("b", "x", 1), Candidate("c", "x", 1)]


def test_where_a_step_is_put_out_no_other_of_its_text_comes_beside_another_step(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for key, grade in (("a", 1), ("b", 1), ("c", 4)):
        store.append("review", key, {"grade": grade}, NOON)
    now = Moment(NOON.ms + 40 * DAY_MS, 0)
    session = Session(SAME, replay(store.events()), store, Limits(), now)
    shown = session.shown(now)
    assert shown is not None
    assert session.counts(now).due == 2
    session.suspend(now)
    assert session.counts(now).due == 1
    session.shown(now)
    session.suspend(now)
    assert session.shown(now).key == "c"  # type: ignore[union-attr]
    store.close()


@pytest.mark.parametrize("act", ["answer", "bury"])
def test_a_card_that_was_on_the_screen_when_the_day_began_has_others_of_its_text_wait(tmp_path: Path, act: str) -> None:
    store = open_store(tmp_path)
    store.append("review", "b", {"grade": 4}, NOON)
    memory, tomorrow = replay(store.events()), Moment(NOON.ms + 40 * DAY_MS, 0)
    session = Session(SAME[:2], memory, store, Limits(), Moment(NOON.ms + DAY_MS, 0))
    assert session.shown(Moment(NOON.ms + DAY_MS, 0)).key == "a"  # type: ignore[union-attr]
    session.take_up(tomorrow)
    if act == "answer":
        session.answer(Grade.EASY, tomorrow)
    else:
        session.bury(tomorrow)
    assert session.shown(tomorrow) is None
    assert session.counts(tomorrow).due == 0
    session.undo(tomorrow)
    assert session.current == "a"
    store.close()
