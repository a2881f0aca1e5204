"""Panels and a size in, a picture out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studytool.draw import bars, calendar, chart, columns, heatmap, images, network, scatter, sweep, table, words
from studytool.draw.canvas import Canvas, Rect
from studytool.draw.layout import arrange
from studytool.draw.picture import Look, Picture

_DRAW: dict[str, Callable[[Canvas, Rect, Mapping[str, Any]], None]] = {
    "scatter": scatter.draw,
    "line": chart.draw,
    "text": words.draw,
    "heatmap": heatmap.draw,
    "images": images.draw,
    "network": network.draw,
    "bars": bars.draw,
    "sweep": sweep.draw,
    "table": table.draw,
    "calendar": calendar.draw,
    "columns": columns.draw,
}


def draw_panels(panels: Sequence[Mapping[str, Any]], width: int, height: int, look: Look) -> Picture:
    """The panels of a frame in `width` × `height` cells; any size works, 40 × 10 is enough to see something.

    Panels are those of a demo's frame message; arrays may be {"shape", "dtype", "base64"}, lists, or numpy's.
    """
    import numpy as np

    canvas = Canvas(max(width, 1), max(height, 1), look)
    with np.errstate(all="ignore"):  # a demo may diverge, and numpy's warnings would be written into the app's screen
        for panel, rect in arrange([panel for panel in panels if panel["kind"] in _DRAW], width, height):
            if rect.width > 0 and rect.height > 0:
                canvas.clip = rect
                _DRAW[panel["kind"]](canvas, rect, panel)
    return canvas.picture()
