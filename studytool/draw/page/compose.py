"""Panels and a size in pixels in, a sheet out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from studytool.draw.describe import summary
from studytool.draw.layout import arrange
from studytool.draw.page import days, graph, grids, plots, sweep
from studytool.draw.page.sheet import Area, Box, Sheet, printable
from studytool.draw.picture import Look
from studytool.draw.words import wrapped

LEAST, MOST = 160, 4000
"""Pixels across and down that a picture can have."""

# The picture that is drawn at zoom 1; a larger one is the same picture larger.
_WIDE, _HIGH, _SMALLEST = 1024, 640, 0.8
_NOTE = 4
"""Rows that a note may have."""


def _heatmap(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    (plots.plane if panel.get("extent") else grids.matrix)(sheet, area, panel)


_DRAW: dict[str, Callable[[Sheet, Area, Mapping[str, Any]], None]] = {
    "scatter": plots.scatter,
    "line": plots.line,
    "text": grids.text,
    "heatmap": _heatmap,
    "images": grids.images,
    "network": graph.network,
    "bars": grids.bars,
    "table": grids.table,
    "sweep": sweep.draw,
    "calendar": days.year,
    "columns": days.upright,
}


def compose(
    panels: Sequence[Mapping[str, Any]], width: int, height: int, look: Look, title: str = "", note: str = ""
) -> Sheet:
    """The panels of a frame on `width` × `height` pixels under a `title` and a `note` about the run.

    Panels are those of a demo's frame message, as for `draw_panels`. ValueError for a size beyond the limits.
    """
    import numpy as np

    if not (LEAST <= width <= MOST and LEAST <= height <= MOST):
        raise ValueError(f"a picture has {LEAST} to {MOST} pixels across and down, not {width} × {height}")
    zoom = max(min(width / _WIDE, height / _HIGH), _SMALLEST)
    known = [panel for panel in panels if panel["kind"] in _DRAW]
    sheet = Sheet(width, height, look, zoom, printable(title), printable("\n".join(summary(known))))
    sheet.add(Box(Area(0, 0, width, height), sheet.theme.surface))
    edge = 14 * zoom
    body = _headed(sheet, Area(edge, edge, width - 2 * edge, height - 2 * edge), title, note)
    column, row = sheet.column, sheet.row
    with np.errstate(all="ignore"):  # a demo may diverge
        for panel, rect in arrange(known, max(int(body.width / column), 1), max(int(body.height / row), 1)):
            place = Area(
                body.left + rect.left * column, body.top + rect.top * row, rect.width * column, rect.height * row
            )
            _DRAW[panel["kind"]](sheet, place, panel)
    return sheet


def caption(step: int, seed: int, parameters: Mapping[str, object]) -> str:
    """Which run a picture shows, for its note."""
    settings = [f"{name.replace('_', ' ')} {value}" for name, value in parameters.items()]
    return " · ".join([f"step {step:,}", f"seed {seed}", *settings])


def _headed(sheet: Sheet, area: Area, title: str, note: str) -> Area:
    """The title on a row and the note below it, as far as there are any; returns what is left below."""
    theme, rows, columns = sheet.theme, 0, max(int(area.width / sheet.column), 1)
    for lines, colour, bold in (([title], theme.text, True), (wrapped(note, columns)[:_NOTE], theme.dim, False)):
        for text in filter(None, lines):
            sheet.words(area.left, area.top + rows * sheet.row, text, colour, bold=bold, room=area.width)
            rows += 1
    return area.below((rows + 0.8) * sheet.row) if rows else area
