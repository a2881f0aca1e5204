"""Own words of an exam beside the model answer, both in full, to be marked by the learner."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytool.app.widgets.answer_recall import VERDICTS, terms
from studytool.app.widgets.card_text import CardText
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.topbar import TopBar
from studytool.quiz.recalled import model_answer
from studytool.text import clean

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.quiz.model import Attempt, Verdict


class WordsScreen(Screen["Verdict | None"]):
    """The result is the mark that the learner gives the words; None when they were only read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(
                str(number),
                f"judge({number})",
                word.capitalize(),
                tooltip=f"My own words were {word}",
                id=f"exam-words.judge-{number}",
            )
            for number, word in enumerate(VERDICTS, 1)
        ),
        Binding("down,j", "scroll(1)", "Down", tooltip="Read on in both", id="exam-words.down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="exam-words.up"),
        Binding("pagedown,space", "scroll(8)", "Page down", show=False, id="exam-words.page-down"),
        Binding("pageup", "scroll(-8)", "Page up", show=False, id="exam-words.page-up"),
        Binding("escape,enter,q", "leave", "Back", key_display="esc", id="exam-words.back"),
    ]

    def __init__(self, attempt: Attempt, number: int) -> None:
        """`number` is the place of the question in the exam, counted from 1."""
        super().__init__()
        self._attempt = attempt
        self._number = number

    def compose(self) -> ComposeResult:
        """The question, both answers, the key terms, keys."""
        asked, words = self._attempt.asked, clean(str(self._attempt.response))
        yield TopBar("Exam · your own words", f"question {self._number}")
        with VerticalScroll(id="words-asked", can_focus=False):
            yield CardText(asked.prompt)
        with Horizontal(id="beside"):
            with VerticalScroll(id="words-own", can_focus=False) as own:
                own.border_title = "you"
                yield Static(Content(words))
            with VerticalScroll(id="words-model", can_focus=False) as model:
                model.border_title = "right" if asked.answer else ""
                yield CardText(model_answer(asked))
        yield Static(terms(asked, words), id="terms")
        yield KeyBar()

    def action_scroll(self, lines: int) -> None:
        """Read on in both answers."""
        for part in self.query("#words-own, #words-model"):
            part.scroll_relative(y=lines, animate=False)

    def action_judge(self, number: int) -> None:
        """Close with the learner's own mark: 1 wrong, 2 nearly, 3 right."""
        verdict: Verdict = VERDICTS[number - 1]
        self.dismiss(verdict)

    def action_leave(self) -> None:
        """Close without one."""
        self.dismiss(None)
