"""What is done once, a while from now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump
    from textual.screen import Screen
    from textual.timer import Timer

_MOMENT = 0.001
"""Seconds within which the parts of a screen have told it what of them has changed."""


def once(node: MessagePump, seconds: float, call: Callable[[], object]) -> Timer:
    """Call something so many seconds from now, or later where the machine is busy; never where the node has gone.

    `set_timer` alone leaves a beat out that is late already when it is first looked at, and there is only this one:
    of timers of a millisecond, beside a busy thread, one in some thousands never goes off.
    """
    timer = node.set_timer(seconds, call)
    timer._skip = False
    return timer


def paint_soon(screen: Screen[Any]) -> None:
    """Have what has changed on a screen painted in a moment, not with the next of its sixty beats a second."""
    once(screen, _MOMENT, screen._on_timer_update)


def paint(screen: Screen[Any]) -> None:
    """Paint what has changed on a screen now; what has changed its size or its place waits for the next beat."""
    for widget in screen._compositor.visible_widgets:
        if widget._repaint_required:
            widget._repaint_required = False
            screen._dirty_widgets.add(widget)
    screen._on_timer_update()
