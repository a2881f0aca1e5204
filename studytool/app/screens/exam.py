"""An exam: question after question against the clock, nothing marked before it is handed in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.widgets import Static

from studytool.app.screens.asking import source
from studytool.app.screens.exam_keys import KEYS
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.app.screens.exam_window import InOneWindow
from studytool.app.widgets.answer import AnswerField
from studytool.app.widgets.answers import field_for
from studytool.app.widgets.progress import Progress
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.quiz.answer_text import said
from studytool.quiz.exam import Elsewhere, Over
from studytool.quiz.report import clock as shown

if TYPE_CHECKING:
    from textual.binding import BindingType

    from studytool.quiz import Asked
    from studytool.quiz.exam import Exam
    from studytool.quiz.exam_log import Ending
    from studytool.quiz.model import Confidence

_HURRY_MS = 120_000
"""From so little time on the clock says that one should hurry."""
_AGAIN = 5.0
"""Seconds from one try to the next to hand in an exam whose time is up, where that fails."""


class ExamScreen(InOneWindow):
    """The questions of an exam in any order, each in the widget that answers it."""

    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, exam: Exam, report: Path | None = None) -> None:
        super().__init__(exam)
        self._report = report
        self._tries: list[float] = []  # when it was tried to hand it in because the time is up
        self._silent = False  # whether what fails has been said already
        self._has_ended = False  # with the program

    @property
    def asked(self) -> Asked:
        """The question on the screen."""
        return self.exam.paper.questions[self._number]

    async def on_mount(self) -> None:
        """Ask the first open question, and follow the clock."""
        self.set_interval(0.5, self._tick)
        await self._ask(self._number)

    async def _ask(self, number: int) -> None:
        """Show a question, with the answer that it has so far."""
        self.put_aside()
        self._number, field = number, field_for(self.exam.paper.questions[number], exam=True)
        if not await self.put(field, self.asked.prompt):
            return
        self.put_back(field)
        self._draw()
        self.refresh_bindings()

    def _draw(self) -> None:
        """All that says how things stand."""
        exam, number = self.exam, self._number
        self.known = self.responses()
        flag = ("   ⚑ flagged", "$warning bold") if number in exam.flags else ""
        self.query_one("#context", Static).update(Content.assemble(source(self.asked), flag))
        self.query_one(Progress).show(len(exam.attempts), len(exam.paper.questions))
        known = exam.attempts.get(number)
        how = self._field.how if self._field else ""
        if known:
            back = f"   {self.app.key_name('exam.take-back', 'ctrl+r')} takes it back"
            room = max(self.size.width - 4 - len(back), 20)
            how = Content(f"your answer so far: {said(known)}").truncate(room, ellipsis=True).plain + back
        self.query_one("#why", Static).update(Content.styled(how, "$foreground-muted"))
        self.draw_top()

    def draw_top(self) -> None:
        """Which question it is, and how much time is left."""
        exam, number, total = self.exam, self._number, len(self.exam.paper.questions)
        left = exam.left_ms(self.stopwatch.used_ms)
        hurry = "hurry: " if left < min(_HURRY_MS, exam.total_ms / 4) else ""
        clock = [f"{hurry}{shown(left)} left"] if left else ["time is up, not handed in yet", "time is up"]
        stands = [self.where] if self.where else clock
        is_slim = self.has_class("-slim")
        if (is_slim or self.has_class("-bare")) and self._field and self._field.takes_enter:
            gives = self._field.gives  # the foot may have no room for it
            stands = [f"{gives} answers · {stands[0]}", f"{gives} · {stands[-1]}", *stands]
        if is_slim:
            signs = f"{' ●' * (number in exam.attempts)}{' ⚑' * (number in exam.flags)}"
            self.query_one(TopBar).show([f"{number + 1}/{total}{signs}", f"{number + 1}/{total}"], stands)
        else:
            which = [f"Exam · question {number + 1} of {total}", f"{number + 1}/{total}"]
            self.query_one(TopBar).show(which, [f"{len(exam.attempts)} answered · {stands[0]}", *stands])

    async def _tick(self) -> None:
        """Hand it in when the time is up, whatever is on top; where that fails, now and then again."""
        if self.exam.ended:
            return
        self.listen()
        self.draw_top()
        if self.exam.is_elsewhere or self.goes_on:
            return
        if self.exam.left_ms(self.stopwatch.used_ms) or (self._tries and monotonic() < self._tries[-1] + _AGAIN):
            return
        self._tries.append(monotonic())
        if len(self._tries) == 1:
            await self._come_up()
        self._silent = len(self._tries) > 1
        if super()._keep():
            await self.hand_in("time was up")
        self._silent = False

    async def _come_up(self) -> None:
        """Close what is on top of this screen."""
        while self.app.screen is not self and self in self.app.screen_stack:
            await self.app.pop_screen()
        if self._given and self._field:  # nobody is asked any more how sure the learner is of it
            self._field.put(self._given.response)
        self._given = None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are written enter is one of them; before the first question there is none."""
        if action == "go_on":
            return not (self._field is not None and self._field.takes_enter)
        if action == "take_back":
            return self._number in self.exam.attempts
        if action == "step":
            return 0 <= self._number + int(str(parameters[0])) < len(self.exam.paper.questions)
        return True

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a key does nothing at this question."""
        if action == "step":
            lists = f"{self.app.key_name('exam.questions', 'esc')} lists all."
            return f"This is the {'first' if int(str(parameters[0])) < 0 else 'last'} question: {lists}"
        return "There is no answer to take back here yet." if action == "take_back" else ""

    # -- what the keys do -----------------------------------------------------------------------

    def action_go_on(self) -> None:
        """Answer."""
        if self._field is not None and not self.is_late:
            self._field.give()

    def on_answer_field_given(self, message: AnswerField.Given) -> None:
        """Ask how sure the learner is, where that is wanted; then take the answer."""
        message.stop()
        if self.exam.ended:
            return  # its result comes
        if self._field is None or not self.is_active or message.asked is not self.asked:
            return  # a key that was pressed twice meant the question that was there before
        from studytool.quiz.calibration import asks_how_sure

        if self.exam.sure and asks_how_sure(self.asked):
            from studytool.app.screens.sure import SureScreen

            self._given = message
            self.app.push_screen(SureScreen(), partial(self._answered, message))
        else:
            self.call_later(self._answered, message, "")

    async def _answered(self, given: AnswerField.Given, sure: Confidence | None) -> None:
        self._given = None
        if not self.exam.ended and given.asked is self.asked and sure is not None and self._take(given.response, sure):
            await self._go_on()

    async def _go_on(self) -> None:
        """To the next open question; where none is left, to the list."""
        if is_open := self.exam.open:
            await self._ask(next((number for number in is_open if number > self._number), is_open[0]))
        else:
            self._draw()
            self.action_questions()

    def _keep(self) -> bool:
        """As everywhere; and say where an answer of the other window stays."""
        kept = super()._keep()
        if kept and not self.goes_on and self._number in self.drafts:
            number, there = self._number + 1, self._answered_there(self._number)
            key = self._field.gives if self._field else ""
            self.app.warn(
                f"In the other window question {number} is {there} by now. Yours is kept: {key} there, twice, takes it."
            )
        return kept

    def _failed(self, error: StudytoolError, told: str = "") -> None:
        """Say what could not be written, once where it is tried again; the result of what was handed in elsewhere."""
        if self.exam.ended:
            result = "" if self.exam.ended == "given up" else "This is its result."
            self.call_later(self._show_result, f"{error} {result}".rstrip(), "came too late")
        elif isinstance(error, Elsewhere):
            self.give_over()
            self.app.warn(self.told_where(str(error)))
        elif not self._silent:
            late = "The time is up, and it is tried again every few seconds to hand the exam in." if self._tries else ""
            self.app.warn_not_saved(" ".join(part for part in (str(error), told, late) if part))

    async def action_step(self, by: int) -> None:
        """The question before or after."""
        if self._keep():
            await self._ask(self._number + by)

    async def action_take_back(self) -> None:
        """Open the question again."""
        if self._take(None):
            await self._ask(self._number)

    def action_flag(self) -> None:
        """Flag the question, or take its flag away."""
        self.flag(self._number)
        self._draw()

    def flag(self, number: int) -> None:
        """Flag any question, or take its flag away; a sentence where that cannot be written."""
        try:
            is_back = self.goes_on
            self.sit()
            if is_back:
                self.write_drafts()
            self.exam.flag(number, self.app.now(), self.stopwatch.used_ms)
        except StudytoolError as error:
            self._failed(error)

    def action_questions(self) -> None:
        """The list of questions."""
        if self._keep() or self._tries:
            self.app.push_screen(QuestionsScreen(self, self._number), self._chosen)

    async def _chosen(self, chosen: int | str | None) -> None:
        """What was chosen in the list: a question, to hand in, to leave."""
        if self.exam.ended:
            return
        if isinstance(chosen, int):
            await self._ask(chosen)
        elif chosen == "hand in":
            await self.hand_in("handed in")
        elif chosen == "leave":
            self._leave()
        else:
            await self._ask(self._number)

    async def hand_in(self, why: Ending) -> None:
        """End it, and show the result."""
        try:
            self.write_drafts()
            self.exam.hand_in(why, self.app.now(), self.stopwatch.used_ms)
        except StudytoolError as error:
            self._failed(error)
            return
        await self._show_result(
            "The time is up: the exam was handed in." if why == "time was up" else "", "is not taken"
        )

    async def _show_result(self, told: str, how: str) -> None:
        """Instead of the questions and of whatever is on top of them; `how` says what became of what is left here."""
        from studytool.app.screens.exam_result import ExamResultScreen

        if self not in self.app.screen_stack:
            return
        await self._come_up()
        told = f"{told} {self.part(how)}".strip()
        if self.exam.ended == "given up":
            self.app.leave()
        else:
            self.app.switch_screen(ExamResultScreen(self.exam, self._report))
        if told:
            self.app.warn(told)  # on the screen that comes

    def _leave(self) -> None:
        key = self.app.key_name("home.sit", "e")
        told = f"The clock stands still: {key} at home, or `studytool exam --resume`, goes on."
        try:
            self.exam.leave(self.app.now(), self.stopwatch.used_ms)
        except Over as error:
            self._failed(error)
            return
        except Elsewhere:
            self.give_over()
            told = told if self.exam.is_left else "The exam goes on in the other window."
        except StudytoolError as error:
            told = f"{error} `studytool exam --resume` goes on with what was saved."
        told = f"{told} {self.part('is not saved')}".rstrip()
        self.app.leave()
        self.app.warn(told)  # on the screen that comes

    def end(self) -> bool:
        """Save what stands in the fields, and stop the clock, before the program ends; False where more is to be seen.

        That is the result of one that has ended meanwhile, or once what cannot be saved.
        """
        if not self.exam.ended and not (self.may_go("quit") and self._stop()):
            return False
        self.part("is not saved")
        self._has_ended = True
        return True

    def break_off(self) -> None:
        """The same where nobody is there any more to see it."""
        if not self._has_ended and not self.exam.ended:
            self._keep()
            self._stop()

    def _stop(self) -> bool:
        """Stop the clock before the program ends; False where it has ended meanwhile."""
        try:
            self.exam.leave(self.app.now(), self.stopwatch.used_ms)
        except Over as error:
            self._failed(error)
            return False
        except Elsewhere:
            self.give_over()
        except StudytoolError:
            pass  # the answers are in the log; the clock goes back to the last of them
        return True
