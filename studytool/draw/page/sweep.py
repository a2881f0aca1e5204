"""A sweep in pixels: the shades of what came of each run over two axes, a colour of its own where one diverged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.axes import log_scale, scale
from studytool.draw.chart import number
from studytool.draw.page.plots import framed, within
from studytool.draw.page.sheet import DIAMOND, Area, Pixels, Sheet
from studytool.draw.sweep import DIVERGED, SHADES, bands

if TYPE_CHECKING:
    import numpy as np


def draw(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """The same panel as in cells: `values` [rows, columns] with the highest y first, `signs`, `logs` and `cursor`."""
    theme = sheet.theme
    values, signs = array(panel["values"]), array(panel["signs"]) > 0
    body = _legend(sheet, area, panel, values, signs)
    (left, right), (low, high) = panel["extent"]
    flat, steep = (log_scale if is_log else scale for is_log in panel["logs"])
    across = flat(left, right, max(int(body.width / sheet.column) // 12, 2))
    up = steep(low, high, max(int(body.height / sheet.row) // 3, 2))
    plot = within(sheet, body, across, up, panel["axes"][0])
    place = plot.area
    if values.size:
        colours = [theme.surface, *theme.tones(0, SHADES), theme.tones(1, SHADES)[SHADES // 2]]
        sheet.add(Pixels(place, bands(values, signs) + 1, colours))
        wide, high = place.width / values.shape[1], place.height / values.shape[0]
        for row, column in _sparse(signs, wide, high, 4 * sheet.row):
            middle = place.top + (row + 0.5) * high - sheet.row / 2
            sheet.words(place.left + (column + 0.5) * wide, middle, DIVERGED, theme.text, anchor="middle")
        if panel.get("cursor") is not None:
            column, row = panel["cursor"]
            sheet.mark(place.left + (column + 0.5) * wide, place.top + (row + 0.5) * high, DIAMOND, theme.mark)
    framed(sheet, plot, panel["axes"][0], lines=False)


def _sparse(signs: np.ndarray, wide: float, high: float, apart: float) -> list[tuple[int, int]]:
    """Rows and columns of diverged pixels, about so far apart: the sign need not stand on each."""
    down, right = (max(int(apart / size), 1) for size in (high, wide))
    rows, columns = (range(step // 2, count, step) for step, count in zip((down, right), signs.shape, strict=True))
    return [(row, column) for row in rows for column in columns if signs[row, column]]


def _legend(sheet: Sheet, area: Area, panel: Mapping[str, Any], values: np.ndarray, signs: np.ndarray) -> Area:
    """What is measured, from the lowest shade to the highest, what diverged, and what goes up; the area below."""
    import numpy as np

    theme, gap, row = sheet.theme, 2 * sheet.column, sheet.row
    found = values[~np.isnan(values) & ~signs]
    left = sheet.words(area.left, area.top, panel["title"], theme.text, bold=True, room=area.width) + gap
    finite = found[np.isfinite(found)]
    if finite.size:
        left = sheet.words(left, area.top, number(float(finite.min())), theme.dim) + 0.5 * sheet.column
        shades = theme.tones(0, SHADES)
        bar = Area(left, area.top + 0.2 * row, 12 * sheet.column, 0.6 * row)
        sheet.add(Pixels(bar, np.arange(len(shades))[None, :], shades))
        never = ", never" if (found == np.inf).any() else ""
        left = sheet.words(bar.right + 0.5 * sheet.column, area.top, f"{number(float(finite.max()))}{never}", theme.dim)
        left += gap
    if signs.any():
        sheet.words(left, area.top, f"{DIVERGED} diverged", theme.kinds[1], room=max(area.right - left, 0.0))
    sheet.words(area.left, area.top + row, f"↑ {panel['axes'][1]}", theme.dim, room=area.width)
    return area.below(2.2 * row)
