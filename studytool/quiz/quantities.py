"""Numbers as they stand in running text, each whole: with its decimals, its power of ten and its unit."""

from __future__ import annotations

import re
import unicodedata

POWER = r"(?:[eE][-+−]?\d+|\s?(?:[×·⋅*x]|\\cdot|\\times)\s?10(?:\^\{?[-+−]?\d+\}?|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))(?![^\W_])"
"""A power of ten behind a number: `e23`, `×10⁻¹⁹`, `\\cdot 10^{3}`."""
_NUMBER = re.compile(rf"(?<![\w.,])(?:[-+−](?=\d))?\d+(?:[.,]\d+)*(?P<power>{POWER})?(?![^\W_])")
_POWER = re.compile(rf"(?<=\d){POWER}")
_UNIT = re.compile(r"[ \u00a0\u202f]?((?:[^\W\d_]|[°%‰/^·⁻⁰¹²³⁴-⁹])[^\s,;:!?()\[\]|]{0,39})(?![^\s,;:!?()\[\]|])")
"""A unit, of so many signs at most."""
_LONGEST_EXPONENT = 9
"""Signs of an exponent, its sign among them: no quantity has a longer one."""


def quantities(text: str) -> list[tuple[int, int]]:
    """The places of numbers that have more than digits: decimals, a power of ten or a unit."""
    found: list[tuple[int, int]] = []
    for number in _NUMBER.finditer(text):
        end = _behind_unit(text, number.end())
        if end > number.end() or not number[0].isdigit():
            found.append((number.start(), end))
    return found


def is_quantity(text: str) -> bool:
    """Whether a text is such a number and nothing more."""
    return quantities(text) == [(0, len(text))]


def with_e(number: str) -> str:
    """A number with its power of ten written as `e-19`; any other text as it is."""
    power = _POWER.search(number)
    if power is None:
        return number
    exponent = re.findall(r"[-+−]?\d+", unicodedata.normalize("NFKC", power[0]))[-1].replace("−", "-")
    if len(exponent) > _LONGEST_EXPONENT:
        return number
    return f"{number[: power.start()]}e{int(exponent)}{number[power.end() :]}"


def _behind_unit(text: str, place: int) -> int:
    """Where the unit ends that begins at this place; the place itself where there is none."""
    from studytool.quiz.marking.notation import linear
    from studytool.quiz.marking.units import PLAIN, unit

    behind = _UNIT.match(text, place)
    if behind is None:
        return place
    name = behind[1].rstrip(".")
    known = unit(linear(f"1{name}" if name.startswith("/") else name))
    return place if known in (None, PLAIN) else behind.start(1) + len(name)
