"""The colours of pictures: blue against orange, which all kinds of colour vision tell apart, in dark and in light."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

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

    def shades(self, kind: int) -> list[str]:
        """From nearly the surface to the full tint of class `kind`, `SHADES` of them."""
        return _ramp(self.surface, self.tints[kind], SHADES)

    def tones(self, kind: int) -> list[str]:
        """From nearly the surface to the full colour of points of class `kind`: for pictures without anything on."""
        return _ramp(self.surface, self.kinds[kind], SHADES)

    def greys(self) -> list[str]:
        """From the surface to the colour of text, `SHADES` of them."""
        return [self.surface, *_ramp(self.surface, self.text, SHADES)[1:]]


DARK = Theme(
    text="#d6dbe3",
    dim="#7f8a99",
    surface="#12161d",
    rule="#f7f3e8",
    kinds=("#6fb7ff", "#ffae42"),
    tints=("#143d6e", "#5c3409"),
    series=("#4fd0a8", "#d99ad0", "#e6d35a", "#8fa8ff"),
    mark="#f7f3e8",
)
LIGHT = Theme(
    text="#23282f",
    dim="#69727e",
    surface="#fbfaf6",
    rule="#15181c",
    kinds=("#0a54a8", "#a84a00"),
    tints=("#b3d3f4", "#ffd7a3"),
    series=("#00785a", "#9c3a8d", "#7d6a00", "#3f55c4"),
    mark="#15181c",
)


@cache
def _ramp(start: str, end: str, steps: int) -> list[str]:
    low, high = (tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5)) for colour in (start, end))
    parts = [(0.18 + 0.82 * k / (steps - 1)) for k in range(steps)]
    return ["#" + "".join(f"{round(a + (b - a) * t):02x}" for a, b in zip(low, high, strict=True)) for t in parts]
