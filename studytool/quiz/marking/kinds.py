"""Marking by kind: what is no choice and no text of a few words has rules of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from studytool.quiz.arranged import mark_matching, mark_ordering
from studytool.quiz.marking.mistakes import mark_computed
from studytool.quiz.recalled import propose

if TYPE_CHECKING:
    from studytool.quiz.model import Asked, Mark

_UNITLESS = re.compile(r"(?:\d|[-+−±….,_×·*/^{}() \u2070-\u207b¹²³]|\\times|\\cdot|(?<=\d)[eE](?=[-+−\d])|\bto\b)*")


def unit_of(asked: Asked) -> str:
    """The unit that the answer of a `numeric` question has; empty for none, for a shape and for other kinds."""
    if asked.kind != "numeric" or asked.answer.startswith("("):
        return ""
    value, _, off = asked.answer.rpartition("…")[2].partition("±")
    return _after_number(value) or _after_number(re.sub(r"^\s*[^%\s]*%", "", off))


def _after_number(text: str) -> str:
    found = _UNITLESS.match(text)
    return text[found.end() if found else 0 :].strip()


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
