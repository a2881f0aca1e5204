"""Marking by kind: what is no choice and no text of a few words has rules of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from studytool.quiz.arranged import mark_matching, mark_ordering
from studytool.quiz.marking.mistakes import mark_computed
from studytool.quiz.marking.numeric import key
from studytool.quiz.marking.shape import sequence
from studytool.quiz.recalled import propose

if TYPE_CHECKING:
    from studytool.quiz.model import Asked, Mark

_POWER = re.compile(r"\^\(?([-+]?\d+)\)?")
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


def unit_of(asked: Asked) -> str:
    """The unit that a bare number is marked in at a `numeric` question; empty for none, a shape and the other kinds.

    It is what the key has beside its number, so neither `million` nor `ln 10` is one, for they belong to the value.
    """
    found = key(asked.answer) if asked.kind == "numeric" and not sequence(asked.answer) else None
    text = found.quantity.unit_text if found else ""
    return _POWER.sub(lambda power: power[1].translate(_RAISED), text).replace("*", "·")


def mark_kind(asked: Asked, response: str | Sequence[int]) -> Mark | None:
    """The mark of a numeric, ordering, matching or recall question; None for the other kinds.

    Raises `ValueError` when the answer is of another form than the kind asks for.
    """
    if asked.kind in ("numeric", "recall"):
        if not isinstance(response, str):
            raise ValueError(f"a {asked.kind} question is answered with a text")
        return mark_computed(asked, response) if asked.kind == "numeric" else propose(asked, response)
    if asked.kind in ("ordering", "matching"):
        if isinstance(response, str):
            raise ValueError(f"a question of {asked.kind} is answered with numbers")
        return (mark_ordering if asked.kind == "ordering" else mark_matching)(asked, response)
    return None
