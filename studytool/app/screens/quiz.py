"""A quiz: one question after the other, marked at once, explained, and recorded before the next."""

from __future__ import annotations

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from studytool.app import hints
from studytool.app.screens.asking import AskingScreen, source
from studytool.app.widgets.answer import AnswerField, sign_of
from studytool.app.widgets.answer_waiting import WaitingField
from studytool.app.widgets.answers import field_for
from studytool.app.widgets.card_text import CardText, inline
from studytool.app.widgets.progress import Progress
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.notes.model import DemoLink
from studytool.quiz import Attempt, mark
from studytool.quiz.answer_text import beyond
from studytool.quiz.counting import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.widget import Widget

    from studytool.memory import Written
    from studytool.quiz import Asked, Paper
    from studytool.quiz.computing import Computing
    from studytool.quiz.model import Confidence


class QuizScreen(AskingScreen):
    """The questions of a paper in turn: a frame around the widget that answers each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", "Answer", priority=True, tooltip="Answer", id="quiz.answer"),
        Binding(
            "enter",
            "next",
            "Next",
            priority=True,
            tooltip="The next question; after the last, the result",
            id="quiz.next",
        ),
        Binding(
            "y", "overrule", "I was right", tooltip="The marking is wrong: count my answer as right", id="quiz.overrule"
        ),
        Binding("c", "card", "Card", tooltip="The card that this question came from", id="quiz.card"),
        Binding("d", "demo", "Demo", tooltip="Run the demo that computed this question", id="quiz.demo"),
        Binding("pagedown", "scroll(1)", "Page down", show=False, id="quiz.page-down"),
        Binding("pageup", "scroll(-1)", "Page up", show=False, id="quiz.page-up"),
        Binding("down,j", "by(1)", "Down", show=False, id="quiz.down"),
        Binding("up,k", "by(-1)", "Up", show=False, id="quiz.up"),
        Binding(
            "escape", "leave", "End", tooltip="End the quiz here; the result shows what was answered", id="quiz.leave"
        ),
    ]

    def __init__(self, paper: Paper, computing: Computing | None = None) -> None:
        """`computing` has the questions that demos put into the paper."""
        super().__init__()
        self._paper = paper
        self._computing = computing
        self._index = 0
        self._attempts: list[Attempt] = []
        self._log = self.app.desk.attempts()
        self._written: Written | None = None

    @property
    def asked(self) -> Asked:
        """The question on the screen."""
        return self._paper.questions[self._index]

    @property
    def _marked(self) -> bool:
        return len(self._attempts) > self._index

    def below(self) -> Iterable[Widget]:
        """The mark, and what explains it."""
        return Static(id="verdict"), CardText(id="back")

    async def on_mount(self) -> None:
        """Ask the first question."""
        await self._ask()

    def on_unmount(self) -> None:
        """Demos that still compute end with the quiz."""
        if self._computing:
            self._computing.leave()

    def _settled(self) -> bool:
        """Whether there is a question to ask now; not where nothing is left but what a demo still computes."""
        if self._computing is None:
            return True
        is_settled = self._computing.settle(self._index)
        self._paper = self._computing.paper
        if self._computing.told:
            self.app.warn("\n".join(self._computing.told))
            self._computing.told.clear()
        return is_settled

    async def on_waiting_field_over(self, message: WaitingField.Over) -> None:
        """Ask what the demo computed, or the card in its place."""
        if message.given_up and self._computing:
            self._computing.give_up(self._index)
        await self._ask()

    async def _ask(self) -> None:
        """Show the question with a new widget for its answer."""
        is_settled, asked = self._settled(), self.asked
        field = field_for(asked) if is_settled else WaitingField(asked, self._settled)
        if not await self.put(field, asked.prompt if is_settled else ""):
            return
        self.query_one("#context", Static).update(Content(source(asked)))
        self.query_one("#verdict", Static).update("")
        self.query_one("#back", CardText).show("")
        self._draw_how()
        self.draw_top()
        self.refresh_bindings()

    def _draw_how(self) -> None:
        how = self._field.how if self._field else ""
        self.query_one("#why", Static).update(Content.styled(how, "$foreground-muted"))

    def draw_top(self) -> None:
        """Which question it is, and how many were right; in a small window, what a key does."""
        number, total = self._index + 1, len(self._paper.questions)
        right = sum(attempt.counts for attempt in self._attempts)
        is_slim = self.has_class("-slim")
        told = [f"{right} right · seed {self._paper.seed}", f"{right} right"]
        if (is_slim or self.has_class("-bare")) and self._marked:
            told = [f"{self.app.key_name('quiz.next', 'enter')} {'result' if number == total else 'next'}"]
        elif (is_slim or self.has_class("-bare")) and self._field:
            told = [self._field.how_in_short]
        which = [f"Quiz · question {number} of {total}"] * (not is_slim)
        self.query_one(TopBar).show([*which, f"{number}/{total}"], told)
        self.query_one(Progress).show(len(self._attempts), total)

    @property
    def unsure(self) -> frozenset[str]:
        """The actions that are not shown: enter, where another key answers."""
        return frozenset({"answer"} if self._field is not None and not self._field.takes_answer else ())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now; while a text is typed, letters are letters and enter may be one."""
        if action == "answer":
            return not self._marked and not (self._field is not None and self._field.takes_enter)
        if action == "next":
            return self._marked
        if action == "overrule":
            last = self._attempts[-1] if self._marked else None
            return last is not None and last.is_known and not last.counts and not last.self_marked
        if action in ("card", "demo"):
            return self._marked and (action == "demo") == (self.asked.computed is not None)
        return True

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a key does nothing for this question, or not yet."""
        if not self._marked:
            return "Answer the question first." if action in {"overrule", "card", "demo"} else ""
        card, demo = self.app.key_name("quiz.card", "c"), self.app.key_name("quiz.demo", "d")
        last = self._attempts[-1]
        counted = "It counts as right." if last.counts else "You marked it yourself."
        return {
            "overrule": counted if last.is_known else "You said that you do not know it.",
            "card": f"A demo computed this question: {demo} runs it.",
            "demo": f"No demo computed this question: {card} shows its card.",
        }.get(action, "")

    # -- what the keys do -----------------------------------------------------------------------

    def action_answer(self) -> None:
        """Answer with what stands in the field."""
        if not self._marked and self._field is not None and not self.is_late:
            self._field.give()

    async def action_next(self) -> None:
        """Ask the next question; after the last, show the result."""
        if not self._marked:
            return
        if self._index + 1 < len(self._paper.questions):
            self._index += 1
            await self._ask()
        else:
            self._finish()

    def on_answer_field_changed(self) -> None:
        """Other keys do something now."""
        self._draw_how()
        self.draw_top()
        self.refresh_bindings()
        if self._field:
            self.call_after_refresh(self._field.scroll_visible, animate=False)

    def on_answer_field_given(self, message: AnswerField.Given) -> None:
        """Ask how sure the learner is, where that is wanted and nothing has been seen yet; then mark."""
        message.stop()
        if self._marked or self._field is None or not self.is_active:
            return
        took = round((monotonic() - self._field.since) * 1000)
        if self.app.asks_confidence and message.mark is None and message.response:
            from studytool.app.screens.sure import SureScreen

            self.app.push_screen(SureScreen(), partial(self._said, message, took))
        else:
            self._mark(message, took, "")

    def _said(self, given: AnswerField.Given, took: int, sure: Confidence | None) -> None:
        if sure is not None:
            self._mark(given, took, sure)

    def _mark(self, given: AnswerField.Given, took: int, sure: Confidence) -> None:
        """Mark, record, then show: an attempt is on disk before its verdict is painted."""
        marked, seed = given.mark or mark(self.asked, given.response), self._paper.seed
        is_own = given.mark is not None
        attempt = Attempt.of(
            self.asked, given.response, marked, seed, self_marked=is_own, confidence=sure, took_ms=took
        )
        if self._record(attempt):
            self._attempts.append(attempt)
            self._show_verdict(attempt)

    def _record(self, attempt: Attempt, instead: Written | None = None) -> bool:
        try:
            self._written = record(self._log, attempt, self.app.now(), instead)
        except StudytoolError as error:
            self.app.warn_not_saved(f"{error} The question stays.")
            return False
        self.app.saved()
        return True

    def _show_verdict(self, attempt: Attempt) -> None:
        word, style = sign_of(attempt)
        reason = inline(attempt.mark.reason.removeprefix(attempt.mark.verdict).lstrip(": "))
        if attempt.self_marked and attempt.is_known:
            reason = Content("you marked it yourself")  # the terms stand beside the answers
        told = "" if attempt.mark.verdict == "right" and self.asked.options else Content("   ") + reason
        self.query_one("#context", Static).update(Content(source(self.asked, answered=True)))
        self.query_one("#verdict", Static).update(Content.assemble((word, style), told))
        self.query_one("#back", CardText).show(beyond(self.asked))
        if self._field is not None:
            self._field.show(attempt)
        self.set_focus(None)
        last = self._index + 1 == len(self._paper.questions)
        can_overrule = bool(self.check_action("overrule", ()))
        self.query_one("#why", Static).update(
            hints.marked(
                self.app.key_name, last=last, is_computed=self.asked.computed is not None, can_overrule=can_overrule
            )
        )
        self.draw_top()
        self.refresh_bindings()
        self._scroll_to_verdict()

    def _scroll_to_verdict(self, refreshes: int = 3) -> None:
        """Bring the mark in view; in a window of few lines it begins at the top unless all of it is.

        The rows above it are written anew for what is right, and again where a scroll bar takes a cell from them.
        """
        if refreshes:
            self.call_after_refresh(self._scroll_to_verdict, refreshes - 1)
            return
        if not (self._marked and self.app.holds(self)):
            return  # the next question has been asked meanwhile, or the quiz has ended
        verdict = self.query_one("#verdict")
        if self.has_class("-tiny") and verdict.virtual_region.bottom > self._card.size.height:
            self._card.scroll_to(y=verdict.virtual_region.y, animate=False)
        else:
            verdict.scroll_visible(animate=False)

    def action_overrule(self) -> None:
        """The learner knows better: the answer counts as right, and the log says that it was overruled."""
        if self._marked and not self._attempts[-1].counts:
            better = self._attempts[-1].overrule()
            if self._record(better, self._written):
                self._attempts[-1] = better
                self._show_verdict(better)

    def action_card(self) -> None:
        """The card behind the question."""
        from studytool.app.screens.card import CardScreen

        if card := self.app.desk.card(self._log.key_now(self.asked.card) or ""):
            self.app.push_screen(CardScreen(card))
        else:
            self.app.warn("This card is no longer in your notes.")

    def action_demo(self) -> None:
        """The demo behind the question, running."""
        if self._marked and self.asked.computed:
            from studytool.app.predicted import answered_in

            self.app.run_demo(DemoLink(self.asked.computed.demo), answered_in(self._attempts[-1]))

    def _finish(self) -> None:
        from studytool.app.screens.result import ResultScreen

        self.app.switch_screen(ResultScreen(self._paper, self._attempts))

    def action_leave(self) -> None:
        """End here: the result of what was answered, or home when nothing was; not by one slip over what was typed."""
        if not self._may_go("quiz.leave", "esc", "ends the quiz"):
            return
        if self._attempts:
            self._finish()
        else:
            self.app.leave()

    def end(self) -> bool:
        """Nor does the program end by one slip over that."""
        return self._may_go("app.quit", "ctrl+q", "quits")

    def break_off(self) -> None:
        """An answer that was not handed in is none."""

    def _may_go(self, action: str, usual: str, how: str) -> bool:
        """Whether no answer stands there, or it was said to who left before, with the key of an `action`."""
        begun = None if self._marked or self._field is None else self._field.begun()
        if not begun or self.app.asked() == (action, self._index, begun):
            return True
        key = self.app.key_name(action, usual)
        told = f"{key} once more {how}, without the answer that stands there."
        self.app.ask((action, self._index, begun), told, self)
        return False
