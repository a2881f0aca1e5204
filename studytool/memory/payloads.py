"""The payloads of many answers at once: most have one form and are read as bytes, the rest is left to `json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from studytool.memory.texts import Texts

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DIGITS = 9


class Answers(NamedTuple):
    """What payloads of answers say, by row; 0 where a value is missing or odd."""

    grade: NDArray[np.int8]
    took: NDArray[np.int32]
    days: NDArray[np.int32]


class Parsed(NamedTuple):
    """Payloads: the plain ones in columns, the others as the objects they are."""

    answers: Answers
    others: dict[int, Any]
    """By row, for all that is not `{"grade":G,"took_ms":N}`, with `"days":N` after it maybe."""


def parsed(payloads: Texts) -> Parsed:
    """Read the payloads of many events; `ValueError` if one is not JSON."""
    size = len(payloads)
    plain = Answers(np.zeros(size, np.int8), np.zeros(size, np.int32), np.zeros(size, np.int32))
    rows = np.flatnonzero(~_read(payloads, plain))
    rest = payloads.at(rows)
    try:
        told = json.loads("[" + ",".join(rest) + "]")  # one call for all takes half the time of one call each
    except (ValueError, RecursionError):
        told = []
    if len(told) != len(rest):  # two halves of nonsense that make sense together
        told = list(map(_object, rest))
    return Parsed(plain, dict(zip(rows.tolist(), told, strict=True)))


def _object(payload: str) -> Any:
    """What a payload holds; None, which says nothing, where it is lists within lists beyond all measure."""
    try:
        return json.loads(payload)
    except RecursionError:
        return None


def _number(text: Texts, at: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]:
    """The whole number that begins at a place, where it ends, and whether it is one as JSON writes it."""
    first = text.digit(at)
    going = first <= 9
    value, end = np.where(going, first, 0).astype(np.int64), at + going
    for _ in range(_DIGITS - 1):
        digit = text.digit(end)
        going &= digit <= 9
        if not going.any():
            break
        value = np.where(going, 10 * value + digit, value)
        end += going
    return value, end, (end > at) & ((first != 0) | (end == at + 1))


def _read(text: Texts, into: Answers) -> NDArray[np.bool_]:
    """Read those of the plain form; tells which they are."""
    is_plain = np.zeros(len(text), np.bool_)
    rows = np.flatnonzero(text.ends - text.begins >= len('{"grade":3,"took_ms":0}'))
    at = text.begins[rows]
    fits = text.has(at, b'{"grade"') & text.has(at + 10, b',"took_m') & text.has(at + 1, b'"grade":')
    rows = rows[fits & text.has(at + 13, b'ook_ms":')]
    at, end = text.begins[rows], text.ends[rows]
    grade = text.digit(at + 9)
    took, at, fits = _number(text, at + 21)
    days = np.zeros(len(rows), np.int64)
    longer = np.flatnonzero(fits & (at + 1 < end))
    if longer.size:
        fits[longer] = text.has(at[longer], b',"days":')
        days[longer], at[longer], is_number = _number(text, at[longer] + 8)
        fits[longer] &= is_number
    fits &= (grade >= 1) & (grade <= 4) & (at + 1 == end) & (text.bytes[at] == ord("}"))
    rows = rows[fits]
    is_plain[rows] = True
    into.grade[rows], into.took[rows], into.days[rows] = grade[fits], took[fits], days[fits]
    return is_plain
