"""The network panel: neurons in columns, the weights between them as lines whose colour is the sign, width the size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.canvas import Canvas, Rect
from studytool.draw.chart import number
from studytool.text import cells

if TYPE_CHECKING:
    import numpy as np

_NODE = 8
"""Cells that a neuron with its number takes across."""
_WIDTHS = 3
"""A line is one to so many dots wide."""


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a network panel into `rect`: inputs at the left, outputs at the right."""
    top = rect.top
    if panel["title"] and rect.height > 3:
        canvas.put(rect.left, top, panel["title"][: rect.width], canvas.theme.text, bold=True)
        top += 1
    room = Rect(rect.left, top, rect.width, rect.top + rect.height - top)
    layers = [array(layer).reshape(-1) for layer in panel["layers"]]
    places = [_places(room, len(layer), k, len(layers)) for k, layer in enumerate(layers)]
    weights = [array(weight) for weight in panel["weights"]]
    labels = [array(label) for label in panel["labels"]]
    largest = max((float(abs(weight).max()) for weight in weights if weight.size), default=0.0) or 1.0
    for k, weight in enumerate(weights):
        _lines(canvas, room, places[k], places[k + 1], weight / largest)
    for k, label in enumerate(labels):
        _numbers(canvas, places[k], places[k + 1], label)
    for k, layer in enumerate(layers):
        names, notes = (_row(panel[part], k) for part in ("names", "notes"))
        for n, value in enumerate(layer):
            _neuron(canvas, room, places[k][n], float(value), _row(names, n), _row(notes, n))


def _row(rows: Sequence[Any], k: int) -> Any:
    return rows[k] if k < len(rows) else ""


def _places(room: Rect, count: int, column: int, columns: int) -> list[tuple[int, int]]:
    """The cell in the middle of each neuron of a layer: (left, top)."""
    space = max(room.width - _NODE, 1)
    left = room.left + _NODE // 2 + (space * column // (columns - 1) if columns > 1 else space // 2)
    return [(left, room.top + int((n + 0.5) * room.height / count)) for n in range(count)]


def _lines(
    canvas: Canvas, room: Rect, before: list[tuple[int, int]], after: list[tuple[int, int]], weights: np.ndarray
) -> None:
    """The weights [after, before], from −1 to 1, as straight lines of dots."""
    import numpy as np

    for kind in (0, 1):
        dots = np.zeros((4 * room.height, 2 * room.width), bool)
        for j, (right, low) in enumerate(after):
            for i, (left, high) in enumerate(before):
                weight = float(weights[j, i])
                if weight == weight and (weight > 0) == bool(kind) and abs(weight) > 1e-9:
                    _line(dots, _dot(room, left, high), _dot(room, right, low), 1 + round(abs(weight) * (_WIDTHS - 1)))
        canvas.dots(room, dots, canvas.theme.kinds[kind])


def _dot(room: Rect, left: int, top: int) -> tuple[float, float]:
    return 2.0 * (left - room.left) + 0.5, 4.0 * (top - room.top) + 1.5


def _line(dots: np.ndarray, start: tuple[float, float], end: tuple[float, float], width: int) -> None:
    import numpy as np

    reach = int(max(abs(end[0] - start[0]), abs(end[1] - start[1]))) + 1
    part = np.linspace(0.0, 1.0, 2 * reach)
    x, y = (start[axis] + (end[axis] - start[axis]) * part for axis in (0, 1))
    for offset in range(width):
        rows = np.clip(np.floor(y + offset - (width - 1) / 2 + 0.5).astype(int), 0, dots.shape[0] - 1)
        columns = np.clip(np.floor(x + 0.5).astype(int), 0, dots.shape[1] - 1)
        dots[rows, columns] = True


def _numbers(canvas: Canvas, before: list[tuple[int, int]], after: list[tuple[int, int]], labels: np.ndarray) -> None:
    """A number on each line, nearer to its end the further down that is, so that those of one neuron stand apart."""
    for j, (right, low) in enumerate(after):
        for i, (left, high) in enumerate(before):
            told = number(float(f"{labels[j, i]:.3g}"))
            part = 0.32 + 0.36 * ((j + i) % 2 if len(after) > 1 else 0.3)
            column = round(left + (right - left) * part) - cells(told) // 2
            canvas.put(column, round(high + (low - high) * part), f" {told} ", canvas.theme.text)


def _neuron(canvas: Canvas, room: Rect, place: tuple[int, int], value: float, name: str, note: str) -> None:
    """The number of a neuron, its name above and a note below."""
    left, top = place
    told = f"({number(float(f'{value:.3g}'))})"
    kind = canvas.theme.kinds[0 if value < 0 else 1] if value else canvas.theme.text
    for row, text, colour, bold in ((-1, name, canvas.theme.dim, False), (0, told, kind, True), (1, note, "", False)):
        if text and room.top <= top + row < room.top + room.height:
            start = min(left - cells(text) // 2, room.left + room.width - cells(text))
            _clear(canvas, room, top + row, max(start, room.left) - 1, cells(text) + 2)
            canvas.put(max(start, room.left), top + row, text, colour or canvas.theme.text, bold=bold)


def _clear(canvas: Canvas, room: Rect, top: int, left: int, width: int) -> None:
    """Blank cells of a row, those outside of `room` aside: no line touches what is written there."""
    first, end = max(left, room.left), min(left + width, room.left + room.width)
    canvas.put(first, top, " " * max(end - first, 0))
