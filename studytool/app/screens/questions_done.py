"""The questions that were answered, as a list: what a quiz and an exam show of the one under the cursor."""

from __future__ import annotations

import os
import shlex
from abc import abstractmethod
from typing import TYPE_CHECKING

from textual.screen import Screen

from studytool.app.screens.file_keys import CardBehind
from studytool.notes.model import DemoLink
from studytool.text import one_line

if TYPE_CHECKING:
    from studytool.app.app import StudyApp
    from studytool.notes.model import Card
    from studytool.quiz import Asked, Attempt


class QuestionsDone(CardBehind, Screen[None]):
    """From a question under the cursor to its card, its note, its demo."""

    app: StudyApp

    @property
    @abstractmethod
    def asked(self) -> Asked | None:
        """The question under the cursor."""

    @property
    @abstractmethod
    def attempt(self) -> Attempt | None:
        """Its answer; None where there is none."""

    @property
    def folder(self) -> str:
        """Where the path of its note begins, unless that is absolute; empty for the present folder."""
        return ""

    @abstractmethod
    def key_now(self, card: str) -> str | None:
        """The key that the card of a question has by now."""

    @property
    def meant(self) -> Card | None:
        """Its card, if that is in the notes still."""
        asked = self.asked
        return self.app.desk.card(self.key_now(asked.card) or "") if asked else None

    @property
    def demo(self) -> DemoLink | None:
        """The demo that computed it, or that shows what its card is about."""
        asked, card = self.asked, self.meant
        computed = asked.computed if asked else None
        return DemoLink(computed.demo) if computed else self.app.demo_of(card) if card else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only keys that do something for the question under the cursor."""
        if action == "demo":
            return self.demo is not None
        if action == "card":
            return self.asked is not None and self.asked.computed is None
        if action in ("read", "edit"):
            return self.meant is not None
        return True

    def why_idle(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why a key does nothing for the question under the cursor."""
        gone = "The card of this question is in your notes no more."
        return {
            "demo": "No demo belongs to this question.",
            "card": "A demo computed this question: it has no card.",
            "read": gone if self.asked and not self.asked.computed else "This question has no note.",
            "edit": gone if self.asked and not self.asked.computed else "This question has no note.",
        }.get(action, "")

    def on_option_list_option_highlighted(self) -> None:
        """Another question, other keys."""
        self.refresh_bindings()

    def on_option_list_option_selected(self) -> None:
        """A click shows the card."""
        if self.check_action("card", ()):
            self.action_card()

    def action_card(self) -> None:
        """Its card."""
        from studytool.app.screens.card import CardScreen

        if card := self.meant:
            self.app.push_screen(CardScreen(card))
        else:
            self.app.warn(self._why_no_card(), self)

    def _why_no_card(self) -> str:
        """Whether its note is gone, or is there and was not opened."""
        path = os.path.abspath(os.path.join(self.folder, self.asked.path)) if self.asked else ""
        if path in self.app.desk.library.files or not os.path.isfile(path):
            return "The card of this question is no longer in your notes."
        return f"{one_line(path)} is not open here: `studytool {one_line(shlex.quote(path))}` opens it."

    def action_demo(self) -> None:
        """Its idea, or what computed it, running; with the prediction that was made."""
        from studytool.app.predicted import answered_in

        if link := self.demo:
            self.app.run_demo(link, answered_in(self.attempt) if self.attempt else None)

    def action_leave(self) -> None:
        """Back to where one came from."""
        self.app.leave()
