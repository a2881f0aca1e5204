"""One card to read: what a quiz question came from, with its note one key away."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from studytool.app.screens.file_keys import FILE, CardBehind
from studytool.app.screens.window import Window
from studytool.app.widgets.card_text import CardText, answer_of, below
from studytool.app.widgets.scroll import LongText

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.notes.model import Card


class CardScreen(CardBehind, Window[None]):
    """Front and back of a card, and where it stands."""

    app: StudyApp
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss", "Close", id="card.close"),
        *FILE,
        Binding("d", "demo", "Demo", id="card.demo"),
    ]

    def __init__(self, card: Card) -> None:
        super().__init__()
        self._card = card

    @property
    def meant(self) -> Card:
        """The card."""
        return self._card

    def compose(self) -> ComposeResult:
        """Front, back, place."""
        card = self._card
        keys = [("file.read", "n", "reads the note"), ("file.edit", "o", "opens it in your editor")]
        keys += [("card.demo", "d", "runs the idea")] * (self.app.demo_of(card) is not None)
        keys.append(("card.close", "esc", "closes"))
        told: list[tuple[str, str]] = []
        for action, usual, does in keys:
            told += [(self.app.key_name(action, usual), "$accent bold"), (f" {does}   ", "$foreground-muted")]
        with LongText(id="one-card"):
            yield Static(Content(card.topic), id="context")
            yield CardText(card.front, note=card.span.path, id="front")
            yield Static(id="divider")
            yield CardText(answer_of(card), note=card.span.path, id="back")
            yield Static(below(card, str(card.span)), id="place")
            yield Static(Content.assemble(*told))

    def action_demo(self) -> None:
        """Run the idea of the card."""
        if link := self.app.demo_of(self._card):
            self.app.run_demo(link)
