"""How work grows with what it is given, counted and not timed: machines are noisy."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object]) -> int:
    """How many functions, Python's and C's, some work calls in this thread."""
    count = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times as many calls work of `size` takes as work of a quarter of it: 4 where it grows evenly."""
    work(1)  # what is made once for all
    return calls(lambda: work(size)) / max(calls(lambda: work(size // 4)), 1)


def steps(work: Callable[[], object]) -> int:
    """How many lines of Python some work runs in this thread, that of a loop once for each time round."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> Callable[..., object]:
        nonlocal count
        count += event == "line"
        return seen

    before = sys.gettrace()
    sys.settrace(seen)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
