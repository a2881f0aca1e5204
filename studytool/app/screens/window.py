"""Screens that close with a result, and windows above another screen: what comes twice at once closes one of them."""

from __future__ import annotations

from typing import Any

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen, ScreenResultType


class Closing(Screen[ScreenResultType]):
    """A screen with a result."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close with a result, once: the second time the screen below would go."""
        return super().dismiss(result) if stands(self) else AwaitComplete()


class Window(ModalScreen[ScreenResultType]):
    """A screen above another one, which stays in view."""

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Likewise."""
        return super().dismiss(result) if stands(self) else AwaitComplete()


def stands(screen: Screen[Any]) -> bool:
    """Whether a screen is on top: it was not closed yet, and nothing that has come above it would go in its place."""
    return screen.is_active
