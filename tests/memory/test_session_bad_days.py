"""A sitting whose log cannot be read for a while, or whose clock was set: nothing is lost, the last word counts."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from studytool.errors import StudytoolError
from studytool.memory import Grade, Session, Store, open_memory, replay
from tests.memory.sitting import MANY, NOON, begin, cards, later, learn


def harmed(store: Store, card: str) -> None:
    """Make what the log says of a card unreadable, while it can still be written."""
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("DROP TRIGGER events_do_not_change")
        other.execute("UPDATE events SET payload = '[' || payload WHERE card = ?", (card,))


def mended(store: Store) -> None:
    with closing(sqlite3.connect(store.path)) as other, other:
        other.execute("UPDATE events SET payload = substr(payload, 2) WHERE payload GLOB '[[]*'")


def test_where_the_history_cannot_be_read_nothing_is_written_and_undo_can_be_tried_again(store: Store) -> None:
    learn(store, cards("a"), NOON)
    after = later(NOON, days=30)
    session = Session(cards("a"), open_memory(store, long=0), store, MANY, after)
    before = session.memory.state("a")
    session.shown(after)
    session.answer(Grade.GOOD, after)
    answered = session.memory.state("a")
    harmed(store, "a")
    with pytest.raises(StudytoolError, match="cannot be read"):
        session.undo(after)
    assert store.query("SELECT COUNT(*) FROM events") == [(2,)]
    assert (session.memory.state("a"), session.counts(after).done) == (answered, 1)
    mended(store)
    assert session.undo(after) == "a"
    assert session.memory.state("a") == before == replay(store.events()).state("a")


def test_where_the_history_cannot_be_read_an_answer_before_its_end_is_not_written(store: Store) -> None:
    learn(store, cards("a"), NOON, Grade.GOOD)
    early = later(NOON, days=-2)  # a clock that was ahead was set right
    session = Session(cards("a"), open_memory(store, long=0), store, MANY, early)
    session._current = "a"  # asked before its day
    shown = session.shown(early)
    assert shown is not None
    harmed(store, "a")
    with pytest.raises(StudytoolError, match="cannot be read"):
        session.answer(Grade.GOOD, early)
    assert store.query("SELECT COUNT(*) FROM events") == [(1,)]
    assert session.shown(early) == shown
    mended(store)
    session.answer(Grade.GOOD, early)
    assert session.memory.state("a") == replay(store.events()).state("a")


def test_what_is_said_last_counts_also_after_a_clock_that_was_ahead_was_set_right(store: Store) -> None:
    ahead = later(NOON, days=400)
    session = begin(store, cards(*"abc"))
    session.write("a", "old", ahead)
    session.write("a", "new", NOON)
    for key in "bc":
        session.memory.apply(store.append("suspend", key, {}, ahead))
        session.memory.apply(store.append("resume", key, {}, later(ahead, minutes=1)))
    session = begin(store, cards("b"))
    session.shown(NOON)
    session.suspend(NOON)
    session = begin(store, cards("c"))
    session.shown(NOON)
    session.reject(NOON)
    memory, day = replay(store.events()), ahead.day(4)
    assert memory.written("a") == "new"
    assert (memory.out("b", day), memory.out("c", day)) == ("suspended", "rejected")


def test_a_card_buried_after_a_clock_was_set_right_is_out_for_no_longer_than_today(store: Store) -> None:
    session = begin(store, cards("a", "b"))
    session.write("a", "old", later(NOON, days=400))
    session.write("b", "old", later(NOON, minutes=60))
    session.memory.apply(store.append("resume", "b", {}, later(NOON, minutes=61)))
    for _ in range(2):
        session.shown(NOON)
        session.bury(NOON)
    memory, day = replay(store.events()), NOON.day(4)
    assert [memory.out(key, day) for key in "ab"] == ["buried", "buried"]
    assert [memory.out(key, day + 1) for key in "ab"] == [None, None]


def test_an_answer_counts_after_the_last_one_although_the_clock_was_set_back_meanwhile(store: Store) -> None:
    learn(store, cards("a"), NOON, Grade.AGAIN)
    for minutes in (-8, -5):
        now = later(NOON, minutes=minutes)
        session = begin(store, cards("a"), now)
        assert session.shown(now)
        session.answer(Grade.GOOD, now)
    state = replay(store.events()).state("a")
    assert state is not None
    assert (state.phase, state.lapses, state.reviews) == ("review", 0, 3)
    assert session.memory.state("a") == state
