"""The sweep panel: a picture of which every pixel is a run, in shades of what came of it, a sign where it diverged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.axes import Scale, frame, log_scale, scale
from studytool.draw.canvas import Canvas, Rect
from studytool.draw.chart import number
from studytool.text import cells

if TYPE_CHECKING:
    import numpy as np

SHADES = 16
_GREYS = " .:-=+*#%@"
DIVERGED = "×"


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a sweep into `rect`: half-cell pixels, or characters of growing weight where there is no colour.

    `values` [rows, columns] has the highest y first and NaN where no run is done; `signs` is 1 where one diverged.
    The ends of an axis of the `logs` are logarithms to base 10. `cursor` is the column and row looked at, or None.
    """
    import numpy as np

    values, signs = array(panel["values"]), array(panel["signs"]) > 0
    across, up = _axes(rect, panel)
    _legend(canvas, rect, panel, values[~np.isnan(values) & ~signs], bool(signs.any()))
    plot = frame(canvas, _fitted(rect, values.shape, up), across, up, panel["axes"][0])
    if plot.width < 2 or plot.height < 1 or not values.size:
        return
    tall = 2 * plot.height
    rows = np.arange(tall) * values.shape[0] // tall
    columns = np.arange(plot.width) * values.shape[1] // plot.width
    found = bands(values, signs)[rows[:, None], columns[None, :]]
    diverged = found == SHADES
    if canvas.look.colour and not canvas.theme.few:
        tones = canvas.theme.tones(0, SHADES)
        shades = [canvas.theme.surface, *tones, canvas.theme.tones(1, SHADES)[SHADES // 2]]
        canvas.pixels(plot, np.array([canvas.colour(shade) for shade in shades], np.int16)[found + 1])
        both = diverged[::2] & diverged[1::2]
        sparse = (np.arange(plot.height)[:, None] + np.arange(plot.width) // 2) % 2 == np.arange(plot.width) % 2
        line, column = np.nonzero(both & sparse & (np.arange(plot.width) % 4 == 0))
        canvas.stamp(column + plot.left, line + plot.top, DIVERGED, canvas.theme.dim)
    else:
        glyphs = np.array([" ", *(_GREYS[k * len(_GREYS) // SHADES] for k in range(SHADES)), DIVERGED])
        for k, row in enumerate(glyphs[found[::2] + 1]):
            canvas.put(plot.left, plot.top + k, "".join(row))
    if panel.get("cursor") is not None:
        _cursor(canvas, plot, panel["cursor"], rows, columns)


def pixel_at(panel: Mapping[str, Any], width: int, height: int, column: int, row: int) -> tuple[int, int] | None:
    """The column and the row of values, from the top, drawn at a cell of a picture of this size; None beside them."""
    from studytool.draw.picture import Look

    rect = Rect(0, 0, width, height)
    values = array(panel["values"])
    across, up = _axes(rect, panel)
    plot = frame(Canvas(width, height, Look()), _fitted(rect, values.shape, up), across, up, panel["axes"][0])
    right, down = column - plot.left, 2 * (row - plot.top)
    if not (0 <= right < plot.width and 0 <= down < 2 * plot.height):
        return None
    return right * values.shape[1] // plot.width, down * values.shape[0] // (2 * plot.height)


def _axes(rect: Rect, panel: Mapping[str, Any]) -> tuple[Scale, Scale]:
    """The axis to the right and the axis up, with as many ticks as there is room for."""
    (left, right), (low, high) = panel["extent"]
    flat, steep = panel["logs"]
    across, up = max(rect.width // 12, 2), max(rect.height // 4, 2)
    return (
        (log_scale if flat else scale)(left, right, across),
        (log_scale if steep else scale)(low, high, up),
    )


def _legend(canvas: Canvas, rect: Rect, panel: Mapping[str, Any], seen: np.ndarray, diverged: bool) -> None:
    """What is up and what is measured, the shades from the lowest to the highest value, and the sign."""
    import numpy as np

    theme = canvas.theme
    column = canvas.put(rect.left, rect.top, f"↑ {panel['axes'][1]}", theme.dim) + 3
    column = canvas.put(column, rect.top, panel["title"], theme.text, bold=True) + 2
    never = seen == np.inf
    seen = seen[np.isfinite(seen)]
    if seen.size:
        column = canvas.put(column, rect.top, number(float(seen.min())), theme.dim) + 1
        if canvas.look.colour and not theme.few:
            for shade in theme.tones(0, SHADES)[::2]:
                if column < rect.left + rect.width:
                    canvas.ground(column, rect.top, shade)
                column += 1
            column += 1
        else:
            column = canvas.put(column, rect.top, _GREYS, theme.text) + 1
        most = f"{number(float(seen.max()))}{', never' if never.any() else ''}"
        column = canvas.put(column, rect.top, most, theme.dim) + 2
    if diverged:
        canvas.put(column, rect.top, f"{DIVERGED} diverged", theme.kinds[1])


def _fitted(rect: Rect, shape: tuple[int, ...], up: Scale) -> Rect:
    """The largest part of `rect` below its first row in which all pixels are alike, where there is room for all."""
    rect = Rect(rect.left, rect.top + 1, rect.width, rect.height - 1)
    margin = max((cells(label) for label in up.labels), default=0) + 1
    own_row = rect.height >= 14
    columns, tall = rect.width - margin, 2 * (rect.height - 2 - own_row)
    wide = columns // shape[1] * shape[1] if columns >= shape[1] else columns
    high = tall // shape[0] * shape[0] if tall >= shape[0] else tall
    return Rect(rect.left, rect.top, wide + margin, (high + 1) // 2 + 2 + own_row)


def bands(values: np.ndarray, signs: np.ndarray) -> np.ndarray:
    """Which of `SHADES` bands, of as many different values each, all lie in; −1 unknown, `SHADES` diverged."""
    import numpy as np

    known = ~np.isnan(values) & ~signs
    numbers = np.where(signs, SHADES, -1)
    if known.any():
        seen = np.clip(values[known], -1e300, 1e300)
        edges = np.quantile(np.unique(seen), np.arange(1, SHADES) / SHADES)
        numbers[known] = np.searchsorted(edges, seen, side="right")
    return numbers


def _cursor(canvas: Canvas, plot: Rect, place: tuple[int, int], rows: np.ndarray, columns: np.ndarray) -> None:
    """The pixel looked at in the strongest colour, and where it is on both axes."""
    import numpy as np

    wanted_columns = np.flatnonzero(columns == place[0])
    wanted_rows = np.flatnonzero(rows == place[1])
    if not len(wanted_columns):  # several pixels share a column of the screen, or a row
        wanted_columns = np.array([np.abs(columns - place[0]).argmin()])
    if not len(wanted_rows):
        wanted_rows = np.array([np.abs(rows - place[1]).argmin()])
    mark = canvas.theme.mark
    for row in sorted({int(r) // 2 for r in wanted_rows}):
        halves = [half for half in (0, 1) if 2 * row + half in wanted_rows]
        for column in wanted_columns:
            glyph = "█" if len(halves) == 2 else "▀▄"[halves[0]]
            at = plot.top + row, plot.left + int(column)
            ground = (
                canvas.bg[at] if halves[0] == 0 else (canvas.fg[at] if canvas.codes[at] == 0x2580 else canvas.bg[at])
            )
            canvas.stamp(np.array([at[1]]), np.array([at[0]]), glyph if canvas.look.colour else "◆", mark, bold=True)
            canvas.bg[at] = ground
    middle = plot.top + int(wanted_rows[0]) // 2
    canvas.put(plot.left - 1, middle, "▶", mark)
    canvas.put(plot.left + int(wanted_columns[len(wanted_columns) // 2]), plot.top + plot.height, "▲", mark)
