"""The end of an app whose terminal is gone, or that a signal ends: what stands on its screens is saved first."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from contextlib import suppress
from functools import partial
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType

    from studytool.app.frame import Frame

_PULSE = 2.0
"""Seconds between two looks."""
_PATIENCE = 5.0
"""Seconds that the app has for its own end. It may need for ever: what it still paints nobody takes from it."""


def end_with_terminal(app: Frame) -> None:
    """From now on, end the app and this process when a signal says so, or standard input is no terminal any more.

    Reading from one that is gone would go on for ever, and writing to it may never return: so this watches from a
    thread of its own. A signal that whoever started the process has it ignore stays ignored.
    """
    loop, codes = asyncio.get_running_loop(), SimpleQueue[int]()

    def told(number: int, _: FrameType | None) -> None:
        codes.put(128 + number)  # which a second signal may interrupt

    for number in (signal.SIGHUP, signal.SIGTERM):
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, told)
    Thread(target=partial(_end, app, loop, codes), name="watch terminal", daemon=True).start()


def _code(codes: SimpleQueue[int]) -> int:
    """Wait for the first signal, or for the end of the terminal; the status to end with."""
    terminal = sys.__stdin__.fileno() if sys.__stdin__ else None
    while terminal is None or os.isatty(terminal):
        with suppress(Empty):
            return codes.get(timeout=_PULSE)
    return 0


def _end(app: Frame, loop: asyncio.AbstractEventLoop, codes: SimpleQueue[int]) -> None:
    code = _code(codes)
    with suppress(RuntimeError):  # it has ended already
        loop.call_soon_threadsafe(partial(app.exit, return_code=code))
    time.sleep(_PATIENCE)
    os._exit(code or 1)
