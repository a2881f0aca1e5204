"""What can be looked at from the card that is on the screen: its history, its note, its demo, its formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.screen import Screen

from studytool.app.screens.file_keys import CardBehind
from studytool.app.widgets.card_face import CardFace

if TYPE_CHECKING:
    from studytool.app.app import StudyApp
    from studytool.app.worth import Worth
    from studytool.notes.model import Card, DemoLink


class AroundCard(CardBehind, Screen[None]):
    """A screen with one card at a time, which may have been `revealed`, after the `last` one."""

    app: StudyApp

    def __init__(self) -> None:
        super().__init__()
        self._card: Card | None = None
        self._last: Card | None = None
        self._revealed = False
        self._started = 0.0  # when the card came, by the monotonic clock
        self._demo: DemoLink | None = None
        self._worth: Worth | None = None
        self._seeks_demo = False  # whether there is a demo, or another one, is not looked up yet

    @property
    def meant(self) -> Card | None:
        """The card that is asked."""
        return self._card

    @property
    def tells_answer(self) -> bool:
        """Once it was revealed."""
        return self._revealed

    @property
    def _is_late(self) -> bool:
        """Whether the key that is heard was pressed before the card came: it meant another one."""
        return self.app.pressed_at < self._started

    @property
    def unsure(self) -> frozenset[str]:
        """The actions that may come to nothing: their keys work, but are not shown."""
        return frozenset({"demo"}) if self._seeks_demo and not self._demo else frozenset()

    @property
    def _face(self) -> CardFace:
        return self.query_one(CardFace)

    def action_history(self) -> None:
        """All answers to this card, and how it is being forgotten."""
        from studytool.app.screens.history import HistoryScreen

        if self._card is None:
            return
        if self._revealed:
            self.app.push_screen(HistoryScreen(self._card))
        else:
            space = self.app.key_name("study.answer", "space")
            self.app.refuse(f"{space} first: the history tells the answer.")

    def action_demo(self) -> None:
        """Run the idea of the card; escape comes back to it."""
        if self._seeks_demo and self._card is not None:  # who is quicker than the thread that reads the demos waits
            self._demo = self.app.demo_of(self._card)
        if self._demo:
            self.app.run_demo(self._demo)
        elif self._worth:
            self._worth.run()
        else:
            self.app.refuse("No demo belongs to this card.")

    def action_source(self) -> None:
        """Show the formulas of this card as their LaTeX, or drawn again."""
        self._face.turn_source()

    def action_last_note(self) -> None:
        """Open the note at the card that was answered last: a leech that was just named, a slip just seen."""
        if self._last:
            self.app.open_note(self._last.span)

    def action_by(self, lines: int) -> None:
        """Scroll a long card."""
        self._face.by(lines)

    def action_half(self, pages: int) -> None:
        """Scroll a long card by half of what is seen."""
        self._face.half(pages)
