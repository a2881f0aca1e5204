"""What another window writes takes its place in a sitting: as a new queue has it, without a look at all cards."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studytool.memory import Candidate, Grade, Limits, Moment, Session, State, Store, Wishes, open_store, replay
from studytool.memory.away import Away, payload_of
from studytool.memory.events import DAY_MS, Event
from studytool.memory.fsrs import DEFAULT_WEIGHTS
from studytool.memory.queue import Queue

NOON = Moment(1_704_110_400_000, 0)  # 2024-01-01
KEYS = "abcdefghij"
CARDS = [
    Candidate(key, topic, text)
    for key, topic, text in zip("abcdefgh", "xxyyzzxy", (1, 1, 2, 0, 2, 2, 0, 0), strict=True)
]
"""The log names two more, which are in no note here."""
OWN = ("1", "3", "4", "undo", "bury", "suspend", "look")
THEIRS = ("1", "3", "4", "undo", "bury", "suspend", "resume", "relink", "attempt", "note", "away", "parameters")
ACTS = st.one_of(
    st.tuples(st.just("own"), st.sampled_from(OWN), st.just("")),
    st.tuples(st.just("theirs"), st.sampled_from(THEIRS), st.sampled_from(KEYS)),
    st.tuples(st.just("wait"), st.sampled_from(("0.0001", "0.004", "1", "9")), st.just("")),
)


class Exam:
    """Some cards before all others."""

    def of(self, key: str, state: State | None) -> float:
        return {"b": 2.0, "g": 1.0}.get(key, 0.0) + (state is None)

    def why(self, key: str) -> str:
        return ""


def order_of(queue: Queue, moment: Moment) -> list[str | None]:
    """All that the queue would still bring, now and half an hour later."""
    found: list[str | None] = []
    for now in (moment, Moment(moment.ms + 30 * 60_000, moment.offset)):
        while (key := queue.take(now)) is not None:
            found.append(key)
        found.append(None)
    return found


def told(queue: Queue, moment: Moment) -> tuple[object, ...]:
    left = (queue.new_left(), queue.due_left(), queue.learning_left(), queue.next_step_due())
    return left, {day: many for day, many in queue.load.days.items() if many}, order_of(queue, moment)


def other_window(store: Store, events: list[Event], act: str, key: str, now: Moment) -> None:
    """Write one event as another window does."""
    payload: dict[str, Any] = {"grade": int(act)} if act.isdigit() else {}
    kind: str = "review" if act.isdigit() else act
    card: str | None = key
    if act == "undo":
        if not events:
            return
        target = events[ord(key) % len(events)]
        card, payload = target.card, {"event": target.id}
    elif act == "relink":
        payload = {"from": KEYS[-1 - KEYS.index(key)]}
    elif act == "away":
        today = now.day(4)
        card, payload = None, dict(payload_of(Away(today - 4, today - ord(key) % 2)))
    elif act == "parameters":
        card, payload = None, {"weights": [one * 1.05 for one in DEFAULT_WEIGHTS]}
    elif act == "note":
        payload = {"text": "own words"}
    events.append(store.append(kind, card, payload, now))


def in_agreement(session: Session, now: Moment) -> None:
    """Have it catch up, and compare it with a queue that is made from the same memory."""
    session.catch_up(now)
    queue, memory = session._queue, session.memory
    assert isinstance(queue, Queue)
    fresh = Queue(session._cards, memory, session.limits, now, session._wishes, session._priority, session._ahead)
    if session._current is not None:
        fresh.drop(session._current)
    assert told(copy.deepcopy(queue, {id(memory): memory}), now) == told(fresh, now)


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
                if act == "undo":
                    session.undo(now)
                elif session.shown(now) is not None and act != "look":
                    session.answer(Grade(int(act)), now) if act.isdigit() else getattr(session, act)(now)
            elif who == "theirs":
                known = len(events)
                other_window(store, events, act, key, now)
                for event in events[known:]:
                    session.memory.apply(event)
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
