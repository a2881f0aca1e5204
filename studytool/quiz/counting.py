"""How an attempt counts for the memory: the table of docs/attempts.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.memory.events import Grade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studytool.memory.attempts import Attempts, Written
    from studytool.memory.events import Moment
    from studytool.quiz.model import Attempt, Verdict

_RECALLED: Mapping[Verdict, Grade] = {"right": Grade.GOOD, "nearly": Grade.HARD, "wrong": Grade.AGAIN}
_CHOSEN: Mapping[Verdict, Grade] = {"right": Grade.HARD, "wrong": Grade.AGAIN}
_TOLD_APART: Mapping[Verdict, Grade] = {"wrong": Grade.AGAIN}

COUNTS: Mapping[str, Mapping[Verdict, Grade]] = {
    **dict.fromkeys(("typed", "cloze", "numeric", "ordering", "matching", "recall"), _RECALLED),
    **dict.fromkeys(("choice", "multiple"), _CHOSEN),
    "truth": _TOLD_APART,
}
"""For each kind what a verdict counts as; a verdict that is not there, and a kind that is not, count for nothing."""


def grade_of(attempt: Attempt) -> Grade | None:
    """The grade that an attempt counts as; None where it counts for nothing but the record.

    What was recalled counts like an answer to the card. What was recognised among options counts as less, even where
    the learner was sure of it. An answer in one's own words counts by the learner's own mark alone.
    """
    asked, verdict = attempt.asked, attempt.verdict
    if not asked.card or (asked.kind == "recall" and not (attempt.self_marked or attempt.overruled)):
        return None
    grade = COUNTS.get(asked.kind, {}).get(verdict)
    if grade is not None and verdict == "right" and asked.kind in ("choice", "multiple"):
        return Grade.GOOD if attempt.confidence == "sure" else grade
    return grade


def record(attempts: Attempts, attempt: Attempt, moment: Moment, instead: Written | None = None) -> Written:
    """Put an attempt into the log with the review that it counts as; durable when it returns.

    `instead`: what was written before the learner overruled it. An attempt of an exam is counted when that is handed
    in. Raises `StudytoolError` where it could not be written.
    """
    grade = None if attempt.exam else grade_of(attempt)
    card = attempt.asked.card or None
    return attempts.write(card, attempt.as_payload(), moment, grade, took_ms=attempt.took_ms, instead=instead)
