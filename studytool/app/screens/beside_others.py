"""What another window does to a sitting: it may answer the card on the screen, put it out, or take an answer back."""

from __future__ import annotations

from abc import abstractmethod
from functools import partial
from typing import TYPE_CHECKING

from studytool.app.pieces import Pieces
from studytool.app.screens.around_card import AroundCard

if TYPE_CHECKING:
    from studytool.app.sitting import Sitting
    from studytool.memory import Shown
    from studytool.memory.session import Pace

_LISTEN = 3.0
"""Seconds between two looks whether another window has written into the log."""
_LOOKS = 10
"""So often it is looked for a card that no other window has answered; each time, a few hundred events may count."""
_PASSED = "Another window has answered this card, or set it aside."


class BesideOthers(AroundCard):
    """A screen with a sitting that goes by what other windows write into the log."""

    _sitting: Sitting
    _is_begun = False

    def listen(self) -> None:
        """Look from now on, every few seconds."""
        self.set_interval(_LISTEN, self._listen)

    def in_pieces(self) -> Pace:
        """Cards are put in order while keys are answered."""
        return partial(Pieces, self, done=self._lined_up)

    def begun(self) -> None:
        """The cards are in order for the first time: prepare for what other windows write."""
        self._is_begun = True
        self.call_after_refresh(lambda: Pieces(self, self._sitting.session.ready()))

    def _lined_up(self) -> None:
        if self._sitting.session.is_lining_up:
            return  # once more
        if not self._is_begun:
            self.begun()
        if self._card is None:
            self._next()
        else:
            self._draw_progress()

    @abstractmethod
    def _next(self) -> None:
        """Show the card that should come now."""

    @abstractmethod
    def _draw_progress(self) -> None:
        """Show what is left."""

    def _hear(self) -> bool:
        """Go by what is new in the log: by all of it, or where that is much by what concerns the card."""
        is_news = self.app.hear() or (self._card is not None and self.app.hearing.hear_of(self._card.key))
        if is_news:
            self._sitting.session.catch_up(self.app.now())
        return is_news

    def heard(self) -> None:
        """Much was new in the log, and all of it counts now."""
        self._sitting.session.catch_up(self.app.now())
        self._look(is_news=True)

    def _to_show(self) -> Shown | None:
        """The card that comes now, of which nothing is left to hear.

        Where others have answered very many, it may be one of theirs: it goes when all of it is heard, or is graded.
        """
        session, hearing, now = self._sitting.session, self.app.hearing, self.app.now()
        for _ in range(_LOOKS):
            if (shown := self._sitting.shown(now)) is None or not hearing.hear_of(shown.key):
                return shown
            session.catch_up(now)
            if not session.passed(now):
                return shown
            hearing.hear_ahead(session.keys)
            session.catch_up(now)
        return self._sitting.shown(now)

    def _listen(self) -> None:
        """Look whether another window has written into the log, or another day has begun.

        A card that was answered elsewhere is left to that answer.
        """
        if self.is_active:
            self._look(is_news=self._hear())

    def _look(self, *, is_news: bool) -> None:
        if not self.is_active:
            return
        is_news |= self._sitting.session.take_up(self.app.now())
        if self._card is None:
            if is_news:
                self._next()
            return
        stays = self._face.typed or not self._is_passed()  # what was typed stays until its mark was read
        if stays and is_news:
            self._draw_progress()

    def _is_passed(self) -> bool:
        """Whether the card was answered elsewhere since it was shown; then the next one is there."""
        if not self._sitting.session.passed(self.app.now()):
            return False
        self._next()
        self.app.warn(_PASSED, self)
        return True
