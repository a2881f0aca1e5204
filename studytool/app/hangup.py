"""The end of an app whose terminal is gone without a signal that says so."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.app.frame import Frame

_PULSE = 2.0
"""Seconds between two looks."""
_PATIENCE = 5.0
"""Seconds that the app has for its own end. It may need for ever: what it still paints nobody takes from it."""


def end_with_terminal(app: Frame) -> None:
    """From now on, end the app and this process when standard input is no terminal any more.

    Reading from one that is gone would go on for ever, and writing to it may never return: so this watches from a
    thread of its own. What the learner did is on disk by then.
    """
    Thread(target=_watch, args=(app, asyncio.get_running_loop()), name="watch terminal", daemon=True).start()


def _watch(app: Frame, loop: asyncio.AbstractEventLoop) -> None:
    if sys.__stdin__ is None:
        return
    terminal = sys.__stdin__.fileno()
    while os.isatty(terminal):
        time.sleep(_PULSE)
    with suppress(RuntimeError):  # it has ended already
        loop.call_soon_threadsafe(app.exit)
    time.sleep(_PATIENCE)
    os._exit(1)
