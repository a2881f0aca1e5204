"""An exam: a paper, a time, and answers that are in the log as they are given and may be changed until it is handed in.

In the log an exam is an event of kind `exam` that holds the whole paper, so that no edit of a note changes it, and how
it is sat: whether it asks how `sure` one is, and where its `report` goes. The id of that event is the exam's: it is
`exam` in the attempts, whose `number` is that of the question, and `of` in the events that follow: `flag` with `on`,
`taken_back`, `left`, `resumed`, `given_over`, which names the `resumed` by which another window took it from one that
was open, and `ended`, which says how: one that was given up has no result. Each says how much of the time was used, in
`used_ms`. The clock stands still while nobody sits at the exam: what was used since the last event before a crash is
given back. It is sat in one window at a time, the one that resumed it last; each takes over what another has written
before it writes.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from studytool.errors import StudytoolError
from studytool.memory.attempts import Counted, Written
from studytool.memory.events import Event, Moment
from studytool.memory.store.news import News
from studytool.memory.store.sqlite import Draft
from studytool.quiz.counting import grade_of
from studytool.quiz.exam_log import Standing, events_of, notes_of, written
from studytool.quiz.marking import mark
from studytool.quiz.model import Asked, Attempt, Paper
from studytool.quiz.recalled import self_mark

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studytool.memory.attempts import Attempts
    from studytool.memory.remembered import Memory
    from studytool.memory.store.sqlite import Store
    from studytool.quiz.exam_log import Ending
    from studytool.quiz.model import Confidence, Verdict

COUNT, MINUTES = 40, 30.0
"""How many questions an exam has and how many minutes there are, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Table:
    """What an exam is sat at: the log, what is remembered, what writes attempts, and whether exams count."""

    store: Store
    memory: Memory
    log: Attempts
    counts: bool = False


class Over(StudytoolError):
    """The exam has ended elsewhere: nothing more is written, and what the log holds of it is its result."""

    def __init__(self, ended: Ending) -> None:
        how = "given up" if ended == "given up" else "handed in already"
        super().__init__(f"The exam was {how}, in another window or on another device.")


class Elsewhere(StudytoolError):
    """The exam was resumed elsewhere since it was sat at here: nothing is written until it is resumed here."""

    def __init__(self) -> None:
        super().__init__("The exam goes on in another window, where it was resumed. Here nothing is saved any more.")


class Exam:
    """An exam under way, or handed in. Every change is in the log before a method returns.

    Before it, what another window has written since is taken over; `Over` is raised where it was handed in there,
    `Elsewhere` where it was resumed there. If the store raises `StudytoolError`, nothing has changed.
    """

    def __init__(self, begun: Event, table: Table) -> None:
        self.id = begun.id
        self.begun = begun.moment
        payload = begun.payload
        self.title: str = payload["title"]
        self.folder: str = str(payload.get("folder") or "")
        """Where the paths of its questions begin that are not absolute; empty where an older version has set it."""
        self.notes = notes_of(begun)
        self.total_ms: int = payload["total_ms"]
        told = payload["paper"]
        questions = tuple(Asked.from_dict(one) for one in told["questions"])
        self.paper = Paper(questions, told["seed"], told["left_out"])
        self.sure, self.report = False, ""
        """Whether it is asked how sure the learner is of an answer; the file that the report is written to, if any."""
        self._sit(payload)
        self.attempts: dict[int, Attempt] = {}
        """The answers that hold, by the number of their question, counted from 0."""
        self.flags: set[int] = set()
        self.used_ms = 0
        """Milliseconds that were used when the last event was written."""
        self.interruptions = 0
        """How often it was left, or broke off, and was resumed; one that goes over to another window is not."""
        self.added_ms = 0
        """What the window that it was taken from had used beyond what the log said when it was resumed here."""
        self.ended: Ending | None = None
        self.is_left = False
        """Whether it was left as its last event has it; else it is open in another window, or broke off."""
        self._latest = 0  # when the last of the events was that were taken in, in ms
        self._sat = self._here = ""  # the event by which it is sat at now, and the one by which it was here
        self._since = 0  # when that by which it is sat at now was written, in ms
        self._table = table
        self._written: dict[int, Written] = {}
        self._news = News(table.store, table.memory)
        self._seen = table.memory.version
        self._events: dict[str, Event] = {}  # those that follow it, and the attempts at it
        self._read = (-1, 0)  # up to which row of which file of the log they were read

    @classmethod
    def begin(
        cls,
        paper: Paper,
        minutes: float,
        title: str,
        table: Table,
        moment: Moment,
        *,
        sure: bool = False,
        report: str = "",
        folder: str = "",
        notes: Sequence[str] = (),
    ) -> Exam:
        """Set a paper, whose relative paths begin at `folder`; its time begins to count with `moment`.

        `notes` are the absolute paths that were named for it, none where those of the settings were asked of.
        """
        questions = [asked.as_dict() for asked in paper.questions]
        payload = {
            "title": title,
            "total_ms": round(minutes * 60_000),
            "paper": {"seed": paper.seed, "left_out": paper.left_out, "questions": questions},
            **({"folder": folder} if folder else {}),
            **({"notes": list(notes)} if notes else {}),
            **_how(sure, report),
        }
        event = table.store.append("exam", None, payload, moment)
        table.memory.apply(event, is_new=True)
        exam = cls(event, table)
        exam._sat = exam._here = event.id
        exam._read = written(table.store)
        return exam

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
        self._look()
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
        self._look()
        known = self.attempts.get(number)
        given = response if isinstance(response, str) else tuple(response)
        return known is not None and known.response == given and confidence in ("", known.confidence)

    def take_back(self, number: int, moment: Moment, used_ms: int) -> None:
        """Leave a question without the answer that it has."""
        self._look()
        if number in self.attempts:
            told = {"of": self.id, "used_ms": used_ms, "taken_back": number}
            self._table.log.undo(self._written[number], moment, Draft("exam", None, told, moment))
            del self.attempts[number], self._written[number]
            self._done(used_ms)

    def flag(self, number: int, moment: Moment, used_ms: int) -> bool:
        """Flag a question to come back to, or take the flag away; whether it is flagged now."""
        self._look()
        on = number not in self.flags
        self._note({"flag": number, "on": on}, moment, used_ms)
        self.flags ^= {number}
        return on

    def leave(self, moment: Moment, used_ms: int) -> None:
        """Stop the clock: it is gone on with later."""
        self._look()
        self._note({"left": True}, moment, used_ms)

    def resume(self, moment: Moment, *, sure: bool = False, report: str = "") -> None:
        """Go on; what was used until the last event stays used. It is sat as before where nothing else is said.

        Another window that sits at it does so no more.
        """
        here, self._here = self._here, ""
        told = {"resumed": True, **_how(sure, report)}
        try:
            self._look()
            self._sat = here = self._note(told, moment, self.used_ms).id
        finally:
            self._here = here
        self._sit(told)
        self.interruptions, self.added_ms = self.interruptions + 1, 0

    @property
    def is_elsewhere(self) -> bool:
        """Whether it was sat at here, and another window has resumed it since, as far as was heard."""
        return bool(self._here) and self._sat != self._here

    def hear(self) -> bool:
        """Take over what others have written since; whether it goes on elsewhere now, or has ended there."""
        if self.ended is None:
            self._hear()
        return self.is_elsewhere or self.ended is not None

    def give_over(self, moment: Moment, used_ms: int) -> None:
        """Note what was used here until another window has resumed it; `used_ms` counts on since then."""
        if self.is_elsewhere and self.ended is None:
            until = max(self.used_ms, used_ms - max(moment.ms - self._since, 0))
            self._note({"given_over": self._sat}, moment, until)

    def hand_in(self, why: Ending, moment: Moment, used_ms: int) -> None:
        """End it. The reviews that its answers amount to are written with it where exams count."""
        self._look()
        counted = {}
        for number, attempt in sorted(self.attempts.items()):
            grade = grade_of(attempt) if self._table.counts else None
            if grade is not None:
                counted[number] = Counted(self._written[number].attempt, grade, attempt.took_ms)
        used = min(max(used_ms, self.used_ms), self.total_ms)
        ending = Draft("exam", None, {"of": self.id, "used_ms": used, "ended": why}, moment)
        written = self._table.log.count(list(counted.values()), ending)
        self._written |= dict(zip(counted, written, strict=True))
        self.ended = why
        self._done(used)

    def give_up(self, moment: Moment) -> None:
        """End it for good without a result. Its answers stay in the log, and are no reviews."""
        self._look()
        self._note({"ended": "given up"}, moment, self.used_ms)
        self.ended = "given up"

    def overrule(self, number: int, moment: Moment) -> Attempt:
        """After it was handed in: an answer counts as right because the learner says so."""
        self._hear()
        better = self.attempts[number].overrule()
        self._mark_anew(number, better, moment)
        return better

    def judge(self, number: int, verdict: Verdict, moment: Moment) -> Attempt:
        """After it was handed in: the learner marks an answer in own words, beside the model answer."""
        self._hear()
        known = self.attempts[number]
        marked = self_mark(known.asked, str(known.response), verdict)
        better = replace(known, mark=marked, self_marked=True, overruled=False)
        self._mark_anew(number, better, moment)
        return better

    def key_now(self, card: str) -> str:
        """The key that a card has now."""
        return self._table.log.key_now(card) or card

    def _sit(self, told: Mapping[str, Any]) -> None:
        """Take over what an event says of how it is sat."""
        self.sure = self.sure or told.get("sure") is True
        report = told.get("report")
        self.report = report if report and isinstance(report, str) else self.report

    def _put(self, number: int, attempt: Attempt, moment: Moment, used_ms: int) -> None:
        payload = {**attempt.as_payload(), "number": number, "used_ms": used_ms}
        card, before = attempt.asked.card or None, self._written.get(number)
        self._written[number] = self._table.log.write(card, payload, moment, instead=before)
        self.attempts[number] = attempt
        self._done(used_ms)

    def _mark_anew(self, number: int, better: Attempt, now: Moment) -> None:
        """Another mark for an answer: it counts from the moment at which it was given, whatever was studied since."""
        grade = grade_of(better) if self._table.counts else None
        payload = {**better.as_payload(), "number": number, "used_ms": self.used_ms}
        card, before = better.asked.card or None, self._written[number]
        self._written[number] = self._table.log.write(
            *(card, payload, before.attempt.moment, grade), took_ms=better.took_ms, instead=before, now=now
        )
        self.attempts[number] = better
        self._done(self.used_ms)

    def _note(self, told: Mapping[str, Any], moment: Moment, used_ms: int) -> Event:
        payload = {"of": self.id, "used_ms": used_ms, **told}
        after = Moment(max(moment.ms, self._latest + 1), moment.offset)  # the last of them holds, whatever clocks say
        event = self._table.store.append("exam", None, payload, after)
        self._latest = after.ms
        self._table.memory.apply(event, is_new=True)
        self._done(used_ms)
        return event

    def _done(self, used_ms: int) -> None:
        """All that is in the log by now is known."""
        self.used_ms, self._seen = used_ms, self._table.memory.version

    def _look(self) -> None:
        """See to it that what is written next fits what the log holds; raises where nothing does any more."""
        if self.ended is None:
            self._hear()
        if self.ended is not None:
            raise Over(self.ended)
        if self.is_elsewhere:
            raise Elsewhere

    def _hear(self) -> None:
        """Take over what others have written since; what a newer version wrote in another form is passed over."""
        memory = self._table.memory
        for event in self._news.take():
            memory.apply(event)
        if memory.version != self._seen:
            with suppress(KeyError, TypeError, ValueError):
                self.recall()
            self._seen = memory.version

    def recall(self) -> None:
        """Take in what the log has of this exam; what was read of it before is not read again.

        Raises `KeyError`, `TypeError` or `ValueError` where a newer version wrote it in another form.
        """
        store, id_ = self._table.store, self.id
        read = written(store)  # what is written meanwhile comes once more
        after = self._read[1] if self._read[0] == read[0] else 0
        events = [one for one in events_of(store, "exam", id_, after) if one.payload.get("of") == id_]
        events += [one for one in events_of(store, "attempt", id_, after) if one.payload.get("exam") == id_]
        self.take_in(events, read)

    def take_in(self, events: Sequence[Event], read: tuple[int, int]) -> None:
        """Take in the events that follow it and the attempts at it, in whatever order; raises as `recall` does.

        `read` says up to which row of which file of the log; they are all up to there, or those after what was read.
        """
        if self._read[0] != read[0]:
            self._events.clear()
        self._events |= {event.id: event for event in events}
        self._read = read
        found = Standing.of(self._events.values(), self._table.memory.stands)
        self._latest, self.is_left = found.latest or self._latest, found.is_left
        for how in found.how:
            self._sit(how)
        if found.resumed:
            self._sat, self._since = found.sat, found.since
        counted = self._counted() if found.ended else {}
        self.used_ms = found.used_ms
        self.interruptions = len(found.resumed.keys() - found.given.keys())
        self.added_ms = max(found.given.get(self._here, 0) - found.resumed.get(self._here, 0), 0)
        self.attempts, self.flags, self.ended = found.attempts, found.flags, found.ended
        self._written = {number: Written(event, counted.get(event.id)) for number, event in found.written.items()}

    def _counted(self) -> dict[str, Event]:
        """The reviews of attempts that stand, by the id of the attempt."""
        reviews = events_of(self._table.store, "review", '"attempt"')
        return {str(one.payload.get("attempt")): one for one in reviews if self._table.memory.stands(one.id)}


def _how(sure: bool, report: str) -> dict[str, object]:
    """How an exam is sat, as its events have it; what is not said is left out."""
    return {**({"sure": True} if sure else {}), **({"report": report} if report else {})}
