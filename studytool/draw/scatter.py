"""The scatter panel: points of two kinds, or points and a curve, over the half-planes that a line cuts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.axes import Scale, frame, scale
from studytool.draw.canvas import Canvas, Rect
from studytool.draw.chart import trace
from studytool.draw.theme import SHADES
from studytool.text import cells

if TYPE_CHECKING:
    import numpy as np

# Shape as well as colour tells the kinds apart; hollow ones lie on the wrong side of the line.
RIGHT, WRONG = ("●", "▲"), ("○", "△")
_CURVE = "─"

_TWO_ROWS = 15
"""From this height on the legend may take two rows."""


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a scatter panel into `rect`; points that are not finite have no place."""
    import numpy as np

    points, kinds = array(panel["points"]).reshape(-1, 2), (array(panel["classes"]) > 0).astype(int)
    line = Boundary.of(panel)
    wrong = misplaced(points, kinds, line)
    seen = np.isfinite(points).all(axis=1)
    head = _legend(canvas, rect, panel, line is not None)
    across = axis_around(points[seen, 0], rect.width // 9)
    up = axis_around(points[seen, 1], min(rect.height // 3, 9))
    plot = frame(canvas, Rect(rect.left, rect.top + head, rect.width, rect.height - head), across, up, panel["axes"][0])
    if plot.width < 2 or plot.height < 2:
        return
    _half_planes(canvas, plot, across, up, line)
    places = np.where(seen[:, None], points, 0.0)
    columns = _cells_of(across, places[:, 0], plot.width) + plot.left
    rows = plot.top + plot.height - 1 - _cells_of(up, places[:, 1], plot.height)
    if panel.get("curve"):
        curve = points[kinds == 0]
        canvas.dots(plot, trace(plot, across, up, curve[:, 0], curve[:, 1]), canvas.theme.kinds[0])
        seen &= kinds > 0
    for misses in (False, True):  # those on the wrong side on top
        for kind in (0, 1):
            those = seen & (wrong == misses) & (kinds == kind)
            glyph = (WRONG if misses else RIGHT)[kind]
            canvas.stamp(columns[those], rows[those], glyph, canvas.theme.kinds[kind], bold=misses)
    mark = panel.get("mark")
    if mark is not None and 0 <= mark < len(points) and seen[mark]:
        _mark(canvas, plot, int(columns[mark]), int(rows[mark]), int(kinds[mark]), bool(wrong[mark]))


class Boundary:
    """The line w·x + b = 0; only for a w that has a direction."""

    def __init__(self, w: tuple[float, float], b: float) -> None:
        self.w, self.b = w, b

    @classmethod
    def of(cls, panel: Mapping[str, Any]) -> Boundary | None:
        """The boundary of a panel, or None when it has none that could be drawn."""
        given = panel.get("boundary")
        if not given:
            return None
        w1, w2 = (float(part) for part in given["w"])
        b = float(given["b"])
        # Beyond these powers of ten a product or a length would no longer be a number.
        if not (abs(b) < 1e150 and 1e-150 < max(abs(w1), abs(w2)) < 1e150) or w1 != w1 or w2 != w2:
            return None
        return cls((w1, w2), b)

    def values(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """w·x + b at the points (`x`, `y`)."""
        return self.w[0] * x + self.w[1] * y + self.b


def misplaced(points: np.ndarray, kinds: np.ndarray, line: Boundary | None) -> np.ndarray:
    """Which points [n] of `kinds` [n], above zero or not, lie on the wrong side of the line, or on it."""
    import numpy as np

    if line is None:
        return np.zeros(len(points), bool)
    # float32, as the training computed it: a point on the line should not change sides by rounding.
    values = line.values(points[:, 0], points[:, 1]).astype(np.float32)
    wrong: np.ndarray = np.where(kinds > 0, values, -values) <= 0
    return wrong


def axis_around(values: np.ndarray, most: int) -> Scale:
    """An axis with a little air around the data."""
    if not len(values):
        return scale(0, 1, most)
    low, high = float(values.min()), float(values.max())
    air = (high - low or 1.0) * 0.07
    return scale(low - air, high + air, max(most, 2))


def _cells_of(axis: Scale, values: np.ndarray, size: int) -> np.ndarray:
    import numpy as np

    return np.clip(np.floor(np.asarray(axis.place(values, size)) + 0.5), 0, size - 1).astype(int)


def _legend(canvas: Canvas, rect: Rect, panel: Mapping[str, Any], has_line: bool) -> int:
    """The name of the vertical axis at the left, the two kinds at the right; returns on how many rows."""
    theme = canvas.theme
    label = panel["axes"][1]
    marks = (_CURVE if panel.get("curve") else RIGHT[0], RIGHT[1])
    entries = [(marks[kind], panel["names"][kind], theme.kinds[kind]) for kind in (0, 1)]
    if has_line:
        entries.append(("".join(WRONG), "wrong side", theme.text))
    room, rows = rect.width + 2, 1
    if label and cells(label) + 2 + _width(entries) > room:
        if has_line and rect.height >= _TWO_ROWS and _width(entries) <= room:
            rows = 2  # the name right above its axis, the kinds above that
        elif has_line:
            entries.pop()
    label = label if rows == 2 or cells(label) + 2 + _width(entries) <= room else ""
    while entries and _width(entries) > room:
        entries.pop()
    canvas.put(rect.left, rect.top + rows - 1, label, theme.dim)
    column = rect.left + room - _width(entries)
    for glyph, name, colour in entries:
        after = canvas.put(column, rect.top, glyph, colour, bold=True)
        column = canvas.put(after + 1, rect.top, name, theme.text) + 2
    return rows


def _width(entries: Sequence[tuple[str, str, str]]) -> int:
    return sum(cells(glyph) + 1 + cells(name) + 2 for glyph, name, _ in entries)


def _half_planes(canvas: Canvas, plot: Rect, across: Scale, up: Scale, line: Boundary | None) -> None:
    """The two sides of the line, the shade growing with the distance from it, and the line itself in braille."""
    import numpy as np

    theme = canvas.theme
    surface = canvas.colour(theme.surface)
    if line is None:
        canvas.pixels(plot, np.full((2 * plot.height, plot.width), surface, np.int16))
        return
    if canvas.look.colour and not theme.few:
        # Distances in half-cell pixels, which are nearly square: the shades run parallel to the line as it is seen.
        levels = _distances(line, across, up, plot.width, 2 * plot.height) / (0.5 * plot.height)
        steps = np.clip(np.abs(levels) * SHADES, 0, SHADES - 1).astype(int)
        numbers = [[canvas.colour(shade) for shade in theme.shades(kind)] for kind in (0, 1)]
        canvas.pixels(plot, np.array(numbers, np.int16)[(levels > 0).astype(int), steps])
    else:
        sides = _distances(line, across, up, plot.width, plot.height) > 0
        rows, columns = np.indices(sides.shape)
        area = (slice(plot.top, plot.top + plot.height), slice(plot.left, plot.left + plot.width))
        hatched = sides & ((columns + 2 * (rows % 2)) % 4 == 0)
        canvas.codes[area][hatched] = ord("·")
        canvas.fg[area][hatched] = canvas.colour(theme.kinds[1])
    dots = np.abs(_distances(line, across, up, 2 * plot.width, 4 * plot.height)) <= 0.75
    canvas.dots(plot, dots, theme.rule, canvas.bg[plot.top : plot.top + plot.height, plot.left :][:, : plot.width])


def _distances(line: Boundary, across: Scale, up: Scale, columns: int, rows: int) -> np.ndarray:
    """The signed distance from the line, in dots, of every dot of a grid [rows, columns], the first row at the top."""
    import numpy as np

    dx, dy = (across.high - across.low) / columns, (up.high - up.low) / rows
    x = across.low + (np.arange(columns) + 0.5) * dx
    y = up.high - (np.arange(rows) + 0.5) * dy
    length = float(np.hypot(line.w[0] * dx, line.w[1] * dy)) or 1.0
    distances: np.ndarray = line.values(x[None, :], y[:, None]) / length
    return distances


def _mark(canvas: Canvas, plot: Rect, column: int, row: int, kind: int, wrong: bool) -> None:
    """The point being looked at: on a bright ground, between brackets."""
    theme = canvas.theme
    for place, glyph in ((column - 1, "["), (column, (WRONG if wrong else RIGHT)[kind]), (column + 1, "]")):
        if plot.left <= place < plot.left + plot.width:
            canvas.put(place, row, glyph, theme.tints[kind] if canvas.look.dark else theme.surface, bold=True)
            canvas.ground(place, row, theme.mark)
