"""The sentences of a mark: each begins with its verdict and says why."""

from __future__ import annotations

from studytool.quiz.model import Mark
from studytool.text import one_line


def right(why: str = "") -> Mark:
    """Right, with what was let pass."""
    return Mark("right", f"right: {why}" if why else "right")


def nearly(why: str, answer: str) -> Mark:
    """Nearly right: what is off, and the answer."""
    return Mark("nearly", f"nearly: {why}; the answer is {quoted(answer)}")


def wrong(answer: str, why: str = "") -> Mark:
    """Wrong: the answer, and what went wrong where that is known."""
    return Mark("wrong", f"wrong: the answer is {quoted(answer)}" + (f"; {why}" if why else ""))


def quoted(text: str) -> str:
    """A text as a reason shows it: on one line, cut to 200 characters."""
    return f"“{one_line(text, 200)}”"
