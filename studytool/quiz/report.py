"""What an exam tells: marks by kind and by topic, what to study next, which demos to run, sure and wrong first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from studytool.quiz.answer_text import wanted, whole
from studytool.quiz.calibration import calibration, is_sure_and_wrong
from studytool.text import counted, in_a_line, one_line
from studytool.unmarked import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studytool.quiz.calibration import Calibration
    from studytool.quiz.exam import Exam
    from studytool.quiz.model import Asked, AskedKind, Attempt

KINDS: Mapping[AskedKind, str] = {
    "choice": "one option",
    "multiple": "several options",
    "truth": "true or false",
    "typed": "typed",
    "cloze": "gap",
    "numeric": "number, shape",
    "ordering": "order",
    "matching": "pairs",
    "recall": "free recall",
}
_NEXT = 3
"""So many topics are named as what to study next."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the exam with its number from 1, and the answer; None where there is none."""

    number: int
    asked: Asked
    attempt: Attempt | None

    @property
    def verdict(self) -> str:
        """`right`, `nearly`, `wrong` or `not answered`."""
        return self.attempt.verdict if self.attempt else "not answered"

    @property
    def is_sure_and_wrong(self) -> bool:
        """Whether the learner was sure and is wrong."""
        return self.attempt is not None and is_sure_and_wrong(self.attempt)


@dataclass(slots=True)
class Marks:
    """The marks of some questions."""

    name: str
    asked: int = 0
    right: int = 0
    nearly: int = 0
    demos: list[str] = field(default_factory=list)
    """Of a topic: the demos of the questions that were not right."""

    @property
    def lost(self) -> int:
        """Questions that were not right."""
        return self.asked - self.right


def head_as_dict(exam: Exam) -> dict[str, Any]:
    """What tells one exam from another, as JSON takes it: times in seconds, its begin in milliseconds since 1970."""
    return {
        "exam": exam.id,
        "title": exam.title,
        "seed": exam.paper.seed,
        "begun_ms": exam.begun.ms,
        "seconds": exam.total_ms / 1000,
        "used_seconds": exam.used_ms / 1000,
    }


@dataclass(frozen=True, slots=True)
class Report:
    """An exam that was handed in, marked; `demos` has for the key of a card the demo that shows its idea."""

    exam: Exam
    demos: Mapping[str, str]

    def demo_of(self, asked: Asked) -> str | None:
        """The demo that computed a question, or that shows what its card is about."""
        return one_line(asked.computed.demo) if asked.computed else self.demos.get(asked.card)

    @property
    def results(self) -> list[Answered]:
        """Every question: sure and wrong first, then what is wrong, was not answered, is nearly right, is right."""
        order = ("wrong", "not answered", "nearly", "right")
        attempts = self.exam.attempts
        found = [
            Answered(number, asked, attempts.get(number - 1))
            for number, asked in enumerate(self.exam.paper.questions, 1)
        ]
        return sorted(found, key=lambda one: (not one.is_sure_and_wrong, order.index(one.verdict), one.number))

    @property
    def total(self) -> Marks:
        """The marks of the whole exam."""
        return self._marks(lambda _: "all")[0]

    @property
    def by_kind(self) -> list[Marks]:
        """The marks by kind of question, in the order of the documents."""
        found = self._marks(lambda asked: KINDS.get(asked.kind, asked.kind))
        names = list(KINDS.values())
        return sorted(found, key=lambda marks: names.index(marks.name) if marks.name in names else len(names))

    @property
    def by_topic(self) -> list[Marks]:
        """The marks by topic, the one with the most lost first."""
        return sorted(self._marks(lambda asked: asked.topic), key=lambda marks: (-marks.lost, marks.name))

    @property
    def study_next(self) -> list[Marks]:
        """The topics to study next: where the most was lost."""
        return [marks for marks in self.by_topic if marks.lost][:_NEXT]

    @property
    def demos_next(self) -> list[str]:
        """The demos that show what was not right there."""
        return list(dict.fromkeys(name for marks in self.study_next for name in marks.demos))

    @property
    def calibration(self) -> Calibration | None:
        """How sure the learner was against what was right."""
        return calibration(self.exam.attempts.values())

    def _marks(self, name_of: Callable[[Asked], str]) -> list[Marks]:
        found: dict[str, Marks] = {}
        for one in self.results:
            marks = found.setdefault(name_of(one.asked), Marks(name_of(one.asked)))
            marks.asked += 1
            marks.right += one.verdict == "right"
            marks.nearly += one.verdict == "nearly"
            demo = self.demo_of(one.asked)
            if demo and one.verdict != "right" and demo not in marks.demos:
                marks.demos.append(demo)
        return list(found.values())

    def score(self) -> str:
        """The result in a line."""
        total, exam = self.total, self.exam
        nearly = f", {total.nearly} nearly" if total.nearly else ""
        unanswered = f", {len(exam.open)} not answered" if exam.open else ""
        overruled = sum(attempt.overruled for attempt in exam.attempts.values())
        own = f" ({overruled} overruled)" if overruled else ""
        return (
            f"{total.right} of {total.asked} right ({total.right / total.asked * 100:.0f} %){own}{nearly}{unanswered}"
        )

    def markdown(self) -> str:
        """The whole report as Markdown."""
        lines = [f"# Exam: {one_line(self.exam.title)}", "", f"**{self.score()}**", "", circumstances(self.exam), ""]
        lines += self._sure_and_wrong()
        lines += ["## Study next", ""]
        for marks in self.study_next:
            run = f"; run {', '.join(f'`studytool demo {name}`' for name in marks.demos)}" if marks.demos else ""
            lines.append(f"- **{one_line(marks.name)}**: {marks.lost} of {marks.asked} not right{run}")
        if not self.study_next:
            lines.append("Everything was right.")
        lines += ["", "## By topic", "", *_table("topic", self.by_topic)]
        lines += ["", "## By kind of question", "", *_table("kind", self.by_kind), ""]
        lines += self._how_sure()
        missed = [one for one in self.results if one.verdict != "right" and not one.is_sure_and_wrong]
        if missed:
            lines += ["## What was not right", "", *(line for one in missed for line in _told(one))]
        words = [one for one in self.results if one.verdict == "right" and one.asked.kind == "recall"]
        if words:
            lines += ["## Right in your own words", "", *(line for one in words for line in _told(one))]
        return "\n".join(lines).rstrip() + "\n"

    def _sure_and_wrong(self) -> list[str]:
        found = [one for one in self.results if one.is_sure_and_wrong]
        return ["## Sure and wrong", "", *(line for one in found for line in _told(one))] if found else []

    def _how_sure(self) -> list[str]:
        held = self.calibration
        if held is None:
            return []
        told = f"Brier score {held.brier:.3f} over {counted(held.count, 'answer')}"
        base = f"who always says the same scores {held.base:.3f}, and 0 is perfect"
        return ["## How sure you were", "", f"{told}; {base}.", "", "```text", *held.plot(), "```", ""]

    def as_dict(self) -> dict[str, Any]:
        """The whole report as JSON takes it."""
        exam = self.exam
        return {
            **head_as_dict(exam),
            "ended": exam.ended,
            "interruptions": exam.interruptions,
            "marks": _marks_dict(self.total),
            "by_kind": [_marks_dict(marks) for marks in self.by_kind],
            "by_topic": [_marks_dict(marks) for marks in self.by_topic],
            "study_next": [marks.name for marks in self.study_next],
            "demos": self.demos_next,
            "calibration": held.as_dict() if (held := self.calibration) else None,
            "questions": [_as_dict(one) for one in self.results],
        }


def begun(exam: Exam) -> str:
    """The day and the minute when an exam began, by the clock that was there."""
    zone = timezone(timedelta(minutes=exam.begun.offset))
    return f"{datetime.fromtimestamp(exam.begun.ms / 1000, UTC).astimezone(zone):%Y-%m-%d %H:%M}"


def circumstances(exam: Exam) -> str:
    """When an exam was sat, for how long, and how it ended."""
    told = [begun(exam), f"{used(exam)} of {clock(exam.total_ms)} used"]
    if exam.ended:
        told.append(exam.ended)
    if exam.interruptions:
        told.append(f"interrupted {counted(exam.interruptions, 'time')}")
    return ", ".join([*told, f"seed {exam.paper.seed}"])


def used(exam: Exam) -> str:
    """The time that an exam has taken, as a clock shows it: with what is left it makes up the whole."""
    left = -(-exam.left_ms(exam.used_ms) // 1000)
    return clock(exam.total_ms - left * 1000)


def clock(ms: int) -> str:
    """A time as a clock shows it, `29:05`; what is left of a second counts as one."""
    seconds = -(-ms // 1000)
    return f"{seconds // 60}:{seconds % 60:02}"


def _told(one: Answered) -> list[str]:
    asked = one.asked
    lines = [f"- **Question {one.number}.** {in_a_line(unmarked(asked.prompt), 300)}"]
    if one.attempt:
        lines += _given(one.attempt)
        lines.append(f"  - {one_line(one.attempt.mark.reason, 400)}")
    else:
        lines.append("  - not answered")
    lines.append(f"  - right: {one_line(unmarked(wanted(asked)), 400)}")
    return [*lines, f"  - {one_line(asked.place)}", ""]


def _given(attempt: Attempt) -> list[str]:
    """The answer that was given, whole; what has several lines keeps them."""
    written = whole(attempt).strip().split("\n")
    if len(written) == 1:
        return [f"  - you: {one_line(written[0])}"]
    return ["  - you:", "", *(f"    > {line}".rstrip() for line in written), ""]


def _table(head: str, rows: Iterable[Marks]) -> list[str]:
    lines = [f"| {head} | right | nearly | asked |", "|---|--:|--:|--:|"]
    lines += [f"| {_cell(marks.name)} | {marks.right} | {marks.nearly} | {marks.asked} |" for marks in rows]
    return lines


def _cell(text: str) -> str:
    return one_line(text).replace("|", "\\|")


def _marks_dict(marks: Marks) -> dict[str, Any]:
    told = {"name": marks.name, "asked": marks.asked, "right": marks.right, "nearly": marks.nearly}
    return {**told, "demos": marks.demos}


def _as_dict(one: Answered) -> dict[str, Any]:
    asked, attempt = one.asked, one.attempt
    return {
        "number": one.number,
        "kind": asked.kind,
        "prompt": asked.prompt,
        "verdict": one.verdict,
        "reason": attempt.mark.reason if attempt else None,
        "response": whole(attempt) if attempt else None,
        "answer": asked.answer,
        "confidence": attempt.confidence or None if attempt else None,
        "overruled": attempt.overruled if attempt else False,
        "topic": asked.topic,
        "card": asked.card,
        "path": asked.path,
        "line": asked.line,
    }
