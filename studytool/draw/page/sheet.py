"""A sheet of shapes in pixels: what SVG and bitmaps are both written from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studytool.draw.picture import Look
from studytool.draw.theme import Theme, theme_of
from studytool.text import cells, clean

if TYPE_CHECKING:
    import numpy as np

# What neither XML nor a font can hold, even escaped.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
ADVANCE = 0.602
"""The width of a character of a monospaced font, in parts of its size; hardly one is wider."""
_SIZE, _ROW = 13.0, 18.0
"""Pixels of the font and of a row of text at zoom 1."""
ROUND, UP, SQUARE, DIAMOND = range(4)
"""Shapes of marks, in the order in which series get them; in cells they are ● ▲ ■ ◆."""


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle in pixels, `left` and `top` its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height

    def below(self, height: float) -> Area:
        """What is left under its first `height` pixels."""
        return Area(self.left, self.top + height, self.width, max(self.height - height, 0.0))


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    area: Area
    fill: str


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled polygon; with `width` only its outline, closed, in that colour and so wide."""

    points: Sequence[tuple[float, float]]
    colour: str
    width: float = 0.0
    ground: str = ""
    """What the inside of an outline is filled with; nothing where it is empty."""


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle; with `width` only its outline."""

    x: float
    y: float
    radius: float
    colour: str
    width: float = 0.0
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """Straight pieces between points."""

    points: Sequence[tuple[float, float]]
    colour: str
    width: float


@dataclass(frozen=True, slots=True)
class Words:
    """One row of text; (`x`, `y`) is on its base line at the `anchor`: "start", "middle" or "end"."""

    x: float
    y: float
    text: str
    colour: str
    size: float
    anchor: str
    bold: bool


@dataclass(frozen=True, slots=True)
class Pixels:
    """A grid of colours stretched over an area: `numbers` [rows, columns] count in `colours`."""

    area: Area
    numbers: np.ndarray
    colours: Sequence[str]


def printable(text: str) -> str:
    """`text` without what no file could show."""
    return _UNFIT.sub("", clean(text))


Shape = Box | Polygon | Disc | Path | Words | Pixels


@dataclass(slots=True)
class Sheet:
    """`width` × `height` pixels and the shapes on them, in the order in which they are painted."""

    width: int
    height: int
    look: Look
    zoom: float
    title: str = ""
    """What the whole picture is called, for those who do not see it."""
    told: str = ""
    """The picture in words."""
    theme: Theme = field(init=False)
    shapes: list[Shape] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.theme = theme_of(self.look)

    @property
    def size(self) -> float:
        """The size of the font, in pixels."""
        return _SIZE * self.zoom

    @property
    def row(self) -> float:
        """The height of a row of text, in pixels."""
        return _ROW * self.zoom

    @property
    def column(self) -> float:
        """The width of a character, in pixels."""
        return ADVANCE * self.size

    def add(self, *shapes: Shape) -> None:
        """Paint shapes over what is there."""
        self.shapes += shapes

    def measure(self, text: str) -> float:
        """How wide `text` is, in pixels."""
        return cells(text) * self.column

    def fitting(self, text: str, width: float) -> str:
        """As much of `text` as `width` pixels hold, with an ellipsis where some is left out."""
        text = printable(text).replace("\n", " ").expandtabs(4)
        room = int(width / self.column + 1e-6)
        if cells(text) <= room:
            return text
        while text and cells(text) > room - 1:
            text = text[:-1]
        return text.rstrip() + "…" if room > 0 else ""

    def words(
        self,
        x: float,
        top: float,
        text: str,
        colour: str,
        *,
        anchor: str = "start",
        bold: bool = False,
        room: float | None = None,
    ) -> float:
        """A row of text whose row begins at `top`, cut to `room` pixels; returns where it ends, if it starts at `x`."""
        text = self.fitting(text, self.width if room is None else room)
        if text.strip():
            base = top + 0.5 * self.row + 0.36 * self.size
            self.add(Words(x, base, text, colour, self.size, anchor, bold))
        return x + self.measure(text)

    def mark(self, x: float, y: float, shape: int, colour: str, *, hollow: bool = False, size: float = 4.5) -> None:
        """A mark around a point; a `hollow` one shows the ground of the sheet inside."""
        r, width, ground = size * self.zoom, 1.6 * self.zoom * hollow, self.theme.surface if hollow else ""
        if shape % 4 == ROUND:
            self.add(Disc(x, y, r, colour, width, ground))
            return
        corners = {
            UP: ((0, -1.2), (1.1, 0.8), (-1.1, 0.8)),
            SQUARE: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
            DIAMOND: ((0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)),
        }[shape % 4]
        self.add(Polygon([(x + r * dx, y + r * dy) for dx, dy in corners], colour, width, ground))
