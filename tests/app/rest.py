"""When an app has nothing left to do."""

from __future__ import annotations

import asyncio
from typing import Any

from textual._context import active_app
from textual._wait import wait_for_idle
from textual.app import App


async def settled(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Wait as Textual's pilot does after each key, and then until nobody in this loop has anything left to do.

    Textual calls a process idle that takes no time of the processor; so is one that others leave none to.
    """
    await wait_for_idle(min_sleep, max_sleep)
    await at_rest(active_app.get(None))


async def at_rest(app: App[Any] | None) -> bool:
    """Wait until nobody in this loop has anything left to do, for ten seconds at most; returns whether that came."""
    loop, turns = asyncio.get_running_loop(), 0
    end = loop.time() + 10
    while turns < 3 and loop.time() < end:
        await asyncio.sleep(0)
        turns += 1
        if loop._ready:  # type: ignore[attr-defined]
            turns = 0
        elif app is not None and app.is_running and is_busy(app):
            turns = 0
            await asyncio.sleep(0.005)
    return turns == 3


async def heard(app: App[Any]) -> None:
    """Let an app take the messages that wait for it: what it says is one to itself. A thousand turns at most."""
    for _ in range(1000):
        if app._message_queue.empty() or not app.is_running:
            return
        await asyncio.sleep(0)


def is_busy(app: App[Any]) -> bool:
    """Whether a message waits for one of the app's widgets, or its screen is still to be painted."""
    if any(not each._message_queue.empty() for each in app._registry):
        return True
    screen = app._screen_stack[-1] if app._screen_stacks and app._screen_stack else None
    return screen is not None and bool(screen._layout_required or screen._dirty_widgets or screen._callbacks)
