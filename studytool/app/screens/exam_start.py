"""Before an exam: what it is, how it goes, and the one that was not handed in. The clock does not run yet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool import examining
from studytool.app.pieces import Pieces, in_a_thread
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.quiz.exam import COUNT, MINUTES, Exam, Over
from studytool.quiz.report import begun, circumstances
from studytool.quiz.report import clock as shown
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.examining import Wish
    from studytool.quiz import Paper
    from studytool.quiz.computing import Computing

_LOOK = 0.2
"""Seconds from one look at the demos to the next."""
_LISTEN = 3.0
"""Seconds between two looks whether another window goes on with what waits, or has ended it."""
_RULES = (
    (("exam.answer",), "enter", "answers, and goes on to the next question"),
    (("exam.next", "exam.back"), "ctrl+n  ctrl+b", "go on without an answer, and back"),
    (("exam.flag",), "ctrl+f", "flags a question to come back to"),
    (("exam.questions",), "esc", "lists the questions: jump by number, hand in, or leave"),
)
"""What the keys of an exam do, with the names that they have where nobody chose others."""


class ExamStartScreen(Screen[None]):
    """A new exam that waits to be begun, or those that wait to be resumed. Demos compute their questions meanwhile.

    Raises `StudytoolError` when it is made where there is nothing to ask, or nothing to resume; with `later` the paper
    is set once the screen is there, in a thread, and where there is nothing to ask the screen says so, or calls
    `refused` with why.
    """

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "Begin", tooltip="Begin: the clock runs from now on", id="exam-start.begin"),
        Binding("enter", "go_on", "Go on", tooltip="Go on with an exam that was not handed in", id="exam-start.go-on"),
        Binding("r", "resume", "Resume", tooltip="Go on with an exam that was not handed in", id="exam-start.resume"),
        Binding("x", "give_up", "Give up", tooltip="Give one of them up for good", id="exam-start.give-up"),
        Binding("down,j", "by(1)", "Down", show=False, id="exam-start.down"),
        Binding("up,k", "by(-1)", "Up", show=False, id="exam-start.up"),
        Binding("escape,q", "leave", "Home", key_display="esc", id="exam-start.home"),
    ]

    def __init__(
        self, wish: Wish, *, later: bool = False, refused: Callable[[StudytoolError], object] | None = None
    ) -> None:
        super().__init__()
        self._refuse = refused
        desk = self.app.desk
        self._wish = wish if wish.resume else examining.for_the_exam(wish, desk.request.settings, desk.library)
        self._paper: Paper | None = None
        if wish.resume:
            self._before = examining.to_resume(desk, wish)
        else:  # of whichever notes, as line by line
            self._before = examining.unfinished_of(desk, replace(wish, within=False))
        self._computing: Computing | None = None  # until it is known which questions demos compute
        self._pressed = False  # whether it is to begin as soon as the demos have answered
        self._gone = False
        self._refused = ""  # why no paper could be set
        if not (wish.resume or later):
            self._paper = examining.set_paper(desk.library, wish)

    def compose(self) -> ComposeResult:
        """What it is, how it goes, what waits."""
        yield TopBar("Exam", "" if self._paper is None else f"seed {self._paper.seed}")
        with VerticalScroll(id="exam-start", can_focus=False):
            yield Static(self._told(), id="exam-told")
        yield KeyBar()

    def on_mount(self) -> None:
        """Set the paper where that is to be done yet, and let demos compute their questions meanwhile."""
        if self._before:
            self.set_interval(_LISTEN, self._listen)
        if self._paper is not None:
            self._go_on_with(self._paper)
        elif not self._wish.resume:
            Pieces(self, self._set())

    def _set(self) -> Iterator[str | None]:
        """Set the paper in a thread, for of many cards that takes seconds. Who leaves does not wait for it."""
        try:
            paper = yield from in_a_thread(partial(examining.set_paper, self.app.desk.library, self._wish))
        except StudytoolError as error:
            self._refused = str(error)
            self._draw()
            if self._refuse:
                self._refuse(error)
            return
        self._paper = paper
        self.query_one(TopBar).show("Exam", f"seed {paper.seed}")
        self._go_on_with(paper)
        self._draw()
        self.refresh_bindings()

    def _go_on_with(self, paper: Paper) -> None:
        self.run_worker(partial(self._compute, paper), thread=True)
        self.set_interval(_LOOK, self._look)

    def on_unmount(self) -> None:
        """Demos that still compute end with this screen."""
        self._gone = True
        if self._computing is not None:
            self._computing.leave()

    def _compute(self, paper: Paper) -> None:
        """In a thread: reading what the demos can ask takes a moment, and running them more."""
        app, desk = self.app, self.app.desk
        settings = desk.request.settings
        computing = examining.with_demos(
            paper, desk.library, self._wish, settings, demos=app.demos, take=app.spare.take
        )
        if not self._gone:
            computing.start()
            self._computing = computing

    def _look(self) -> None:
        """How far the demos are; begin where that was waited for."""
        self._draw()
        if self._pressed and self.is_current and self._computing is not None and not self._computing.waiting:
            self._begin(self._computing)

    def _listen(self) -> None:
        """What waits may have been gone on with, or ended, in another window."""
        if not self.is_current:
            return
        with suppress(StudytoolError):  # told as soon as one is to be gone on with
            for exam in self._before:
                exam.hear()
        ended = [exam for exam in self._before if exam.ended]
        self._before = [exam for exam in self._before if not exam.ended]
        if ended and ended[0].ended and self._wish.resume and not self._before:
            self.app.warn(str(Over(ended[0].ended)))
            self.app.leave()
            return
        self._draw()
        self.refresh_bindings()

    def _draw(self) -> None:
        self.query_one("#exam-told", Static).update(self._told())

    def _told(self) -> Content:
        return Content("\n").join([*self._new(), *self._waiting()])

    def _new(self) -> list[Content]:
        """What the new paper is, and how it goes; nothing where the other is to be resumed."""
        if self._wish.resume:
            return []
        title = ", ".join(self._wish.topics) if self._wish.topics else self.app.desk.request.title
        lines = [Content.styled(one_line(title), "bold")]
        if self._paper is None:
            of = "" if self._wish.topics else f" from {counted(len(self.app.desk.library.entries), 'card')}"
            key = self.app.key_name("exam-start.home", "esc")
            setting = Content.styled(f"Setting the exam{of} …", "$foreground-muted")
            told = Content.styled(self._refused, "$warning") if self._refused else setting
            return [*lines, told, Content(), Content.assemble((key, "$accent bold"), " goes back")]
        minutes = self._wish.minutes or MINUTES
        total = counted(len(self._paper.questions), "question")
        lines += [
            Content.styled(f"{total} in {minutes:g} minute{'s' * (minutes != 1)}", "$accent bold"),
        ]
        if few := examining.fewer(self._paper, self._wish.count, COUNT):
            lines.append(Content.styled(few, "$warning"))
        lines += [
            Content.styled(self._how_far(), "$foreground-muted"),
            Content(),
            Content("Nothing is marked before the end. Until then every answer can be changed."),
            Content(),
        ]
        rules = [(self.app.keys_name(actions, usual), told) for actions, usual, told in _RULES]
        width = max(len(keys) for keys, _ in rules)
        lines += [Content.assemble((f"{keys:>{width}}", "$accent bold"), f"  {told}") for keys, told in rules]
        late = self._pressed and self._computing is not None and self._computing.waiting
        enter = " begins without them; cards are asked instead" if late else " begins; the clock runs from then on"
        key = self.app.key_name("exam-start.begin", "enter")
        return [*lines, Content(), Content.assemble((key, "$accent bold"), enter)]

    def _how_far(self) -> str:
        """How many questions the demos have computed; empty where there are none."""
        if self._computing is None or not self._computing.planned:
            return ""
        total, waiting = self._computing.planned, self._computing.waiting
        ready = "computed by a demo is ready" if total == 1 else "computed by demos are ready"
        told = f"{total - waiting} of {counted(total, 'question')} {ready}"
        return f"{told}; the exam begins once all are" if self._pressed and waiting else told

    def _waiting(self) -> list[Content]:
        """The exams that were not handed in; of several the one begun last."""
        if not self._before:
            return []
        exam, several = self._before[0], len(self._before) > 1
        left, total = shown(exam.left_ms(exam.used_ms)), len(exam.paper.questions)
        title = f"{len(self._before)} exams are not handed in yet; the last one:" if several else "Not handed in yet"
        is_beside = not self._wish.resume
        lines = [Content()] if is_beside else []
        lines += [Content.styled(title, "$warning bold")] if is_beside or several else []
        lines += [Content.styled(one_line(exam.title), "bold"), Content(circumstances(exam))]
        stands = "; the clock stands still" if exam.is_left else ""
        lines.append(Content(f"{len(exam.attempts)} of {total} answered, {left} left{stands}"))
        if not exam.is_left:
            lines.append(Content.styled(examining.OPEN, "$warning"))
        does = " lists them, to go on with one" if several else " goes on with it"
        gives_key = self.app.key_name("exam-start.give-up", "x")
        gives_up = (f"      {gives_key}", "$accent bold"), f" gives {'one' if several else 'it'} up for good"
        resumes = ("exam-start.resume", "r") if is_beside else ("exam-start.go-on", "enter")
        return [*lines, Content.assemble((self.app.key_name(*resumes), "$accent bold"), does, *gives_up)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There may be nothing to resume, or nothing new to begin."""
        if action == "begin":
            return self._paper is not None
        if action == "go_on":
            return self._wish.resume
        return bool(self._before) if action in ("resume", "give_up") else True

    def action_begin(self) -> None:
        """Begin; what demos still compute is waited for once."""
        if self._computing is not None and (self._pressed or not self._computing.waiting):
            self._begin(self._computing)
        else:
            self._pressed = True
            self._look()

    def action_go_on(self) -> None:
        """Go on with the one that was wanted."""
        self.action_resume()

    def _begin(self, computing: Computing) -> None:
        """Set the paper as it stands now."""
        self._pressed = False
        try:
            wish = replace(self._wish, sure=self._wish.sure or self.app.asks_confidence)
            exam = examining.begin(self.app.desk, computing.at_once(), wish, self.app.now())
        except StudytoolError as error:
            self.app.warn(f"{error} The exam has not begun.")
            return
        self._sit(exam, computing.told)

    def action_resume(self) -> None:
        """Go on with the exam that was not handed in; of several, with the one that is chosen."""
        if len(self._before) == 1:
            self._resume(0)
        elif self._before:
            self._choose("Go on with", self._resume)

    def action_give_up(self) -> None:
        """Have one chosen, also where there is no other, and give it up."""
        if self._before:
            self._choose("Give up for good, without a result", self._give_up)

    def _choose(self, title: str, take: Callable[[int | None], None]) -> None:
        from studytool.app.screens.choose import ChooseScreen

        names = [
            f"{begun(exam)} · {examining.standing(exam)} · "
            f"{len(exam.attempts)} of {len(exam.paper.questions)} answered · {exam.title}"
            for exam in self._before
        ]
        self.app.push_screen(ChooseScreen(title, names), take)

    def _give_up(self, number: int | None) -> None:
        if number is None:
            return
        told = examining.told(self._before[number])
        try:
            self._before[number].give_up(self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        del self._before[number]
        self.app.warn(f"Given up: {told}.")
        if self._wish.resume and not self._before:
            self.app.leave()
            return
        self._look()
        self.refresh_bindings()

    def _resume(self, number: int | None) -> None:
        if number is None:
            return
        exam = self._before[number]
        try:
            examining.resume(exam, self._wish, self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        self._sit(exam)

    def _sit(self, exam: Exam, told: Sequence[str] = ()) -> None:
        from studytool.app.screens.exam import ExamScreen

        path, lost = examining.report_path(exam, self._wish)
        self.app.switch_screen(ExamScreen(exam, path))
        if said := "\n".join(filter(None, [*told, lost])):
            self.app.warn(said)

    def action_by(self, lines: int) -> None:
        """Scroll what a low window has no room for."""
        self.query_one("#exam-start").scroll_relative(y=lines, animate=False)

    def action_leave(self) -> None:
        """Home."""
        self.app.leave()
