"""The exams of a log: those that were not handed in, and the one that was handed in last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from studytool.errors import StudytoolError
from studytool.quiz.exam import Exam
from studytool.quiz.exam_log import event_of, rows_of, written

if TYPE_CHECKING:
    from collections.abc import Collection

    from studytool.memory.events import Event
    from studytool.memory.store.sqlite import Store
    from studytool.quiz.exam import Table

_EXAM = re.compile(r'"exam": ?"([^"]+)"')
"""How the payload of an attempt names its exam; a text that quotes this has its quotes escaped."""
BEGINS = "`studytool exam` begins one."
"""What to do where there is none."""
_STRANGE = (KeyError, TypeError, ValueError)
"""What an exam of a newer version, in another form, may raise."""


def unfinished(table: Table) -> list[Exam]:
    """The exams that were neither handed in nor given up, with their answers, the one begun last first.

    One that a newer version has written and this one does not understand is passed over. The log is read once,
    however many there are.
    """
    read = written(table.store)
    following = _following(table.store)
    ended = {id_ for id_, events in following.items() if any("ended" in event.payload for event in events)}
    exams = [exam for row in _papers(table.store) if row[0] not in ended and (exam := _read(row, table))]
    answers = _answers(table.store, {exam.id for exam in exams})
    return [exam for exam in exams if _knows(exam, [*following.get(exam.id, ()), *answers.get(exam.id, ())], read)]


def unended(store: Store) -> list[Event]:
    """The events that began exams which were neither handed in nor given up, the last first; no answer is read."""
    ended = {id_ for id_, events in _following(store).items() if any("ended" in event.payload for event in events)}
    begun = [event for row in _papers(store) if row[0] not in ended and (event := event_of(row))]
    return [event for event in begun if "paper" in event.payload]


def finished(table: Table) -> Exam:
    """The exam that was handed in last, by the time of that, with its answers; raises `StudytoolError` for none."""
    papers = {row[0]: row for row in _papers(table.store)}
    for id_ in _handed_in(table.store):
        if id_ in papers and (exam := _read(papers[id_], table)) and _knows(exam):
            return exam
    raise StudytoolError("No exam was handed in yet.", BEGINS)


def has_finished(store: Store) -> bool:
    """Whether an exam of the log was handed in."""
    papers = {row[0] for row in _papers(store)}
    return not papers.isdisjoint(_handed_in(store))


def _handed_in(store: Store) -> list[str]:
    """The ids of the exams that were handed in and not given up, the one handed in last first."""
    ends: dict[str, tuple[int, int]] = {}
    for id_, events in _following(store).items():
        ended = [event for event in events if event.payload.get("ended")]
        if ended and all(event.payload["ended"] != "given up" for event in ended):
            ends[id_] = min((event.ms, event.sequence) for event in ended)  # the first holds, where there are two
    return sorted(ends, key=ends.__getitem__, reverse=True)


def _papers(store: Store) -> list[tuple[Any, ...]]:
    """The rows of the events that began exams, the last first, wherever a clock put what follows them."""
    return rows_of(store, "exam", '"paper"')[::-1]


def _following(store: Store) -> dict[str, list[Event]]:
    """The events that follow the beginning of each exam."""
    found: dict[str, list[Event]] = {}
    for row in rows_of(store, "exam", '"of"'):
        if (event := event_of(row)) and "of" in event.payload:
            found.setdefault(str(event.payload["of"]), []).append(event)
    return found


def _answers(store: Store, ids: Collection[str]) -> dict[str, list[Event]]:
    """The attempts at each of some exams; what belongs to others is not read."""
    found: dict[str, list[Event]] = {}
    for row in rows_of(store, "attempt", '"exam"') if ids else ():
        if not any(one in ids for one in _EXAM.findall(row[-2])):
            continue
        if (event := event_of(row)) and event.payload.get("exam") in ids:
            found.setdefault(event.payload["exam"], []).append(event)
    return found


def _read(row: tuple[Any, ...], table: Table) -> Exam | None:
    """The exam that an event began, without its answers; None where it began none that this version knows."""
    event = event_of(row)
    try:
        return Exam(event, table) if event and "paper" in event.payload else None
    except _STRANGE:
        return None


def _knows(exam: Exam, events: list[Event] | None = None, read: tuple[int, int] = (0, 0)) -> bool:
    """Take in what follows, `read` up to a row, or from the log where it is not given; whether it is understood."""
    try:
        if events is None:
            exam.recall()
        else:
            exam.take_in(events, read)
    except _STRANGE:
        return False
    return True
