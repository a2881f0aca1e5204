"""The legend of a line panel: each series with its mark and newest value, on as few rows as that takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from studytool.draw.canvas import Canvas, Rect
from studytool.text import cells

_GAP = 2
_WHICH = "(last)"
"""Said of the values, which are the newest, or where a curve ends."""


class Entry(NamedTuple):
    """A series in a legend: its mark, its name, its value, its colour, and the value in fewer digits."""

    mark: str
    name: str
    value: str
    colour: str
    brief: str


def readable(name: object) -> str:
    """The name of a series or bar as a reader wants it: as an argument of Python it could have no blanks."""
    return str(name).replace("_", " ")


def short(names: Sequence[str]) -> list[str]:
    """The names without the words that all of them begin with: the title says those."""
    split = [name.split(" ") for name in names]
    alike = 0
    while len(split) > 1 and all(len(words) > alike + 1 and words[alike] == split[0][alike] for words in split):
        alike += 1
    return [" ".join(words[alike:]) for words in split]


Rows = list[list[tuple[int, str]]]
"""The entries of each row of a legend: the column it begins at, and its text."""


def legend_rows(title: str, entries: Sequence[Entry], width: int, most: int) -> Rows:
    """How the title, on the first row, and the entries stand on rows of `width` cells.

    Where that would take more than `most` rows, names go without the words that they share, and then numbers with
    fewer digits.
    """
    names = [entry.name for entry in entries]
    told = [entry.value for entry in entries]
    ways = [(names, told), (short(names), told), (short(names), [entry.brief for entry in entries])]
    laid = [_rows(title, _told(entries, *way), width) for way in (ways if title else ways[:1])]
    return next((rows for rows in laid if len(rows) <= most), laid[-1])


def _told(entries: Sequence[Entry], names: Sequence[str], values: Sequence[str]) -> list[str]:
    parts = zip((entry.mark for entry in entries), names, values, strict=True)
    return [" ".join(filter(None, part)) for part in parts]


def draw_legend(canvas: Canvas, rect: Rect, title: str, entries: Sequence[Entry], rows: Rows) -> None:
    """Write the title and the entries as `legend_rows` set them; and, where there is room, which values those are."""
    canvas.put(rect.left, rect.top, title[: rect.width], canvas.theme.text, bold=True)
    colours = iter([entry.colour for entry in entries])
    for number, row in enumerate(rows):
        for column, text in row:
            canvas.put(rect.left + column, rect.top + number, text, next(colours), bold=True)
    column, text = rows[-1][-1] if rows[-1] else (0, title)
    end = column + cells(text) + _GAP
    if end + cells(_WHICH) <= rect.width:
        canvas.put(rect.left + end, rect.top + len(rows) - 1, _WHICH, canvas.theme.dim)


def _rows(title: str, told: Sequence[str], width: int) -> Rows:
    """Where each entry goes: beside the title if there is room for all of them, else below it."""
    column = cells(title) + _GAP if title else 0
    rows: Rows = [[]]
    if title and column + sum(cells(text) + _GAP for text in told) - _GAP > width:
        rows, column = [[], []], 0
    for text in told:
        if column and rows[-1] and column + cells(text) > width:
            rows.append([])
            column = 0
        rows[-1].append((column, text))
        column += cells(text) + _GAP
    return rows
