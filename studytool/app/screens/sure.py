"""How sure the learner is of an answer, asked before its mark: one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from studytool.app.room import make_room
from studytool.app.screens.in_turn import Ordered
from studytool.app.screens.window import Window

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.frame import Frame
    from studytool.quiz.model import Confidence

_WORDS: tuple[Confidence, ...] = ("guess", "likely", "sure")


class SureScreen(Ordered["Confidence | None"], Window["Confidence | None"]):
    """A line at the foot; the result is the word, empty where it was not said, None to go back to the question."""

    app: Frame
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(f"{n},{word[0]}", f"say({word!r})", word.capitalize(), id=f"sure.say-{word}")
            for n, word in enumerate(_WORDS, 1)
        ),
        Binding("enter", "say('')", "Not said", tooltip="Go on without saying it", id="sure.not-said"),
        Binding("escape", "leave", "Back", tooltip="Back to the question, to change the answer", id="sure.back"),
    ]

    def compose(self) -> ComposeResult:
        """The question with its keys."""
        make_room(self)
        gap = "  " if self.has_class("-slim") else "   "
        parts: list[tuple[str, str]] = [("How sure are you?", "bold")]
        for number, word in enumerate(_WORDS, 1):
            key = self.app.key_name(f"sure.say-{word}", str(number))
            parts += [(f"{gap}{key}", "$accent bold"), (f" {word}", "$foreground")]
        for action, usual, does in (("not-said", "enter", "skips this"), ("back", "esc", "back")):
            key = self.app.key_name(f"sure.{action}", usual)
            parts += [(f"{gap}{key}", "$accent bold"), (f" {does}", "$foreground-muted")]
        yield Static(Content.assemble(*parts), id="sure")

    def action_say(self, word: Confidence) -> None:
        """Close with the word."""
        self.dismiss(word)

    def action_leave(self) -> None:
        """Close: the answer was not given."""
        self.dismiss(None)
