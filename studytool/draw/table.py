"""The table panel: named columns and rows of words and numbers, numbers one under the other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studytool.draw.canvas import Canvas, Rect
from studytool.draw.chart import number
from studytool.text import cells, one_line

GAP = 2
"""Cells between columns."""
_NARROW = 8
"""A column of words is not made narrower than this."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A table as text: the heading and the rows, how wide each column is, and which are numbers, flush right."""

    head: list[str]
    rows: list[list[str]]
    widths: list[int]
    right: list[bool]
    mark: int | None

    def lines(self, width: int) -> list[str]:
        """Heading and rows as lines of at most `width` cells; columns for which there is no room are left out."""
        widths = self.fitting(width)
        lines = []
        for row in [self.head, *self.rows]:
            parts = [_cell(text, wide, right) for text, wide, right in zip(row, widths, self.right, strict=False)]
            lines.append((" " * GAP).join(parts).rstrip())
        return lines

    def fitting(self, width: int) -> list[int]:
        """How wide the columns are in so many cells: the widest gives way first, then the last are left out."""
        for count in range(len(self.widths), 0, -1):
            widths, room = list(self.widths[:count]), width - GAP * (count - 1)
            while sum(widths) > room:
                words = [k for k in range(count) if not self.right[k] and widths[k] > _NARROW]
                if not words:
                    break
                widths[max(words, key=widths.__getitem__)] -= 1
            if sum(widths) <= room:
                return widths
        return [max(width, 0)] if self.widths else []


def laid(panel: Mapping[str, Any]) -> Laid:
    """The text of a table panel's cells, and how it is set."""
    head = [one_line(str(name)) for name in panel["columns"]]
    rows = [[_told(value) for value in row][: len(head)] for row in panel["rows"]]
    rows = [row + [""] * (len(head) - len(row)) for row in rows]
    given = [[row[k] for row in panel["rows"] if k < len(row)] for k in range(len(head))]
    right = [bool(column) and not any(isinstance(value, str) for value in column) for column in given]
    widths = [max(cells(row[k]) for row in [head, *rows]) for k in range(len(head))]
    mark = panel.get("mark")
    return Laid(head, rows, widths, right, mark if mark is not None and 0 <= mark < len(rows) else None)


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a table panel into `rect`; what rows are left out is said, and the marked one is always there."""
    theme, top = canvas.theme, rect.top
    if panel["title"] and rect.height > 2:
        canvas.put(rect.left, top, panel["title"], theme.text, bold=True)
        top += 1
    table = laid(panel)
    head, *lines = table.lines(rect.width - 2)
    canvas.put(rect.left + 2, top, head, theme.dim)
    for offset, k in enumerate(shown_rows(table, rect.top + rect.height - top - 1)):
        if k is None:
            told = f"… {len(lines) - offset} more"
            canvas.put(rect.left + 2, top + 1 + offset, told, theme.dim)
            continue
        is_mark = k == table.mark
        if is_mark:
            canvas.put(rect.left, top + 1 + offset, "▸", theme.text, bold=True)
        canvas.put(rect.left + 2, top + 1 + offset, lines[k], theme.text, bold=is_mark)


def shown_rows(table: Laid, room: int) -> list[int | None]:
    """The numbers of the rows that `room` lines show, the marked one among them; None is for those left out."""
    count = len(table.rows)
    if count <= room:
        return list(range(count))
    kept: list[int | None] = [*range(max(room - 1, 0))]
    if table.mark is not None and kept and table.mark >= len(kept):
        kept[-1] = table.mark
    return [*kept, None] if room > 0 else []


def needed(panel: Mapping[str, Any]) -> int:
    """The rows that all of a table takes."""
    return len(panel["rows"]) + 1 + bool(panel["title"])


def _told(value: object) -> str:
    if value is None:
        return "–"
    return one_line(value) if isinstance(value, str) else number(float(f"{float(str(value)):.4g}"))


def _cell(text: str, width: int, right: bool) -> str:
    if cells(text) > width:
        while text and cells(text) > width - 1:
            text = text[:-1]
        text = text.rstrip() + "…" if width > 0 else ""
    blank = " " * (width - cells(text))
    return blank + text if right else text + blank
