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
_CELL = "\x1b[16t"
_ATTRIBUTES = "\x1b[c"
"""What terminal it is. Every terminal answers this, and answers come in order: it is asked last."""
_ANSWER = re.compile(rb"\x1b\[\?([\d;]*)c")
_CELL_IS = re.compile(rb"\x1b\[6;(\d+);(\d+)t")
_HAS_KITTY = re.compile(rb"\x1b_Gi=31;OK\x1b\\")
_SIXEL = b"4"
_PATIENCE = 0.3
"""Seconds for an answer, counted from the question: one that came later would be taken for keys."""
_KITTIES = ("kitty", "ghostty")
"""Terminals that show pictures by placeholders."""
_SIXELS = ("foot", "mlterm", "contour", "wezterm", "yaft", "iterm", "mintty", "konsole", "tmux")


@dataclass(frozen=True, slots=True)
class Graphics:
    """How pictures are shown, and how many pixels a cell is wide and high."""

    way: Way = "blocks"
    cell: tuple[int, int] = (10, 20)


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
            named = f"{environ.get('TERM', '')} {environ.get('TERM_PROGRAM', '')}".lower()
            is_kitty = any(name in named for name in _KITTIES) or "KITTY_WINDOW_ID" in environ
            os.write(self._target, f"{_KITTY if is_kitty else ''}{_CELL}{_ATTRIBUTES}".encode())
            self._asked = time.monotonic()
        except (OSError, termios.error):
            self._restore()

    def answer(self) -> Graphics:
        """What the terminal has said of itself; half blocks where it was not asked or says nothing."""
        if not self._asked:
            return Graphics()
        try:
            return understood(self._read())
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


def understood(told: bytes) -> Graphics:
    """What a terminal can show by what it has answered."""
    cell = _CELL_IS.search(told)
    size = (int(cell[2]), int(cell[1])) if cell and int(cell[1]) and int(cell[2]) else Graphics().cell
    if _HAS_KITTY.search(told):
        return Graphics("kitty", size)
    attributes = _ANSWER.search(told)
    if attributes and _SIXEL in attributes[1].split(b";")[1:] and cell:
        return Graphics("sixel", size)
    return Graphics()


def ask_terminal(settings: Settings) -> Question | None:
    """Ask what the terminal can show, where the settings leave that to it."""
    return Question() if settings.pictures == "auto" else None
