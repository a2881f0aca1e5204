"""What has axes, in pixels: scatter plots, charts, and heat maps over a part of the plane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import hypot
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.axes import Scale, scale
from studytool.draw.chart import axes_of, number
from studytool.draw.heatmap import shaded
from studytool.draw.legend import readable
from studytool.draw.page.sheet import ROUND, Area, Disc, Path, Pixels, Polygon, Sheet
from studytool.draw.scatter import Boundary, axis_around, misplaced
from studytool.draw.theme import SHADES

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True, slots=True)
class Plot:
    """The inside of a pair of axes: values in, pixels out."""

    area: Area
    across: Scale
    up: Scale

    def points(self, x: np.ndarray, y: np.ndarray) -> list[tuple[float, float]]:
        """The places of the points (`x`, `y`), kept inside."""
        import numpy as np

        area = self.area
        left = area.left + np.clip((x - self.across.low) / (self.across.high - self.across.low), 0, 1) * area.width
        top = area.bottom - np.clip((y - self.up.low) / (self.up.high - self.up.low), 0, 1) * area.height
        return list(zip(left.tolist(), top.tolist(), strict=True))


def within(sheet: Sheet, area: Area, across: Scale, up: Scale, name: str) -> Plot:
    """What two axes with numbers along the left and lower edge of `area`, and a `name` below, leave for the plot."""
    margin = max((sheet.measure(label) for label in up.labels), default=0.0) + 0.8 * sheet.column
    head, foot = 0.4 * sheet.row, (1.3 + bool(name)) * sheet.row
    width, height = area.width - margin, area.height - head - foot
    return Plot(Area(area.left + margin, area.top + head, max(width, 1.0), max(height, 1.0)), across, up)


def framed(sheet: Sheet, plot: Plot, name: str, *, lines: bool = True) -> None:
    """The axes around a plot with their ticks and numbers, faint `lines` across it, and the `name` below."""
    theme, row, inner, thin = sheet.theme, sheet.row, plot.area, sheet.zoom
    last = inner.bottom + 9 * row
    for tick, label in zip(plot.up.ticks, plot.up.labels, strict=True):
        y = inner.bottom - (tick - plot.up.low) / (plot.up.high - plot.up.low) * inner.height
        if lines:
            sheet.add(Path([(inner.left, y), (inner.right, y)], theme.mixed(0.14), thin))
        if last - y >= 0.9 * row:
            sheet.words(inner.left - 0.5 * sheet.column, y - row / 2, label, theme.dim, anchor="end")
            last = y
    free = 0.0
    for tick, label in zip(plot.across.ticks, plot.across.labels, strict=True):
        x = inner.left + (tick - plot.across.low) / (plot.across.high - plot.across.low) * inner.width
        sheet.add(Path([(x, inner.bottom), (x, inner.bottom + 0.2 * row)], theme.dim, thin))
        half = sheet.measure(label) / 2
        middle = min(x, inner.right - half)
        if middle - half >= free:
            sheet.words(middle, inner.bottom + 0.2 * row, label, theme.dim, anchor="middle")
            free = middle + half + sheet.column
    corner = [(inner.left, inner.top), (inner.left, inner.bottom), (inner.right, inner.bottom)]
    sheet.add(Path(corner, theme.dim, thin))
    middle = inner.left + inner.width / 2
    sheet.words(middle, inner.bottom + 1.15 * row, name, theme.dim, anchor="middle", room=inner.width)


def _legend(sheet: Sheet, area: Area, title: str, entries: Sequence[tuple[int, str, str]], hollow: str = "") -> float:
    """A title, then (shape, name, colour) each after its mark, on as many rows as it takes; returns their height."""
    theme, row, gap = sheet.theme, sheet.row, 2 * sheet.column
    column = sheet.words(area.left, area.top, title, theme.text, bold=True, room=area.width)
    column, top = column + gap * (column > area.left), area.top
    for shape, name, colour in entries:
        wide = sheet.measure(name) + gap
        if column + wide > area.right and column > area.left:
            column, top = area.left, top + row
        if shape >= 0:
            sheet.mark(column + 0.6 * sheet.column, top + row / 2, shape, colour, hollow=name == hollow)
            column += 1.8 * sheet.column
        column = sheet.words(column, top, name, colour, room=max(area.right - column, 0.0)) + gap
    return top + row - area.top


def line(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """A chart; where there is little height, each series on a row beside its name."""
    import numpy as np

    colours = sheet.theme.series
    series = [
        (readable(one["name"]), array(one["x"]), array(one["y"]), colours[k % len(colours)])
        for k, one in enumerate(panel["series"])
    ]
    series = [one for one in series if len(one[1])]
    if not series:
        sheet.words(area.left, area.top, panel["title"], sheet.theme.text, bold=True, room=area.width)
        return
    if area.height < (5.5 + 1.5 * (len(series) > 1)) * sheet.row:
        _small(sheet, area, panel["title"], series)
        return
    many = len(series) > 1 or not panel["title"]
    entries = [
        (k if many else -1, f"{name} {number(float(y[-1]))}" if many else number(float(y[-1])), colour)
        for k, (name, _, y, colour) in enumerate(series)
    ]
    body = area.below(_legend(sheet, area, panel["title"], entries))
    ticks = max(int(body.width / sheet.column) // 10, 2), min(max(int(body.height / sheet.row) // 2, 2), 8)
    across, up = axes_of([(x, y) for _, x, y, _ in series], *ticks)
    plot = within(sheet, body, across, up, panel.get("axis", ""))
    framed(sheet, plot, panel.get("axis", ""))
    for k, (_, x, y, colour) in enumerate(series):
        _trace(sheet, plot, x, y, colour)
        seen = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        if len(seen):
            ((left, top),) = plot.points(x[seen[-1:]], y[seen[-1:]])
            sheet.mark(left, top, k if many else ROUND, colour)


def _trace(sheet: Sheet, plot: Plot, x: np.ndarray, y: np.ndarray, colour: str) -> None:
    """The pieces between points that are finite; a point between two gaps is a dot."""
    import numpy as np

    seen = np.isfinite(x) & np.isfinite(y)
    cuts = np.flatnonzero(np.diff(np.concatenate([[False], seen, [False]]).astype(int)))
    for start, end in zip(cuts[::2].tolist(), cuts[1::2].tolist(), strict=True):
        points = plot.points(x[start:end], y[start:end])
        if len(points) > 1:
            sheet.add(Path(points, colour, 1.8 * sheet.zoom))
        else:
            sheet.add(Disc(*points[0], 1.6 * sheet.zoom, colour))


def _small(sheet: Sheet, area: Area, title: str, series: Sequence[tuple[str, Any, Any, str]]) -> None:
    import numpy as np

    if title and len(series) > 1 and area.height >= (len(series) + 1) * sheet.row:
        sheet.words(area.left, area.top, title, sheet.theme.text, bold=True, room=area.width)
        area = area.below(sheet.row)
    row = max(area.height / len(series), sheet.row)
    for k, (name, x, y, colour) in enumerate(series[: max(int(area.height / row + 0.01), 1)]):
        label = title if len(series) == 1 and title else name
        top = area.top + k * row
        told = f"{label} {number(float(y[-1]))}"
        after = sheet.words(area.left, top + (row - sheet.row) / 2, told, sheet.theme.text, room=area.width)
        after += sheet.column
        finite = y[np.isfinite(y)]
        if area.right - after < 3 * sheet.column or not len(finite):
            continue
        low, high = min(0.0, float(finite.min())), float(finite.max())
        place = Area(after, top + 0.15 * row, area.right - after, 0.7 * row)
        plot = Plot(place, scale(float(x[0]), float(x[-1]), 2), scale(low, high, 2))
        _trace(sheet, plot, x, y, colour)


def scatter(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """Points of two kinds over the half-planes that a line cuts; those on the wrong side are hollow."""
    import numpy as np

    theme = sheet.theme
    points, kinds = array(panel["points"]).reshape(-1, 2), (array(panel["classes"]) > 0).astype(int)
    boundary = Boundary.of(panel)
    wrong, seen = misplaced(points, kinds, boundary), np.isfinite(points).all(axis=1)
    entries = [(kind, panel["names"][kind], theme.kinds[kind]) for kind in (0, 1)]
    if boundary is not None:
        entries.append((ROUND, "wrong side", theme.text))
    body = area.below(_legend(sheet, area, panel["title"], entries, "wrong side"))
    sheet.words(body.left, body.top, panel["axes"][1], theme.dim, room=body.width)
    body = body.below(sheet.row * bool(panel["axes"][1]))
    across = axis_around(points[seen, 0], int(body.width / sheet.column) // 9)
    up = axis_around(points[seen, 1], min(int(body.height / sheet.row) // 2, 9))
    plot = within(sheet, body, across, up, panel["axes"][0])
    if boundary is not None:
        _half_planes(sheet, plot, boundary)
    framed(sheet, plot, panel["axes"][0], lines=boundary is None)
    places = plot.points(*np.where(seen[:, None], points, 0.0).T)
    if panel.get("curve"):
        curve = points[kinds == 0]
        _trace(sheet, plot, curve[:, 0], curve[:, 1], theme.kinds[0])
        seen &= kinds > 0
    for misses, kind in ((False, 0), (False, 1), (True, 0), (True, 1)):  # those on the wrong side on top
        for n in np.flatnonzero(seen & (wrong == misses) & (kinds == kind)):
            sheet.mark(*places[n], kind, theme.kinds[kind], hollow=misses)
    at = panel.get("mark")
    if at is not None and 0 <= at < len(points) and seen[at]:
        left, top = places[int(at)]
        sheet.add(Disc(left, top, 9 * sheet.zoom, theme.mark, 2 * sheet.zoom))


def _half_planes(sheet: Sheet, plot: Plot, boundary: Boundary) -> None:
    """The two sides of the line in steps of growing strength, and the line itself."""
    area = plot.area
    corners = [(area.left, area.top), (area.right, area.top), (area.right, area.bottom), (area.left, area.bottom)]
    dx = (plot.across.high - plot.across.low) / area.width
    dy = (plot.up.high - plot.up.low) / area.height
    length = hypot(boundary.w[0] * dx, boundary.w[1] * dy)
    if not length or length == float("inf"):
        return
    origin = (boundary.w[0] * plot.across.low + boundary.w[1] * plot.up.high + boundary.b) / length
    a, b = boundary.w[0] * dx / length, -boundary.w[1] * dy / length
    c = origin - a * area.left - b * area.top  # a·x + b·y + c: the distance from the line in pixels, signed
    for kind, sign in ((0, -1.0), (1, 1.0)):
        for step, shade in enumerate(sheet.theme.shades(kind)):
            inside = _cut(corners, sign * a, sign * b, sign * c - step * 0.3 * area.height / SHADES)
            if inside:
                sheet.add(Polygon(inside, shade))
    half = 1.1 * sheet.zoom
    band = _cut(_cut(corners, a, b, c + half), -a, -b, half - c)
    if band:
        sheet.add(Polygon(band, sheet.theme.rule))


def _cut(points: Sequence[tuple[float, float]], a: float, b: float, c: float) -> list[tuple[float, float]]:
    """What of a convex polygon lies where a·x + b·y + c ≥ 0 (Sutherland and Hodgman, 1974, for one edge)."""
    kept = []
    for (x, y), (x2, y2) in zip(points, [*points[1:], *points[:1]], strict=True):
        here, there = a * x + b * y + c, a * x2 + b * y2 + c
        if here >= 0:
            kept.append((x, y))
        if (here >= 0) != (there >= 0):
            part = here / (here - there)
            kept.append((x + (x2 - x) * part, y + (y2 - y) * part))
    return kept


def plane(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """A matrix as bands of equal area over a part of the plane, and paths on it, each with its last point marked."""
    import numpy as np

    theme, values = sheet.theme, array(panel["values"])
    (left, right), (low, high) = panel["extent"]
    paths = [(str(one["name"]), array(one["points"]).reshape(-1, 2)) for one in panel["paths"]]
    colours = [theme.series[k % len(theme.series)] for k in range(len(paths))]
    entries = [(k, name, colours[k]) for k, (name, _) in enumerate(paths)]
    body = area.below(_legend(sheet, area, panel["title"], entries))
    across = scale(left, right, max(int(body.width / sheet.column) // 12, 2))
    up = scale(low, high, max(int(body.height / sheet.row) // 3, 2))
    sheet.words(body.left, body.top, panel["axes"][1], theme.dim, room=body.width)
    plot = within(sheet, body.below(sheet.row * bool(panel["axes"][1])), across, up, panel["axes"][0])
    if values.size:
        bands, shades = shaded(np.atleast_2d(values), theme, signed=bool(panel.get("signed")))
        sheet.add(Pixels(plot.area, bands, shades))
    framed(sheet, plot, panel["axes"][0], lines=not values.size)
    for k, (_, points) in enumerate(paths):
        inside = points[np.isfinite(points).all(axis=1)]
        if len(inside):
            places = plot.points(*inside.T)
            sheet.add(Path(places, colours[k], 1.8 * sheet.zoom))
            sheet.mark(*places[-1], k, colours[k], size=6)
