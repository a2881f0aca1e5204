"""The network panel in pixels: neurons as circles, weights as lines whose colour is the sign and width the size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studytool.draw.arrays import array
from studytool.draw.chart import number
from studytool.draw.page.grids import titled
from studytool.draw.page.sheet import Area, Box, Disc, Path, Sheet

Place = tuple[float, float]


def network(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """Inputs at the left, outputs at the right."""
    body = titled(sheet, area, panel["title"])
    layers = [array(layer).reshape(-1) for layer in panel["layers"]]
    weights = [array(weight) for weight in panel["weights"]]
    labels = [array(label) for label in panel["labels"]]
    tallest = max((len(layer) for layer in layers), default=1) or 1
    radius = max(min(3.7 * sheet.column, body.height / tallest * 0.32, body.width / (3 * len(layers) or 1)), 2.0)
    places = [_places(body, len(layer), k, len(layers), radius) for k, layer in enumerate(layers)]
    finite = [float(abs(weight[abs(weight) < float("inf")]).max(initial=0.0)) for weight in weights]
    largest = max(finite, default=0.0) or 1.0
    for k, weight in enumerate(weights):
        for j, end in enumerate(places[k + 1]):
            for i, start in enumerate(places[k]):
                _edge(sheet, start, end, float(weight[j, i]) / largest)
    for k, label in enumerate(labels):
        for j, end in enumerate(places[k + 1]):
            for i, start in enumerate(places[k]):
                part = 0.32 + 0.36 * ((j + i) % 2 if len(places[k + 1]) > 1 else 0.3)
                _label(sheet, start, end, part, number(float(f"{label[j, i]:.3g}")))
    for k, layer in enumerate(layers):
        names, notes = (_row(panel[part], k) for part in ("names", "notes"))
        for n, value in enumerate(layer):
            _neuron(sheet, places[k][n], radius, float(value), str(_row(names, n)), str(_row(notes, n)))


def _row(rows: Sequence[Any], k: int) -> Any:
    return rows[k] if k < len(rows) else ""


def _places(area: Area, count: int, column: int, columns: int, radius: float) -> list[Place]:
    """The middles of the neurons of a layer."""
    space = max(area.width - 4 * radius, 1.0)
    left = area.left + 2 * radius + (space * column / (columns - 1) if columns > 1 else space / 2)
    return [(left, area.top + (n + 0.5) * area.height / count) for n in range(count)]


def _edge(sheet: Sheet, start: Place, end: Place, weight: float) -> None:
    """A weight from −1 to 1; one that is no number or nothing has no line."""
    if weight == weight and abs(weight) > 1e-9:
        colour = sheet.theme.kinds[0 if weight < 0 else 1]
        sheet.add(Path([start, end], colour, (0.6 + 4 * min(abs(weight), 1.0)) * sheet.zoom))


def _label(sheet: Sheet, start: Place, end: Place, part: float, told: str) -> None:
    """A number on a line, on the ground of the sheet."""
    x, y = start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
    wide = sheet.measure(told) + 0.6 * sheet.column
    sheet.add(Box(Area(x - wide / 2, y - sheet.row / 2, wide, sheet.row), sheet.theme.surface))
    sheet.words(x, y - sheet.row / 2, told, sheet.theme.text, anchor="middle")


def _neuron(sheet: Sheet, place: Place, radius: float, value: float, name: str, note: str) -> None:
    """The number of a neuron in its circle, where it fits, its name above and a note below."""
    (x, y), theme, row = place, sheet.theme, sheet.row
    kind = theme.kinds[0 if value < 0 else 1] if value else theme.dim
    sheet.add(Disc(x, y, radius, kind, 1.6 * sheet.zoom, theme.surface))
    told = number(float(f"{value:.3g}"))
    if sheet.measure(told) <= 2 * radius and row <= 2 * radius:
        sheet.words(x, y - row / 2, told, kind, anchor="middle", bold=True)
    sheet.words(x, y - radius - 1.05 * row, name, theme.dim, anchor="middle")
    sheet.words(x, y + radius + 0.05 * row, note, theme.text, anchor="middle")
