"""How a window of few lines or columns is shared out: classes of a screen, by which the style sheets do it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen

_TINY, _BARE = 12, 8
"""Lines below which the margins around a card go, and below which there is no foot."""
_SLIM = 48
"""Columns below which two things stand one below the other."""


def make_room(screen: Screen[Any]) -> None:
    """Give a screen the classes `-tiny`, `-bare` and `-slim` by the size that the app has."""
    width, height = screen.app.size
    screen.update_classes({"-tiny": height < _TINY, "-bare": height < _BARE, "-slim": width < _SLIM})
