"""The standard streams: whether anybody sees what is painted."""

from __future__ import annotations

import os
import sys


def has_screen() -> bool:
    """Whether the app can be seen: on a terminal, to which it paints by standard error, or in a browser."""
    streams = sys.stdin, sys.stdout, sys.stderr
    on_terminal = all(stream.isatty() for stream in streams) and os.environ.get("TERM") not in ("dumb", "unknown")
    return on_terminal or "TEXTUAL_DRIVER" in os.environ


def only_error_is_elsewhere() -> bool:
    """Whether a terminal is there, but for standard error, to which the app would paint."""
    return sys.stdin.isatty() and sys.stdout.isatty() and not sys.stderr.isatty()
