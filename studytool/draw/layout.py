"""Where each panel goes: the main one gets most room, the others stand beside it or below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studytool.draw import words
from studytool.draw.canvas import Rect

# Below this a column beside the picture could hold neither a chart nor a sentence.
_SIDE = 24
_MAIN = ("scatter", "heatmap", "network", "images")


def arrange(panels: Sequence[Mapping[str, Any]], width: int, height: int) -> list[tuple[Mapping[str, Any], Rect]]:
    """Each panel with its place. Panels for which there is no room at all are left out, the last first."""
    if not panels:
        return []
    main = next((panel for panel in panels if panel["kind"] in _MAIN), panels[0])
    others = [panel for panel in panels if panel is not main]
    whole = Rect(0, 0, width, height)
    if not others:
        return [(main, whole)]
    # A cell is twice as high as wide: beside each other where the room is clearly wider than high.
    if width >= 1.25 * 2 * height and width >= 64:
        side = min(max(_SIDE, round(width * 0.36)), 70)
        return [
            (main, Rect(0, 0, width - side - 2, height)),
            *_stacked(others, Rect(width - side, 0, side, height)),
        ]
    below = min(max(_wanted(others, width), round(height * 0.3)), round(height * 0.45)) if height >= 16 else 2
    room = Rect(0, height - below, width, below)
    return [(main, Rect(0, 0, width, height - below - (height >= 16))), *_below(others, room)]


def _below(panels: Sequence[Mapping[str, Any]], room: Rect) -> list[tuple[Mapping[str, Any], Rect]]:
    """Under the main panel: in columns where they are wide enough, else one under the other."""
    each = (room.width + 2) // len(panels) - 2
    if each < 30 or room.height < 6:
        return _stacked(panels, room)
    return [(panel, Rect(k * (each + 2), room.top, each, room.height)) for k, panel in enumerate(panels)]


def _stacked(panels: Sequence[Mapping[str, Any]], room: Rect) -> list[tuple[Mapping[str, Any], Rect]]:
    """One under the other: text gets the rows it needs, the rest is shared."""
    gap = 1 if room.height >= 12 else 0
    texts = [panel for panel in panels if panel["kind"] == "text"]
    free = room.height - gap * (len(panels) - 1)
    # Half of the rows at most for all text, so that a long one does not push the charts away.
    most = max(free // 2, 1) if len(texts) < len(panels) else free
    heights = {id(panel): min(words.needed(panel, room.width), most // len(texts) or 1) for panel in texts}
    rest = len(panels) - len(texts)
    shared = (free - sum(heights.values())) // rest if rest else 0
    placed, top = [], room.top
    for panel in panels:
        height = min(heights.get(id(panel), shared), room.top + room.height - top)
        if height > 0:
            placed.append((panel, Rect(room.left, top, room.width, height)))
            top += height + gap
    return placed


def _wanted(panels: Sequence[Mapping[str, Any]], width: int) -> int:
    each = (width + 2) // len(panels) - 2
    return max((words.needed(panel, each) for panel in panels if panel["kind"] == "text"), default=0)
