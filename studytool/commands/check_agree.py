"""Whether what a check comes to is what its card answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from studytool.notes.model import Question

if TYPE_CHECKING:
    from studytool.notes.model import Card

_NUMBER = re.compile(r"(?<![\w.])[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?")
_UNIT = re.compile(r"\d\s*([^\W\d_]{1,8}|%)\s*\Z")
_EQUAL = 1e-6  # relative: numbers of 32 bits


def answer_of(card: Card | Question) -> object:
    """What `answer` is in a check: a number where a question asks for one, the items in order, the pairs, else text."""
    if not isinstance(card, Question):
        return card.back
    if card.items or card.pairs:
        return list(card.items) or [list(pair) for pair in card.pairs if pair[0]]
    told = card.answer or ""
    found = _numbers(told) if card.kind == "numeric" and not told.startswith("(") else []
    return found[0][0] if found else told


def agrees(value: object, card: Card | Question) -> bool:
    """Whether the value of a check bears a card out: true or nothing, or what the card answers.

    A number has to be one that a question accepts, or one of those in the answer of a card, to the decimals that it
    has there; several numbers have to stand there one after the other. Texts have to stand in the answer.
    """
    if value is None or isinstance(value, bool):
        return value is not False
    if isinstance(card, Question) and card.kind == "numeric" and isinstance(value, (int, float)):
        return _is_accepted(value, card.accepted)
    told = card.back if not isinstance(card, Question) else card.answer or ""
    if isinstance(card, Question) and card.items and isinstance(value, list):
        return value == list(card.items)
    if isinstance(value, str):
        return bool(value.strip()) and _plain(value) in _plain(told)
    values = value if isinstance(value, list) else [value]
    if all(isinstance(one, str) for one in values):
        return bool(values) and all(agrees(one, card) for one in values)
    return _stand(values, _numbers(told))


def _is_accepted(value: float, accepted: Sequence[str]) -> bool:
    from studytool.quiz.marking.numeric import mark_numeric

    told = str(value) if isinstance(value, int) else f"{value:.7g}"
    units = [""] + [f" {found[1]}" for text in accepted if (found := _UNIT.search(text))]
    return any(mark_numeric(accepted, told + unit).verdict == "right" for unit in units)


def _numbers(text: str) -> list[tuple[float, float]]:
    """The numbers in a text, each with half a unit of its last decimal; a whole number is exact."""
    found = []
    for one in _NUMBER.findall(text.replace("{,}", ",")):
        digits = one.replace(",", "").replace("−", "-")
        mantissa, _, exponent = digits.partition("e")
        decimals = len(mantissa.partition(".")[2])
        half = 0.5000001 * 10.0 ** (int(exponent or 0) - decimals) if decimals else 0.0
        found.append((float(digits), half))
    return found


def _stand(values: Sequence[object], numbers: Sequence[tuple[float, float]]) -> bool:
    """Whether the values are some of these numbers in a row."""
    if not values or not all(isinstance(one, (int, float)) for one in values):
        return False
    rows = (numbers[at : at + len(values)] for at in range(len(numbers) - len(values) + 1))
    return any(all(map(_is, values, row)) for row in rows)


def _is(value: object, number: tuple[float, float]) -> bool:
    assert isinstance(value, (int, float))
    told, half = number
    return abs(value - told) <= max(half, _EQUAL * abs(told), 1e-9)


def _plain(text: str) -> str:
    return " ".join(text.replace("−", "-").replace("`", "").casefold().split())
