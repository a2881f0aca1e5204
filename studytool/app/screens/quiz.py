"""A quiz: one question after the other, marked at once, explained, and recorded before the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static

from studytool.app.widgets.card_text import CardText, inline
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.progress import Progress
from studytool.app.widgets.rows import Rows
from studytool.app.widgets.topbar import TopBar
from studytool.errors import StudytoolError
from studytool.quiz import Attempt, mark
from studytool.text import clean

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.quiz import Asked, Paper

_VERDICTS = {
    "right": ("✓ right", "$success bold"),
    "nearly": ("≈ nearly", "$warning bold"),
    "wrong": ("✗ wrong", "$error bold"),
}
_SLOT = {"typed": "Type the answer, then enter", "cloze": "Type what is missing, then enter"}
# What one could say in answer to a card; a paste beyond it is cut, and said to be.
_LONGEST = 2000


def verdict(attempt: Attempt) -> tuple[str, str]:
    """The verdict as a sign with its word, and its style; an overruled one says so."""
    return ("✓ overruled", "$success bold") if attempt.overruled else _VERDICTS[attempt.mark.verdict]


class Answer(Input):
    """The field of a typed answer; a paste that is longer than any answer is cut instead of refused."""

    def on_paste(self, event: events.Paste) -> None:
        """Take the first line that holds something, up to the length an answer may have."""
        event.prevent_default()
        event.stop()
        text = next((line for line in clean(event.text).splitlines() if line.strip()), "")
        self.insert_text_at_cursor(text[: max(_LONGEST - len(self.value), 0)])
        if len(text) > _LONGEST:
            self.app.notify(f"Only the first {_LONGEST:,} characters were taken.", severity="warning", markup=False)


class QuizScreen(Screen[None]):
    """The questions of a paper in turn."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go_on", "Answer", priority=True, tooltip="Answer; then the next question"),
        Binding("space", "tick", "Tick", tooltip="Tick or untick an option where several are right"),
        Binding("y", "overrule", "I was right", tooltip="The marking is wrong: count my answer as right"),
        Binding("c", "card", "Card", tooltip="The card that this question came from"),
        *(Binding(str(n), f"pick({n})", f"Option {n}", show=False) for n in range(1, 10)),
        Binding("escape", "leave", "End", tooltip="End the quiz here; the result shows what was answered"),
    ]

    def __init__(self, paper: Paper) -> None:
        super().__init__()
        self._paper = paper
        self._index = 0
        self._attempts: list[Attempt] = []
        self._ticked: set[int] = set()

    @property
    def asked(self) -> Asked:
        """The question on the screen."""
        return self._paper.questions[self._index]

    @property
    def _marked(self) -> bool:
        return len(self._attempts) > self._index

    def compose(self) -> ComposeResult:
        """One frame for every kind of question; what the kind does not need is hidden."""
        yield TopBar()
        yield Progress()
        with VerticalScroll(id="card", can_focus=False):
            yield Static(id="context")
            yield CardText(id="front")
            yield Rows(id="options")
            yield Answer(id="typed")
            yield Static(id="verdict")
            yield CardText(id="back")
        yield Static(id="why")
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask the first question."""
        self._ask()

    def on_resize(self) -> None:
        """The options are as wide as their list."""
        self.call_after_refresh(self._draw_options)

    def _ask(self) -> None:
        asked = self.asked
        self._ticked = set()
        written = asked.kind in _SLOT
        self.query_one("#context", Static).update(Content(asked.topic))
        self.query_one("#front", CardText).show(asked.prompt)
        options, field = self.query_one(Rows), self.query_one(Input)
        options.display, field.display = not written, written
        self.query_one("#verdict", Static).update("")
        self.query_one("#back", CardText).show("")
        if written:
            field.disabled = False
            field.value = ""
            field.placeholder = _SLOT[asked.kind]
            field.focus()
            how = ""
        else:
            options.disabled = False
            options.fill([self._option(index) for index in range(len(asked.options))])
            options.highlighted = None
            options.focus()
            how = (
                "1 to 9 tick, enter answers; more than one can be right"
                if asked.kind == "multiple"
                else "1 to 9, or the arrows and enter"
            )
        self.query_one("#why", Static).update(Content.styled(how, "$foreground-muted"))
        self.query_one("#card", VerticalScroll).scroll_home(animate=False)
        self._draw_progress()
        self.refresh_bindings()

    def _option(self, index: int) -> Content:
        """An option as it stands now: ticked while asked, right or wrong once marked."""
        option = self.asked.options[index]
        sign, style = f"{index + 1}", "$foreground-muted"
        if self._marked:
            chosen = index in self._attempts[-1].response if not isinstance(self._attempts[-1].response, str) else False
            if option.correct:
                sign, style = "✓", "$success bold"
            elif chosen:
                sign, style = "✗", "$error bold"
        elif index in self._ticked:
            sign, style = "■", "$accent bold"
        lines = inline(option.text).wrap(max(self.query_one(Rows).row_width - 4, 10))
        return Content.assemble((f" {sign}  ", style), Content("\n    ").join(lines))

    def _draw_options(self) -> None:
        if not self.asked.options:
            return
        self.query_one(Rows).fill([self._option(index) for index in range(len(self.asked.options))])

    def _draw_progress(self) -> None:
        total = len(self._paper.questions)
        right = sum(attempt.counts for attempt in self._attempts)
        self.query_one(TopBar).show(
            f"Quiz · question {self._index + 1} of {total}", f"{right} right · seed {self._paper.seed}"
        )
        self.query_one(Progress).show(len(self._attempts), total)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something now; while a text is typed, letters are letters."""
        if action == "tick":
            return self.asked.kind == "multiple" and not self._marked
        if action == "overrule":
            return self._marked and not self._attempts[-1].counts
        if action == "card":
            return self._marked
        if action == "pick":
            return self.asked.kind not in _SLOT and not self._marked
        return True

    # -- what the keys do -----------------------------------------------------------------------

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click on an option answers; where several are right it ticks."""
        event.stop()
        self.action_pick(event.option_index + 1)

    def action_pick(self, number: int) -> None:
        """Choose an option by its number: at once where one is right, ticked where several may be."""
        if self._marked or self.asked.kind in _SLOT or number > len(self.asked.options):
            return
        self.query_one(Rows).highlighted = number - 1
        if self.asked.kind == "multiple":
            self._ticked ^= {number - 1}
            self._draw_options()
        else:
            self._answer([number - 1])

    def action_tick(self) -> None:
        """Tick the option under the cursor."""
        self.action_pick((self.query_one(Rows).highlighted or 0) + 1)

    def action_go_on(self) -> None:
        """Answer, or go to the next question."""
        if self._marked:
            self._next()
        elif self.asked.kind in _SLOT:
            if typed := clean(self.query_one(Input).value).strip():
                self._answer(typed)
            else:
                self.app.warn("Type an answer first; a guess is better than none.")
        elif self.asked.kind == "multiple":
            if self._ticked:
                self._answer(sorted(self._ticked))
            else:
                self.app.warn("Tick at least one option (space, or its number).")
        elif (chosen := self.query_one(Rows).highlighted) is not None:
            self._answer([chosen])
        else:
            self.app.warn("Choose an option first: its number, or the arrows.")

    def _answer(self, response: str | list[int]) -> None:
        """Mark, record, then show: an attempt is on disk before its verdict is painted."""
        attempt = Attempt.of(self.asked, response, mark(self.asked, response), self._paper.seed)
        if self._record(attempt):
            self._attempts.append(attempt)
            self._show_verdict(attempt)

    def _record(self, attempt: Attempt) -> bool:
        desk = self.app.desk
        try:
            desk.memory.apply(desk.store.append("attempt", self.asked.card, attempt.as_payload(), self.app.now()))
        except StudytoolError as error:
            self.app.warn(f"{error} The question stays.")
            return False
        return True

    def _show_verdict(self, attempt: Attempt) -> None:
        word, style = verdict(attempt)
        reason = inline(attempt.mark.reason.removeprefix(attempt.mark.verdict).lstrip(": "))
        told = "" if attempt.mark.verdict == "right" and self.asked.options else Content("   ") + reason
        self.query_one("#verdict", Static).update(Content.assemble((word, style), told))
        self.query_one("#back", CardText).show(self.asked.explanation.removeprefix(self.asked.prompt).lstrip())
        if self.asked.options:
            self._draw_options()
        self.query_one(Rows).disabled = True
        self.query_one(Input).disabled = True
        self.set_focus(None)
        last = self._index + 1 == len(self._paper.questions)
        keys = [("enter", "$accent bold"), (" shows the result" if last else " asks the next", "$foreground-muted")]
        keys += [("      c", "$accent bold"), (" shows the card", "$foreground-muted")]
        if not attempt.counts:
            keys += [("      y", "$accent bold"), (" counts it as right", "$foreground-muted")]
        self.query_one("#why", Static).update(Content.assemble(*keys))
        self._draw_progress()
        self.refresh_bindings()
        self.call_after_refresh(self.query_one("#verdict").scroll_visible, animate=False)

    def action_overrule(self) -> None:
        """The learner knows better: the answer counts as right, and the log says that it was overruled."""
        if self._marked and not self._attempts[-1].counts:
            better = self._attempts[-1].overrule()
            if self._record(better):
                self._attempts[-1] = better
                self._show_verdict(better)

    def action_card(self) -> None:
        """The card behind the question."""
        from studytool.app.screens.card import CardScreen

        if self._marked and (card := self.app.desk.card(self.asked.card)):
            self.app.push_screen(CardScreen(card))

    def _next(self) -> None:
        if self._index + 1 < len(self._paper.questions):
            self._index += 1
            self._ask()
        else:
            self._finish()

    def _finish(self) -> None:
        from studytool.app.screens.result import ResultScreen

        self.app.switch_screen(ResultScreen(self._paper, self._attempts))

    def action_leave(self) -> None:
        """End here: the result of what was answered, or home when nothing was."""
        if self._attempts:
            self._finish()
        else:
            self.app.leave()
