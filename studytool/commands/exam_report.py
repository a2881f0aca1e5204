"""The report of an exam in `--plain`: written, own words marked by the learner, printed; and printed again later."""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from studytool import clock, examining
from studytool.commands import at_desk, lines, quiz_answers
from studytool.errors import StudytoolError, UsageError
from studytool.text import as_json, one_line
from studytool.unmarked import unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from studytool.desk import Desk, Request
    from studytool.examining import Wish
    from studytool.quiz.exam import Exam
    from studytool.quiz.report import Report

_OVERRULES = re.compile(r":?y ?(\d{1,4})", re.IGNORECASE)


def again(wanted: Request, wish: Wish, *, is_json: bool) -> int:
    """Print the report of the exam that was handed in last, from the log."""
    from studytool.demo.find import list_demos
    from studytool.quiz.exams import finished

    table = at_desk.opened(wanted)
    try:
        exam = finished(examining.table_of(table))
        if not is_json:
            return tell(table, exam, wish.report, asks=sys.stdin.isatty() and sys.stdout.isatty())
        report = examining.report_of(table, exam, list_demos())
        print(as_json(report.as_dict()))
        if wish.report:
            examining.write_report(report, wish.report)
        return 0
    finally:
        table.close()


def tell(table: Desk, exam: Exam, path: Path | None, *, asks: bool = True) -> int:
    """Write the report before anything is asked, have own words marked, print it, have marks overruled.

    Returns the exit code, 130 where that is broken off.

    What was broken off can be had again: nothing of it is in this process alone.
    """
    from studytool.demo.find import list_demos

    report = examining.report_of(table, exam, list_demos())
    is_written = False
    if path:
        with suppress(StudytoolError):  # it is tried, and told of, once more when all is done
            examining.write_report(report, path)
            is_written = True
    is_other, code = _heard(lambda: asks and _judged(exam))
    print(f"\n{report.markdown()}")
    if asks and code == 0:
        is_overruled, code = _heard(lambda: _overruled(exam, report))
        if is_overruled:
            is_other = True
            print(report.score())
    if path is None and code == 0 and sys.stdin.isatty() and sys.stdout.isatty():
        path = _asked_for_file()
    if path:
        if is_other or not is_written:
            examining.write_report(report, path, again=is_written)
        print(f"The report is in {one_line(str(path))}.")
    return code


def _heard(ask: Callable[[], bool]) -> tuple[bool, int]:
    """Whether the learner's answers change anything, which they may where they are broken off; the exit code."""
    try:
        return ask(), 0
    except KeyboardInterrupt:
        print()
        return True, 130


def _overruled(exam: Exam, report: Report) -> bool:
    """Count answers as right that were marked otherwise, where the learner knows better; whether there were any."""
    is_any = False
    while others := {one.number for one in report.results if one.attempt and one.verdict != "right"}:
        first, listed = min(others), ", ".join(map(str, sorted(others)))
        complaint = f"counts nothing as right: y goes with the number of an answer that is not right ({listed})."
        number = lines.asked_for(
            *(lines.read, f"(y {first} counts your answer to question {first} as right; enter: none, or no more) "),
            partial(_named, others),
            partial(str, complaint),
        )
        if not number:
            break
        exam.overrule(number - 1, clock.now())
        print(f"Question {number} counts as right.")
        is_any = True
    return is_any


def _named(numbers: Collection[int], typed: str) -> int | None:
    """The one of the numbers that is typed after a y; 0 for nothing, None for what is neither."""
    found = _OVERRULES.fullmatch(typed)
    number = int(found[1]) if found else 0
    return number if number in numbers or not typed else None


def _judged(exam: Exam) -> bool:
    """Have the learner mark own words beside the model answer, where that is still to be done; whether any were."""
    from studytool.quiz.recalled import model_answer

    is_any = False
    for number, attempt in sorted(exam.attempts.items()):
        if attempt.asked.kind != "recall" or attempt.self_marked or attempt.overruled:
            continue
        print(f"\n[question {number + 1}, in your own words] {unmarked(attempt.asked.prompt)}")
        print(f"you wrote:\n{attempt.response}\nthe model answer:\n{unmarked(model_answer(attempt.asked))}")
        if (verdict := quiz_answers.own_verdict(lines.read)) is None:
            print("The rest is marked by its key terms; `studytool exam --last` asks again.")
            break
        exam.judge(number, verdict, clock.now())
        is_any = True
    return is_any


def _asked_for_file() -> Path | None:
    """Where the learner wants the report; None for nowhere."""
    while name := lines.read("write it to a file? its name, ending in .md or .json; enter for no: "):
        try:
            return examining.report_file(name.strip())
        except UsageError as error:
            print(error)
    return None
