"""What the tests of exams share: a table to sit one at, its moments, and right and wrong answers."""

from __future__ import annotations

from studytool.memory import Attempts, Candidate, Grade, Limits, Memory, Moment, Session, Store, replay
from studytool.memory.events import DAY_MS
from studytool.quiz.exam import Exam, Table
from studytool.quiz.exams import unfinished
from studytool.quiz.model import Asked, Confidence, Paper

NOON = Moment(1_704_110_400_000, 60)  # 2024-01-01, 13:00 where it is sat


def later(moment: Moment, *, days: float = 0, seconds: float = 0) -> Moment:
    return Moment(moment.ms + round(days * DAY_MS + seconds * 1000), moment.offset)


def table(store: Store, *, counts: bool = False, memory: Memory | None = None) -> Table:
    """What the program has after a start."""
    remembered = memory or replay(store.events())
    return Table(store, remembered, Attempts(remembered, store), counts)


def last(known: Table) -> Exam:
    """The exam begun last of those that were not handed in."""
    return unfinished(known)[0]


def grades(store: Store) -> list[tuple[str | None, int]]:
    return [(event.card, event.payload["grade"]) for event in store.events() if "attempt" in event.payload]


def right(asked: Asked) -> str | list[int]:
    if asked.items:
        return list(asked.places)
    return list(asked.right) if asked.options else asked.answer


def wrong(asked: Asked) -> str | list[int]:
    if asked.options:
        return [next(place for place, option in enumerate(asked.options) if not option.correct)]
    return "zzz"


def learn(store: Store, paper: Paper, moment: Moment) -> None:
    """Have every card of a paper answered once."""
    keys = [asked.card for asked in paper.questions]
    session = Session([Candidate(key, "t") for key in keys], replay(store.events()), store, Limits(99, 99), moment)
    for _ in keys:
        session.answer(Grade.EASY, moment)


def sat(store: Store, paper: Paper) -> Exam:
    """An exam in which every kind of end is met: right, wrong, sure and wrong, open."""
    exam = Exam.begin(paper, 30, "Harbour and mill", table(store), NOON)
    words: list[Confidence] = ["sure", "likely", "guess", ""]
    for number, asked in enumerate(paper.questions[:-1]):
        said = right(asked) if number % 3 else wrong(asked)
        exam.answer(number, said, later(NOON, seconds=10), 10_000 * (number + 1), confidence=words[number % 4])
    exam.hand_in("handed in", later(NOON, seconds=200), 200_000)
    return exam
