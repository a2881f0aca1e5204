"""Marking numbers: values with a tolerance and a unit, ranges, and tensor shapes.

An accepted answer is written as in a note:

    0.25 ± 0.01 m     within 0.01 m; `25 cm` is the same
    0.25 +- 4 %       within 4 percent of it
    50 % ± 5 %        between 45 % and 55 %: per cent of what is given in per cent are points
    1 … 5 s           between the two
    5 ± 1 million     within a million of five million, as in `1 … 5 million` the million belongs to both
    3.14              to the figures that it shows, two at least
    391               a whole number without a unit is exact
    1/3, ln 10        exact; as a decimal, to three figures at least
    (32, 64, 7, 7)    these numbers in this order
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from studytool.quiz.marking.notation import formula, linear
from studytool.quiz.marking.quantity import LONGEST, Quantity, readings
from studytool.quiz.marking.reasons import nearly, quoted, right, wrong
from studytool.quiz.marking.shape import mark_shape, sequence
from studytool.quiz.marking.text import wording
from studytool.quiz.marking.units import PLAIN, Unit, unit
from studytool.quiz.model import Mark
from studytool.quiz.words import is_negation
from studytool.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_EQUAL = Fraction(1, 10**9)  # relative: as far as the sums of a calculator agree
_FIGURES = 3  # of a decimal that stands for an exact value, such as 0.333 for 1/3
_TOLERANCE = re.compile(r"\s*\+\s*/?\s*-\s*")
_CLOCK = re.compile(r"\d+(?::\d\d){1,2}")
_PER_CENT_OF = re.compile(r"([^%a-zA-Z]+%)\s*([^\W\d_].*)")
_RANGE = re.compile(r"\s*(?:…|\.\.\.?)\s*")
_RANGE_OR_TO = re.compile(rf"{_RANGE.pattern}|\s+(?:to|until|bis)\s+", re.IGNORECASE)
_ENDS = re.compile(rf"{_RANGE_OR_TO.pattern}|(?<=\d)\s*[-–—−]\s*(?=\d)", re.IGNORECASE)
_SUFFIX = re.compile(r"[^a-zA-Z]*\d\s*([kM])")
_MEANT = {"k": "thousand", "M": "million"}
_JOINING = "or and to plus minus times percent less more than oder und ou et o y"
_NO_NOUNS = frozenset(_JOINING.split())
_JOINED = re.compile(r"\d")
_RANK = {"right": 0, "nearly": 1, "wrong": 2}


@dataclass(frozen=True, slots=True)
class Key:
    """An accepted number: between `low` and `high` in base units, with the quantity it is written as."""

    text: str
    quantity: Quantity
    low: Fraction
    high: Fraction
    stated: str
    """The tolerance or range in the author's words; empty when the figures decide."""

    @property
    def is_range(self) -> bool:
        """Whether it is written as a range, which has no value of its own."""
        return bool(_RANGE.search(self.stated))


def mark_numeric(accepted: Sequence[str], response: str, *, unit_is_shown: bool = False) -> Mark:
    """Mark a typed number against texts as they stand in notes; one that fits is enough.

    Where the unit of the first of them stands beside the field, a bare number is in that unit. The reason names what
    is off: the sign, a factor of ten, a missing or another unit, too few figures, the number of a shape that differs.
    Raises nothing: a text that is no number is wrong, and says so.
    """
    typed = clean(response[: LONGEST + 1]).strip()
    first = accepted[0] if accepted else ""
    if len(response) > LONGEST and len(response.strip()) > LONGEST:
        return wrong(first, f"that is {len(response):,} characters long, and a number was asked for")
    if not typed:
        return wrong(first, "nothing was typed")
    shown = first_key.quantity if unit_is_shown and (first_key := key(first)) else None
    marks = [_against(text, typed, shown) for text in accepted]
    return min(marks, key=lambda found: _RANK[found.verdict], default=wrong(first))


def key(text: str) -> Key | None:
    """The number that an accepted text stands for; None when it is no number."""
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return None
    if len(sides := _RANGE.split(text)) == 2:
        return _range(text, *sides)
    number, *tolerance = _TOLERANCE.split(linear(text).replace("\\", ""), maxsplit=1)
    if tolerance:
        return _stated(text, number, tolerance[0])
    found = readings(text)
    return _shown(text, found[0]) if found else None


def _range(text: str, low: str, high: str) -> Key | None:
    ends = [found[0] if (found := readings(side)) else None for side in (low, high)]
    if ends[0] is None or ends[1] is None:
        return None
    first, last = ends[0], ends[1]
    if not first.unit_text:
        means_times = first.times == 1 and abs(first.value) <= abs(last.value) / last.times  # 1 … 5 million
        first = _with_unit(first.multiplied(last.times if means_times else 1), last.unit, last.unit_text)
    below, above = sorted((first.base, last.base))
    return Key(text, last, below, above, text)


def _stated(text: str, number: str, tolerance: str) -> Key | None:
    tail = _PER_CENT_OF.fullmatch(tolerance)  # 0.25 ± 5 % m
    middle, slack = readings(f"{number} {tail[2]}" if tail else number), readings(tail[1] if tail else tolerance)
    if not middle or not slack:
        return None
    about, off = middle[0], slack[0]
    if not about.unit_text and about.times == 1 and abs(about.value) < off.value:  # 5 ± 1 million
        about = about.multiplied(off.times)
    if off.unit_text == "%" and about.unit_text != "%":
        about = about if about.unit_text else _with_unit(about, PLAIN, "")
        width = abs(about.base) * off.base
    else:
        if not about.unit_text:
            about = _with_unit(about, off.unit, off.unit_text)
        width = abs(off.value * (off.scale if off.unit_text else about.scale))
    width += _agreement(about)
    return Key(text, about, about.base - width, about.base + width, f"± {tolerance.strip().lstrip('-')}")


def _shown(text: str, found: Quantity) -> Key:
    """A number without a stated tolerance: half of its last place, where at least two figures are taken as shown."""
    slack = _agreement(found)
    if found.figures and not (found.whole and not _is_measure(found)):
        slack += (found.place / 10 if found.figures < 2 else found.place) / 2 * found.scale
    return Key(text, found, found.base - slack, found.base + slack, "")


def _agreement(found: Quantity) -> Fraction:
    """How far two calculations of one value may be apart; less than one for whole numbers."""
    slack = abs(found.base) * _EQUAL
    return min(slack, Fraction(1, 4)) if found.whole and found.unit == PLAIN else slack


def _is_measure(found: Quantity) -> bool:
    """Whether a whole number of it may be rounded: metres may, bytes and layers are counted."""
    return found.unit is not None and found.unit.kind not in ("an amount of data", "a plain number")


def _with_unit(found: Quantity, meant: Unit | None, name: str) -> Quantity:
    return replace(found, unit=meant, unit_text=name)


def _against(text: str, typed: str, shown: Quantity | None) -> Mark:
    if one_line(text) == one_line(typed):
        return right()
    if wanted := sequence(text):
        return mark_shape(text, wanted, typed)
    accepted = key(text)
    if accepted is None:
        same = formula(text) == formula(typed) or wording(text) == wording(typed)
        return right(f"written {quoted(text)}") if same else wrong(text)
    return mark_quantity(accepted, typed, shown)


def mark_quantity(accepted: Key, typed: str, shown: Quantity | None = None) -> Mark:
    """The mark of a text against one accepted number; the likeliest reading of it that fits counts.

    A bare number is in the unit of `shown`, where that stands beside the field.
    """
    said = readings(typed)
    if not said:
        is_time = _CLOCK.fullmatch(typed) and accepted.quantity.unit and accepted.quantity.unit.kind == "a time"
        told = "; write a time with its units, such as 1 min 30 s" if is_time else ""
        return wrong(accepted.text, f"a number was asked for{told}")
    said.sort(key=lambda given: not same_dimension(accepted.quantity, given))
    marks = [_compare(accepted, given, shown) for given in said]
    return _retold(accepted, typed, min(marks, key=lambda found: _RANK[found.verdict]))


def _retold(accepted: Key, typed: str, found: Mark) -> Mark:
    """The mark of a text that may be meant as something else than the number that was read in it."""
    wants_null = is_null(accepted.text)
    if found.verdict == "right":
        return nearly("null is 0 in German only", accepted.text) if wants_null != is_null(typed) else found
    ends = (_ENDS if accepted.is_range else _RANGE_OR_TO).split(typed)
    if found.verdict == "wrong" and len(ends) == 2 and all(map(readings, ends)):
        return wrong(accepted.text, "one number is asked for")
    if found.verdict == "wrong" and (suffix := _SUFFIX.fullmatch(typed)):
        return Mark("wrong", f"{found.reason}; {quoted(suffix[1])} is read as {_MEANT[suffix[1]]}")
    return found


def is_null(text: str) -> bool:
    """Whether a text is the word that is 0 in German and no number in a program."""
    return text.strip().strip("`").casefold() == "null"


def _compare(accepted: Key, given: Quantity, shown: Quantity | None) -> Mark:
    wanted, text = accepted.quantity, accepted.text
    if given.unit_text in ("C", "F") and wanted.unit_text[:1] == "°":
        given = _with_unit(given, unit(f"°{given.unit_text}"), f"°{given.unit_text}")
    if wanted.unit_text[:1] == "°" and len(wanted.unit_text) > 1 and given.unit and given.unit == unit("°"):
        given = _with_unit(given, PLAIN, "")  # 37 degrees, of which scale?
    if shown and shown.unit_text and wanted.unit_text and not given.unit_text:
        return _in_shown(accepted, given, shown)
    if given.unit_text and not same_dimension(wanted, given):
        return _other_unit(accepted, given)
    missing = (
        bool(wanted.unit_text) and not given.unit_text and not (wanted.unit and wanted.unit.kind == "a plain number")
    )
    bare = bool(wanted.unit_text) and not given.unit_text
    read = _with_unit(given, wanted.unit, wanted.unit_text) if bare else given
    if bare and not missing and accepted.low <= given.base <= accepted.high:
        return right("the same value")  # 0.5 for 50 %
    if accepted.low <= read.base <= accepted.high:
        if bare:
            return nearly(f"the number is right, but the unit is missing: {one_line(wanted.unit_text, 40)}", text)
        return right() if read.value == wanted.value else right(_why_right(accepted, read))
    if (rounded := _rounded(accepted, read)) and not bare:
        return rounded
    why = _why_wrong(accepted, read)
    return wrong(text, f"{why}, and the unit is missing" if bare and why else why)


def _in_shown(accepted: Key, given: Quantity, shown: Quantity) -> Mark:
    """The mark of a bare number beside whose field a unit stands: it is in that; 0.5 for 50 % is nearly right."""
    found = _compare(accepted, _with_unit(given, shown.unit, shown.unit_text), None)
    is_ratio = accepted.quantity.unit is not None and accepted.quantity.unit.dimension == PLAIN.dimension
    if found.verdict != "right" and is_ratio and accepted.low <= given.base <= accepted.high:
        told = f"the value is right, but it was asked for in {one_line(shown.unit_text, 40)}"
        return nearly(told, accepted.text)
    return found


def _why_right(accepted: Key, given: Quantity) -> str:
    if accepted.is_range:
        return f"within {one_line(accepted.stated, 60)}"
    if abs(given.base - accepted.quantity.base) <= _agreement(accepted.quantity):
        return "the same value"
    return f"within {one_line(accepted.stated, 60)}" if accepted.stated else "to the figures shown"


def _rounded(accepted: Key, given: Quantity) -> Mark | None:
    """Right or nearly when the key was rounded correctly to the fewer figures of the answer, else None."""
    if accepted.is_range or not given.figures or (given.whole and accepted.quantity.whole):
        return None
    off = abs(given.base - accepted.quantity.base)
    if off > given.place / 2 * given.scale * (1 + _EQUAL):
        return None
    exact = not accepted.quantity.figures or (accepted.quantity.whole and given.scale != accepted.quantity.scale)
    if exact and not accepted.stated and given.figures >= _FIGURES and not given.whole:
        return right("rounded")
    if given.figures >= 2 or off <= abs(accepted.quantity.base) / 50:
        return nearly("too few significant figures", accepted.text)
    if accepted.stated:
        return None  # too small or too large
    return wrong(accepted.text, "too few significant figures")


def same_dimension(wanted: Quantity, given: Quantity) -> bool:
    """Whether two units measure the same, or are the same words."""
    if wanted.unit and given.unit:
        return wanted.unit.dimension == given.unit.dimension
    if wanted.unit_text == given.unit_text:
        return True
    one, other = formula(wanted.unit_text), formula(given.unit_text)
    said, also = wording(wanted.unit_text), wording(given.unit_text)
    return (one == other and bool(one)) or (said == also and bool(said))


def _other_unit(accepted: Key, given: Quantity) -> Mark:
    wanted, text = accepted.quantity, accepted.text
    number = accepted.low <= _with_unit(given, wanted.unit, "").base <= accepted.high
    name = quoted(given.unit_text[:40])
    if not wanted.unit_text:
        if number and given.unit is None and is_noun(given.unit_text):
            return right("the number")
        if number and (_JOINED.search(given.unit_text) or _NO_NOUNS & set(given.unit_text.casefold().split())):
            return wrong(text, "one number is asked for")
        if number:
            return nearly(f"the number is right, but no {name} belongs to it", text)
        return wrong(text, f"a plain number was asked for, not {name}")
    if wanted.unit and given.unit:
        return wrong(text, _no_conversion(wanted, given, name))
    other = "another unit" if wanted.unit is None or given.unit is not None else "no known unit"
    return wrong(text, f"the number is right, but {name} is {other}" if number else f"{name} is {other}")


def _no_conversion(wanted: Quantity, given: Quantity, name: str) -> str:
    """Why one known unit is not the other; per cent and degrees measure nothing that has a name."""
    asked = quoted(wanted.unit_text[:40])
    if wanted.unit is None or given.unit is None or not (wanted.unit.kind and given.unit.kind):
        return f"{name} cannot be converted to {asked}"
    if given.unit.dimension == PLAIN.dimension:
        return f"{name} is no unit of {wanted.unit.kind}"
    kind = asked if wanted.unit.dimension == PLAIN.dimension else wanted.unit.kind
    return f"{name} is the unit of {given.unit.kind}, and {kind} was asked for"


def is_noun(text: str) -> bool:
    """Whether what follows a number only says what it counts: `391 parameters`, not `391 or 392`."""
    said = text.split()
    if len(said) > 3 or not all(word.replace("-", "").isalpha() for word in said):
        return False
    return not any(is_negation(word) or word.casefold() in _NO_NOUNS for word in said)


def _why_wrong(accepted: Key, given: Quantity) -> str:
    """The slip that leads from the key to the answer, where it is a common one."""
    if accepted.is_range:
        return "it is too small" if given.base < accepted.low else "it is too large"
    wanted = accepted.quantity.base
    if wanted and accepted.low <= -given.base <= accepted.high:
        return "the sign"
    for power in (ten for step in range(1, 13) for ten in (step, -step)):
        if wanted and accepted.low <= abs(given.base) / Fraction(10) ** power <= accepted.high:
            also = " and the sign" if (given.base < 0) != (wanted < 0) else ""
            return f"off by a factor of {10 ** abs(power):,}, too {'large' if power > 0 else 'small'}{also}"
    if given.base and wanted and accepted.low <= 1 / given.base <= accepted.high:
        return "the reciprocal"
    return "too small" if given.base < wanted else "too large"
