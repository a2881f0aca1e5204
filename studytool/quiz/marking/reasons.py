"""The sentences of a mark: each begins with its verdict and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.quiz.model import Mark
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence


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


_NAMED = 6
"""Parts of a list that a reason names before it only counts the others."""


def joined(texts: Sequence[str]) -> str:
    """Texts in a sentence: “two”, “four” and “six”; of many the first six, and how many more there are."""
    shown = [quoted(text) for text in texts[: _NAMED if len(texts) > _NAMED + 1 else None]]
    last = f"{len(texts) - _NAMED} more" if len(shown) < len(texts) else shown.pop()
    return f"{', '.join(shown)} and {last}" if shown else last


def not_right(texts: Sequence[str]) -> str:
    """What does not belong to the answer: “five” is not right."""
    return f"{joined(texts)} {'is' if len(texts) == 1 else 'are'} not right"
