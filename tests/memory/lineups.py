"""Queues beside each other: one that went on, and one that is made of what the memory has come to."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st

from studytool.memory import Candidate, Grade, Moment, Session, State, Store
from studytool.memory.away import Away, payload_of
from studytool.memory.events import Event
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
    left = (queue.new_left(), queue.reviews_left(), queue.steps_left(moment), queue.next_step_due())
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


def own(session: Session, act: str, now: Moment) -> None:
    """Do something with the card that comes now."""
    if act == "undo":
        session.undo(now)
    elif session.shown(now) is not None and act != "look":
        session.answer(Grade(int(act)), now) if act.isdigit() else getattr(session, act)(now)


def in_agreement(session: Session, now: Moment) -> None:
    """Compare its queue with one that is made from the same memory."""
    queue, memory = session._queue, session.memory
    assert isinstance(queue, Queue)
    fresh = Queue(session._cards, memory, session.limits, now, session._wishes, session._priority, session._ahead)
    for _ in fresh.make():
        pass
    if session._current is not None:
        fresh.drop(session._current)
    assert told(copy.deepcopy(queue, {id(memory): memory}), now) == told(fresh, now)
