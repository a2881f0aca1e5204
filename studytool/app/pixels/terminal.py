"""What the terminal can show: asked before Textual takes it, and answered while the rest is being imported."""

from __future__ import annotations

import os
import re
import select
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from studytool.settings import Settings

Way = Literal["blocks", "kitty", "sixel"]

_KITTY = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
_NAME = "\x1b[>q"
_CELL = "\x1b[16t"
_ATTRIBUTES = "\x1b[c"
"""What terminal it is. Every terminal answers this, and answers come in order: it is asked last."""
_ANSWER = re.compile(rb"\x1b\[\?([\d;]*)c")
_CELL_IS = re.compile(rb"\x1b\[6;(\d+);(\d+)t")
_HAS_KITTY = re.compile(rb"\x1b_Gi=31;OK\x1b\\")
_KITTY_IS = re.compile(rb"\x1bP>\|kitty\((\d+)\.(\d+)")
_WITH_PLACEHOLDERS = 0, 28
"""The first kitty that knows placeholders. One before it has pictures too, but would show boxes in their place."""
_SIXEL = b"4"
_PATIENCE = 1.0
"""Seconds for an answer, counted from the question. One that comes later is not taken for keys: see `answers`."""
_KITTIES = ("kitty", "ghostty")
"""Terminals that show pictures by placeholders."""
_SIXELS = ("foot", "mlterm", "contour", "wezterm", "iterm", "mintty", "konsole", "tmux")


@dataclass(frozen=True, slots=True)
class Graphics:
    """How pictures are shown, and how many pixels a cell is wide and high."""

    way: Way = "blocks"
    cell: tuple[int, int] = (10, 20)
    owed: bool = False
    """Whether the terminal was asked and has not answered: what it still says is not typed."""


def likely(environ: Mapping[str, str]) -> bool:
    """Whether it is worth asking: a terminal known for pictures, in colour. All others are never asked."""
    if environ.get("NO_COLOR") or environ.get("TEXTUAL_DRIVER") or environ.get("TEXTUAL_COLOR_SYSTEM") == "standard":
        return False
    named = " ".join(environ.get(name, "") for name in ("TERM", "TERM_PROGRAM", "LC_TERMINAL")).lower()
    if any(name in named for name in (*_KITTIES, *_SIXELS)):
        return True
    return any(environ.get(name) for name in ("KITTY_WINDOW_ID", "XTERM_VERSION", "KONSOLE_VERSION", "WT_SESSION"))


class Question:
    """A question to the terminal that standard input and error are; `answer` waits no longer than is needed.

    Between the two the terminal repeats nothing of what comes in. What was typed before it answered is lost.
    """

    def __init__(self, environ: Mapping[str, str] = os.environ) -> None:
        self._asked = 0.0
        self._mode: list[object] | None = None
        if not likely(environ) or not all(stream and stream.isatty() for stream in (sys.__stdin__, sys.__stderr__)):
            return
        import termios
        import tty

        assert sys.__stdin__ is not None
        self._source, self._target = sys.__stdin__.fileno(), 2
        try:
            self._mode = termios.tcgetattr(self._source)
            tty.setcbreak(self._source, termios.TCSANOW)
            kitty = f"{_KITTY}{_NAME}" if _may_be_kitty(environ) else ""
            os.write(self._target, f"{kitty}{_CELL}{_ATTRIBUTES}".encode())
            self._asked = time.monotonic()
        except (OSError, termios.error):
            self._restore()

    def answer(self) -> Graphics:
        """What the terminal has said of itself; half blocks where it was not asked or says nothing."""
        if not self._asked:
            return Graphics()
        try:
            return understood(self._read(), measured(self._source))
        except OSError:
            return Graphics()
        finally:
            self._restore()

    def _read(self) -> bytes:
        """What came up to the last answer, and nothing beyond it: that was typed."""
        told = b""
        while not _ANSWER.search(told):
            left = self._asked + _PATIENCE - time.monotonic()
            if not select.select([self._source], [], [], max(left, 0))[0]:
                break
            told += os.read(self._source, 1)
        return told

    def _restore(self) -> None:
        if self._mode is not None:
            import termios
            from contextlib import suppress

            with suppress(OSError, termios.error):
                termios.tcsetattr(self._source, termios.TCSANOW, self._mode)  # type: ignore[arg-type]
            self._mode = None


def _may_be_kitty(environ: Mapping[str, str]) -> bool:
    """Whether to put the question that only a kitty understands. tmux takes it for the title of a pane."""
    term = environ.get("TERM", "").lower()
    if any(name in f"{term} {environ.get('TERM_PROGRAM', '')}".lower() for name in _KITTIES):
        return True
    return "KITTY_WINDOW_ID" in environ and "TMUX" not in environ and not term.startswith(("screen", "tmux"))


def is_xterm(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is xterm itself, not another program that was started in one."""
    return "XTERM_VERSION" in environ and environ.get("TERM", "").startswith("xterm")


def measured(terminal: int) -> tuple[int, int] | None:
    """How many pixels a cell is wide and high as the system knows it; None where it does not.

    The window of an xterm counts with its narrow border, so the sizes are rounded down.
    """
    import fcntl
    import struct
    import termios

    try:
        told = fcntl.ioctl(terminal, termios.TIOCGWINSZ, bytes(8))
    except OSError:
        return None
    rows, columns, width, height = struct.unpack("HHHH", told)
    return (width // columns, height // rows) if 0 < columns <= width and 0 < rows <= height else None


def understood(told: bytes, system: tuple[int, int] | None = None) -> Graphics:
    """What a terminal can show by what it has answered; `system` is the size of a cell where it did not say that."""
    attributes = _ANSWER.search(told)
    if not attributes:
        return Graphics(owed=True)
    cell = _CELL_IS.search(told)
    size = (int(cell[2]), int(cell[1])) if cell and int(cell[1]) and int(cell[2]) else system
    version = _KITTY_IS.search(told)
    is_old = version is not None and (int(version[1]), int(version[2])) < _WITH_PLACEHOLDERS
    if _HAS_KITTY.search(told):
        return Graphics() if is_old else Graphics("kitty", size or Graphics().cell)
    if size and _SIXEL in attributes[1].split(b";")[1:]:
        return Graphics("sixel", size)
    return Graphics()


def ask_terminal(settings: Settings) -> Question | None:
    """Ask what the terminal can show, where the settings leave that to it."""
    return Question() if settings.pictures == "auto" else None
