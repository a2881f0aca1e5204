"""The columns panel: numbers in their order as upright bars, such as those of days; the later ones may be of a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studytool.draw.axes import Scale, scale
from studytool.draw.canvas import Canvas, Rect
from studytool.draw.chart import number
from studytool.text import cells

_MARGIN = 4
"""Cells that the numbers of the upright axis may take."""
_EIGHTHS = " ▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True)
class Row:
    """The numbers of a panel, where each stands and which are of the second kind."""

    values: list[float]
    labels: list[str]
    split: int
    """The first number of the second kind; as many as there are where all are of the first."""
    grouped: int
    """How many numbers each is the mean of."""

    @property
    def up(self) -> float:
        """The largest number, 1 at least where all are whole."""
        return max([value for value in self.values if value < float("inf")], default=0.0)


def laid(panel: Mapping[str, Any], most: int) -> Row:
    """A panel's numbers as at most `most` columns: neighbours become their mean where there are more."""
    values = [float(value) for value in panel["values"]]
    values = [value if 0 <= value < float("inf") else 0.0 for value in values]
    labels = [str(label) for label in panel["labels"]][: len(values)]
    labels += [""] * (len(values) - len(labels))
    split = panel.get("split")
    split = len(values) if split is None else split
    grouped = -(-len(values) // max(most, 1)) if values else 1
    if grouped > 1:  # groups begin at the split, so that none holds both kinds
        starts = [*range(split % grouped - grouped if split % grouped else 0, len(values), grouped)]
        parts = [(max(start, 0), min(start + grouped, len(values))) for start in starts]
        split = next((k for k, (start, _) in enumerate(parts) if start >= split), len(parts))
        labels = [next((label for label in labels[start:end] if label), "") for start, end in parts]
        values = [sum(values[start:end]) / (end - start) for start, end in parts]
    return Row(values, labels, split, grouped)


def axis_of(row: Row, most: int) -> Scale:
    """The upright axis, from 0."""
    whole = all(value == int(value) for value in row.values)
    return scale(0.0, row.up or 1.0, most, whole=whole, outward=True)


def legend(panel: Mapping[str, Any]) -> list[tuple[int, str]]:
    """The kinds by name, where there are two."""
    return list(enumerate(panel.get("names", ())))[:2] if panel.get("split") is not None else []


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw columns into `rect`, with their labels and numbers where there is room for them."""
    theme, top = canvas.theme, rect.top
    column = canvas.put(rect.left, top, panel["title"][: rect.width], theme.text, bold=True)
    for kind, name in legend(panel):
        column = canvas.put(column + 2, top, f"█ {name}", theme.kinds[kind])
    top += bool(column > rect.left)
    height = rect.top + rect.height - top - 2
    if not panel["values"] or height < 1:
        return
    room = rect.width - 1
    row = laid(panel, room - _MARGIN)
    up = axis_of(row, min(max(height // 2, 2), 6))
    margin = max(cells(label) for label in up.labels)
    each = max((room - margin) // len(row.values), 1)
    thick = each - 1 if each > 2 else each
    left = rect.left + margin + 1
    _frame(canvas, Rect(rect.left, top, margin + 1 + each * len(row.values), height), up, margin)
    for k, value in enumerate(row.values):
        eighths = round(8 * height * value / up.high)
        eighths = max(eighths, 1) if value else 0
        colour = theme.kinds[k >= row.split]
        for cell in range(-(-eighths // 8)):
            part = _EIGHTHS[min(eighths - 8 * cell, 8)]
            canvas.put(left + k * each, top + height - 1 - cell, part * thick, colour)
        told = number(float(f"{value:.3g}"))
        free = height - -(-eighths // 8)
        if value and thick >= cells(told) and thick > 2 and free > 0:
            canvas.put(left + k * each + (thick - cells(told)) // 2, top + free - 1, told, theme.dim)
    _labels(canvas, Rect(left, top + height + 1, rect.left + rect.width - left, 1), row, each, axis_name(panel, row))


def axis_name(panel: Mapping[str, Any], row: Row) -> str:
    """What the columns are, and how many numbers each is the mean of."""
    name = str(panel.get("axis", ""))
    return f"{name}, means of {row.grouped}".strip(", ") if row.grouped > 1 else name


def _frame(canvas: Canvas, rect: Rect, up: Scale, margin: int) -> None:
    dim = canvas.theme.dim
    for row in range(rect.top, rect.top + rect.height):
        canvas.put(rect.left + margin, row, "│", dim)
    for tick, label in zip(up.ticks, up.labels, strict=True):
        row = rect.top + rect.height - 1 - round(float(up.place(tick, rect.height)))
        row = min(max(row, rect.top), rect.top + rect.height - 1)
        canvas.put(rect.left + margin, row, "┤", dim)
        canvas.put(rect.left + margin - cells(label), row, label, dim)
    canvas.put(rect.left + margin, rect.top + rect.height, "└" + "─" * (rect.width - margin - 1), dim)


def _labels(canvas: Canvas, rect: Rect, row: Row, each: int, name: str) -> None:
    """The labels of the columns as far as they do not touch, and the name of the axis where the row has room."""
    free, end = rect.left, rect.left + rect.width
    for k, label in enumerate(row.labels):
        start = min(rect.left + k * each, end - cells(label))
        if label and start >= free:
            canvas.put(start, rect.top, label, canvas.theme.dim)
            free = start + cells(label) + 1
    if name and free + cells(name) < end:
        canvas.put(end - cells(name), rect.top, name, canvas.theme.dim)
