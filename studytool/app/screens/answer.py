"""An answer that was given, beside the right one, both in full; own words of an exam are marked here by the learner."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studytool.app.screens.window import Closing
from studytool.app.widgets.answer_recall import VERDICTS, terms
from studytool.app.widgets.card_text import CardText
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.topbar import TopBar
from studytool.quiz.answer_text import NOT_KNOWN, in_full, right_in_full
from studytool.text import clean

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.quiz.model import Attempt, Verdict


class AnswerScreen(Closing["Verdict | None"]):
    """The result is the mark that the learner gives own words; None where the answer was only read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(number),
                f"judge({number})",
                word.capitalize(),
                tooltip=f"My own words were {word}",
                id=f"answer.judge-{number}",
            )
            for number, word in enumerate(VERDICTS, 1)
        ),
        Binding("down,j", "scroll(1)", "Down", tooltip="Read on in both", id="answer.down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="answer.up"),
        Binding("pagedown,space", "scroll(8)", "Page down", show=False, id="answer.page-down"),
        Binding("pageup", "scroll(-8)", "Page up", show=False, id="answer.page-up"),
        Binding("escape,enter,q", "leave", "Back", key_display="esc", id="answer.back"),
    ]

    def __init__(self, attempt: Attempt, number: int, title: str, *, is_judged: bool = False) -> None:
        """`number` is the place of the question in its paper, from 1; `is_judged` where the learner marks it here."""
        super().__init__()
        self._attempt = attempt
        self._number = number
        self._title = title
        self._is_judged = is_judged

    def compose(self) -> ComposeResult:
        """The question, both answers, why the mark is what it is, keys."""
        asked, response = self._attempt.asked, self._attempt.response
        yield TopBar(self._title, f"question {self._number}")
        with VerticalScroll(id="answer-asked", can_focus=False):
            yield CardText(asked.prompt)
        with Horizontal(id="beside"):
            with VerticalScroll(id="answer-own", can_focus=False) as own:
                own.border_title = "you"
                if not self._attempt.is_known:
                    yield Static(NOT_KNOWN)
                elif isinstance(response, str):
                    yield Static(Content(clean(response)))  # as it was typed: no Markdown
                else:
                    yield CardText(in_full(asked, response))
            with VerticalScroll(id="answer-right", can_focus=False) as right:
                right.border_title = "right" if asked.answer else ""
                yield CardText(right_in_full(asked))
        yield Static(
            terms(asked, clean(str(response))) if asked.kind == "recall" else Content(self._attempt.mark.reason),
            id="terms",
        )
        yield KeyBar()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The learner marks own words alone, where their mark can still be changed."""
        return self._is_judged if action == "judge" else True

    def action_scroll(self, lines: int) -> None:
        """Read on in both answers."""
        for part in self.query("#answer-own, #answer-right"):
            part.scroll_relative(y=lines, animate=False)

    def action_judge(self, number: int) -> None:
        """Close with the learner's own mark: 1 wrong, 2 nearly, 3 right."""
        verdict: Verdict = VERDICTS[number - 1]
        self.dismiss(verdict)

    def action_leave(self) -> None:
        """Close without one."""
        self.dismiss(None)
