"""A run that was pinned, drawn dim behind another one: its lines in the charts, its paths over the planes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from studytool.draw.canvas import Canvas, Rect

if TYPE_CHECKING:
    import numpy as np

Panel = Mapping[str, Any]


def with_ghost(panels: Sequence[Panel], pinned: Sequence[Panel]) -> list[Panel]:
    """The `panels` of a frame, each line and path with the one of the same name in a `pinned` frame as its ghost."""
    lines = {one["name"]: one for panel in pinned if panel["kind"] == "line" for one in panel["series"]}
    paths = {
        (panel["title"], path["name"]): path["points"]
        for panel in pinned
        if panel["kind"] == "heatmap"
        for path in panel.get("paths", ())
    }
    haunted: list[Panel] = []
    for panel in panels:
        if panel["kind"] == "line":
            series = [{**one, "ghost": lines.get(one["name"])} for one in panel["series"]]
            haunted.append({**panel, "series": series})
        elif panel["kind"] == "heatmap":
            found = [{**one, "ghost": paths.get((panel["title"], one["name"]))} for one in panel.get("paths", ())]
            haunted.append({**panel, "paths": found})
        else:
            haunted.append(panel)
    return haunted


def draw_ghost(canvas: Canvas, plot: Rect, dots: np.ndarray, colour: str, grounds: np.ndarray | None = None) -> None:
    """The dots [4 · height, 2 · width] of a ghost with gaps: shape as well as colour tells it from the line."""
    import numpy as np

    rows, columns = np.arange(dots.shape[0])[:, None], np.arange(dots.shape[1])
    canvas.dots(plot, dots & ((rows + columns) % 4 < 2), colour, grounds)
