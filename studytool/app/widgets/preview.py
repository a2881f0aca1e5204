"""The card under the cursor of the table: what it asks, its answer, where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Static

from studytool.app.roll import Standings
from studytool.app.widgets.card_text import CardText, above, answer_of, below

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from studytool.app.app import StudyApp
    from studytool.notes.model import Card


_WIDEST = 96
"""Cells of a line of text, as the style sheet has it."""


class _Part(Static):
    """A text by itself. Textual lays the screen out once more where a layout has given a widget another height."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))


class _Side(CardText):
    """A side of the card; the same holds for it."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))


class Preview(VerticalScroll):
    """Front, back and standing of one card; empty without one."""

    app: StudyApp

    def __init__(self) -> None:
        super().__init__(id="preview", can_focus=False)
        self._shown: tuple[Card | None, Content] | None = None

    def compose(self) -> ComposeResult:
        """The parts of a card from the top."""
        yield _Part(id="context")
        yield _Side(id="front")
        yield _Part(id="divider")
        yield _Side(id="back")
        yield _Part(id="place")

    def show(self, card: Card | None) -> None:
        """Show another card from its top, or none."""
        told = Content("")
        if card:
            stands = Standings(self.app.desk, self.app.now()).of(card.key)
            recall = f"recall {stands.recall}" if stands.recall else ""
            room = min(self.scrollable_content_region.width, _WIDEST)
            told = below(card, stands.state, stands.due, recall, str(card.span), width=room)
        if self._shown == (card, told):
            return
        self._shown = card, told
        self.query_one("#context", Static).update(above(card) if card else Content(""))
        note = card.span.path if card else ""
        self.query_one("#front", CardText).show(card.front if card else "", note=note)
        self.query_one("#back", CardText).show(answer_of(card) if card else "", note=note)
        self.query_one("#divider").display = card is not None
        self.query_one("#place", Static).update(told)
        self.scroll_home(animate=False)
