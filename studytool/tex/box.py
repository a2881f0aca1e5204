"""Boxes: rows of text of one width, with a baseline, and how they are put beside and above one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from studytool.tex import marks

Align = Literal["l", "c", "r"]

# More cells than any terminal shows at once. A formula that needs more is no picture, and the work that goes into
# one stays in proportion to its length.
MOST_CELLS = 40_000


class Oversize(Exception):
    """A box would have more than `MOST_CELLS`."""


@dataclass(frozen=True, slots=True)
class Box:
    """Rows of text, each `width` terminal cells wide; the line that a formula is read along is row `baseline`.

    `marked` holds what was marked in the source, as (row, first character, character behind the last).
    """

    rows: tuple[str, ...]
    baseline: int = 0
    width: int = 0
    marked: tuple[tuple[int, int, int], ...] = ()

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self.rows)

    @property
    def above(self) -> int:
        """Rows above the baseline."""
        return self.baseline

    @property
    def below(self) -> int:
        """Rows below the baseline."""
        return len(self.rows) - 1 - self.baseline


def of(text: str) -> Box:
    """A box of one row."""
    return Box((text,), 0, marks.width(text))


EMPTY = of("")


def beside(boxes: Sequence[Box]) -> Box:
    """The boxes from left to right, their baselines on one line."""
    if len(boxes) == 1:
        return boxes[0]
    above = max((box.above for box in boxes), default=0)
    below = max((box.below for box in boxes), default=0)
    width = sum(box.width for box in boxes)
    _check(width, above + below + 1)
    lines: list[list[str]] = [[] for _ in range(above + below + 1)]
    for box in boxes:
        first = above - box.above
        blank = " " * box.width
        for at, line in enumerate(lines):
            line.append(box.rows[at - first] if first <= at < first + box.height else blank)
    return Box(tuple(map("".join, lines)), above, width)


def stacked(boxes: Sequence[Box], base: int, align: Align = "c") -> Box:
    """The boxes from top to bottom; the baseline is that of `boxes[base]`."""
    width = max(box.width for box in boxes)
    _check(width, sum(box.height for box in boxes))
    rows = tuple(row for box in boxes for row in widened(box, width, align).rows)
    return Box(rows, sum(box.height for box in boxes[:base]) + boxes[base].baseline, width)


def widened(box: Box, width: int, align: Align = "c") -> Box:
    """The box in at least `width` cells."""
    blank = width - box.width
    if blank <= 0:
        return box
    left = {"l": 0, "c": blank // 2, "r": blank}[align]
    before, after = " " * left, " " * (blank - left)
    return Box(tuple(f"{before}{row}{after}" for row in box.rows), box.baseline, width)


def heightened(box: Box, above: int, below: int) -> Box:
    """The box with at least so many rows above and below its baseline."""
    over, under = max(above - box.above, 0), max(below - box.below, 0)
    if not over and not under:
        return box
    _check(box.width, over + box.height + under)
    blank = (" " * box.width,)
    return Box(blank * over + box.rows + blank * under, box.baseline + over, box.width)


def column(signs: Sequence[str], baseline: int) -> Box:
    """Signs of the same width, one below the other."""
    return Box(tuple(signs), baseline, marks.width(signs[0]))


def marked(box: Box) -> Box:
    """The box with all of it marked, but for the blanks round a single row."""
    if box.height == 1:
        return Box((marks.marked(box.rows[0]),), 0, box.width)
    return Box(tuple(f"{marks.OPEN}{marks.unmarked(row)}{marks.CLOSE}" for row in box.rows), box.baseline, box.width)


def finished(box: Box) -> Box:
    """The box with its marks taken out of the text and told beside it."""
    if not any(marks.OPEN in row for row in box.rows):
        return box
    found = tuple((number, *span) for number, row in enumerate(box.rows) for span in marks.spans(row))
    return Box(tuple(map(marks.unmarked, box.rows)), box.baseline, box.width, found)


def _check(width: int, height: int) -> None:
    if width * height > MOST_CELLS:
        raise Oversize
