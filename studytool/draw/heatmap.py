"""The heat map panel: a matrix as colours from blue below zero to orange above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studytool.draw.arrays import array
from studytool.draw.canvas import Canvas, Rect
from studytool.draw.chart import number
from studytool.draw.theme import SHADES

_GREYS = " ·:-=+*#"


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a heat map into `rect`: half-cell pixels, or characters of growing weight where there is no colour."""
    import numpy as np

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
        numbers = [[canvas.colour(shade) for shade in canvas.theme.shades(kind)] for kind in (0, 1)]
        steps = np.clip(np.abs(shown) * SHADES, 0, SHADES - 1).astype(int)
        canvas.pixels(plot, np.array(numbers, np.int16)[(shown > 0).astype(int), steps])
        return
    weights = np.clip((shown + 1) / 2 * len(_GREYS), 0, len(_GREYS) - 1).astype(int)
    for k, row in enumerate(weights):
        canvas.put(plot.left, plot.top + k, "".join(_GREYS[weight] for weight in row))
