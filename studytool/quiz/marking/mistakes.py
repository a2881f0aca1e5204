"""Wrong answers that have a name: what a typed number is held against beside the key."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

from studytool.quiz.marking.numeric import key, mark_numeric
from studytool.quiz.marking.reasons import wrong
from studytool.quiz.marking.shape import sequence

if TYPE_CHECKING:
    from studytool.quiz.model import Asked, Mark

_FIGURES = 3
"""Significant figures of a computed number that are enough to be right."""


def mark_computed(asked: Asked, response: str) -> Mark:
    """The mark of a typed number; what is not right, and is the result of a mistake with a name, is told so."""
    found = mark_numeric((asked.answer, *asked.accepted), response, unit_is_shown=True)
    if asked.computed is None or found.verdict == "right":
        return found
    for mistake in asked.computed.mistakes:
        if mark_numeric([tolerant(mistake.text)], response).verdict == "right":
            return wrong(asked.answer, mistake.why)
    return found


def tolerant(number: str) -> str:
    """A computed number as an accepted answer: `0.84` as it is, `0.2291` with half of its third figure let pass."""
    digits = number.partition("e")[0].replace("−", "").replace(".", "").strip("0")
    if "." not in number or number.startswith("(") or len(digits) <= _FIGURES:
        return number
    first = floor(log10(abs(float(number.replace("−", "-")))))
    return f"{number} ± {10.0 ** (first + 1 - _FIGURES) / 2:g}"


def is_same(one: str, other: str) -> bool:
    """Whether somebody who types one of two computed answers may have meant the other."""
    if one == other:
        return True
    if key(one) is None and not sequence(one):
        return False
    return any(mark_numeric([tolerant(a)], b).verdict == "right" for a, b in ((one, other), (other, one)))
