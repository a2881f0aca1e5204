"""The keys that lead from what is on the screen to the file behind it: the same two everywhere, and what they do."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from studytool.app.app import StudyApp
    from studytool.notes.model import Card

READ = Binding("n", "read", "Read", tooltip="Read the note that this is from", id="file.read")
EDIT = Binding("o", "edit", "Edit", tooltip="Open the file of this in $EDITOR, at its line", id="file.edit")
FILE = (READ, EDIT)


class CardBehind:
    """A screen on which one card is meant: its note is read around it and opened at its line."""

    app: StudyApp

    @property
    @abstractmethod
    def meant(self) -> Card | None:
        """The card; None where there is none just now."""

    @property
    def tells_answer(self) -> bool:
        """Whether the note may tell the card's answer: not before the screen does."""
        return True

    def action_read(self) -> None:
        """Read the note around the card."""
        if card := self.meant:
            self.app.read_card(card, revealed=self.tells_answer)

    def action_edit(self) -> None:
        """Open the note at the card."""
        if card := self.meant:
            self.app.open_note(card.span)


class NoteBehind:
    """A screen on which one note is meant."""

    app: StudyApp

    @abstractmethod
    def note(self) -> int | None:
        """The number of the note in the library; None where there is none just now."""

    def action_read(self) -> None:
        """Read the note."""
        if (number := self.note()) is not None:
            self.app.read_note(number)

    def action_edit(self) -> None:
        """Open the note in the editor."""
        from studytool.notes.model import Span

        if (number := self.note()) is not None:
            self.app.open_note(Span(self.app.desk.library.files[number], 1))
