"""Marking: right, nearly or wrong, always with the reason. The learner has the last word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.quiz.marking.choice import mark_choice
from studytool.quiz.marking.kinds import mark_kind
from studytool.quiz.marking.numeric import mark_numeric
from studytool.quiz.marking.typed import mark_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.quiz.model import Asked, Mark

__all__ = ["mark", "mark_numeric"]


def mark(asked: Asked, response: str | Sequence[int]) -> Mark:
    """Mark an answer: the indices of the chosen options, counted from 0, or the text that was typed.

    The reason begins with the verdict: `right`, `nearly: one letter off`, `wrong: the answer is …`. Raises
    `ValueError` when a choice is answered with a text, a typed question with indices, or an index is not there.
    """
    if (marked := mark_kind(asked, response)) is not None:
        return marked
    if isinstance(response, str):
        if asked.options:
            raise ValueError("a choice is answered with the indices of its options")
        return mark_text(asked, response)
    if not asked.options or not all(0 <= index < len(asked.options) for index in response):
        raise ValueError(f"there are {len(asked.options)} options, and the answer was {list(response)}")
    return mark_choice(asked, frozenset(response))
