"""Exams at an open desk: a new one, the one that was not finished, the report and the file it is written to."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import clock
from studytool.errors import StudytoolError, UsageError
from studytool.links import demo_file, demo_for
from studytool.places import expanded
from studytool.text import as_json, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from studytool.demo.find import DemoInfo
    from studytool.demo.spawn import Child
    from studytool.desk import Desk
    from studytool.memory import Moment
    from studytool.notes.model import Library
    from studytool.quiz import Paper
    from studytool.quiz.computing import Computing
    from studytool.quiz.exam import Exam, Table
    from studytool.quiz.report import Report
    from studytool.settings import Settings


@dataclass(frozen=True, slots=True)
class Wish:
    """What exam is wanted; None where the default will do."""

    topics: Sequence[str] | None = None
    count: int | None = None
    minutes: float | None = None
    seed: int | None = None
    resume: bool = False
    """The one that was not handed in, instead of a new one."""
    last: bool = False
    """The report of the one that was handed in last, instead of a new one."""
    report: Path | None = None
    """Where the report is written."""
    computed: bool | None = None
    """Whether demos compute some questions; None leaves it to the settings."""


def wish_of(args: argparse.Namespace) -> Wish:
    """What a command line asks for; raises `UsageError` where it contradicts itself."""
    chosen = args.seed is not None or args.computed is not None
    chosen = bool(chosen or args.count or args.minutes or args.topic)
    if args.resume and (args.json or args.last or chosen):
        raise UsageError("--resume goes on with the paper and the time that were set.", "Leave out the other options.")
    if args.last and (args.sure or chosen):
        raise UsageError("--last shows the report of an exam that is over.", "Leave out the options of a new one.")
    if args.json and args.report and not args.last:
        raise UsageError("--json prints the paper, which has no report.", "Leave out --report, or add --last.")
    path = report_file(args.report) if args.report else None
    told = {"resume": args.resume, "last": args.last, "report": path, "computed": args.computed}
    return Wish(args.topic or None, args.count, args.minutes, args.seed, **told)


class Watch:
    """Counts the time that is used of an exam: it stands still while the program, or the machine, does not run."""

    def __init__(self, used_ms: int) -> None:
        self._before, self._since = used_ms, time.monotonic()

    @property
    def used_ms(self) -> int:
        """Milliseconds so far."""
        return self._before + round((time.monotonic() - self._since) * 1000)


def table_of(desk: Desk) -> Table:
    """What an exam is sat at."""
    from studytool.quiz.exam import Table

    return Table(desk.store, desk.memory, desk.attempts(), desk.request.settings.exams_count)


def set_paper(library: Library, wish: Wish) -> Paper:
    """The paper that is wanted, of cards alone; its seed comes from the clock where none is given.

    Raises `UsageError` for a topic that no card has, `StudytoolError` where no fair question can be made.
    """
    from studytool.quiz import build
    from studytool.quiz.exam import COUNT

    seed = clock.now().ms // 1000 % 1_000_000 if wish.seed is None else wish.seed
    paper = build(library, count=wish.count or COUNT, seed=seed, topics=wish.topics)
    if not paper.questions:
        where = f" in {', '.join(wish.topics)}" if wish.topics else ""
        raise StudytoolError(
            f"There are no cards{where} that a fair question can be made from.",
            "`studytool cards` with the same paths lists them.",
        )
    return paper


def with_demos(
    paper: Paper,
    library: Library,
    wish: Wish,
    settings: Settings,
    *,
    demos: Callable[[], Sequence[DemoInfo]] | None = None,
    take: Callable[[], Child | None] | None = None,
) -> Computing:
    """The paper with the questions that demos compute for it, if they are wanted: planned now, computed later.

    `demos` gives the built-in ones where they were read already, `take` a spare process where there is one.
    """
    from studytool.demo.find import list_demos
    from studytool.quiz.computing import compute

    is_wanted = settings.computed if wish.computed is None else wish.computed
    return compute(paper, library, wanted=is_wanted, demos=demos or list_demos, take=take)


def fewer(paper: Paper, wanted: int | None) -> str:
    """A sentence where a paper has fewer questions than were asked for; else nothing."""
    got = len(paper.questions)
    return f"The cards give no more than {got}; {wanted} were asked for." if wanted and got < wanted else ""


def told(exam: Exam) -> str:
    """A sentence about an exam that was not handed in."""
    from studytool.quiz.report import circumstances

    total = len(exam.paper.questions)
    done = f"{len(exam.attempts)} of {total} answered"
    return f"An exam is not handed in: {one_line(exam.title, 60)}, {circumstances(exam)}, {done}."


def begin(desk: Desk, paper: Paper, wish: Wish, moment: Moment) -> Exam:
    """Begin an exam: its time counts from now."""
    from studytool.quiz.exam import MINUTES, Exam

    title = ", ".join(wish.topics) if wish.topics else desk.request.title
    return Exam.begin(paper, wish.minutes or MINUTES, title, table_of(desk), moment)


def report_of(desk: Desk, exam: Exam, demos: Iterable[DemoInfo]) -> Report:
    """The report of an exam, with the demos that show the ideas of its cards."""
    from studytool.quiz.report import Report

    known, found = list(demos), {}
    names = {demo.name for demo in known}
    for asked in exam.paper.questions:
        card = desk.card(asked.card)
        if card is None or (link := demo_for(card, known)) is None:
            continue
        if (file := demo_file(link, card.span.path)) is not None and file.is_file():
            found[asked.card] = one_line(str(file))
        elif link.name in names:
            found[asked.card] = link.name
    return Report(exam, found)


def report_file(name: str) -> Path:
    """Where a report is to be written; raises `UsageError` where it cannot be, before the exam begins."""
    path = expanded(name, "The report")
    if path.suffix.casefold() not in (".md", ".json"):
        raise UsageError(f"A report is a .md or a .json file, not {one_line(path.name, 60)}.")
    if not os.path.isdir(path.absolute().parent):
        raise UsageError(f"There is no folder {one_line(str(path.absolute().parent))} for the report.")
    if os.path.lexists(path):
        raise UsageError(f"{one_line(str(path))} is there already.", "Give another name for the report.")
    return path


def write_report(report: Report, path: Path, *, again: bool = False) -> None:
    """Write it as Markdown or JSON, by the name; raises `StudytoolError` where that fails.

    It replaces no file, but what was written here before when it is written `again`, which stays where that fails.
    """
    text = as_json(report.as_dict()) + "\n" if path.suffix.casefold() == ".json" else report.markdown()
    written = path.with_name(f"{path.name}.new") if again else path
    try:
        with written.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
        if again:
            os.replace(written, path)
    except OSError as error:
        raise StudytoolError(f"The report could not be written to {path}: {error.strerror}.") from error
