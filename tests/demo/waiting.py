"""Waiting for what another process does, however slow the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path


def wait(true: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def still(file: Path, seconds: float = 0.3) -> bool:
    """Whether nothing was written to a file for so long."""
    before = file.stat().st_size
    time.sleep(seconds)
    return file.stat().st_size == before
