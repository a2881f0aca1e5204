"""Answers that are several things: tensor shapes and other rows of numbers in order, and lists in any order."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from studytool.quiz.marking.reasons import nearly, right, wrong
from studytool.quiz.prose import plain
from studytool.text import counted

if TYPE_CHECKING:
    from studytool.quiz.model import Mark

_CALL = re.compile(r"(?:torch\.)?(?:size|shape|tensor|array)\s*(\(.*\))", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[,;]\s*|\s*[x×*·]\s*|\s+by\s+|\s+")
_SURELY = re.compile(r", |;|x|×|by|\d,\d+,")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})*,0\d\d(?:,\d{3})*")
_PAIRS = {"()", "[]", "{}"}
_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


def sequence(text: str, *, loose: bool = False) -> tuple[Decimal, ...]:
    """The numbers of `(32, 64, 7, 7)`, `[1, 2]`, `3x3` or `3 by 3` in order; empty when the text is something else.

    `loose` also takes numbers with only commas or blanks between them, as one types them.
    """
    text = plain(text).replace("$", "").replace("`", "").replace("−", "-").replace("\\times", "x").strip()
    if call := _CALL.fullmatch(text):
        text = call[1]
    inner = text
    while inner[:1] + inner[-1:] in _PAIRS and len(inner) > 1:
        inner = inner[1:-1].strip()
    parts = _BETWEEN.split(inner.strip().rstrip(","))
    if len(parts) == 1 and not (loose or text[:1] == "[" or (inner is not text and inner.endswith(","))):
        return ()  # (5) is a number; (5,) and [5] are rows of one
    if not all(re.fullmatch(r"[+-]?\d{1,30}(?:\.\d{1,30})?", part) for part in parts):
        return ()
    if inner is text and _GROUPED.fullmatch(inner):
        return ()  # 1,000,000 is a number; 3,224,224 may be a shape
    sure = inner is not text or (len(parts) > 1 and _SURELY.search(inner))
    return tuple(Decimal(part) for part in parts) if sure or loose else ()


def mark_shape(answer: str, wanted: tuple[Decimal, ...], typed: str) -> Mark:
    """The mark of a row of numbers, in which the order matters; the reason says which of them is not right."""
    said = sequence(typed, loose=True)
    if said == wanted and len(wanted) == 1 and typed.strip()[:1].isalnum():
        return nearly("it is a row of one number", answer)
    if said == wanted:
        return right() if "".join(answer.split()) == "".join(typed.split()) else right("the same numbers")
    if not said:
        return wrong(answer, f"it is {counted(len(wanted), 'number')} in a row")
    if sorted(said) == sorted(wanted):
        return wrong(answer, "the numbers are right, their order is not")
    if said == wanted[1:]:
        return wrong(answer, f"the first number, {wanted[0]}, is missing")
    if len(said) != len(wanted):
        were = "was" if len(wanted) == 1 else "were"
        return wrong(answer, f"{counted(len(wanted), 'number')} {were} asked for, and {len(said)} given")
    off = [place for place, (one, two) in enumerate(zip(wanted, said, strict=True), start=1) if one != two]
    if len(off) == 1 and len(wanted) > 1:
        place = off[0]
        return wrong(answer, f"the {_ORDINALS.get(place, f'{place}th')} number is {wanted[place - 1]}")
    return wrong(answer)
