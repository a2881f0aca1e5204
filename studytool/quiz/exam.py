"""An exam: a paper, a time, and answers that are in the log as they are given and may be changed until it is handed in.

In the log an exam is an event of kind `exam` that holds the whole paper, so that no edit of a note changes it. The id
of that event is the exam's: it is `exam` in the attempts, whose `number` is that of the question, and `of` in the
events that follow: `flag` with `on`, `left`, `resumed`, `ended`. Each says in `used_ms` how much of the time was used.
The clock stands still while nobody sits at the exam: what was used since the last event before a crash is given back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from studytool.errors import StudytoolError
from studytool.memory.attempts import Counted, Written
from studytool.memory.events import Event, Moment
from studytool.memory.store.sqlite import Draft
from studytool.quiz.counting import grade_of
from studytool.quiz.marking import mark
from studytool.quiz.model import Asked, Attempt, Paper
from studytool.quiz.recalled import self_mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studytool.memory.attempts import Attempts
    from studytool.memory.remembered import Memory
    from studytool.memory.store.sqlite import Store
    from studytool.quiz.model import Confidence, Verdict

COUNT, MINUTES = 40, 30.0
"""How many questions an exam has and how many minutes there are, where nothing else is said."""

Ending = Literal["handed in", "time was up"]


@dataclass(frozen=True, slots=True)
class Table:
    """What an exam is sat at: the log, what is remembered, what writes attempts, and whether exams count."""

    store: Store
    memory: Memory
    log: Attempts
    counts: bool = False


class Exam:
    """An exam under way, or handed in. Every change is in the log before a method returns.

    If the store raises `StudytoolError`, nothing has changed.
    """

    def __init__(self, begun: Event, table: Table) -> None:
        self.id = begun.id
        self.begun = begun.moment
        payload = begun.payload
        self.title: str = payload["title"]
        self.total_ms: int = payload["total_ms"]
        told = payload["paper"]
        questions = tuple(Asked.from_dict(one) for one in told["questions"])
        self.paper = Paper(questions, told["seed"], told["left_out"])
        self.attempts: dict[int, Attempt] = {}
        """The answers that hold, by the number of their question, counted from 0."""
        self.flags: set[int] = set()
        self.used_ms = 0
        """Milliseconds that were used when the last event was written."""
        self.interruptions = 0
        """How often it was left, or broke off, and was resumed."""
        self.ended: Ending | None = None
        self._table = table
        self._written: dict[int, Written] = {}

    @classmethod
    def begin(cls, paper: Paper, minutes: float, title: str, table: Table, moment: Moment) -> Exam:
        """Set a paper; its time begins to count with `moment`."""
        questions = [asked.as_dict() for asked in paper.questions]
        payload = {
            "title": title,
            "total_ms": round(minutes * 60_000),
            "paper": {"seed": paper.seed, "left_out": paper.left_out, "questions": questions},
        }
        event = table.store.append("exam", None, payload, moment)
        table.memory.apply(event, is_new=True)
        return cls(event, table)

    @property
    def open(self) -> list[int]:
        """The numbers of the questions without an answer."""
        return [number for number in range(len(self.paper.questions)) if number not in self.attempts]

    def is_in_part(self, number: int) -> bool:
        """Whether a question is answered but for some of its pairs."""
        known = self.attempts.get(number)
        return known is not None and not isinstance(known.response, str) and -1 in known.response

    def left_ms(self, used_ms: int) -> int:
        """The milliseconds that are left when so many are used; 0 when the time is up."""
        return max(self.total_ms - used_ms, 0)

    def answer(
        self,
        number: int,
        response: str | Sequence[int],
        moment: Moment,
        used_ms: int,
        *,
        confidence: Confidence = "",
        took_ms: int = 0,
    ) -> Attempt:
        """Take the answer to a question; it comes instead of the one before, and its mark stays unsaid."""
        asked = self.paper.questions[number]
        attempt = Attempt.of(
            *(asked, response, mark(asked, response), self.paper.seed),
            confidence=confidence,
            took_ms=took_ms,
            exam=self.id,
        )
        self._put(number, attempt, moment, used_ms)
        return attempt

    def holds(self, number: int, response: str | Sequence[int], confidence: Confidence) -> bool:
        """Whether this is already the answer to a question; how sure one is may be left unsaid."""
        known = self.attempts.get(number)
        given = response if isinstance(response, str) else tuple(response)
        return known is not None and known.response == given and confidence in ("", known.confidence)

    def flag(self, number: int, moment: Moment, used_ms: int) -> bool:
        """Flag a question to come back to, or take the flag away; whether it is flagged now."""
        on = number not in self.flags
        self._note({"flag": number, "on": on}, moment, used_ms)
        self.flags ^= {number}
        return on

    def leave(self, moment: Moment, used_ms: int) -> None:
        """Stop the clock: it is gone on with later."""
        self._note({"left": True}, moment, used_ms)

    def resume(self, moment: Moment) -> None:
        """Go on; what was used until the last event stays used."""
        self._note({"resumed": True}, moment, self.used_ms)
        self.interruptions += 1

    def hand_in(self, why: Ending, moment: Moment, used_ms: int) -> None:
        """End it. The reviews that its answers amount to are written with it where exams count."""
        counted = {}
        if any(
            "ended" in one.payload and one.payload.get("of") == self.id for one in _events(self._table.store, "exam")
        ):
            raise StudytoolError("This exam was handed in already, in another window or on another device.")
        for number, attempt in sorted(self.attempts.items()):
            grade = grade_of(attempt) if self._table.counts else None
            if grade is not None:
                counted[number] = Counted(self._written[number].attempt, grade, attempt.took_ms)
        used = min(used_ms, self.total_ms)
        ending = Draft("exam", None, {"of": self.id, "used_ms": used, "ended": why}, moment)
        written = self._table.log.count(list(counted.values()), ending)
        self._written |= dict(zip(counted, written, strict=True))
        self.used_ms, self.ended = used, why

    def overrule(self, number: int, moment: Moment) -> Attempt:
        """After it was handed in: an answer counts as right because the learner says so."""
        better = self.attempts[number].overrule()
        self._put(number, better, moment, self.used_ms)
        return better

    def judge(self, number: int, verdict: Verdict, moment: Moment) -> Attempt:
        """After it was handed in: the learner marks an answer in own words, beside the model answer."""
        known = self.attempts[number]
        marked = self_mark(known.asked, str(known.response), verdict)
        better = replace(known, mark=marked, self_marked=True, overruled=False)
        self._put(number, better, moment, self.used_ms)
        return better

    def key_now(self, card: str) -> str:
        """The key that a card has now."""
        return self._table.log.key_now(card) or card

    def _put(self, number: int, attempt: Attempt, moment: Moment, used_ms: int) -> None:
        grade = grade_of(attempt) if self.ended and self._table.counts else None
        payload = {**attempt.as_payload(), "number": number, "used_ms": used_ms}
        card, before = attempt.asked.card or None, self._written.get(number)
        self._written[number] = self._table.log.write(
            card, payload, moment, grade, took_ms=attempt.took_ms, instead=before
        )
        self.attempts[number] = attempt
        self.used_ms = used_ms

    def _note(self, told: Mapping[str, Any], moment: Moment, used_ms: int) -> None:
        payload = {"of": self.id, "used_ms": used_ms, **told}
        self._table.memory.apply(self._table.store.append("exam", None, payload, moment), is_new=True)
        self.used_ms = used_ms

    def _recall(self, events: Sequence[Event]) -> None:
        """Take in what the log has of this exam, in its order."""
        for event in events:
            payload = event.payload
            self.used_ms = max(self.used_ms, payload.get("used_ms", 0))
            if event.kind == "attempt" and self._table.memory.stands(event.id):
                number = payload["number"]
                self.attempts[number], self._written[number] = Attempt.from_payload(payload), Written(event)
            elif "flag" in payload:
                (self.flags.add if payload["on"] else self.flags.discard)(payload["flag"])
            self.interruptions += "resumed" in payload


def unfinished(table: Table) -> Exam | None:
    """The exam begun last that was not handed in, with its answers; None where there is none.

    One that a newer version has written and this one does not understand is passed over.
    """
    events = list(_events(table.store, "exam"))
    over = {str(event.payload.get("of")) for event in events if "ended" in event.payload}  # wherever a clock put it
    begun = [event for event in events if "paper" in event.payload and event.id not in over]
    for event in reversed(begun):
        try:
            exam = Exam(event, table)
            own = [one for one in _events(table.store, "exam") if one.payload.get("of") == exam.id]
            given = [one for one in _events(table.store, "attempt", exam.id) if one.payload.get("exam") == exam.id]
            exam._recall(sorted([*own, *given], key=lambda one: (one.ms, one.sequence)))
        except (KeyError, TypeError, ValueError):
            continue
        return exam
    return None


def last(table: Table) -> Exam:
    """The same; raises `StudytoolError` where there is none."""
    if (found := unfinished(table)) is None:
        raise StudytoolError("There is no exam to resume.", "`studytool exam` begins one.")
    return found


def _events(store: Store, kind: str, naming: str = "") -> list[Event]:
    """The events of a kind in the log's order; only those whose payload names an id, where one is given."""
    rows = store.query(
        "SELECT id, ms, offset, device, sequence, kind, card, payload, version FROM events "
        "WHERE kind = ? AND instr(payload, ?) ORDER BY ms, device, sequence, id",
        (kind, naming or "{"),
    )
    found = []
    for id_, ms, offset, device, sequence, _, card, payload, version in rows:
        told = json.loads(payload)
        if isinstance(told, dict):
            found.append(Event(id_, ms, offset, device, sequence, kind, card, told, version))
    return found
