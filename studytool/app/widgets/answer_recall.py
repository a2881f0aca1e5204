"""An answer in one's own words, then the model answer beside it, and how it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studytool.app.widgets.answer import AnswerField, cut, pasted
from studytool.app.widgets.card_text import CardText
from studytool.app.widgets.ends import Matter
from studytool.app.widgets.written import Written
from studytool.quiz.marking import mark
from studytool.quiz.model import longest
from studytool.quiz.recalled import compare, model_answer, self_mark
from studytool.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.app.hints import Key
    from studytool.quiz import Asked, Attempt
    from studytool.quiz.model import Verdict

VERDICTS: tuple[Verdict, ...] = ("wrong", "nearly", "right")
"""The learner's own marks, in the order of their keys."""


def marks(key: Key, place: str = "recall") -> str:
    """The learner's own marks after their keys."""
    return ", ".join(f"{key(f'{place}.judge-{number}', str(number))} {word}" for number, word in enumerate(VERDICTS, 1))


def terms(asked: Asked, written: str) -> Content:
    """Which key terms of the model answer the words name, and which not, a line each; none where it has none."""
    found = compare(asked, written)
    lines = [Content.assemble(("✓ named: ", "$success bold"), ", ".join(found.found))] if found.found else []
    if found.missed:
        lines.append(Content.assemble(("✗ not named: ", "$warning bold"), ", ".join(found.missed)))
    return Content("\n").join(lines)


class OwnWords(Written):
    """The field of a free answer; a paste that is longer than any answer is cut instead of refused."""

    app: StudyApp

    def __init__(self) -> None:
        told = "Write what you would say"
        super().__init__(id="own-words", soft_wrap=True, show_line_numbers=False, placeholder=told)

    def on_paste(self, event: events.Paste) -> None:
        """Take as much as an answer may have."""
        if not self.read_only:
            self.insert(cut(pasted(event), longest("recall"), len(self.text), self.app))


class WordsField(AnswerField):
    """Only the field to write in, for where nothing is compared yet."""

    asks = "Write an answer"
    hands_in = ("exam-recall.answer", "ctrl+s")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "give", "Answer", priority=True, tooltip="Answer, and go on", id="exam-recall.answer")
    ]

    @property
    def how(self) -> str:
        """The key that hands it in."""
        return f"{self.gives} answers"

    @property
    def takes_enter(self) -> bool:
        """Enter begins a line."""
        return True

    def compose(self) -> ComposeResult:
        """The field."""
        yield OwnWords()

    def begin(self) -> None:
        """Write at once."""
        self.screen.set_focus(self.query_one(OwnWords), scroll_visible=False)

    def put(self, response: str | Sequence[int]) -> None:
        """What was written."""
        words = self.query_one(OwnWords)
        words.text = str(response)
        words.move_cursor(words.document.end)  # to write on

    def response(self) -> str | None:
        """What was written, if it is anything."""
        return clean(self.query_one(OwnWords).text).strip()[: longest("recall")] or None

    def action_give(self) -> None:
        """Hand the answer in."""
        self.give()


class RecallField(AnswerField, can_focus=True):
    """First a field to write in; then the model answer beside what was written, and 1, 2 or 3."""

    asks = "Write an answer"
    hands_in = ("recall.compare", "ctrl+s")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "compare", "Compare", tooltip="Show the model answer beside yours", id="recall.compare"),
        *(
            Binding(
                str(number),
                f"judge({number})",
                word.capitalize(),
                tooltip=f"My answer was {word}",
                id=f"recall.judge-{number}",
            )
            for number, word in enumerate(VERDICTS, 1)
        ),
        Binding("down,j", "scroll(1)", "Down", show=False, id="recall.down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="recall.up"),
    ]

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._compared = False

    @property
    def how(self) -> str:
        """First the key that compares, then those of the marks."""
        if self._compared:
            return f"{marks(self.app.key_name)}: how was it?"
        return (
            f"{self.gives} shows the model answer" if self.asked.answer else f"{self.gives}, then you mark it yourself"
        )

    @property
    def how_in_short(self) -> str:
        """First the key that compares, then those of the marks."""
        if not self._compared:
            return f"{self.gives} shows"
        keys = (self.app.key_name(f"recall.judge-{number}", str(number)) for number in (1, 2, 3))
        return "  ".join(f"{key} {sign}" for key, sign in zip(keys, "✗≈✓", strict=True))

    @property
    def takes_enter(self) -> bool:
        """While it is written enter begins a line."""
        return not self._compared

    @property
    def takes_answer(self) -> bool:
        """Never: ctrl+s compares, and the learner's own mark answers."""
        return False

    def compose(self) -> ComposeResult:
        """The field; what is compared with it is hidden as yet."""
        with Horizontal(id="recall"):
            yield OwnWords()
            with VerticalScroll(id="model", can_focus=False):
                yield CardText(model_answer(self.asked), id="model-answer")
        yield Static(id="terms")

    def begin(self) -> None:
        """Write at once."""
        self.screen.set_focus(self.query_one(OwnWords), scroll_visible=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Compared first, judged then."""
        if action == "compare":
            return not self._compared
        if action in ("judge", "scroll"):
            return self._compared and self.attempt is None
        return True

    def _written(self) -> str:
        return clean(self.query_one(OwnWords).text).strip()[: longest("recall")]

    def begun(self) -> str | None:
        """What is written and not marked."""
        return self._written() or None

    def action_compare(self) -> None:
        """Show the model answer and the key terms that were named."""
        written = self._written()
        if not written:
            self.lack()
            return
        self.app.hush()
        self.query_one("#terms", Static).update(terms(self.asked, written))
        self._compare()
        self.post_message(self.Changed())

    def _compare(self) -> None:
        """Show the model answer; nothing more is written."""
        self._compared = True
        self.add_class("-compared")
        words = self.query_one(OwnWords)
        words.read_only, words.placeholder = True, ""
        self.screen.set_focus(self, scroll_visible=False)

    def not_know(self) -> None:
        """Answer that one does not know, which is the learner's own mark as well."""
        self.post_message(self.Given(self.asked, "", mark(self.asked, "")))

    def action_scroll(self, lines: int) -> None:
        """Read on in a long model answer, and in what was written beside it."""
        for part in (self.query_one("#model", VerticalScroll), self.query_one(OwnWords)):
            part.scroll_relative(y=lines, animate=False)
        if self.screen.has_class("-tiny"):  # there the question scrolls with them
            self.screen.query_one("#card", Matter).by(lines)

    def action_judge(self, number: int) -> None:
        """Take the learner's own mark: 1 wrong, 2 nearly, 3 right."""
        written = self._written()
        self.post_message(self.Given(self.asked, written, self_mark(self.asked, written, VERDICTS[number - 1])))

    def show(self, attempt: Attempt) -> None:
        """The model answer, also where nothing was held against it."""
        self._compare()
        super().show(attempt)

    def give(self) -> None:
        """Enter, once the answers stand beside each other, asks for the mark again."""
        self.app.warn(f"How was it? {marks(self.app.key_name)}.", self.screen)
