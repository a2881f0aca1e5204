"""Units of measurement: SI with its prefixes, what is used beside it, bytes and percent.

A table of its own rather than a library: a registry of all the units there are takes longer to load than a paper takes
to build, and knows a thousand names that an answer could be mistaken for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import pi

Dimension = tuple[int, ...]
"""Powers of metre, kilogram, second, ampere, kelvin, mole, candela and bit."""

_NONE: Dimension = (0,) * 8
_PREFIXES = {"": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18, "h": 2, "d": -1, "c": -2, "m": -3}
_PREFIXES |= {"μ": -6, "u": -6, "n": -9, "p": -12, "f": -15}
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40}
# symbol: its value in base units, then the powers of m kg s A K mol cd bit (trailing zeros left out).
_PREFIXED: dict[str, tuple[float, tuple[int, ...]]] = {
    "m": (1, (1,)),
    "g": (1e-3, (0, 1)),
    "s": (1, (0, 0, 1)),
    "A": (1, (0, 0, 0, 1)),
    "K": (1, (0, 0, 0, 0, 1)),
    "mol": (1, (0, 0, 0, 0, 0, 1)),
    "cd": (1, (0, 0, 0, 0, 0, 0, 1)),
    "bit": (1, (0, 0, 0, 0, 0, 0, 0, 1)),
    "B": (8, (0, 0, 0, 0, 0, 0, 0, 1)),
    "Hz": (1, (0, 0, -1)),
    "N": (1, (1, 1, -2)),
    "Pa": (1, (-1, 1, -2)),
    "J": (1, (2, 1, -2)),
    "W": (1, (2, 1, -3)),
    "C": (1, (0, 0, 1, 1)),
    "V": (1, (2, 1, -3, -1)),
    "F": (1, (-2, -1, 4, 2)),
    "Ω": (1, (2, 1, -3, -2)),
    "S": (1, (-2, -1, 3, 2)),
    "Wb": (1, (2, 1, -2, -1)),
    "T": (1, (0, 1, -2, -1)),
    "H": (1, (2, 1, -2, -2)),
    "VA": (1, (2, 1, -3)),
    "eV": (1.602176634e-19, (2, 1, -2)),
    "Wh": (3600, (2, 1, -2)),
    "bar": (1e5, (-1, 1, -2)),
    "L": (1e-3, (3,)),
    "l": (1e-3, (3,)),
}
_ALONE: dict[str, tuple[float, tuple[int, ...]]] = {
    "%": (1e-2, ()),
    "‰": (1e-3, ()),
    "ppm": (1e-6, ()),
    "rad": (1, ()),
    "°": (pi / 180, ()),
    "min": (60, (0, 0, 1)),
    "h": (3600, (0, 0, 1)),
    "d": (86400, (0, 0, 1)),
    "t": (1e3, (0, 1)),
    "ha": (1e4, (2,)),
    "°C": (1, (0, 0, 0, 0, 1)),
    "°F": (5 / 9, (0, 0, 0, 0, 1)),
}
_ZERO = {"°C": 273.15, "°F": 459.67 * 5 / 9}
"""Kelvin at the zero of a scale."""
_SPOKEN = (
    "m metre meter, g gram, s second sec sekunde sekunden, A ampere amp, K kelvin, B byte, bit bits, Hz hertz, "
    "N newton, Pa pascal, J joule, W watt, C coulomb, V volt, F farad, Ω ohm omega, T tesla, L litre liter, % percent "
    "prozent, rad radian, ° degree deg grad, °C celsius, °F fahrenheit, min minute minuten, h hour hr stunde stunden, "
    "d day tag, t tonne"
)
_WORDS = {word: line.split()[0] for line in _SPOKEN.split(",") for word in line.split()[1:]}
_WORD_PREFIXES = {"kilo": "k", "mega": "M", "giga": "G", "tera": "T", "centi": "c", "deci": "d", "milli": "m"}
_WORD_PREFIXES |= {"micro": "μ", "nano": "n", "pico": "p"}
_RUN_TOGETHER = {"kmh": "km/h", "kph": "km/h", "mps": "m/s"}
_DATA = re.compile(r"(?P<prefix>[kmgtpeKMGTPE][iI]?)?(?P<unit>[bB])(?P<rate>ps)?")
"""In an amount of data the case of the last letter is its meaning: b a bit, B a byte. That of the prefix is none."""
_FACTOR = re.compile(r"(?P<symbol>[^\W\d_]+|°\s?[CF]?|[%‰])\s*(?:\^?\s*\(?(?P<power>[+-]?\d)\)?)?")
_RUN_ON = re.compile(
    r"([kMGmμunp]?(?:N|Pa|J|W|V|A|S|T|Wb|Ω)|kg)([cdk]?m|m?s|h|K|kg|mol)"
    r"|([mkμu]?mol|[mkμu]?g)([cd]m|L|mol)|(mol)(m|s|kg|K)"
)
"""Two symbols without a blank between them, as in `Nm`, `kgm^-3` and `gcm^-3`; by their case, so `Km` stays `km`."""
_JOINT = re.compile(r"\s*([*/]|per\b|pro\b|)\s*")
_PER = ("/", "per", "pro")
_BELOW = re.compile(r"([^/]+)/\s*\(([^/]+)\)")
_NAMES = {
    (): "a plain number",
    (1,): "a length",
    (2,): "an area",
    (3,): "a volume",
    (0, 1): "a mass",
    (0, 0, 1): "a time",
    (0, 0, 0, 1): "a current",
    (0, 0, 0, 0, 1): "a temperature",
    (0, 0, 0, 0, 0, 0, 0, 1): "an amount of data",
    (0, 0, -1, 0, 0, 0, 0, 1): "a data rate",
    (1, 0, -1): "a speed",
    (1, 0, -2): "an acceleration",
    (0, 0, -1): "a frequency",
    (1, 1, -2): "a force",
    (-1, 1, -2): "a pressure",
    (2, 1, -2): "an energy",
    (2, 1, -3): "a power",
    (2, 1, -3, -1): "a voltage",
    (2, 1, -3, -2): "a resistance",
    (0, 0, 1, 1): "a charge",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: `scale` base units and `zero` kelvin above their zero; `dimension` says which base units."""

    scale: Fraction
    dimension: Dimension
    zero: Fraction = Fraction(0)

    @property
    def kind(self) -> str:
        """What it measures, such as "a length"; empty when that has no common name."""
        short = self.dimension
        while short and not short[-1]:
            short = short[:-1]
        return _NAMES.get(short, "")


PLAIN = Unit(Fraction(1), _NONE)
"""The unit of a number without one."""


def unit(text: str) -> Unit | None:
    """The unit that `m/s^2`, `J/(kg K)`, `Nm`, `km per hour`, `MiB` or `°C` stands for; None for any other text."""
    text = _RUN_TOGETHER.get(text.strip().casefold(), text.strip().rstrip("."))
    if (rate := _DATA.fullmatch(text)) and rate["rate"]:
        text = f"{text.removesuffix('ps')}/s"
    if not text or len(text) > 40:
        return None if text else PLAIN
    if len(single := _factors(text)) == 1:
        return single[0]
    if below := _BELOW.fullmatch(text):
        return _over(unit(below[1]), unit(below[2]))
    place, scale, dimension, sign = 0, Fraction(1), list(_NONE), 1
    if text[:1] == "1" and text[1:].lstrip()[:1] == "/":
        place, sign = text.index("/") + 1, -1
    while place < len(text):
        if text[place] == " ":
            place += 1
            continue
        match = _FACTOR.match(text, place)
        factors = _factors(match["symbol"]) if match else ()
        if match is None or not factors or factors[0].zero or (match["symbol"] in "%‰" and place):
            return None
        for found, raised in zip(reversed(factors), (match["power"] or 1, 1), strict=False):  # kgm^-3 is kg m^-3
            power = sign * int(raised)
            scale *= found.scale**power
            dimension = [mine + power * its for mine, its in zip(dimension, found.dimension, strict=True)]
        joint = _JOINT.match(text, match.end())
        if match["symbol"] in "%‰" and match.end() < len(text) and not (joint and joint[1] in _PER):
            return None  # 10 % cm
        sign = -1 if joint and joint[1] in _PER else 1
        place = joint.end() if joint else match.end()
    return Unit(scale, tuple(dimension)) if text[-1] not in "*/" else None


def _over(above: Unit | None, below: Unit | None) -> Unit | None:
    """One unit divided by another; None where one is none or a scale with a zero of its own."""
    if above is None or below is None or above.zero or below.zero:
        return None
    powers = tuple(mine - its for mine, its in zip(above.dimension, below.dimension, strict=True))
    return Unit(above.scale / below.scale, powers)


def _factors(name: str) -> tuple[Unit, ...]:
    """The unit, or the two that are run together, of which a symbol or a name is made; none for another text.

    The case decides between `Nm` and `nm`; only what has no meaning with its case is read without.
    """
    exact, folded = _symbols()
    name = name.replace("µ", "μ").replace("° ", "°")
    if found := _named(name):
        return (found,)
    if run_on := _RUN_ON.fullmatch(name):
        first, second = filter(None, run_on.groups())
        return (exact[first], exact[second])
    return (folded[name.casefold()],) if name.casefold() in folded else ()


def _named(name: str) -> Unit | None:
    """One unit by its symbol, else by its name."""
    exact, _ = _symbols()
    if found := exact.get(name):
        return found
    if data := _DATA.fullmatch(name):
        ten = (data["prefix"] or "").casefold()
        return exact.get((ten if ten == "k" else ten.capitalize()) + {"b": "bit", "B": "B"}[data["unit"]])
    word = name.casefold()
    prefix = next((prefix for prefix in _WORD_PREFIXES if word.startswith(prefix) and word != prefix), "")
    word = word.removeprefix("°") if len(word) > 2 else word  # °celsius
    for form in (word, word[:-1] if word.endswith("s") else word):
        if symbol := _WORDS.get(form.removeprefix(prefix), ""):
            return exact.get(_WORD_PREFIXES.get(prefix, "") + symbol)
    if word[1:] in _WORDS and (found := exact.get(name[0] + _WORDS[word[1:]])):
        return found  # kohm
    return None


@lru_cache(maxsize=1)
def _symbols() -> tuple[dict[str, Unit], dict[str, Unit]]:
    """All symbols with their prefixes, and those that stay one unit when case is ignored."""
    found = {name: _unit(scale, powers, _ZERO.get(name, 0)) for name, (scale, powers) in _ALONE.items()}
    for name, (scale, powers) in _PREFIXED.items():
        is_data = name in ("B", "bit")
        for prefix, ten in _PREFIXES.items():
            if not is_data or ten == 0 or ten > 2:  # a decibel is no tenth of a byte
                found.setdefault(prefix + name, _unit(Fraction(str(scale)) * Fraction(10) ** ten, powers))
        if is_data:
            for prefix, two in _BINARY.items():
                found[prefix + name] = _unit(Fraction(scale) * 2**two, powers)
    folded: dict[str, set[Unit]] = {}
    for symbol, meant in found.items():
        folded.setdefault(symbol.casefold(), set()).add(meant)
    return found, {symbol: meant.pop() for symbol, meant in folded.items() if len(meant) == 1}


def _unit(scale: float | Fraction, powers: tuple[int, ...], zero: float = 0) -> Unit:
    # Written in decimals, meant in decimals: a centimetre is exactly a hundredth.
    return Unit(Fraction(str(scale)), powers + _NONE[len(powers) :], Fraction(str(zero)))
