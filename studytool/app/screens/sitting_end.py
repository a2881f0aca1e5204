"""What stands in place of a card when none is to be asked: what the sitting came to, and what to do next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content

from studytool.app import hints
from studytool.app.ending import ending
from studytool.app.screens.beside_others import BesideOthers
from studytool.app.timers import once
from studytool.app.widgets.grades import Grades
from studytool.app.worth import Worth

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


class SittingEnd(BesideOthers):
    """A screen with a sitting that comes to an end; `_trail` is what was done in it."""

    _trail: Sequence[object] = ()

    def _show_end(self) -> None:
        """Tell how it went, or that the cards are not in order yet; the next one comes by itself."""
        sitting, wait = self._sitting, self._sitting.session.next_due_in(self.app.now())
        if wait is not None:
            once(self, max(wait / 1000, 0.5), self._wake)
        self._face.take(None)
        if sitting.session.is_lining_up:
            self._face.tell("Your cards are being put in order …")
            self.query_one(Grades).ask(Content())
            return
        tell = partial(ending, sitting.answered, sitting.minutes, sitting.held, wait)
        self._tell_end(tell())
        self.call_after_refresh(self._find_worth, tell)

    def _tell_end(self, told: str) -> None:
        self._face.tell(told)
        home, can_undo, has_demo = self.app.comes_home(self), bool(self._trail), self._worth is not None
        self.query_one(Grades).ask(hints.ended(self.app.key_name, home=home, can_undo=can_undo, has_demo=has_demo))

    def _find_worth(self, tell: Callable[[Sequence[str]], str]) -> None:
        """Look for demos of what was answered; nothing waits for that."""
        if self._card is None and (worth := Worth(self.app, self._sitting.answered)).links:
            self._worth = worth
            self._tell_end(tell(worth.titles))
            self.refresh_bindings()

    def _wake(self) -> None:
        if self.is_active and self._card is None:
            self._next()
