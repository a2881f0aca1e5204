"""An exam is sat in one window at a time: what another one does with it is heard, and shown before it is marked.

The log alone says how a window stands to the exam; `goes_on` is whether the learner was told of it:

| state | in the log | here |
|---|---|---|
| sits | resumed here last | the clock runs, answers are written |
| lost | resumed in another window since | the clock stands; what was used here until then is written, once |
| left | and left there | the same, but nobody sits at it, and its clock stands still |
| over | ended, here or there | nothing is written; its result comes |

Into lost, left and over a window comes by what it hears: every few seconds, and before it writes. Out of lost and left
it comes by `sit`, which resumes the exam: to answer, take back, flag or hand in. To go to another question, to open the
list or to leave does not resume it.

No character that is written is lost: it is in the log, in the field, in a draft, or printed when the program ends. So

- a field gives way to another one in `_ask` alone, which puts aside what the log has not got;
- a draft goes when the log has it (`_write`), when its field is there again, and is edited there, and when the screen
  goes, which prints it (`part`);
- a draft knows which answer it comes instead of. Where the log has another one by now, the learner was not asked: that
  answer stays, and the draft, until the learner has been told of both and answers once more (`_is_refused`). What is
  left then is named before the exam is handed in, and when it has ended;
- to leave or quit with a draft takes two keys: the second one holds for just what the first one named, as long as that
  can be read, and no other key comes between.
"""

from __future__ import annotations

from abc import abstractmethod
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from studytool.app.screens.asking import AskingScreen
from studytool.app.screens.exam_questions import QuestionsScreen
from studytool.errors import StudytoolError
from studytool.examining import Watch
from studytool.quiz.answer_text import said, whole
from studytool.quiz.exam import Elsewhere, Over
from studytool.quiz.marking import mark
from studytool.quiz.model import Attempt
from studytool.text import counted, in_a_line, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.app.widgets.answer import AnswerField
    from studytool.quiz.exam import Exam
    from studytool.quiz.model import Confidence

    Response = str | tuple[int, ...]

_LISTEN = 3.0
"""Seconds between two looks whether another window sits at the exam."""
_LEFT = "The exam was resumed in another window, and left there: its clock stands still."
_SHOWN = 60
"""Characters of a draft that a sentence shows."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was left in a field and is not in the log; None where the answer that stood there was taken away."""

    response: Response | None
    instead_of: Response | None
    """The answer that the log had when the field was shown; None for none."""


class InOneWindow(AskingScreen):
    """A screen with an exam that another window may take, and that is taken back by going on with it."""

    def __init__(self, exam: Exam) -> None:
        super().__init__()
        self.exam = exam
        self.stopwatch = Watch(exam)
        self.goes_on = False  # whether it was told that it goes on in another window
        self.known = self.responses()  # the answers as they were drawn last
        self.drafts: dict[int, Draft] = {}  # by question
        self._agreed = self.responses()  # the answers that were given here, or named since
        self._named: dict[int, Draft] = {}  # the drafts that were named before it is handed in
        self._refused: tuple[int, Response | None] | None = None  # the question and the answer there that was told
        self._heard = monotonic()  # when it was listened last
        self._number = exam.open[0] if exam.open else 0
        self._given: AnswerField.Given | None = None  # an answer while it is asked how sure the learner is of it
        self._stood: object = None  # what stood in the field when the question was asked
        self._instead_of: Response | None = None  # the answer that the log had then

    @abstractmethod
    async def _ask(self, number: int) -> None:
        """Show a question, with the answer that it has so far."""

    @abstractmethod
    def _draw(self) -> None:
        """All that says how things stand."""

    @abstractmethod
    def _failed(self, error: StudytoolError, told: str = "") -> None:
        """Say what could not be written, or where the exam goes on; show the result of one that has ended."""

    # -- how this window stands to the exam -----------------------------------------------------

    @property
    def where(self) -> str:
        """Where it is, in the line on top; empty where it is sat at here."""
        if self.exam.ended:
            return "has ended"
        if not self.exam.is_elsewhere:
            return ""
        return "left in the other window" if self.exam.is_left else "goes on in another window"

    def responses(self) -> dict[int, Response]:
        """The answers of the log as it was heard last, by the numbers of their questions."""
        return {number: attempt.response for number, attempt in self.exam.attempts.items()}

    def listen(self) -> None:
        """Now and then, whatever is on top: another window may have resumed it, answered in it, left or ended it."""
        if monotonic() - self._heard < _LISTEN:
            return
        self._heard, was_left = monotonic(), self.exam.is_left
        with suppress(StudytoolError):  # told as soon as an answer is to be written
            self.exam.hear()
        if self.exam.ended:
            self._failed(Over(self.exam.ended))
        elif self.exam.is_elsewhere and not self.goes_on:
            self._failed(Elsewhere())
        elif self.exam.is_elsewhere and self.exam.is_left and not was_left:
            self.app.warn(self.told_where(_LEFT))
        self._draw_heard()

    def told_where(self, sentence: str) -> str:
        """A sentence that it is not sat at here, with what sits at it here again."""
        how = _LEFT if self.exam.is_left else sentence
        return f"{how} To answer, flag or hand in once more goes on here, with the answers given there."

    def give_over(self) -> None:
        """It goes on in another window: nothing is written here from now on but what was used until then."""
        if not self.goes_on:
            self.goes_on = True
            with suppress(StudytoolError):  # else what was used here since the last answer is given back
                self.exam.give_over(self.app.now(), self.stopwatch.used_ms)

    def sit(self) -> None:
        """Sit at it here; where it was told to go on in another window, with the answers and the clock of that.

        Raises `Over` where it has ended, `Elsewhere` where another window has it and that is still to be told.
        """
        if self.goes_on:
            self.exam.resume(self.app.now())
            self.stopwatch, self.goes_on = Watch(self.exam), False
        elif self.exam.hear():
            raise Over(self.exam.ended) if self.exam.ended else Elsewhere

    def _draw_heard(self) -> None:
        """Show the answers of the log where they are others than on the screen; what stands in the field stays."""
        if self.responses() != self.known:
            self._draw()
            for screen in self.app.screen_stack:
                if isinstance(screen, QuestionsScreen):
                    screen.draw()
        self.call_later(self._ask_anew)

    async def _ask_anew(self) -> None:
        now = self.responses().get(self._number)
        if self.is_active and self._field and self.is_untouched and now != self._instead_of:
            await self._ask(self._number)

    # -- what stands in the fields --------------------------------------------------------------

    @property
    def is_untouched(self) -> bool:
        """Whether the field holds nothing but what was put there."""
        return self._given is None and (self._field is None or self._field.begun() == self._stood)

    def put_aside(self) -> None:
        """What stands in the field and is not in the log is a draft."""
        if self._field is None:
            return
        if self.is_untouched:
            self.drafts.pop(self._number, None)
            return
        stands = self._given.response if self._given else self._field.begun()
        self.drafts[self._number] = Draft(_held(stands), self._instead_of)

    def put_back(self, field: AnswerField) -> None:
        """Put the answer of the log into a new field, or the draft of its question; from now on it is that draft."""
        number = self._number
        draft, answer = self.drafts.pop(number, None), self.responses().get(number)
        self._instead_of, self._refused = draft.instead_of if draft else answer, None
        if answer is not None:
            if draft and draft.response is None:  # it stays empty, which is another thing than the answer
                self._stood = answer
                return
            field.put(answer)
        self._stood = field.begun()
        if draft and draft.response is not None:
            field.put(draft.response)

    def _is_other(self, number: int, draft: Draft) -> bool:
        """Whether the log has another answer than a draft, and than the one that this comes instead of."""
        return self.responses().get(number) not in (draft.instead_of, draft.response)

    def _write(self, number: int, response: Response | None, sure: Confidence = "") -> None:
        """Have the log hold an answer, or none; raises where that fails, and then all is as it was."""
        now, used, is_here = self.app.now(), self.stopwatch.used_ms, number == self._number
        if response is None:
            self.exam.take_back(number, now, used)
        elif not self.exam.holds(number, response, sure):
            took = round((monotonic() - self._field.since) * 1000) if is_here and self._field else 0
            self.exam.answer(number, response, now, used, confidence=sure, took_ms=took)
        self.drafts.pop(number, None)
        answer = self.responses().get(number)
        self._agreed.pop(number, None)
        if answer is not None:
            self._agreed[number] = answer
        if is_here and self._field:
            self._instead_of = answer
            if response is not None or self._field.begun() is None:  # else words that no answer held stay a draft
                self._stood = self._field.begun()
        self.app.saved()

    def write_drafts(self, but: int | None = None) -> None:
        """Write all drafts but that of one question, and those whose question has another answer by now.

        Raises where one cannot be written: it is a draft still, and so are those after it.
        """
        self.put_aside()
        for number, draft in sorted(self.drafts.items()):
            if number != but and not self._is_other(number, draft):
                self._write(number, draft.response)

    def _keep(self) -> bool:
        """Save what was not handed over, as far as that can be; False, with a sentence, where it should not be left.

        In a window that does not sit at the exam, and where another window has answered otherwise, it stays a draft.
        """
        self.put_aside()
        if self.goes_on or not self.drafts:
            return True
        try:
            self.sit()
            self.write_drafts()
        except StudytoolError as error:
            self._failed(error, "The question stays.")
            return False
        return True

    def _take(self, response: str | Sequence[int] | None, sure: Confidence = "") -> bool:
        """Put an answer on disk, or take back the one there was (None); False, with a sentence, where that failed."""
        try:
            is_back = self.goes_on
            self.sit()
            if is_back:
                self.write_drafts(but=self._number)
            if self._is_refused(_held(response)):
                return False
            self._write(self._number, _held(response), sure)
        except StudytoolError as error:
            self._failed(error, "The question stays.")
            return False
        return True

    def _is_refused(self, response: Response | None) -> bool:
        """True, with a sentence, where another window has answered the question otherwise; the same once only."""
        refused = self._number, self.responses().get(self._number)
        if refused == self._refused or not self._is_other(self._number, Draft(response, self._instead_of)):
            return False
        self._refused = refused
        key = self.app.key_name("exam.take-back", "ctrl+r")
        again = f"{key} once more leaves it without any."
        if response is not None:
            key = self._field.gives if self._field else ""
            again = f"{key} once more takes yours instead."
        self.app.warn(f"In the other window this question is {self._answered_there(self._number)} by now. {again}")
        self._draw_heard()
        return True

    def _answered_there(self, number: int) -> str:
        there = self.exam.attempts.get(number)
        return f"“{one_line(said(there), _SHOWN)}”" if there else "without an answer"

    # -- what is said of it ---------------------------------------------------------------------

    def told_of_theirs(self) -> str | None:
        """What another window has answered, and what is left here, each once, before it is handed in; it goes on here.

        None where that failed, which was told.
        """
        try:
            self.sit()
            self.write_drafts()
        except StudytoolError as error:
            self._failed(error)
            return None
        self._draw_heard()
        before, now = self._agreed, self.responses()
        theirs = sorted(one for one in before.keys() | now.keys() if before.get(one) != now.get(one))
        left = "" if self.drafts == self._named else self._left()
        self._agreed, self._named = now, dict(self.drafts)
        told = []
        for did, numbers in (
            ("answered", [number for number in theirs if number in now]),
            ("took back the answer to", [number for number in theirs if number not in now]),
        ):
            named = ", ".join(str(number + 1) for number in numbers)
            told += [f"In the other window you {did} {counted(len(numbers), 'question')}: {named}."] if numbers else []
        return " ".join(
            [*told, f"What was left here is not taken unless you answer with it: {left}."] if left else told
        )

    def may_go(self, how: str) -> bool:
        """Whether all is saved, or its loss was named when one left before; how that is called is in the sentence."""
        asked = self.app.asked()  # before anything else is said in its place
        self._keep()
        if self.exam.ended:
            return False  # its result comes
        if not self.drafts or asked == (how, self.drafts):
            return True
        again = f"To answer there saves it. To {how} once more leaves without it."
        self.app.ask((how, dict(self.drafts)), f"Not saved: {self._left()}. {again}")
        return False

    def part(self, how: str) -> str:
        """A sentence about what is not in the log when this screen goes; all of it is printed when the program ends."""
        self.put_aside()
        for number, draft in sorted(self.drafts.items()):
            prompt = in_a_line(self.exam.paper.questions[number].prompt, _SHOWN)
            if draft.response is not None:
                of = f"question {number + 1} of the exam {one_line(self.exam.title, _SHOWN)}, “{prompt}”"
                self.app.print_at_end(f"Not saved, {of}:\n{self._words(number, draft.response)}")
        return f"What you left here {how}: {self._left()}." if self.drafts else ""

    def _left(self) -> str:
        """The drafts, in a line."""
        parts = []
        for number, draft in sorted(self.drafts.items()):
            words = "" if draft.response is None else one_line(self._words(number, draft.response), _SHOWN)
            parts.append(f"{f'“{words}”' if words else 'an answer taken away'} at question {number + 1}")
        return ", ".join(parts)

    def _words(self, number: int, response: Response) -> str:
        asked = self.exam.paper.questions[number]
        return whole(Attempt.of(asked, response, mark(asked, response), self.exam.paper.seed))


def _held(response: str | Sequence[int] | None) -> Response | None:
    """An answer as an attempt holds it."""
    return response if response is None or isinstance(response, str) else tuple(response)
