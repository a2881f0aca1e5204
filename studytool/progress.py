"""A line on the terminal that tells how far a long piece of work has come."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def telling() -> Iterator[Callable[[str], None]]:
    """A line on the terminal (standard error) that says how far a long piece of work has come, gone when it is done.

    Nothing is written in the first second, nor where standard error is no terminal.
    """
    started = time.monotonic()
    told = ""

    def tell(line: str) -> None:
        nonlocal told
        if sys.stderr.isatty() and time.monotonic() - started > 1:
            sys.stderr.write(f"\r{line:<{len(told)}}")
            sys.stderr.flush()
            told = line

    try:
        yield tell
    finally:
        if told:
            sys.stderr.write(f"\r{'':<{len(told)}}\r")
            sys.stderr.flush()
