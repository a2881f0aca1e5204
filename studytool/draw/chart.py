"""The line panel: the history of one or more numbers in braille, or a row of eighths where there is little room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.axes import Scale, frame, scale
from studytool.draw.canvas import Canvas, Rect
from studytool.draw.ghost import draw_ghost
from studytool.draw.legend import Entry, Rows, draw_legend, legend_rows, readable, short
from studytool.text import cells

if TYPE_CHECKING:
    import numpy as np

    _Ghost = tuple[np.ndarray, np.ndarray] | None
    _One = tuple[str, np.ndarray, np.ndarray, str, _Ghost]  # name, steps, values, colour, the pinned run's

_EIGHTHS = "▁▂▃▄▅▆▇█"
ENDS = "●▲■◆"
"""Where series and paths end: shape as well as colour tells them apart."""
LEAST, _PLOT = 6, 4
"""The rows that a chart takes at least, and its plot with the axis."""
_NARROW = 3
"""A history of so many cells or fewer says nothing."""


def number(value: float) -> str:
    """A number as a reader wants it: four significant digits, whole numbers whole, a real minus sign."""
    if value != value:
        return "NaN"
    if abs(value) == float("inf"):
        return "∞" if value > 0 else "−∞"
    value += 0.0  # no minus before a zero
    text = f"{value:.0f}" if value == int(value) and abs(value) < 1e7 else f"{value:.4g}"
    return text.replace("-", "−")


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a line panel into `rect`."""
    series = _series(panel, canvas.theme.series)
    if not series:
        canvas.put(rect.left, rect.top, panel["title"][: rect.width], canvas.theme.text, bold=True)
        return
    if rect.height < _least(panel["title"], series, rect.width):
        _small(canvas, rect, panel["title"], series)
        return
    body = _body(canvas, rect, panel["title"], series)
    if not canvas.look.colour and len(series) > 1 and body.height >= 5 * len(series):
        # Without colours two lines in one plot could not be told apart: each gets its own.
        height = body.height // len(series)
        for k, one in enumerate(series):
            part = Rect(body.left, body.top + k * height, body.width, height)
            _plot(canvas, part, [one], panel.get("axis", "") if k == len(series) - 1 else one[0])
        return
    _plot(canvas, body, series, panel.get("axis", ""))


def least(panel: Mapping[str, Any], width: int) -> int:
    """The rows from which on the lines of a panel of `width` cells get a plot, below their legend."""
    return _least(panel["title"], _series(panel, ("",)), width)


def _least(title: str, series: Sequence[_One], width: int) -> int:
    """The more lines share a plot, the higher it is at least: else a row of eighths for each says more."""
    plot = _PLOT + len(series) // 2
    heights = range(LEAST, plot + len(series) + 2)
    return next((h for h in heights if h - len(_head(title, series, width, h)[1]) >= plot), heights.stop)


def _series(panel: Mapping[str, Any], colours: Sequence[str]) -> list[_One]:
    """The series of a panel that have values."""
    series = [
        (readable(one["name"]), array(one["x"]), array(one["y"]), colours[k % len(colours)], _ghost(one))
        for k, one in enumerate(panel["series"])
    ]
    return [one for one in series if len(one[1])]


def _ghost(one: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray] | None:
    """The steps and values of the pinned run behind a series, where there is one."""
    ghost = one.get("ghost")
    return (array(ghost["x"]), array(ghost["y"])) if ghost and len(array(ghost["y"])) else None


def _body(canvas: Canvas, rect: Rect, title: str, series: Sequence[_One]) -> Rect:
    """Write the title and the legend; returns what is left for the plot."""
    entries, rows = _head(title, series, rect.width, rect.height)
    draw_legend(canvas, rect, title, entries, rows)
    return Rect(rect.left, rect.top + len(rows), rect.width, rect.height - len(rows))


def _head(title: str, series: Sequence[_One], width: int, height: int) -> tuple[list[Entry], Rows]:
    """The legend of a panel of so many cells, and how it stands on its rows."""
    alone = len(series) == 1 and bool(title)
    entries = [
        Entry(
            "" if alone else ENDS[k % len(ENDS)],
            "" if alone else name,
            _now(y, ghost),
            colour,
            _now(y, ghost, brief=True),
        )
        for k, (name, _, y, colour, ghost) in enumerate(series)
    ]
    return entries, legend_rows(title, entries, width, max(height // 4 + 1, 2))


def _now(values: np.ndarray, ghost: _Ghost, *, brief: bool = False) -> str:
    """The newest value, and in brackets where the pinned run ended; `brief` ones have three significant digits."""
    told = [float(y[-1]) for y in (values, *(ghost[1:] if ghost else ()))]
    if brief:
        told = [value if value.is_integer() else float(f"{value:.3g}") for value in told]
    return " ".join([number(told[0]), *(f"({number(value)})" for value in told[1:])])


def _small(canvas: Canvas, rect: Rect, title: str, series: Sequence[_One]) -> None:
    """The title, and each series on a row or two: its name, its newest value, its history in eighths of a cell."""
    names = [name for name, *_ in series]
    if title and len(series) > 1 and rect.height > len(series):
        canvas.put(rect.left, rect.top, title[: rect.width], canvas.theme.text, bold=True)
        rect, names = Rect(rect.left, rect.top + 1, rect.width, rect.height - 1), short(names)
    elif title and len(series) == 1:
        names = [title]
    rows = 2 if rect.height >= 2 * len(series) else 1  # a second one for a history that has no room in the first
    told = [_told(rect.width, name, one) for name, one in zip(names, series, strict=True)]
    widest = max(map(cells, told))
    beside = rows == 1 or rect.width - widest >= rect.width // 3
    rows = 1 if beside else rows
    span = _span([y for _, _, y, _, _ in series])
    for k, (text, (_, _, y, colour, _)) in enumerate(list(zip(told, series, strict=True))[: rect.height]):
        row = rect.top + rows * k
        canvas.put(rect.left, row, text, canvas.theme.text)
        start = rect.left + widest if beside else rect.left
        room = rect.left + rect.width - start
        if room > _NARROW:
            canvas.put(start, row + (not beside), _history(y, room, span), colour)


def _told(width: int, name: str, one: _One) -> str:
    """Name and newest value of a series, with where the pinned run ended if there is room for that."""
    own, _, y, _, ghost = one
    told = [f"{name} {_now(y, ghost)} ", f"{own} {_now(y, ghost)} ", f"{own} {_now(y, None)} "]
    return next((text for text in told if cells(text) <= width + 1), told[-1])


def _span(histories: Sequence[np.ndarray]) -> tuple[float, float]:
    """From zero, or below, to the highest value: all series of a panel are as comparable as in a plot."""
    import numpy as np

    every = np.concatenate(histories)
    finite = every[np.isfinite(every)].clip(-1e300, 1e300)
    return (min(0.0, float(finite.min())), float(finite.max())) if len(finite) else (0.0, 1.0)


def _history(y: np.ndarray, room: int, span: tuple[float, float]) -> str:
    """The whole history in at most `room` cells, as eighths of a cell; a blank where a value is not finite."""
    import numpy as np

    if len(y) > room:
        y = y[np.linspace(0, len(y) - 1, room).round().astype(int)]
    seen = np.isfinite(y)
    low, high = span
    finite = np.where(seen, y, low).clip(low, high)
    heights = np.rint((finite - low) / ((high - low) or 1.0) * 7).astype(int)
    return "".join(_EIGHTHS[h] if there else " " for h, there in zip(heights, seen, strict=True))


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
    canvas.lines(plot, [(trace(plot, across, up, x, y), colour) for _, x, y, colour, _ in series])
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
    falls = len(finite) and float(np.median(finite)) < 0.7 * high
    if low >= 0 and (low == high or (falls and (whole or low < 0.6 * high))):
        low = 0.0  # what counts something, and what falls as a loss does: 0 is the goal
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
