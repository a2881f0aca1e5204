"""Exams at an open desk: a new one, the one that was not finished, the report and the file it is written to."""

from __future__ import annotations

import os
import time
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from studytool import clock
from studytool import settings as settings_file
from studytool.errors import StudytoolError, UsageError
from studytool.links import demo_file, demo_for
from studytool.places import data_folder, expanded
from studytool.text import as_json, counted, one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable, Sequence

    from studytool.demo.find import DemoInfo
    from studytool.demo.spawn import Child
    from studytool.desk import Desk, Request
    from studytool.memory import Event, Moment
    from studytool.notes.model import Library
    from studytool.quiz import Paper
    from studytool.quiz.computing import Computing
    from studytool.quiz.exam import Exam, Table
    from studytool.quiz.report import Report
    from studytool.settings import Settings

    _Begun = TypeVar("_Begun", Exam, Event)

_DIGITS = 4
"""A number of the list of exams has no more; what is longer is the beginning of an id."""

OPEN = (
    "It was not left: another window has it open, or broke off. To go on here takes it over with its answers; that "
    "window is told, and saves none."
)
"""What is said of an exam before it is resumed, where its last event does not say that it was left."""
QUESTIONS = 10
"""Those of a quiz where nobody says how many."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What exam is wanted; None where the default will do."""

    topics: Sequence[str] | None = None
    count: int | None = None
    minutes: float | None = None
    seed: int | None = None
    resume: bool = False
    """One that was not handed in, instead of a new one."""
    which: str = ""
    """The number of the one to resume, as they are listed, or its id, or how that begins; empty for the only one."""
    discard: bool = False
    """Give that one up for good, instead of sitting any."""
    within: bool = False
    """Whether the notes were named: then only an exam that asks of them is resumed."""
    sure: bool = False
    """Whether it asks with each answer how sure the learner is."""
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
    resume = args.resume is not None
    if resume and (args.last or chosen):
        raise UsageError("--resume goes on with the paper and the time that were set.", "Leave out the other options.")
    discard = args.discard is not None
    if discard and (resume or args.last or args.sure or args.report or chosen):
        raise UsageError("--discard gives up the exam that it names, and nothing else.", "Leave out the other options.")
    if args.last and (args.sure or chosen):
        raise UsageError("--last shows the report of an exam that is over.", "Leave out the options of a new one.")
    if args.json and args.report and not args.last:
        raise UsageError("--json prints the paper, which has no report.", "Leave out --report, or add --last.")
    path = report_file(args.report) if args.report else None
    told = {"last": args.last, "report": path, "computed": args.computed, "sure": args.sure}
    told |= {"resume": resume, "discard": discard, "which": args.resume or args.discard or ""}
    told |= {"within": bool(args.paths)}
    return Wish(args.topic or None, args.count, args.minutes, args.seed, **told)


def request_for(
    args: argparse.Namespace, wish: Wish, load: Callable[[Path | None], Settings] = settings_file.load
) -> Request:
    """What a command line opens; where it names no notes, those that the exam which it resumes was begun on.

    They are where several could be meant that were not begun on the same, and where they are there no more, those of
    the settings.
    """
    from studytool.desk import request

    own = _begun_on(wish) if wish.resume and not args.paths and not args.root else ()
    return request(args.paths or own, args.root, load)


def _begun_on(wish: Wish) -> Sequence[str]:
    from studytool.memory import open_store
    from studytool.quiz.exam_log import notes_of
    from studytool.quiz.exams import unended

    with suppress(StudytoolError), closing(open_store(data_folder(), to_read=True)) as store:  # else it is told later
        found = unended(store)
        notes = {notes_of(each) for each in ([named(found, wish.which)] if wish.which else found)}
        if len(notes) == 1 and all(map(os.path.exists, own := notes.pop())):
            return own
    return ()


class Watch:
    """Counts the time that is used of an exam: it stands still while the program, or the machine, does not run."""

    def __init__(self, exam: Exam) -> None:
        self._exam, self._before, self._since = exam, exam.used_ms, time.monotonic()

    @property
    def used_ms(self) -> int:
        """Milliseconds so far, in whichever window."""
        return self._before + self._exam.added_ms + round((time.monotonic() - self._since) * 1000)


def table_of(desk: Desk) -> Table:
    """What an exam is sat at."""
    from studytool.quiz.exam import Table

    return Table(desk.store, desk.memory, desk.attempts(), desk.request.settings.exams_count)


def for_the_exam(wish: Wish, settings: Settings, library: Library) -> Wish:
    """The wish, of the topics of the syllabus where an exam is to come and the wish names neither topics nor a seed.

    A seed sets the same paper for everybody, whatever their settings; a syllabus that names searches asks everything.
    """
    from studytool.syllabus import exam_of, topics_asked

    exam = exam_of(settings, clock.now().day(settings.rollover))
    if exam is None or exam.left < 0 or wish.topics or wish.seed is not None:
        return wish
    with_cards = [note.topic.name for note in library.notes if note.studied]
    return replace(wish, topics=topics_asked(settings.syllabus, with_cards) or None)


def set_paper(library: Library, wish: Wish) -> Paper:
    """The paper that is wanted, of cards alone; its seed comes from the clock where none is given.

    Raises `UsageError` for a topic that no card has, `StudytoolError` where no fair question can be made.
    """
    from studytool.quiz import build
    from studytool.quiz.exam import COUNT

    seed = clock.now().ms // 1000 % 1_000_000 if wish.seed is None else wish.seed
    paper = build(library, count=wish.count or COUNT, seed=seed, topics=wish.topics)
    if not paper.questions:
        raise nothing_to_ask(library, wish.topics)
    return paper


def nothing_to_ask(library: Library, topics: Sequence[str] | None) -> StudytoolError:
    """Why no question can be made: the notes have no card at all, or none of these topics that is fair to ask."""
    if not any(note.studied for note in library.notes):
        return StudytoolError(
            f"There is no card in {counted(len(library.notes), 'note')}.",
            "`studytool check --all` with the same paths says what was left aside.",
        )
    where = f" in {', '.join(topics)}" if topics else ""
    return StudytoolError(
        f"There are no cards{where} that a fair question can be made from.",
        "`studytool cards` with the same paths lists them.",
    )


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


def fewer(paper: Paper, wanted: int | None, usual: int) -> str:
    """A sentence where a paper has fewer questions than were asked for; else nothing.

    Where no number was asked for, only if there are fewer than `usual` because most cards were left out.
    """
    got, out = len(paper.questions), paper.left_out
    if got >= (wanted or usual) or not (wanted or out > got):
        return ""
    fair = "1 fair question" if got == 1 else f"{got} fair questions that do not answer each other"
    told = fair if out else str(got)
    return f"The cards give no more than {told}{f'; {wanted} were asked for' if wanted else ''}."


def told(exam: Exam) -> str:
    """An exam that was not handed in, in a line."""
    from studytool.quiz.report import circumstances

    total = len(exam.paper.questions)
    return f"{one_line(exam.title, 60)}, {circumstances(exam)}, {len(exam.attempts)} of {total} answered"


def standing(exam: Exam) -> str:
    """Whether one that was not handed in was left; what else may be is said by `OPEN` before it is gone on with."""
    return "left" if exam.is_left else "open elsewhere?"


def told_before(exams: Sequence[Exam]) -> str:
    """A sentence about the exams that are not handed in when another begins; empty where there is none."""
    if not exams:
        return ""
    if len(exams) > 1:
        return f"{len(exams)} exams are not handed in: `studytool exam --resume` lists them."
    return f"An exam is not handed in: {told(exams[0])}. `studytool exam --resume` goes on with it."


def unfinished_of(desk: Desk, wish: Wish) -> list[Exam]:
    """The exams that were not handed in, the one begun last first; only those that ask of the notes that were named."""
    from studytool.quiz.exams import unfinished

    found = unfinished(table_of(desk))
    return [exam for exam in found if _asks_of(exam, desk)] if wish.within else found


def to_resume(desk: Desk, wish: Wish) -> list[Exam]:
    """The exams that can be gone on with, the one begun last first; one alone where its number is wished.

    Raises `StudytoolError` where there is none, `UsageError` where none asks of the notes that were named, or has the
    number.
    """
    from studytool.quiz.exams import BEGINS, has_finished

    found = unfinished_of(desk, wish)
    if not found and wish.within and (others := unfinished_of(desk, replace(wish, within=False))):
        hint = f"`studytool exam --resume` has {counted(len(others), 'exam')} on other notes."
        raise UsageError(f"No exam on {one_line(desk.request.title, 60)} is to be resumed.", hint)
    if not found:
        shows = "`studytool exam --last` shows the report of the last one."
        raise StudytoolError("There is no exam to resume.", shows if has_finished(desk.store) else BEGINS)
    return [named(found, wish.which)] if wish.which else found


def is_id(which: str) -> bool:
    """Whether what names an exam is its id, or how that begins, and not its number."""
    return bool(which) and not (which.isdecimal() and len(which) <= _DIGITS)


def named(found: Sequence[_Begun], which: str) -> _Begun:
    """The exam with a number, counted from 1, or with an id that begins so; raises `UsageError` where none has it."""
    if not is_id(which):
        if 1 <= int(which) <= len(found):
            return found[int(which) - 1]
    elif len(begin_so := [exam for exam in found if exam.id.startswith(which)]) == 1:
        return begin_so[0]
    elif begin_so:
        raise UsageError(f"{len(begin_so)} exams have an id that begins with {which}.", "Give more of it.")
    many = "is 1 exam" if len(found) == 1 else f"are {len(found)} exams"
    raise UsageError(f"There {many} to resume, and no number {one_line(which, 40)}.", "--resume alone lists them.")


def _asks_of(exam: Exam, desk: Desk) -> bool:
    """Whether one of its questions comes from the notes that are open, as they are or were."""
    named = [path.absolute() for path in desk.request.paths]
    for asked in exam.paper.questions:
        if asked.card and desk.card(exam.key_now(asked.card)):
            return True
        if asked.card and any(Path(exam.folder, asked.path).absolute().is_relative_to(path) for path in named):
            return True
    return False


def resume(exam: Exam, wish: Wish, moment: Moment) -> None:
    """Go on with an exam as it was sat before, and as is wished now; what the settings say is for new ones."""
    exam.resume(moment, sure=wish.sure, report=str(wish.report.absolute()) if wish.report else "")


def report_path(exam: Exam, wish: Wish, *, elsewhere: bool = False) -> tuple[Path | None, str]:
    """Where the report of an exam goes, and a sentence where it cannot go there any more.

    `elsewhere` says that another window has handed it in, and may have written the report.
    """
    path = wish.report or exam.report
    if not path or (wish.report and not elsewhere):
        return wish.report, ""
    try:
        return report_file(str(path)), ""
    except UsageError as error:
        hint = "`studytool exam --last --report FILE` writes another" if exam.ended else "--report names another file"
        return None, f"{error.message} The report is not written there; {hint}."


def begin(desk: Desk, paper: Paper, wish: Wish, moment: Moment) -> Exam:
    """Begin an exam: its time counts from now."""
    from studytool.quiz.exam import MINUTES, Exam

    title = ", ".join(wish.topics) if wish.topics else desk.request.title
    return Exam.begin(
        *(paper, wish.minutes or MINUTES, title, table_of(desk), moment),
        sure=wish.sure or desk.request.settings.confidence,
        report=str(wish.report.absolute()) if wish.report else "",
        folder=_here(),
        notes=() if desk.request.is_set or desk.request.is_course else [*map(os.path.abspath, desk.request.paths)],
    )


def _here() -> str:
    """The folder that relative paths begin at; empty where it was deleted."""
    try:
        return os.getcwd()
    except OSError:
        return ""


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
