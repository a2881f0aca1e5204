"""The way of a picture to the terminal. On a slow line it goes in parts, so that no key waits behind a whole one."""

from __future__ import annotations

import os
import re
import select
import sys
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import App

WHOLE = 10**6
"""Rows that no picture has: all of it at once."""

_ASK = "\x1b[6n"
"""Where does the cursor stand? A terminal answers when it has taken all that was written before."""
_ANSWER = re.compile(rb"\x1b\[\d+;\d+R")

_SLOW = 0.5
"""Seconds after which what was painted should have been taken: a line that needs longer is slow from then on."""
_PART = 0.2
"""Seconds that a part of a picture may be on its way."""
_FIRST = 4
"""Rows of the first part."""
_DEAF, _LOST = 2.0, 10.0
"""Seconds after which a terminal that has never answered does not seem to know how, and an answer is lost."""
_FAREWELL = 1.0
"""Seconds for the last answers when the app ends: the shell would take them for typed."""


class Line:
    """Between an app and its terminal: a `look` tells whether all is there; how many `rows` may follow.

    The system and the network hold some seconds of what is written to a slow line, out of sight. So the terminal itself
    is asked, behind each part, but only once the line has been slow. One that does not answer is asked no more, until
    an answer comes after all.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self.rows = WHOLE
        self._is_slow = self._is_deaf = self._knows = False
        self._sent, self._since = 0, 0.0  # rows that are on their way, and since when
        self._asked = self._answered = 0

    def sent(self, rows: int) -> None:
        """So many rows have been painted just now."""
        writer = _writer(self._app)
        if writer is None:
            return
        self._sent, self._since = rows, monotonic()
        asks = self._is_slow and not self._is_deaf
        self._asked += asks
        writer.write(_ASK if asks else "")  # what is being written is no longer in the queue; this is, behind it

    def heard(self) -> None:
        """The terminal has answered once more; perhaps when it was no longer waited for."""
        self._is_deaf, self._knows = False, True
        self._answered = min(self._answered + 1, self._asked)

    def look(self) -> bool:
        """Whether the terminal has taken all that was painted, as far as that can be known.

        By how long that took it is known from then on whether the line is slow, and how many rows fit it.
        """
        waited = monotonic() - self._since
        if unwritten(self._app):
            if waited > _SLOW and not self._is_slow:
                self._is_slow, self.rows, self._sent = True, _FIRST, 0
            return False
        if self._asked > self._answered:
            if waited < (_LOST if self._knows else _DEAF):
                return False
            self._is_deaf = True
            self._asked = self._answered
        elif self._is_slow and self._sent:
            fitting = max(int(self._sent * _PART / max(waited, 0.01)), 1)
            self.rows = fitting if waited > _PART else min(max(fitting, self.rows), 2 * self.rows, WHOLE)
        self._sent = 0
        return True

    def end(self) -> None:
        """The app has ended, and left the terminal: wait for the last answers, and keep them from the shell."""
        if self._asked <= self._answered or sys.__stdin__ is None:
            return
        with suppress(OSError, ValueError), _unheard(sys.__stdin__.fileno()) as terminal:
            told, end = b"", monotonic() + _FAREWELL
            while len(_ANSWER.findall(told)) < self._asked - self._answered:
                if not select.select([terminal], [], [], max(end - monotonic(), 0))[0]:
                    break
                told += os.read(terminal, 64)


@contextmanager
def _unheard(terminal: int) -> Iterator[int]:
    """A terminal that echoes nothing and does not wait for the end of a line before it hands out what came."""
    import termios
    import tty

    try:
        before = termios.tcgetattr(terminal)
    except termios.error as error:
        raise OSError("no terminal") from error
    tty.setcbreak(terminal, termios.TCSANOW)
    try:
        yield terminal
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


def unwritten(app: App[Any]) -> bool:
    """Whether the system has not yet taken what was painted: more would only wait behind it."""
    writer = _writer(app)
    return writer is not None and bool(writer._queue.qsize())


def _writer(app: App[Any]) -> Any:
    """The thread that writes to the terminal; None where there is no terminal, or no such thread."""
    return getattr(app._driver, "_writer_thread", None)
