"""Marking: right, nearly or wrong, always with the reason. The learner has the last word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytool.quiz.marking.choice import mark_choice
from studytool.quiz.marking.kinds import mark_kind
from studytool.quiz.marking.numeric import mark_numeric
from studytool.quiz.marking.reasons import joined, nearly, quoted
from studytool.quiz.marking.typed import mark_text
from studytool.quiz.model import Mark
from studytool.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.quiz.model import Asked

__all__ = ["mark", "mark_numeric"]


def mark(asked: Asked, response: str | Sequence[int]) -> Mark:
    """Mark an answer: the indices of the chosen options, counted from 0, or the text that was typed.

    Nothing at all, no index and no letter, is the answer of who does not know one. The reason begins with the verdict:
    `right`, `nearly: one letter off`, `wrong: the answer is …`. Raises `ValueError` when a choice is answered with a
    text, a typed question with indices, or an index is not there.
    """
    if not response:
        return not_known(asked)
    found = _mark(asked, response)
    for share in asked.partly:
        if found.verdict == "right" and not _is_as_written(asked, response, share.text):
            continue
        if _mark(replace(asked, answer=share.text, accepted=(), partly=()), response).verdict == "right":
            said = f": {one_line(share.why)}" if share.why else ""
            return nearly(f"{quoted(share.text)} has a part of the credit{said}", asked.answer)
    return found


def not_known(asked: Asked) -> Mark:
    """Wrong, with what is right; an order, pairs and a model answer are shown by themselves."""
    if asked.kind in ("ordering", "matching", "recall"):
        return Mark("wrong", "wrong: not known")
    right = joined([option.text for option in asked.options if option.correct] or [asked.answer])
    return Mark("wrong", f"wrong: not known; the answer is {right}")


def _is_as_written(asked: Asked, response: str | Sequence[int], text: str) -> bool:
    """Whether the text was typed as it stands, and no right answer stands so: `a rectifier` beside `the rectifier`."""
    if not isinstance(response, str):
        return False
    typed = _written(response)
    return typed == _written(text) and typed not in map(_written, (asked.answer, *asked.accepted))


def _written(text: str) -> str:
    return one_line(clean(text)).casefold()


def _mark(asked: Asked, response: str | Sequence[int]) -> Mark:
    """The mark without the answers that have a part of the credit."""
    if (marked := mark_kind(asked, response)) is not None:
        return marked
    if isinstance(response, str):
        if asked.options:
            raise ValueError("a choice is answered with the indices of its options")
        return mark_text(asked, response)
    if not asked.options or not all(0 <= index < len(asked.options) for index in response):
        raise ValueError(f"there are {len(asked.options)} options, and the answer was {list(response)}")
    return mark_choice(asked, frozenset(response))
