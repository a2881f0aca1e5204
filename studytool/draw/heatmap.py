"""The heat map panel: a matrix as colours from blue below zero to orange above it, or over the plane with paths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.axes import frame, scale
from studytool.draw.canvas import Canvas, Rect
from studytool.draw.chart import ENDS, number, trace
from studytool.draw.ghost import draw_ghost
from studytool.draw.theme import SHADES
from studytool.text import cells

if TYPE_CHECKING:
    import numpy as np

    from studytool.draw.axes import Scale
    from studytool.draw.theme import Theme

_GREYS = " ·:-=+*#"


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a heat map into `rect`: half-cell pixels, or characters of growing weight where there is no colour."""
    import numpy as np

    if panel.get("extent"):
        _plane(canvas, rect, panel)
        return
    values = np.nan_to_num(np.atleast_2d(array(panel["values"])), posinf=0.0, neginf=0.0)
    top = 1 if rect.height > 2 else 0
    if not values.size:
        canvas.put(rect.left, rect.top, panel["title"][: rect.width], canvas.theme.text, bold=True)
        return
    largest = float(np.abs(values).max()) or 1.0
    if top:
        after = canvas.put(rect.left, rect.top, panel["title"][: rect.width], canvas.theme.text, bold=True)
        canvas.put(after + (after > rect.left), rect.top, f"±{number(largest)}", canvas.theme.dim)
    plot = Rect(rect.left, rect.top + top, rect.width, rect.height - top)
    tall = 2 * plot.height if canvas.look.colour else plot.height
    rows = np.arange(tall) * values.shape[0] // tall
    columns = np.arange(plot.width) * values.shape[1] // plot.width
    shown = values[rows[:, None], columns[None, :]] / largest
    if canvas.look.colour:
        numbers = [[canvas.colour(shade) for shade in canvas.theme.tones(kind)] for kind in (0, 1)]
        steps = np.clip(np.abs(shown) * SHADES, 0, SHADES - 1).astype(int)
        canvas.pixels(plot, np.array(numbers, np.int16)[(shown > 0).astype(int), steps])
        return
    weights = np.clip((shown + 1) / 2 * len(_GREYS), 0, len(_GREYS) - 1).astype(int)
    for k, row in enumerate(weights):
        canvas.put(plot.left, plot.top + k, "".join(_GREYS[weight] for weight in row))


def _plane(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """The matrix as bands of equal area over the plane, and the paths on it, each with its last point marked."""
    values = array(panel["values"])
    (left, right), (low, high) = panel["extent"]
    across, up = scale(left, right, max(rect.width // 12, 2)), scale(low, high, max(rect.height // 4, 2))
    _heading(canvas, rect, panel)
    plot = frame(canvas, Rect(rect.left, rect.top + 1, rect.width, rect.height - 1), across, up, panel["axes"][0])
    if plot.width < 2 or plot.height < 1 or not values.size:
        return
    _bands(canvas, plot, values, signed=bool(panel.get("signed")))
    _paths(canvas, plot, across, up, panel)


def _heading(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """The title and behind it the mark and the name of each path, as far as there is room."""
    theme = canvas.theme
    room = rect.width - cells(panel["title"]) - sum(cells(path["name"]) + 2 for path in panel["paths"])
    gap = 2 if room >= 2 * len(panel["paths"]) else 1
    column = canvas.put(rect.left, rect.top, panel["title"][: rect.width], theme.text, bold=True) + gap
    for k, path in enumerate(panel["paths"]):
        if column + cells(path["name"]) + 2 <= rect.left + rect.width:
            colour = theme.series[k % len(theme.series)]
            column = canvas.put(column, rect.top, f"{ENDS[k % len(ENDS)]} {path['name']}", colour, bold=True) + gap


def _bands(canvas: Canvas, plot: Rect, values: np.ndarray, *, signed: bool) -> None:
    """The matrix as bands of equal area: in shades, or by the lines between them where there are few colours."""
    import numpy as np

    theme = canvas.theme
    bands, shades = shaded(values, theme, signed=signed)
    tall = 2 * plot.height
    rows = np.arange(tall) * values.shape[0] // tall
    columns = np.arange(plot.width) * values.shape[1] // plot.width
    shown = bands[rows[:, None], columns[None, :]]
    if canvas.look.colour and not theme.few:
        numbers = np.array([canvas.colour(shade) for shade in shades], np.int16)
        canvas.pixels(plot, numbers[shown])
    else:
        shown = shown // SHADES if signed else shown
        edges = np.zeros(shown.shape, bool)
        edges[:-1] |= shown[1:] != shown[:-1]
        edges[:, :-1] |= shown[:, 1:] != shown[:, :-1]
        for row, column in zip(*np.nonzero(edges[::2] | edges[1::2]), strict=True):
            canvas.put(plot.left + int(column), plot.top + int(row), "·", theme.dim)


def _paths(canvas: Canvas, plot: Rect, across: Scale, up: Scale, panel: Mapping[str, Any]) -> None:
    """The paths of a pinned run, if there is one, and those of this over them, each with its last point marked."""
    theme = canvas.theme
    grounds = canvas.bg[plot.top : plot.top + plot.height, plot.left : plot.left + plot.width].copy()
    for path in panel["paths"]:
        if path.get("ghost") is not None and len(pinned := _within(array(path["ghost"]), panel["extent"])):
            dots = trace(plot, across, up, pinned[:, 0], pinned[:, 1])
            draw_ghost(canvas, plot, dots, theme.dim, grounds)
    drawn = [
        (ENDS[k % len(ENDS)], theme.series[k % len(theme.series)], inside)
        for k, path in enumerate(panel["paths"])
        if len(inside := _within(array(path["points"]), panel["extent"]))
    ]
    traces = [(trace(plot, across, up, inside[:, 0], inside[:, 1]), colour) for _, colour, inside in drawn]
    canvas.lines(plot, traces, grounds)
    for glyph, colour, inside in drawn:
        x, y = (
            min(max(round(float(axis.place(float(place), size))), 0), size - 1)
            for axis, place, size in zip((across, up), inside[-1], (plot.width, plot.height), strict=True)
        )
        canvas.put(plot.left + x, plot.top + plot.height - 1 - y, glyph, colour, bold=True)


def _within(points: np.ndarray, extent: Sequence[Sequence[float]]) -> np.ndarray:
    """The points [k, 2] that are numbers, those outside of the plane on its edge."""
    import numpy as np

    (left, right), (low, high) = extent
    points = points.reshape(-1, 2)
    inside: np.ndarray = np.clip(points[np.isfinite(points).all(axis=1)], [left, low], [right, high])
    return inside


def shaded(values: np.ndarray, theme: Theme, *, signed: bool) -> tuple[np.ndarray, list[str]]:
    """The band of every value, and the shades of the bands; those of a `signed` map tell below zero from above."""
    if signed:
        return _two_sided(values), [*reversed(theme.shades(0)), *theme.shades(1)]
    return bands_of(values), theme.shades(0)


def _two_sided(values: np.ndarray) -> np.ndarray:
    """Bands of those below zero, the lowest 0, and then of all others, of equal area on each side."""
    import numpy as np

    below = values < 0
    bands = np.full(values.shape, 2 * SHADES - 1)
    if below.any():
        bands[below] = SHADES - 1 - bands_of(-values[below])
    bands[~below] = SHADES + bands_of(values[~below])
    return bands


def bands_of(values: np.ndarray) -> np.ndarray:
    """Which of `SHADES` bands, of about as many values each, every value lies in; the lowest is 0."""
    import numpy as np

    seen = np.isfinite(values)
    if not seen.any():
        return np.zeros(values.shape, int)
    edges = np.quantile(values[seen], np.arange(1, SHADES) / SHADES)
    bands: np.ndarray = np.searchsorted(edges, np.where(seen, values, np.inf), side="right")
    return bands
