"""An exam is sat in one window at a time: what another one does with it is heard, and shown before it is marked."""

from __future__ import annotations

from abc import abstractmethod
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from studytool.app.screens.asking import AskingScreen
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.errors import StudytoolError
from studytool.examining import Watch
from studytool.quiz.answer_text import said
from studytool.quiz.exam import Elsewhere, Over
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.app.widgets.answer import AnswerField
    from studytool.quiz.exam import Exam

    Response = str | Sequence[int]

_LISTEN = 3.0
"""Seconds between two looks whether another window sits at the exam."""


class InOneWindow(AskingScreen):
    """A screen with an exam that another window may take, and that is taken back by going on with it."""

    def __init__(self, exam: Exam) -> None:
        super().__init__()
        self.exam = exam
        self.stopwatch = Watch(exam.used_ms)
        self.goes_on = False  # whether it was said that it goes on in another window
        self.known: dict[int, Response] = {}  # the answers as they were drawn last
        self.drafts: dict[int, Response] = {}  # what was left in a field while it goes on there, by question
        self._mine: dict[int, Response] = {}  # the answers that were known when it went on there
        self._theirs: list[int] = []  # the numbers of what was answered otherwise there, until that is told
        self._left: list[int] = []  # the same of those that were left in a field here, too
        self._heard = monotonic()  # when it was listened last
        self._number = exam.open[0] if exam.open else 0
        self._given: AnswerField.Given | None = None  # an answer while it is asked how sure the learner is of it
        self._stood: Response | None = None  # the answer that stood in the field when it was asked
        self._put_in: Response | None = None  # the answer of the log that was put there

    @property
    def used_ms(self) -> int:
        """Milliseconds of the exam so far, in whichever window."""
        return self.stopwatch.used_ms + self.exam.added_ms

    @abstractmethod
    async def _ask(self, number: int) -> None:
        """Show a question, with the answer that it has so far."""

    @abstractmethod
    def _draw(self) -> None:
        """All that says how things stand."""

    @abstractmethod
    def _failed(self, error: StudytoolError, told: str = "") -> None:
        """Say what could not be written, or where the exam goes on; show the result of one that has ended."""

    def listen(self) -> None:
        """Now and then, whatever is on top: another window may have resumed it, answered in it or handed it in."""
        if monotonic() - self._heard < _LISTEN:
            return
        self._heard = monotonic()
        with suppress(StudytoolError):  # told as soon as an answer is to be written
            self.exam.hear()
        if self.exam.ended:
            self._failed(Over(self.exam.ended))
        elif self.exam.is_elsewhere and not self.goes_on:
            self._failed(Elsewhere())
        self._draw_heard()

    def _draw_heard(self) -> None:
        """Show the answers of the log where they are others than on the screen; what stands in the field stays."""
        now = self.responses()
        if now != self.known:
            self._draw()
            for screen in self.app.screen_stack:
                if isinstance(screen, QuestionsScreen):
                    screen.draw()
        if self.is_active and self._field and self.is_untouched and now.get(self._number) != self._put_in:
            self.call_later(self._ask, self._number)

    def responses(self) -> dict[int, Response]:
        """The answers of the log as it was heard last, by the numbers of their questions."""
        return {number: attempt.response for number, attempt in self.exam.attempts.items()}

    @property
    def is_untouched(self) -> bool:
        """Whether the field holds nothing but what was put there."""
        return self._given is None and (self._field is None or self._field.begun() == self._stood)

    def keep_draft(self) -> None:
        """Keep what stands in the field, where it cannot be saved, until the question is there again."""
        if self.goes_on and not self.is_untouched and self._field and (stands := self._field.begun()):
            self.drafts[self._number] = stands

    def give_over(self) -> None:
        """It goes on in another window: nothing is written here from now on but what was used until then."""
        self.goes_on, self._mine = True, self.known
        with suppress(StudytoolError):  # else what was used here since the last answer is given back
            self.exam.give_over(self.app.now(), self.used_ms)

    def go_on_here(self) -> None:
        """Sit at it here again, with the answers and the clock of the window that had resumed it.

        What was left in the fields here is taken, but where the question was answered there.
        """
        self.exam.resume(self.app.now())
        self.stopwatch, self.goes_on = Watch(self.exam.used_ms), False
        now = self.responses()
        self._theirs = sorted(one for one in self._mine.keys() | now.keys() if self._mine.get(one) != now.get(one))
        self._left = [number for number in sorted(self.drafts) if number in self._theirs]
        while self.drafts:
            number, draft = self.drafts.popitem()
            if number not in self._theirs:
                self.exam.answer(number, draft, self.app.now(), self.used_ms)

    def is_answered_there(self, response: Response | None) -> bool:
        """Go on here with an answer; True, with a sentence, where the question was answered otherwise meanwhile."""
        before = self.known.get(self._number)
        self.go_on_here()
        given = response if response is None or isinstance(response, str) else tuple(response)
        if self.responses().get(self._number) in (before, given):
            return False
        there = self.exam.attempts.get(self._number)
        how = f"“{one_line(said(there), 60)}”" if there else "without an answer"
        key = self.app.key_name("exam.answer", "enter")
        self.app.warn(f"In the other window this question is {how} by now. {key} once more takes yours instead.")
        self._draw_heard()
        return True

    def told_of_theirs(self) -> str:
        """What was answered in another window, once, before it is handed in; it goes on here where it went on there."""
        if self.goes_on:
            self.keep_draft()
            try:
                self.go_on_here()
            except StudytoolError as error:
                self._failed(error)
                return str(error)
            self._draw_heard()
        theirs, left = self._theirs, self._left
        self._theirs, self._left = [], []
        told = (
            [f"In the other window you answered {counted(len(theirs), 'question')}: {_numbers(theirs)}."]
            if theirs
            else []
        )
        return " ".join([*told, f"What was left here at {_numbers(left)} is not taken."] if left else told)

    def late(self) -> str:
        """A sentence about what stands in the field when the exam has ended elsewhere; empty where nothing does."""
        self.goes_on = True
        self.keep_draft()
        words = [f"“{one_line(one, 60)}” " if isinstance(one, str) else "" for one in self.drafts.values()]
        numbers = ", ".join(f"{word}at question {number + 1}" for word, number in zip(words, self.drafts, strict=True))
        return f"What you left here came too late: {numbers}." if numbers else ""


def _numbers(numbers: Sequence[int]) -> str:
    return ", ".join(str(number + 1) for number in numbers)
