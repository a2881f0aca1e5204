"""Sittings over a few cards, from noon of a Monday on."""

from __future__ import annotations

from studytool.memory import Candidate, Grade, Limits, Moment, Session, Store, replay
from studytool.memory.events import DAY_MS

NOON = Moment(1_704_110_400_000, 0)  # 2024-01-01
MINUTE = 60_000
MANY = Limits(1000, 1000)


def later(moment: Moment, *, days: float = 0, minutes: float = 0) -> Moment:
    return Moment(moment.ms + round(days * DAY_MS + minutes * MINUTE), moment.offset)


def cards(*keys: str) -> list[Candidate]:
    return [Candidate(key, "topic") for key in keys]


def begin(store: Store, candidates: list[Candidate], moment: Moment = NOON, limits: Limits = MANY) -> Session:
    """A new sitting on what the log says, as after a start of the program."""
    return Session(candidates, replay(store.events(), desired_retention=0.9, rollover=4), store, limits, moment)


def learn(store: Store, candidates: list[Candidate], moment: Moment, grade: Grade = Grade.EASY) -> None:
    """Answer each card once."""
    session = begin(store, candidates, moment)
    for _ in candidates:
        session.shown(moment)
        session.answer(grade, moment)
