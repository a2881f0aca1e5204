"""Which of the exams that were not handed in `--resume` goes on with and `--discard` gives up; `--json` lists them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from studytool import clock, examining
from studytool.commands import at_desk, lines
from studytool.errors import UsageError
from studytool.text import as_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.desk import Desk, Request
    from studytool.examining import Wish
    from studytool.quiz.exam import Exam


def as_list(wanted: Request, wish: Wish) -> int:
    """Print the exams that can be gone on with as JSON, with the number that chooses each."""
    table = at_desk.opened(wanted)
    try:
        found = examining.unfinished_of(table, wish)
        chosen = {exam.id for exam in (examining.to_resume(table, wish) if wish.which else found)}
        listed = [{"number": number, **_as_dict(exam)} for number, exam in enumerate(found, 1) if exam.id in chosen]
        print(as_json({"unfinished": listed}))
        return 0
    finally:
        table.close()


def resumed(table: Desk, wish: Wish) -> Exam | None:
    """Go on with the one that is wished or chosen; None where the learner chooses none.

    Raises `UsageError` where there are several and nobody at a terminal can say which.
    """
    found = examining.to_resume(table, wish)
    exam = found[0] if len(found) == 1 else _chosen(found, "--resume")
    if exam is not None:
        if not exam.is_left:
            print(examining.OPEN)
            if sys.stdin.isatty() and not _agrees("go on with it here? y, or enter to leave it where it is: "):
                return None
        examining.resume(exam, wish, clock.now())
    return exam


def _agrees(question: str) -> bool:
    """Whether the learner says yes to a question; an empty line says no."""
    answers = {"y": True, "yes": True, "n": False, "no": False, "": False}
    return bool(
        lines.asked_for(
            *(lines.read, question),
            lambda typed: answers.get(typed.casefold()),
            lambda: "is neither y nor n.",
        )
    )


def discarded(wanted: Request, wish: Wish, *, is_json: bool) -> int:
    """Give the one that is wished up for good, and print which it was.

    The number of one changes when another is begun: where it is not named by its id, it is shown and asked about, and
    raises `UsageError` where nobody can be asked.
    """
    table = at_desk.opened(wanted)
    try:
        found = examining.to_resume(table, wish)
        if not examining.is_id(wish.which) and (is_json or not sys.stdin.isatty()):
            hint = "`studytool exam --resume --json` lists them with their ids."
            raise UsageError("--discard needs the id of the exam where nobody can be asked whether it is that.", hint)
        exam = found[0] if len(found) == 1 else _chosen(found, "--discard")
        if exam is None:
            return 0
        if not examining.is_id(wish.which):
            print(f"{examining.told(exam)}, {examining.standing(exam)}.")
            print("It will have no result, and be offered no more. Its answers stay in the log, and count for nothing.")
            if not _agrees("give it up for good? y, or enter to keep it: "):
                print("Nothing was given up.")
                return 0
        exam.give_up(clock.now())
        print(as_json({"discarded": _as_dict(exam)}) if is_json else f"Given up: {examining.told(exam)}.")
        return 0
    finally:
        table.close()


def _chosen(found: Sequence[Exam], option: str) -> Exam | None:
    print(f"{len(found)} exams are not handed in:")
    for number, exam in enumerate(found, 1):
        print(f"  {number}) {examining.told(exam)}, {examining.standing(exam)}")
    if not sys.stdin.isatty():
        raise UsageError(f"{option} needs the number of one of them.", f"`{option} 1` is the one begun last.")
    return lines.asked_for(
        *(lines.read, "which one? its number, q for none: "),
        lambda typed: next((exam for number, exam in enumerate(found, 1) if typed == str(number)), None),
        lambda: f"is none of 1 to {len(found)}.",
    )


def _as_dict(exam: Exam) -> dict[str, object]:
    from studytool.quiz.report import head_as_dict

    return {
        **head_as_dict(exam),
        "asked": len(exam.paper.questions),
        "answered": len(exam.attempts),
    }
