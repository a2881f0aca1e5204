"""Tables as columns that fit the width, or, where there are too many, as a list of their rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from studytool.app.prose.inline import inline_runs
from studytool.app.prose.lines import Line, Run, cells, wrap
from studytool.app.prose.parser import parser
from studytool.text import clean

if TYPE_CHECKING:
    from markdown_it.token import Token

_RULE = "$foreground-muted"
_HEAD = "bold $text-primary"
_NARROWEST = 6  # cells of a column that text can still be read in


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its runs, their width in cells where they stand on one line, and where they are aligned."""

    runs: list[Run]
    width: int
    align: str


def read_table(tokens: Sequence[Token], at: int) -> tuple[list[list[Cell]], int]:
    """The rows of the table that opens at a token, the head first; and the index of its last token."""
    rows: list[list[Cell]] = []
    while tokens[at].type != "table_close":
        token = tokens[at]
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            runs = inline_runs(tokens[at + 1].children or [], _HEAD if token.type == "th_open" else "")
            align = str(token.attrGet("style") or "").removeprefix("text-align:")
            rows[-1].append(Cell(runs, _natural_width(runs), align))
        at += 1
    return rows, at


def table_rows(head: str, rows: str, width: int, natural: Sequence[int], *, with_head: bool) -> list[Line]:
    """Some rows of a long table, whose columns would like to be `natural` cells wide."""
    found, _ = read_table(parser().parse(clean(f"{head}\n{rows}")), 0)
    lines = table_lines(found, width, natural)
    if with_head:
        return lines
    alone = table_lines(found[:1], width, natural)
    return lines[len(alone) :] if _is_in_columns(natural[: len(found[0])], width) else [[], *lines]


def table_lines(rows: Sequence[Sequence[Cell]], width: int, natural: Sequence[int] = ()) -> list[Line]:
    """The table in at most `width` cells; `natural` has those that its columns would like, if that is known."""
    count = max(map(len, rows), default=0)
    if len(natural) < count:
        natural = [max((row[column].width for row in rows if column < len(row)), default=0) for column in range(count)]
    natural = natural[:count]
    room = width - 3 * (count - 1)
    if not _is_in_columns(natural, width):
        return _as_list(rows, width)
    widths = _shared(natural, room)
    lines: list[Line] = []
    for number, row in enumerate(rows):
        lines.extend(_row_lines(row, widths))
        if number == 0:
            lines.append([("─┼─".join("─" * one for one in widths), _RULE)])
    return lines


def _is_in_columns(natural: Sequence[int], width: int) -> bool:
    """Whether each column has room for what it holds, or for enough of it to be read."""
    return width - 3 * (len(natural) - 1) >= sum(min(wanted, _NARROWEST) for wanted in natural)


def _row_lines(row: Sequence[Cell], widths: Sequence[int]) -> list[Line]:
    """One row; a cell too long for its column goes on in the next line."""
    wrapped = [wrap(cell.runs, width) for cell, width in zip(row, widths, strict=False)]
    lines: list[Line] = []
    for parts in zip_longest(*wrapped, fillvalue=()):
        line: Line = []
        for column, (part, width) in enumerate(zip(parts, widths, strict=False)):
            if column:
                line.append((" │ ", _RULE))
            blank = max(width - cells(part), 0)
            left = {"right": blank, "center": blank // 2}.get(row[column].align, 0)
            line.extend([(" " * left, ""), *part, (" " * (blank - left), "")])
        lines.append([run for run in line if run[0]])
    return lines


def _as_list(rows: Sequence[Sequence[Cell]], width: int) -> list[Line]:
    """Each row as a paragraph of `head: cell` lines."""
    head = rows[0]
    lines: list[Line] = []
    for row in rows[1:] or rows:
        if lines:
            lines.append([])
        for name, cell in zip(head, row, strict=False):
            if cell.runs:
                lines.extend(wrap([*name.runs, (": ", _RULE), *cell.runs], width))
    return lines


def _shared(natural: Sequence[int], room: int) -> list[int]:
    """Widths that sum up to at most `room`: what narrow columns do not need, the wide ones share evenly."""
    widths = [0] * len(natural)
    left = room
    order = sorted(range(len(natural)), key=natural.__getitem__)
    for done, column in enumerate(order):
        widths[column] = max(min(natural[column], left // (len(order) - done)), 1)
        left -= widths[column]
    return widths


def _natural_width(runs: Sequence[Run]) -> int:
    if any("\n" in text for text, _ in runs):
        return max(map(cells, wrap(runs, 1000)))
    return cells(runs)
