"""Screens that are left once, however many keys are still on their way to them."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

T = TypeVar("T")


class LeftOnce(Screen[T]):
    """A screen of which only the first answer counts, and only while it is on top.

    Textual lets the last key of a burst that left a screen leave the one below it as well, down to none at all.
    """

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Leave the screen with a result, if it is on top; else nothing."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Modal(ModalScreen[T], LeftOnce[T]):
    """A window over a screen, which it dims. (Of two bases, Textual takes styles from the first.)"""
