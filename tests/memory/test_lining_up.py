"""A lineup that is made in pieces: what is done meanwhile counts, and in the end it is as if made at once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.memory import Candidate, Cram, Grade, Limits, Moment, Session, Wishes, open_store, pieces, replay
from studytool.memory.cram import BETWEEN
from studytool.memory.events import DAY_MS, Event
from tests.memory.lineups import ACTS, CARDS, KEYS, NOON, Exam, in_agreement, other_window, own

MANY = [Candidate(f"{n:04}", f"topic {n % 7}", n // 3 if n % 3 else 0) for n in range(3 * pieces.PIECE)]
NOTES = st.lists(
    st.builds(Candidate, st.sampled_from(KEYS), st.sampled_from("xyz"), st.integers(0, 3)),
    unique_by=lambda one: one.key,
    min_size=1,
    max_size=len(KEYS),
)
DOINGS = st.one_of(
    ACTS, st.tuples(st.just("edit"), NOTES, st.booleans()), st.tuples(st.just("go on"), st.integers(1, 9), st.just(""))
)


class Later:
    """Goes through the pieces when it is told to."""

    def __init__(self) -> None:
        self._waiting: list[Iterator[None]] = []

    def __call__(self, made: Iterator[None]) -> None:
        self._waiting.append(made)

    def go_on(self, often: int = 10**6) -> bool:
        """So many pieces, of what was wanted first to begin with; whether all was done by them."""
        while self._waiting and often > 0:
            made = self._waiting[0]
            for _ in made:
                often -= 1
                if often <= 0:
                    return False
            self._waiting.remove(made)
        return not self._waiting


@given(
    st.lists(DOINGS, min_size=10, max_size=60),
    st.sampled_from((Wishes(), Wishes(siblings_apart=False), Wishes(new_topics=2))),
    st.sampled_from((None, Exam())),
    st.sampled_from(((), ("a", "d"))),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_done_while_it_is_made_it_ends_as_a_new_queue(
    doings: list[tuple[str, object, object]],
    wishes: Wishes,
    priority: Exam | None,
    ahead: tuple[str, ...],
    is_the_first: bool,
) -> None:
    now, events = NOON, list[Event]()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", 2)
        patch.setattr(pieces, "_RUN", 2)
        store = open_store(Path(folder))
        later = Later()
        pace = later if is_the_first else None
        session = Session(CARDS, replay([]), store, Limits(4, 5), now, wishes, priority, ahead, pace)
        session.pace = later
        for who, act, more in [*doings, ("edit", CARDS, True), ("go on", 10**6, "")]:
            now = Moment(now.ms + round((float(str(act)) if who == "wait" else 0.0001) * DAY_MS), 0)
            if who == "own":
                own(session, str(act), now)
            elif who == "theirs":
                known = len(events)
                other_window(store, events, str(act), str(more), now)
                for event in events[known:]:
                    session.memory.apply(event)
                session.catch_up(now)
                session.passed(now)
            elif who == "edit":
                renamed = {"a": "j", "b": "i"} if more else {}
                session.renew(act, now, renamed)  # type: ignore[arg-type]
            elif who == "go on":
                was_at_it = session.is_lining_up
                if later.go_on(act) and was_at_it and session._queue.day == now.day(4):  # type: ignore[arg-type]
                    in_agreement(session, now)
            shown = session.shown(now)
            assert shown is None or shown.key in session.keys
        later.go_on()
        assert not session.is_lining_up
        store.close()


def test_the_lineup_before_goes_on_until_the_other_is_made(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    session = Session(MANY, replay([]), store, Limits(5000, 5000), NOON)
    session.pace = later = Later()
    assert session.shown(NOON) is not None
    session.renew(MANY[2:], NOON)
    later.go_on(2)
    assert session.is_lining_up
    asked = []
    for _ in range(3):
        shown = session.shown(NOON)
        assert shown is not None
        asked.append(shown.key)
        session.answer(Grade.EASY, NOON)
    assert not {"0000", "0001"} & set(asked)
    later.go_on()
    assert not session.is_lining_up
    while (shown := session.shown(NOON)) is not None:
        asked.append(shown.key)
        session.answer(Grade.EASY, NOON)
    assert len(asked) == len(set(asked)) <= len(MANY) - 2
    store.close()


def test_what_is_heard_before_the_first_lineup_is_there_brings_no_card_by_itself(tmp_path: Path) -> None:
    store, later = open_store(tmp_path), Later()
    session = Session(MANY, replay([]), store, Limits(), NOON, pace=later)
    answer = store.append("review", "0900", {"grade": 4}, NOON)
    for event in (answer, store.append("undo", "0900", {"event": answer.id}, NOON)):
        session.memory.apply(event)
        session.catch_up(NOON)
        assert session.shown(NOON) is None
    later.go_on()
    shown = session.shown(NOON)
    assert shown is not None
    assert shown.key == "0000"
    store.close()


def test_on_another_day_the_cards_of_yesterday_come_until_those_of_today_are_in_order(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    session = Session(MANY, replay([]), store, Limits(2, 9), NOON)
    session.pace = later = Later()
    assert session.shown(NOON)
    session.answer(Grade.EASY, NOON)
    tomorrow = Moment(NOON.ms + DAY_MS, 0)
    session.take_up(tomorrow)
    assert session.is_lining_up
    assert session.shown(tomorrow)
    session.answer(Grade.EASY, tomorrow)
    later.go_on()
    assert session.counts(tomorrow).new == 1
    assert session.memory.introduced(tomorrow.day(4)) == 1
    store.close()


def test_a_card_of_a_cram_that_is_known_meanwhile_comes_no_more(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    cards = MANY[: pieces.PIECE + 9]
    session = Cram(cards, replay([]), store, NOON)
    session.pace = later = Later()
    session.renew(cards[1:], NOON)
    later.go_on(1)
    asked = []
    while (shown := session.shown(NOON)) is not None:
        asked.append(shown.key)
        session.answer(Grade.GOOD, NOON)
        later.go_on(1)
    assert sorted(asked) == [card.key for card in cards[1:]]
    store.close()


def test_a_card_of_a_cram_that_was_not_known_meanwhile_comes_back_after_some_others(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    cards = MANY[: pieces.PIECE + 9]
    session = Cram(cards, replay([]), store, NOON)
    session.pace = later = Later()
    first = session.shown(NOON)
    assert first is not None
    session.renew(cards[:], NOON)
    later.go_on(1)
    session.answer(Grade.AGAIN, NOON)
    later.go_on()
    assert session.counts(NOON).later == 1
    asked = []
    while (shown := session.shown(NOON)) is not None:
        asked.append(shown.key)
        session.answer(Grade.GOOD, NOON)
    assert asked.index(first.key) == BETWEEN
    assert sorted(asked) == [card.key for card in cards]
    store.close()


def test_no_piece_looks_at_more_than_some_hundreds_of_cards(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    session = Session(MANY, replay([]), store, Limits(), NOON)
    state_of, looks = session.memory.state, list[int]()
    session.memory.state = lambda key: looks.append(0) or state_of(key)  # type: ignore[method-assign,func-returns-value]
    most = []

    def pace(made: Iterator[None]) -> None:
        looks.clear()
        for _ in made:
            most.append(len(looks))
            looks.clear()

    session.pace = pace
    session.renew(MANY, NOON)
    assert sum(most) >= len(MANY)
    assert max(most) <= 2 * pieces.PIECE
    store.close()


class Key(str):
    """A key; counts how often any of them was looked for."""

    __slots__ = ()
    looks = 0

    def __hash__(self) -> int:
        Key.looks += 1
        return super().__hash__()


def test_no_piece_looks_at_more_than_some_hundreds_of_the_cards_that_are_not_in_the_sitting(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    session = Session(MANY[:9], replay([]), store, Limits(), NOON)
    others = [Key(n) for n in range(9 * pieces.PIECE)]
    session.memory.named = lambda: others  # type: ignore[method-assign,assignment,return-value]
    most = []

    def pace(made: Iterator[None]) -> None:
        Key.looks = 0
        for _ in made:
            most.append(Key.looks)
            Key.looks = 0

    session.pace = pace
    session.renew(MANY[:9], NOON)
    assert sum(most) >= len(others)
    assert max(most) <= 6 * pieces.PIECE
    store.close()
