"""The questions of an exam as a list: which are answered and flagged, jump to one, hand in, or leave."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from studytool.app.room import make_room
from studytool.app.screens.in_turn import Ordered
from studytool.app.screens.window import Closing
from studytool.app.widgets.card_text import headline
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.rows import Rows
from studytool.app.widgets.topbar import TopBar
from studytool.quiz.report import clock as shown
from studytool.text import counted

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.app.screens.exam import ExamScreen


class QuestionsScreen(Ordered["int | str | None"], Closing["int | str | None"]):
    """The result is the number of a question from 0, `hand in`, `leave`, or None to go back."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "jump",
            "Go to",
            priority=True,
            tooltip="Go to the question under the cursor",
            id="exam-questions.go-to",
        ),
        Binding(
            "f",
            "flag",
            "Flag",
            tooltip="Flag the question under the cursor, or take the flag away",
            id="exam-questions.flag",
        ),
        Binding("h", "hand_in", "Hand in", tooltip="End the exam, and see the marks", id="exam-questions.hand-in"),
        Binding(
            "q",
            "leave",
            "Leave",
            tooltip="Leave; the clock stands still until the exam is resumed",
            id="exam-questions.leave",
        ),
        Binding("escape", "back", "Back", priority=True, tooltip="Back to the question", id="exam-questions.back"),
        *(
            Binding(
                str(digit),
                f"digit({digit})",
                "To the question of this number",
                show=False,
                id=f"exam-questions.digit-{digit}",
            )
            for digit in range(10)
        ),
        Binding("backspace", "digit_back", "Without the last digit", show=False, id="exam-questions.digit-back"),
    ]

    def __init__(self, sat: ExamScreen, number: int) -> None:
        super().__init__()
        self._sat, self._exam = sat, sat.exam
        self._number = number
        self._typed = 0

    def compose(self) -> ComposeResult:
        """How things stand, the list, the keys."""
        make_room(self)
        yield TopBar()
        yield Static(id="headline")
        yield Rows(id="results", least=12)
        yield KeyBar()

    def on_mount(self) -> None:
        """Fill the list with the cursor where one was, and follow the clock."""
        self.draw()
        self.query_one(Rows).highlighted = self._number
        self.query_one(Rows).focus()
        self.set_interval(0.5, self._draw_clock)

    def on_resize(self) -> None:
        """The rows are as wide as the list."""
        make_room(self)
        self.call_after_refresh(self._redraw)

    def _redraw(self) -> None:
        if self.is_current:
            self.draw()

    def draw(self) -> None:
        """The list, as the exam is now."""
        exam, total = self._exam, len(self._exam.paper.questions)
        style = "$accent bold" if exam.open else "$success bold"
        parts = [(f"{len(exam.attempts)} of {total} answered", style)]
        if exam.flags:
            parts.append((f", {len(exam.flags)} flagged", "$warning"))
        parts.append(("   ● answered  ◐ in part  ○ not yet  ⚑ flagged", "$foreground-muted"))
        self.query_one("#headline", Static).update(Content.assemble(*parts))
        rows = self.query_one(Rows)
        at = rows.highlighted
        rows.fill([self._row(number, rows.row_width) for number in range(total)])
        rows.highlighted = self._number if at is None else at
        self._draw_clock()

    def _row(self, number: int, width: int) -> Content:
        exam = self._exam
        sign, style = ("●", "$success") if number in exam.attempts else ("○", "$foreground-muted")
        if exam.is_in_part(number):
            sign, style = "◐", "$warning"
        flag = ("⚑", "$warning bold") if number in exam.flags else (" ", "")
        told, gap = (f"{number + 1} ", " ") if self.has_class("-slim") else (f"{number + 1:>3}  ", "  ")
        room = max(width - len(told) - 3 - len(gap), 8)
        prompt = headline(exam.paper.questions[number].prompt).truncate(room, ellipsis=True)
        return Content.assemble((told, "$accent bold"), (sign, style), " ", flag, gap, prompt)

    def _draw_clock(self) -> None:
        left = f"{shown(self._exam.left_ms(self._sat.stopwatch.used_ms))} left"
        how = self._sat.where or left
        if self.has_class("-slim"):
            self.query_one(TopBar).show(f"{len(self._exam.attempts)}/{len(self._exam.paper.questions)}", how)
        else:
            self.query_one(TopBar).show("Exam · questions", f"a number jumps to its question · {how}")

    def action_digit(self, digit: int) -> None:
        """A digit of a number: the cursor goes to that question. It begins another one where the cursor was moved."""
        total, before = len(self._exam.paper.questions), self._typed if self._is_typed else 0
        number = next((one for one in (before * 10 + digit, digit) if 1 <= one <= total), 0)
        self._go_to(number)
        if not number:
            self.app.refuse(f"The numbers are 1 to {total}.")

    def action_digit_back(self) -> None:
        """Take its last digit away."""
        if self._is_typed:
            self._go_to(self._typed // 10)

    @property
    def _is_typed(self) -> bool:
        """Whether the cursor stands where the digits led it."""
        return self._typed > 0 and self.query_one(Rows).highlighted == self._typed - 1

    def _go_to(self, number: int) -> None:
        self._typed = number
        if number:
            self.query_one(Rows).highlighted = number - 1

    def on_option_list_option_selected(self) -> None:
        """A click goes there, too."""
        self.action_jump()

    def action_jump(self) -> None:
        """To the question under the cursor."""
        self.dismiss(self.query_one(Rows).highlighted)

    def action_flag(self) -> None:
        """Flag it, or take the flag away."""
        self._typed = 0  # the next digit begins another number
        if (number := self.query_one(Rows).highlighted) is not None:
            self._sat.flag(number)
            self.draw()

    def action_hand_in(self) -> None:
        """End the exam; where questions are open, or were answered in another window, only the second time."""
        asked = self.app.asked()  # before anything else is said in its place
        theirs = self._sat.told_of_theirs()
        if theirs is None:
            return
        if not theirs and (asked is self or not self._exam.open):
            self.dismiss("hand in")
            return
        left = f"{counted(len(self._exam.open), 'question')} without an answer" if self._exam.open else "All answered"
        key = self.app.key_name("exam-questions.hand-in", "h")
        self.app.ask(self, f"{theirs} {left}: {key} again hands in all the same.".lstrip(), self)

    def action_leave(self) -> None:
        """Leave it to be resumed; where something is not saved, only the second time."""
        if self._sat.may_go("leave"):
            self.dismiss("leave")

    def action_back(self) -> None:
        """Back to the question that was there."""
        self.dismiss(None)
