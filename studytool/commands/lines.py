"""Standard input line by line. What a terminal has ready at once was pasted, and is one answer, however many lines.

A pipe has everything ready at once: there each line stands for itself.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable
from typing import TypeVar

from studytool.text import counted, one_line

Read = Callable[[str], str | None]
"""Asks for a line with a prompt; None when there is none any more."""
T = TypeVar("T")

_PASTE_S = 0.05
"""Lines of a paste follow each other faster than this."""
_COMPLAINTS = 3
"""So many lines of a pipe that say nothing are answered one by one; the rest is counted."""


def read(prompt: str) -> str | None:
    """A line without the white space at its end, its indentation kept; None when the input has ended.

    The lines of a paste come together, with line breaks between them; an empty one at its end leaves one there.
    """
    print(prompt, end="", flush=True)
    if not (line := sys.stdin.readline()):
        print()
        return None
    found = [line.rstrip()]
    while _is_more_ready() and (line := sys.stdin.readline()):
        found.append(line.rstrip())
    return "\n".join(found)


def not_entered() -> str:
    """What stands in a terminal's line that was not entered yet: it is taken, so that nothing else reads it."""
    if not sys.stdin.isatty() or os.name != "posix":
        return ""
    import termios

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    by_letters = termios.tcgetattr(terminal)
    by_letters[3] &= ~termios.ICANON
    by_letters[6][termios.VMIN] = by_letters[6][termios.VTIME] = 0  # what is there, without waiting for more
    termios.tcsetattr(terminal, termios.TCSANOW, by_letters)
    try:
        return os.read(terminal, 4096).decode(sys.stdin.encoding or "utf-8", "replace").rstrip()
    finally:
        termios.tcsetattr(terminal, termios.TCSANOW, before)


def asked_for(
    read: Read, prompt: str, understand: Callable[[str], T | None], complaint: Callable[[], str], quits: str = "q"
) -> T | None:
    """What a line is understood as, asked for until there is one; None to stop.

    `complaint` says why a line that is quoted before it was not understood. The word that `quits` stops, too.
    """
    unheard = 0
    try:
        while True:
            is_told = unheard < _COMPLAINTS or sys.stdin.isatty()
            if (typed := read(prompt if is_told else "")) is None:
                return None
            typed = typed.strip()
            if quits and typed.casefold() == quits:
                return None
            if (understood := understand(typed)) is not None:
                return understood
            unheard += 1
            if is_told:
                print(f"{_quoted(typed)} {complaint()}")
    finally:
        if unheard > _COMPLAINTS and not sys.stdin.isatty():
            more = unheard - _COMPLAINTS
            print(f"{counted(more, 'more line')} {'was' if more == 1 else 'were'} not understood either.")


def _quoted(typed: str) -> str:
    lines = typed.splitlines()
    return repr(one_line(typed, 20)) if len(lines) < 2 else f"What was pasted, {counted(len(lines), 'line')},"


def _is_more_ready() -> bool:
    """Whether a terminal has another line already; where it cannot be asked, it has none."""
    if not sys.stdin.isatty():
        return False
    try:
        return bool(select.select([sys.stdin], [], [], _PASTE_S)[0])
    except (OSError, ValueError):
        return False
