"""The colours of pictures, in dark and in light: blue against orange, which all kinds of colour vision tell apart.

The four colours of series keep a distance of 20 in CIELAB from each other for people without cones for long, middle
or short waves too (simulated after Machado, Oliveira and Fernandes, 2009); shapes tell them apart as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from studytool.draw.picture import Look

# Half-planes and heat maps use so many shades on each side of zero: 2 × 8 + the surface stay below 24 styles.
SHADES = 8


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as "#rrggbb" by what they are for."""

    text: str
    dim: str
    surface: str
    rule: str
    """A decision line: the strongest contrast in the picture."""
    kinds: tuple[str, str]
    """Points of the two classes."""
    tints: tuple[str, str]
    """The strongest shade of the half-plane of each class."""
    series: tuple[str, ...]
    mark: str
    """The ground behind the point being looked at."""
    few: bool = False
    """Whether these are some of the 16 ANSI colours, and everything between them has to be one, too."""

    def shades(self, kind: int) -> list[str]:
        """From nearly the surface to the full tint of class `kind`, `SHADES` of them."""
        return self._shown(_ramp(self.surface, self.tints[kind], SHADES))

    def tones(self, kind: int, count: int = SHADES) -> list[str]:
        """From nearly the surface to the full colour of points of class `kind`: for pictures without anything on."""
        return self._shown(_ramp(self.surface, self.kinds[kind], count, 0.06))

    def levels(self, count: int) -> list[str]:
        """So many shades of the first class that all stand out from the surface, up to its full colour."""
        return self._shown(_ramp(self.surface, self.kinds[0], count, 0.66))

    def faint(self, colour: str) -> str:
        """A colour nearer to the surface, for what lies behind."""
        return self._shown([_ramp(self.surface, colour, SHADES)[SHADES // 2 - 1]])[0]

    def greys(self) -> list[str]:
        """From the surface to the colour of text, `SHADES` of them."""
        return self._shown([self.surface, *_ramp(self.surface, self.text, SHADES)[1:]])

    def mixed(self, part: float) -> str:
        """A colour so far on the way from the surface to that of text, `part` from 0 to 1."""
        return _mixed(self.surface, self.text, part)

    def _shown(self, colours: list[str]) -> list[str]:
        return [nearest(colour) for colour in colours] if self.few else colours


DARK = Theme(
    text="#d6dbe3",
    dim="#7f8a99",
    surface="#12161d",
    rule="#f7f3e8",
    kinds=("#6fb7ff", "#ffae42"),
    tints=("#143d6e", "#5c3409"),
    series=("#2fc79a", "#f0a3e4", "#f2e27a", "#7d8cff"),
    mark="#f7f3e8",
)
STRONG = replace(DARK, text="#ffffff", dim="#d0d0d0", surface="#000000", rule="#ffffff", mark="#ffffff")
LIGHT = Theme(
    text="#23282f",
    dim="#69727e",
    surface="#fbfaf6",
    rule="#15181c",
    kinds=("#0a54a8", "#a84a00"),
    tints=("#b3d3f4", "#ffd7a3"),
    series=("#006b50", "#b83d95", "#8a6a00", "#3f3fb8"),
    mark="#15181c",
)


# The 16 colours of terminals that have no others, as their standard (VGA) has them; normal ones, then bright ones.
ANSI = (
    *("#000000", "#aa0000", "#00aa00", "#aa5500", "#0000aa", "#aa00aa", "#00aaaa", "#aaaaaa"),
    *("#555555", "#ff5555", "#55ff55", "#ffff55", "#5555ff", "#ff55ff", "#55ffff", "#ffffff"),
)
DARK_FEW = Theme(
    text="#ffffff",
    dim="#aaaaaa",
    surface="#000000",
    rule="#ffffff",
    kinds=("#55ffff", "#ffff55"),
    tints=("#0000aa", "#aa5500"),
    series=("#55ff55", "#ff55ff", "#ffff55", "#55ffff"),
    mark="#ffffff",
    few=True,
)
LIGHT_FEW = Theme(
    text="#000000",
    dim="#555555",
    surface="#ffffff",
    rule="#000000",
    kinds=("#0000aa", "#aa0000"),
    tints=("#55ffff", "#ffff55"),
    series=("#000000", "#aa00aa", "#aa0000", "#0000aa"),
    mark="#000000",
    few=True,
)


def theme_of(look: Look) -> Theme:
    """The colours that a screen of that look takes."""
    if look.strong and look.dark and not look.few:
        return STRONG
    return ((LIGHT_FEW, DARK_FEW) if look.few else (LIGHT, DARK))[look.dark]


@cache
def nearest(colour: str) -> str:
    """The one of the 16 ANSI colours that is nearest, weighing red, green and blue as the eye does."""

    def distance(other: str) -> float:
        (r, g, b), (r2, g2, b2) = _parts(colour), _parts(other)
        middle = (r + r2) / 512
        return (2 + middle) * (r - r2) ** 2 + 4 * (g - g2) ** 2 + (3 - middle) * (b - b2) ** 2

    return min(ANSI, key=distance)


@cache
def _ramp(start: str, end: str, steps: int, least: float = 0.18) -> list[str]:
    return [_mixed(start, end, least + (1 - least) * k / (steps - 1)) for k in range(steps)]


def _mixed(start: str, end: str, part: float) -> str:
    parts = zip(_parts(start), _parts(end), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in parts)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
