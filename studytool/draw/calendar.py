"""The calendar panel: a number a day, a column a week, so that a year is seen at one glance."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from studytool.draw.arrays import array
from studytool.draw.canvas import Canvas, Rect
from studytool.draw.chart import number

LEVELS = 4
"""Shades of days that have anything."""
ROWS = 7
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mo", "", "We", "", "Fr", "", "Su")
_MARGIN = 3
_WEIGHTS = "·░▒▓█"


class Day(NamedTuple):
    """Where a day stands: its column, 0 for the first week, its row, 0 for Monday, and its level, 0 for nothing."""

    week: int
    weekday: int
    level: int


@dataclass(frozen=True, slots=True)
class Year:
    """Days in weeks, and what the levels mean."""

    days: list[Day]
    weeks: int
    bounds: tuple[tuple[float, float], ...]
    """The lowest and highest number of each level that any day has, from level 1 on; (0, 0) for one without a day."""
    months: tuple[tuple[int, str], ...]
    """The column in which each month begins, and its name."""


def arranged(first: int, values: Sequence[float]) -> Year:
    """A number a day from `first` on, a `date` ordinal, in weeks and levels: each level has about as many days."""
    counts = [value if 0 < value < float("inf") else 0.0 for value in values]
    some = sorted(value for value in counts if value)
    edges = sorted({some[len(some) * k // LEVELS - 1] for k in range(1, LEVELS)}) if len(some) >= LEVELS else some[:-1]
    days, found, months = [], [[0.0, 0.0] for _ in range(LEVELS)], []
    for at, value in enumerate(counts):
        week, weekday = divmod(at + (first - 1) % ROWS, ROWS)  # day 1 was a Monday
        level = 1 + bisect_left(edges, value) if value else 0
        days.append(Day(week, weekday, level))
        if level:
            low, high = found[level - 1]
            found[level - 1] = [min(low or value, value), max(high, value)]
        on = date.fromordinal(first + at)
        if at == 0 or on.day == 1:
            months.append((week, _MONTHS[on.month - 1]))
    return Year(days, days[-1].week + 1 if days else 0, tuple((low, high) for low, high in found), tuple(months))


def laid(panel: Mapping[str, Any]) -> Year:
    """The days of a panel."""
    return arranged(int(panel["first"]), array(panel["values"]).ravel().tolist())


def named_months(months: tuple[tuple[int, str], ...], skipped: int, apart: float) -> list[tuple[int, str]]:
    """The columns and names of the months from column `skipped` on, those left out that would touch the next one."""
    seen = [(max(week - skipped, 0), name) for week, name in months if week >= skipped or name == months[0][1]]
    kept = [one for one, after in pairwise(seen) if after[0] - one[0] >= apart]
    return kept + seen[-1:]


def told(bounds: tuple[tuple[float, float], ...]) -> list[tuple[int, str]]:
    """What each level stands for, such as (2, "5–9"); levels without a day are left out."""
    found = []
    for level, (low, high) in enumerate(bounds, 1):
        if high:
            found.append((level, number(low) if low == high else f"{number(low)}–{number(high)}"))
    return found


def sign(level: int, colour: bool) -> str:
    """The character of a day: where there is no colour, of growing weight."""
    return "■" if level and colour else _WEIGHTS[level]


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a calendar into `rect`; where it is too narrow for all weeks, the last ones."""
    theme, top = canvas.theme, rect.top
    if panel["title"] and rect.height > ROWS:
        canvas.put(rect.left, top, panel["title"][: rect.width], theme.text, bold=True)
        top += 1
    year = laid(panel)
    if not year.weeks:
        return
    wide = 2 if rect.width - _MARGIN >= 2 * year.weeks else 1
    skipped = max(year.weeks - max(rect.width - _MARGIN, 1) // wide, 0)
    left, end = rect.left + _MARGIN, rect.top + rect.height
    if end - top > ROWS:
        for week, name in named_months(year.months, skipped, 4 / wide):
            canvas.put(left + week * wide, top, name, theme.dim)
        top += 1
    colours = shades(canvas)
    for row, name in enumerate(WEEKDAYS):
        if top + row < end:
            canvas.put(rect.left, top + row, name, theme.dim)
    for day in year.days:
        if day.week >= skipped:
            canvas.put(left + (day.week - skipped) * wide, top + day.weekday, sign(day.level, canvas.look.colour),
                       colours[day.level])  # fmt: skip
    if end - top > ROWS + 1:
        column = left
        for level, words in told(year.bounds):
            column = canvas.put(column, top + ROWS + 1, sign(level, canvas.look.colour), colours[level])
            column = canvas.put(column + 1, top + ROWS + 1, words, theme.dim) + 2
        canvas.put(column, top + ROWS + 1, panel.get("unit", ""), theme.dim)


def shades(canvas: Canvas) -> list[str]:
    """The colour of each level, that of an empty day first."""
    return [canvas.theme.dim, *canvas.theme.levels(LEVELS)]
