"""A grid of cells that is drawn on with arrays and handed out as merged runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.draw.picture import Look, Picture, Run
from studytool.draw.theme import theme_of
from studytool.text import cells

if TYPE_CHECKING:
    import numpy as np

# Unicode's braille block; bits of the eight dots, [row][column].
_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


@dataclass(frozen=True, slots=True)
class Rect:
    """Cells `left` … `left + width`, `top` … `top + height` of a canvas."""

    left: int
    top: int
    width: int
    height: int


class Canvas:
    """`width` × `height` cells of a character, two colours and bold. Text outside `clip` is cut off, never an error."""

    def __init__(self, width: int, height: int, look: Look) -> None:
        import numpy as np

        self.width, self.height, self.look = width, height, look
        self.theme = theme_of(look)
        self.clip = Rect(0, 0, width, height)
        self.codes = np.full((height, width), 0x20, np.uint32)
        self.fg = np.zeros((height, width), np.int16)
        self.bg = np.zeros((height, width), np.int16)
        self.bold = np.zeros((height, width), np.int16)
        self._palette: list[str | None] = [None]
        self._numbers: dict[str | None, int] = {None: 0}

    def colour(self, name: str | None) -> int:
        """The number of a colour on this canvas; 0, that of the screen, when it has none."""
        if not self.look.colour:
            return 0
        if name not in self._numbers:
            self._numbers[name] = len(self._palette)
            self._palette.append(name)
        return self._numbers[name]

    def put(self, left: int, top: int, text: str, fg: str | None = None, *, bold: bool = False) -> int:
        """Write `text` on one row, over whatever ground is there; returns the column after it or after the clip."""
        number = self.colour(fg)
        clip, end = self.clip, self.clip.left + self.clip.width
        visible = clip.top <= top < clip.top + clip.height
        for character in text:
            if left >= end:
                break
            size = cells(character)
            if size and visible and clip.left <= left <= end - size:
                self.codes[top, left] = ord(character)
                self.fg[top, left] = number
                self.bold[top, left] = bold
                if size == 2:
                    self.codes[top, left + 1] = 0  # the second half of a wide character
            left += size
        return left

    def stamp(self, columns: np.ndarray, rows: np.ndarray, glyph: str, fg: str, *, bold: bool = False) -> None:
        """Put one narrow `glyph` at many places of the canvas at once: cell indices [n]."""
        self.codes[rows, columns] = ord(glyph)
        self.fg[rows, columns] = self.colour(fg)
        self.bold[rows, columns] = bold

    def ground(self, column: int, row: int, colour: str) -> None:
        """Paint the background of one cell."""
        if 0 <= row < self.height and 0 <= column < self.width:
            self.bg[row, column] = self.colour(colour)

    def pixels(self, rect: Rect, colours: np.ndarray) -> None:
        """Fill `rect` with half-cell pixels: colour numbers [2 · height, width]."""
        import numpy as np

        area = _area(rect)
        upper, lower = colours[0::2], colours[1::2]
        self.codes[area] = np.where(upper == lower, 0x20, 0x2580)
        self.fg[area] = upper
        self.bg[area] = lower

    def dots(self, rect: Rect, on: np.ndarray, fg: str, grounds: np.ndarray | None = None) -> None:
        """Draw braille dots where `on` [4 · height, 2 · width]; `grounds` [height, width] are numbers of colours."""
        import numpy as np

        cells = on.reshape(rect.height, 4, rect.width, 2)
        bits = np.tensordot(cells, np.array(_DOTS), axes=((1, 3), (0, 1))).astype(np.uint32)
        drawn = bits > 0
        area = _area(rect)
        self.codes[area][drawn] = (_BRAILLE + bits)[drawn]
        self.fg[area][drawn] = self.colour(fg)
        if grounds is not None:
            self.bg[area][drawn] = grounds[drawn]

    def lines(self, rect: Rect, drawn: Sequence[tuple[np.ndarray, str]], grounds: np.ndarray | None = None) -> None:
        """Draw several lines, each its dots [4 · height, 2 · width] and a colour, as `dots` does.

        A cell has one colour: where lines share cells they take turns from column to column, so that none is hidden.
        """
        import numpy as np

        if not drawn:
            return
        on = np.stack([dots for dots, _ in drawn])
        there = on.reshape(len(drawn), rect.height, 4, rect.width, 2).any(axis=(2, 4))
        turn = np.arange(rect.width) % np.maximum(there.sum(axis=0), 1)  # whose turn it is among those that are there
        owner = there & (there.cumsum(axis=0) - 1 == turn)
        for k, (dots, colour) in enumerate(drawn):
            self.dots(rect, dots & owner[k].repeat(4, axis=0).repeat(2, axis=1), colour, grounds)

    def picture(self) -> Picture:
        """Everything drawn, neighbours of one style merged."""
        import numpy as np

        # The ink of a blank is not seen: given that of the cell before it on the same ground, more are alike.
        blank = self.codes == 0x20
        starts = ~blank
        starts[:, 1:] |= self.bg[:, 1:] != self.bg[:, :-1]
        source = np.maximum.accumulate(np.where(starts, np.arange(self.width), 0), axis=1)
        ink = np.where(blank, 0, (self.fg.astype(np.int32) << 1) | self.bold)
        ink = np.take_along_axis(ink, source, axis=1)
        styles = (ink << 12) | self.bg
        rows = []
        palette = self._palette
        for codes, style in zip(self.codes, styles, strict=True):
            characters = codes.tobytes().decode("utf-32-le")
            cuts = [0, *(np.flatnonzero(style[1:] != style[:-1]) + 1).tolist()]
            row = []
            for start, end, key in zip(cuts, [*cuts[1:], self.width], style[cuts].tolist(), strict=True):
                fg, bg = palette[key >> 13], palette[key & 0xFFF]
                row.append(Run(characters[start:end].replace("\0", ""), fg, bg, bool(key >> 12 & 1)))
            rows.append(row)
        return Picture(rows)


def _area(rect: Rect) -> tuple[slice, slice]:
    return slice(rect.top, rect.top + rect.height), slice(rect.left, rect.left + rect.width)
