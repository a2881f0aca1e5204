"""Screens that close with a result, and windows above another screen: what comes twice at once closes one of them."""

from __future__ import annotations

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen, ScreenResultType


class Closing(Screen[ScreenResultType]):
    """A screen with a result."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with a result, where this is the screen on top: else another one would go in its place."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Window(ModalScreen[ScreenResultType], Closing[ScreenResultType]):
    """A screen above another one, which stays in view."""
