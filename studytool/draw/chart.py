"""The line panel: the history of one or more numbers in braille, or a row of eighths where there is little room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.axes import Scale, frame, scale
from studytool.draw.canvas import Canvas, Rect
from studytool.draw.ghost import draw_ghost
from studytool.text import cells

if TYPE_CHECKING:
    import numpy as np

    _Ghost = tuple[np.ndarray, np.ndarray] | None
    _One = tuple[str, np.ndarray, np.ndarray, str, _Ghost]  # name, steps, values, colour, the pinned run's

_EIGHTHS = "▁▂▃▄▅▆▇█"
ENDS = "●▲■◆"
"""Where series and paths end: shape as well as colour tells them apart."""


def number(value: float) -> str:
    """A number as a reader wants it: four significant digits, whole numbers whole, a real minus sign."""
    if value != value:
        return "NaN"
    if abs(value) == float("inf"):
        return "∞" if value > 0 else "−∞"
    text = f"{value:.0f}" if value == int(value) and abs(value) < 1e7 else f"{value:.4g}"
    return text.replace("-", "−")


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a line panel into `rect`."""
    colours = canvas.theme.series
    series = [
        (
            one["name"].replace("_", " "),
            array(one["x"]),
            array(one["y"]),
            colours[k % len(colours)],
            _ghost(one),
        )
        for k, one in enumerate(panel["series"])
    ]
    series = [one for one in series if len(one[1])]
    if not series:
        canvas.put(rect.left, rect.top, panel["title"][: rect.width], canvas.theme.text, bold=True)
        return
    if rect.height < 6:
        _small(canvas, rect, panel["title"], series)
        return
    rows = _heading(canvas, rect, panel["title"], series)
    body = Rect(rect.left, rect.top + rows, rect.width, rect.height - rows)
    if not canvas.look.colour and len(series) > 1 and body.height >= 5 * len(series):
        # Without colours two lines in one plot could not be told apart: each gets its own.
        height = body.height // len(series)
        for k, one in enumerate(series):
            part = Rect(body.left, body.top + k * height, body.width, height)
            _plot(canvas, part, [one], panel.get("axis", "") if k == len(series) - 1 else one[0])
        return
    _plot(canvas, body, series, panel.get("axis", ""))


def _ghost(one: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray] | None:
    """The steps and values of the pinned run behind a series, where there is one."""
    ghost = one.get("ghost")
    return (array(ghost["x"]), array(ghost["y"])) if ghost and len(array(ghost["y"])) else None


def _heading(canvas: Canvas, rect: Rect, title: str, series: Sequence[_One]) -> int:
    """Title, and each series with its newest value, on as many rows as that takes; returns how many."""
    theme, end = canvas.theme, rect.left + rect.width
    after = canvas.put(rect.left, rect.top, title[: rect.width], theme.text, bold=True)
    values = [
        (f"{ENDS[k % len(ENDS)]} {name} {_now(y, ghost)}", colour)
        for k, (name, _, y, colour, ghost) in enumerate(series)
    ]
    if len(series) == 1 and title:
        values = [(_now(series[0][2], series[0][4]), series[0][3])]
    width = sum(cells(text) + 2 for text, _ in values)
    row, column = (0, after + 2) if after + width <= end else (1, rect.left)
    for text, colour in values:
        if column > rect.left and column + cells(text) > end and row < rect.height // 4:
            row, column = row + 1, rect.left
        column = canvas.put(column, rect.top + row, text, colour, bold=True) + 2
    return row + 1


def _now(values: np.ndarray, ghost: _Ghost) -> str:
    """The newest value, and in brackets where the pinned run ended."""
    return number(float(values[-1])) + (f" ({number(float(ghost[1][-1]))})" if ghost else "")


def _small(canvas: Canvas, rect: Rect, title: str, series: Sequence[_One]) -> None:
    """Each series on a row or two: its name, its newest value, and its history in eighths of a cell."""
    import numpy as np

    rows = 2 if rect.height >= 2 * len(series) else 1  # a second one for a history that has no room in the first
    for k, (name, _, y, colour, ghost) in enumerate(series[: rect.height]):
        label, row = title if len(series) == 1 and title else name, rect.top + rows * k
        told = [f"{label} {_now(y, ghost)} ", f"{name} {_now(y, ghost)} ", f"{name} {_now(y, None)} "]
        fitting = next((text for text in told if cells(text) <= rect.width + 1), told[-1])
        after = canvas.put(rect.left, row, fitting, canvas.theme.text)
        if rows == 2 and rect.left + rect.width - after < rect.width // 3:
            after, row = rect.left, row + 1
        room = rect.left + rect.width - after
        if room <= 3:
            continue
        seen = np.isfinite(y)
        finite = np.where(seen, y, 0.0).clip(-1e300, 1e300)
        low, high = min(0.0, float(finite.min())), float(finite.max())
        heights = np.rint((finite - low) / ((high - low) or 1.0) * 7).astype(int)
        bars = [_EIGHTHS[h] if there else " " for h, there in zip(heights[-room:], seen[-room:], strict=True)]
        canvas.put(after, row, "".join(bars), colour)


def _plot(canvas: Canvas, rect: Rect, series: Sequence[_One], axis: str) -> None:
    import numpy as np

    ghosts = [(*ghost, colour) for _, _, _, colour, ghost in series if ghost]
    pairs = [(x, y) for _, x, y, _, _ in series] + [(x, y) for x, y, _ in ghosts]
    across, up = axes_of(pairs, max(rect.width // 10, 2), min(max(rect.height // 3, 2), 6))
    plot = frame(canvas, rect, across, up, axis)
    if plot.width < 2 or plot.height < 1:
        return
    for x, y, colour in ghosts:
        draw_ghost(canvas, plot, trace(plot, across, up, x, y), canvas.theme.faint(colour))
    for _, x, y, colour, _ in series:
        canvas.dots(plot, trace(plot, across, up, x, y), colour)
    for k, (_, x, y, colour, _) in enumerate(series if len(series) > 1 else ()):
        seen = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        if len(seen):
            column = np.asarray(across.place(x[seen[-1:]], plot.width))
            row = plot.height - 1 - np.asarray(up.place(y[seen[-1:]], plot.height))
            columns = np.clip(_nearest(column), 0, plot.width - 1) + plot.left
            rows = np.clip(_nearest(row), 0, plot.height - 1) + plot.top
            canvas.stamp(columns, rows, ENDS[k % len(ENDS)], colour, bold=True)


def axes_of(series: Sequence[tuple[np.ndarray, np.ndarray]], most_across: int, most_up: int) -> tuple[Scale, Scale]:
    """The axes of a chart of `series`, each (x [n], y [n]), with at most about so many ticks."""
    import numpy as np

    xs, ys = np.concatenate([x for x, _ in series]), np.concatenate([y for _, y in series])
    finite = ys[np.isfinite(ys)]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)
    whole = bool((finite == np.rint(finite)).all())
    if low >= 0 and (whole or low < 0.6 * high or low == high):
        low = 0.0  # most of what is charted counts something or is a loss: 0 is the goal
    up = scale(low, high, most_up, whole=whole, outward=True)
    return scale(float(xs.min()), max(float(xs.max()), 10.0), most_across, whole=True), up


def trace(plot: Rect, across: Scale, up: Scale, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The dots [4 · height, 2 · width] of the straight pieces between the points; gaps where a value is not finite."""
    import numpy as np

    rows, columns = 4 * plot.height, 2 * plot.width
    dots = np.zeros((rows, columns), bool)
    seen = np.isfinite(x) & np.isfinite(y)
    px = np.clip(np.asarray(across.place(np.where(seen, x, 0.0), columns)), 0, columns - 1)
    py = np.clip(rows - 1 - np.asarray(up.place(np.where(seen, y, 0.0), rows)), 0, rows - 1)
    dots[_nearest(py[seen]), _nearest(px[seen])] = True
    both = np.flatnonzero(seen[1:] & seen[:-1])
    if not len(both):
        return dots
    reach = np.maximum(np.abs(np.diff(px)), np.abs(np.diff(py)))[both]
    pieces = np.ceil(reach).astype(int) + 1
    which = np.repeat(both, pieces)
    ends = np.cumsum(pieces)
    part = (np.arange(ends[-1]) - np.repeat(ends - pieces, pieces)) / np.repeat(np.maximum(pieces - 1, 1), pieces)
    line_x = px[which] + (px[which + 1] - px[which]) * part
    line_y = py[which] + (py[which + 1] - py[which]) * part
    dots[_nearest(line_y), _nearest(line_x)] = True
    return dots


def _nearest(places: np.ndarray) -> np.ndarray:
    """The nearest dots; halves always go up, or a line through halves would have gaps (rint goes to the even one)."""
    import numpy as np

    return np.floor(places + 0.5).astype(int)
