"""Cells in rows and columns: matrices, cases and lines that are aligned at their relations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, cast

from studytool.tex.box import EMPTY, Align, Box, beside, of, stacked, widened

_BETWEEN = 2  # blanks between the columns of a matrix
_PAIRS = 3  # and between two pairs of columns in aligned lines


def grid(rows: Sequence[Sequence[Box]], shape: Literal["grid", "cases", "lines"], columns: str = "") -> Box:
    """The cells as one box whose baseline is its middle row, the lower one of two.

    `columns` is what LaTeX's `array` is told: l, c and r for how each column is aligned, | for a rule between two.
    """
    count = max(map(len, rows))
    aligns, rules = _aligned(shape, count), set[int]()
    if any(sign in "lcr" for sign in columns):
        given, rules = _told(columns)
        aligns = (given + aligns[len(given) :])[:count] if len(given) > 1 or count == 1 else given * count
    widths = [max(row[at].width if at < len(row) else 0 for row in rows) for at in range(count)]
    gaps = [0, *(_gap(shape, at, widths) for at in range(1, count))]
    lines = [_line(row, widths, aligns, gaps, rules) for row in rows]
    blank = any(line.height > 1 for line in lines) or (shape == "cases" and len(lines) == 2)
    pile: list[Box] = []
    for line in lines:
        if blank and pile:
            pile.append(_line([EMPTY] * count, widths, aligns, gaps, rules))
        pile.append(line)
    made = stacked(pile, 0, "c" if shape == "lines" and columns == "c" else "l")
    return replace(made, baseline=made.height // 2)


def _aligned(shape: str, count: int) -> list[Align]:
    if shape == "grid":
        return ["c"] * count
    if shape == "cases" or count == 1:
        return ["l"] * count
    return ["l" if at % 2 else "r" for at in range(count)]


def _told(columns: str) -> tuple[list[Align], set[int]]:
    """How each column is aligned, and before which columns (one past the last: behind it) a rule stands."""
    aligns = [cast("Align", sign) for sign in columns if sign in "lcr"]
    rules, at = set[int](), 0
    for sign in columns:
        at += sign in "lcr"
        if sign == "|":
            rules.add(at)
    return aligns, rules


def _gap(shape: str, at: int, widths: Sequence[int]) -> int:
    """Blanks before a column."""
    if shape != "lines":
        return _BETWEEN
    if at % 2:
        return 1 if widths[at - 1] and widths[at] else 0
    return _PAIRS


def _line(
    row: Sequence[Box], widths: Sequence[int], aligns: Sequence[Align], gaps: Sequence[int], rules: set[int]
) -> Box:
    cells: list[Box] = []
    above = max((cell.above for cell in row), default=0)
    below = max((cell.below for cell in row), default=0)
    rule = Box(("│",) * (above + below + 1), above, 1)
    for at, width in enumerate(widths):
        if at in rules:
            cells += [of(" " * bool(at)), rule, of(" ")]
        elif gaps[at]:
            cells.append(of(" " * gaps[at]))
        cells.append(widened(row[at] if at < len(row) else EMPTY, width, aligns[at]))
    if len(widths) in rules:
        cells += [of(" "), rule]
    return beside(cells)
