"""Reading numbers as people write them: `1e-3`, `10^{-3}`, `1·10⁻³`, `0,5`, `1 000`, `1/3`, `ln 10`, `sqrt(2) m`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from studytool.quiz.marking.expression import Reader, value
from studytool.quiz.marking.notation import linear
from studytool.quiz.marking.units import PLAIN, Unit, unit

LONGEST = 200
"""Characters of a number that are read."""
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,'’_]*(?:[ \u00a0\u202f]\d{3}(?![\d]))*(?:[.,]\d+)?(?![\w]*\^)")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:([,.'’_ ])\d{3})(?:\1\d{3})*")
_LITERAL = re.compile(
    r"[+-]?\s*(\d+(?:\.(\d+))?|\.(\d+))(?:\s*(?:e|\*\s*10\s*\^)\s*\(?\s*([+-]?\d{1,4})\s*\)?)?", re.IGNORECASE
)
_SAID_BEFORE = "approx\\. approximately about ca\\. ca circa roughly etwa rund in at is it\\sis it's equals"
_PIECE = re.compile(r"\d+(?:\.\d+)?\s*[^\W\d_]+")
_SEVERAL = re.compile(rf"{_PIECE.pattern}(?:(?:\s+|\s*,\s*|\s+and\s+){_PIECE.pattern}){{1,3}}")
_ABOUT = re.compile(rf"^(?:(?:[~≈=]|(?:{'|'.join(_SAID_BEFORE.split())})(?=\s))\s*)+", re.IGNORECASE)
_SAID = (
    (re.compile(r"^(?:an? |one )?half$", re.IGNORECASE), "1/2"),
    (re.compile(r"^(?:an? |one )?third$", re.IGNORECASE), "1/3"),
    (re.compile(r"^(?:an? |one )?quarter$", re.IGNORECASE), "1/4"),
    (re.compile(r"^an? (?=(?:hundred|thousand|million|billion)\b)", re.IGNORECASE), ""),
    (re.compile(r"^minus\b\s*", re.IGNORECASE), "-"),
    (re.compile(r"\bper cent\b", re.IGNORECASE), "percent"),
    (re.compile(r"\s*\bsquared\b", re.IGNORECASE), "^2"),
    (re.compile(r"\s*\bcubed\b", re.IGNORECASE), "^3"),
    (re.compile(r"\bdeg(?:rees?)?\s*(?=[CF]\b|celsius\b|fahrenheit\b)", re.IGNORECASE), "°"),
)
_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS = {word: number for number, word in enumerate(_UNITS.split())}
_WORDS |= {word: 10 * ten for ten, word in enumerate(_TENS.split(), 2)}
_TIMES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_DECADE = re.compile(r"(?:the )?[12]\d\d0['’]?s", re.IGNORECASE)
_CASELESS = re.compile(r"[kmgt]i?b(?:/s)?")
_METRES_PER = re.compile(r"([kcm]?m)s\s*\^?\s*\(?\s*(-[1-3])\s*\)?")
_SUFFIXES = {"k": 1000, "M": 10**6}
_FOREIGN = (
    "null zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
    "cero dos tres cuatro cinco seis siete ocho nueve diez once doce",
    "zéro deux trois quatre cinq six sept huit neuf dix onze douze",
)
for _listed in _FOREIGN:
    _first, *_rest = _listed.split()
    _WORDS |= {_first: 0, **{word: number for number, word in enumerate(_rest, 2)}}
_WORDS |= {"uno": 1, "eins": 1}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as it was written.

    `figures` counts the significant figures that were written, and `place` is one of the last of them (0.01 for
    `3.14`); both are 0 for what is exact, such as `1/3` and `sqrt(2)`. `whole` says that no decimals were written.
    `unit` is None when `unit_text` is no known unit. `times` is what a word after the digits multiplied them by: a
    million in `3 million people`, whose value is 3,000,000 and whose unit `people`.
    """

    value: Fraction
    figures: int
    place: Fraction
    whole: bool
    unit_text: str
    unit: Unit | None
    times: int = 1

    @property
    def base(self) -> Fraction:
        """The value in base units (kelvin, metre, bit, …); as it is when the unit is not known."""
        return self.value * self.scale + (self.unit.zero if self.unit else 0)

    @property
    def scale(self) -> Fraction:
        """Base units in one of its unit."""
        return self.unit.scale if self.unit else Fraction(1)

    def multiplied(self, times: int) -> Quantity:
        """So many times of it, exactly: what `5` is before `± 1 million`."""
        return replace(self, value=self.value * times, figures=0, place=Fraction(0), times=times) if times > 1 else self


def readings(text: str) -> list[Quantity]:
    """What a text that begins with a number may mean, the likeliest first; more than one for `1,234` and `1.234`.

    None for the decade `1990s`, which is no time in seconds. `16 gb`, in which the case says nothing, may be bytes or
    bits; `5 ms^-1` is 5 per millisecond, as SI has it, or 5 m/s, as many write it.
    """
    if len(text) > LONGEST or _DECADE.fullmatch(text.strip()):
        return []
    line = _line(text)
    ways = [_NUMBER.sub(digits, line) for digits in (_english, _continental)]
    found = [_sum(way) or _read(way) for way in ways]
    seen: list[Quantity] = []
    for quantity in found:
        seen += [meant for meant in _meanings(quantity) if meant not in seen]
    return seen


def _meanings(found: Quantity | None) -> tuple[Quantity, ...]:
    """The quantity, if there is one; bytes and bits where all is written small, `kb` as bits first; m/s as `ms^-1`."""
    if found and (speed := _METRES_PER.fullmatch(found.unit_text)):
        return (found, replace(found, unit=unit(f"{speed[1]} s^{speed[2]}")))
    if found is None or not _CASELESS.fullmatch(found.unit_text):
        return (found,) if found else ()
    in_bytes = replace(found, unit=unit(found.unit_text.replace("b", "B")))
    return (found, in_bytes) if found.unit_text[:2] == "kb" else (in_bytes, found)


def _line(text: str) -> str:
    line = linear(text).replace("{", "(").replace("}", ")").replace("\\", "")
    line = _ABOUT.sub("", line.strip(), count=1)
    for said, meant in _SAID:
        line = said.sub(meant, line)
    return line.strip()


@lru_cache(maxsize=4096)
def _digits(token: str, continental: bool) -> str:
    """`1,000`, `1 000` and `1'000` are a thousand, `0,5` is a half; `1.000` only in the `continental` way."""
    tail = ""
    while token and not token[-1].isdigit():
        token, tail = token[:-1], token[-1] + tail
    token = token.replace("\u00a0", " ").replace("\u202f", " ")
    marks = [mark for mark in token if not mark.isdigit()]
    if len(set(marks)) == 2 and marks[-1] in ".," and marks.count(marks[-1]) == 1:
        whole, _, decimals = token.rpartition(marks[-1])  # 1.234,5 and 1,234.5
        if _GROUPED.fullmatch(whole):
            return re.sub(r"\D", "", whole) + "." + decimals + tail
    grouped = _GROUPED.fullmatch(token)
    many = len(marks) > 1
    if grouped and (grouped[1] in "'’_ " or many or grouped[1] == (".,"[not continental])):
        return re.sub(r"\D", "", token) + tail
    if marks == [","]:
        return token.replace(",", ".") + tail
    return token + tail


def _english(match: re.Match[str]) -> str:
    return _digits(match[0], False)


def _continental(match: re.Match[str]) -> str:
    return _digits(match[0], True)


def _read(line: str) -> Quantity | None:
    sign = -1 if line[:1] == "-" else 1
    if spoken := _spoken(line.removeprefix("-")):
        number, rest = spoken
        return Quantity(Fraction(sign * number), 0, Fraction(0), True, rest, unit(rest))
    try:
        node, end = Reader(line, numeric=True).read()
        found = Fraction(value(node))
    except (ValueError, ArithmeticError):
        return None
    written, rest = line[:end].strip(), " ".join(line[end:].split()).removesuffix(".").strip()
    if rest and (rest[0] in "+-*^=(_:" or (rest[0].isdigit() and unit(rest) is None)):
        return None  # more mathematics, which is not about a number alone
    times, others = _times(rest)
    if times > 1:
        return Quantity(found * times, 0, Fraction(0), True, others, unit(others), times)
    literal = _LITERAL.fullmatch(written)
    if literal is None:
        return Quantity(found, 0, Fraction(0), False, rest, unit(rest))
    decimals = literal[2] or literal[3] or ""
    power = int(literal[4] or 0)
    figures = len(re.sub(r"\D", "", literal[1]).lstrip("0")) or 1
    place = Fraction(10) ** (power - len(decimals))
    return Quantity(found, figures, place, not decimals and literal[4] is None, rest, unit(rest))


def _times(rest: str) -> tuple[int, str]:
    """What the words after a number multiply it by, and what follows them: `hundred thousand people`."""
    times, word = _SUFFIXES.get(rest, 1), rest.partition(" ")[0].casefold()
    if times > 1:
        return times, ""
    while word in _TIMES:
        times, rest = times * _TIMES[word], rest.partition(" ")[2].lstrip()
        word = rest.partition(" ")[0].casefold()
    return times, rest


def _sum(line: str) -> Quantity | None:
    """Several numbers with units of one kind, `5 min 30 s`, in the first of their units."""
    pieces = [_read(piece) for piece in _PIECE.findall(line)] if _SEVERAL.fullmatch(line) else []
    first, *others = pieces or [None]
    if first is None or first.unit is None or first.unit == PLAIN:
        return None
    total, place = first.value, first.place * first.scale
    for other in others:
        if other is None or other.unit is None or other.unit.dimension != first.unit.dimension:
            return None
        total += other.value * other.scale / first.scale
        place = other.place * other.scale
    return replace(first, value=total, figures=first.figures + len(others), place=place / first.scale)


def _spoken(line: str) -> tuple[int, str] | None:
    """A number in words and what follows it: `twenty-five metres` is 25 and `metres`."""
    total, part, used = 0, 0, 0
    tokens = re.findall(r"[^\W\d_]+|\S", line)[:12]
    for token in tokens:
        word = token.casefold()
        if word in _TIMES and (part or not used):
            part = part or 1
            total, part = (total, part * 100) if word == "hundred" else (total + part * _TIMES[word], 0)
        elif word in _WORDS and (part == 0 or (part % 10 == 0 and _WORDS[word] < (10 if part % 100 else 100))):
            part += _WORDS[word]
        elif not (word in ("-", "and") and used):
            break
        used += 1
    if not used:
        return None
    rest = line
    for token in tokens[:used]:
        rest = rest.partition(token)[2]
    return total + part, rest.strip()
