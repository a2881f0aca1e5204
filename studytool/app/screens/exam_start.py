"""Before an exam: what it is, how it goes, and the one that was not handed in. The clock does not run yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool import examining
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.quiz.exam import MINUTES, Exam, last, unfinished
from studytool.quiz.report import circumstances
from studytool.quiz.report import clock as shown
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.examining import Wish
    from studytool.quiz import Paper

_RULES = (
    ("enter", "answers, and goes on to the next question"),
    ("ctrl+n  ctrl+b", "go on without an answer, and back"),
    ("ctrl+f", "flags a question to come back to"),
    ("escape", "lists the questions: jump by number, hand in, or leave"),
)


class ExamStartScreen(Screen[None]):
    """A new exam that waits to be begun, or one that waits to be resumed.

    Raises `StudytoolError` when it is made where there is nothing to ask, or nothing to resume.
    """

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "Begin", tooltip="Begin: the clock runs from now on", id="exam-start.begin"),
        Binding("r", "resume", "Resume", tooltip="Go on with the exam that was not handed in", id="exam-start.resume"),
        Binding("escape,q", "leave", "Home", key_display="esc", id="exam-start.home"),
    ]

    def __init__(self, wish: Wish) -> None:
        super().__init__()
        desk = self.app.desk
        at = examining.table_of(desk)
        self._wish = wish
        self._paper: Paper | None = None
        self._before: Exam | None = last(at) if wish.resume else unfinished(at)
        if not wish.resume:
            self._paper = examining.set_paper(desk.library, wish)

    def compose(self) -> ComposeResult:
        """What it is, how it goes, what waits."""
        yield TopBar("Exam", "" if self._paper is None else f"seed {self._paper.seed}")
        with VerticalScroll(id="exam-start", can_focus=False):
            yield Static(Content("\n").join([*self._new(), *self._waiting()]), id="exam-told")
        yield KeyBar()

    def _new(self) -> list[Content]:
        """What the new paper is, and how it goes; nothing where the other is to be resumed."""
        if self._paper is None:
            return []
        title = ", ".join(self._wish.topics) if self._wish.topics else self.app.desk.request.title
        minutes = self._wish.minutes or MINUTES
        total = counted(len(self._paper.questions), "question")
        lines = [
            Content.styled(one_line(title), "bold"),
            Content.styled(f"{total} in {minutes:g} minute{'s' * (minutes != 1)}", "$accent bold"),
        ]
        if few := examining.fewer(self._paper, self._wish.count):
            lines.append(Content.styled(few, "$warning"))
        lines += [
            Content(),
            Content("Nothing is marked before the end. Until then every answer can be changed."),
            Content(),
        ]
        width = max(len(keys) for keys, _ in _RULES)
        lines += [Content.assemble((f"{keys:>{width}}", "$accent bold"), f"  {told}") for keys, told in _RULES]
        return [*lines, Content(), Content.assemble(("enter", "$accent bold"), " begins; the clock runs from then on")]

    def _waiting(self) -> list[Content]:
        """The exam that was not handed in."""
        exam = self._before
        if exam is None:
            return []
        left, total = shown(exam.left_ms(exam.used_ms)), len(exam.paper.questions)
        lines = [Content(), Content(), Content.styled("Not handed in yet", "$warning bold")] if self._paper else []
        lines += [Content.styled(one_line(exam.title), "bold"), Content(circumstances(exam))]
        lines.append(Content(f"{len(exam.attempts)} of {total} answered, {left} left; the clock stands still"))
        return [*lines, Content.assemble(("r" if self._paper else "enter", "$accent bold"), " goes on with it")]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There may be nothing to resume."""
        return self._before is not None if action == "resume" else True

    def action_begin(self) -> None:
        """Set the paper, or go on with the one that was wanted."""
        if self._paper is None:
            self.action_resume()
            return
        try:
            exam = examining.begin(self.app.desk, self._paper, self._wish, self.app.now())
        except StudytoolError as error:
            self.app.warn(f"{error} The exam has not begun.")
            return
        self._sit(exam)

    def action_resume(self) -> None:
        """Go on with the exam that was not handed in."""
        if self._before is None:
            return
        try:
            self._before.resume(self.app.now())
        except StudytoolError as error:
            self.app.warn(str(error))
            return
        self._sit(self._before)

    def _sit(self, exam: Exam) -> None:
        from studytool.app.screens.exam import ExamScreen

        self.app.switch_screen(ExamScreen(exam, self._wish.report))

    def action_leave(self) -> None:
        """Home."""
        self.app.leave()
