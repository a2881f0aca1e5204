"""Where each panel goes: the first gets most room, the others stand beside it or below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studytool.draw import images, table, words
from studytool.draw.canvas import Rect

# Below this a column beside the picture could hold neither a chart nor a sentence.
_SIDE = 24


def arrange(panels: Sequence[Mapping[str, Any]], width: int, height: int) -> list[tuple[Mapping[str, Any], Rect]]:
    """Each panel with its place. Panels for which there is no room at all are left out, the last first."""
    if not panels:
        return []
    main, *others = panels
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
    """One under the other: each what it needs at least, the last left out for which there is no room, charts the rest.

    Text takes half of the rows at most, so that a long one does not push the charts away.
    """
    gap = 1 if room.height >= 12 else 0
    kept, needs = list(panels), [_least(panel, room) for panel in panels]
    while len(kept) > 1 and sum(needs) + gap * (len(kept) - 1) > room.height:
        out = _droppable(kept)
        del kept[out], needs[out]
    free = room.height - gap * (len(kept) - 1) - sum(needs)
    growing = [k for k, panel in enumerate(kept) if panel["kind"] not in ("text", "bars", "table")] or [0]
    for k in growing:
        needs[k] += max(free, 0) // len(growing)
    placed, top = [], room.top
    for panel, need in zip(kept, needs, strict=True):
        height = min(need, room.top + room.height - top)
        if height > 0:
            placed.append((panel, Rect(room.left, top, room.width, height)))
            top += height + gap
    return placed


def _droppable(panels: Sequence[Mapping[str, Any]]) -> int:
    """Which panel goes first where there is little room: the last that is no text, for a sentence says most."""
    return next((k for k in range(len(panels) - 1, 0, -1) if panels[k]["kind"] != "text"), len(panels) - 1)


def _least(panel: Mapping[str, Any], room: Rect) -> int:
    """The rows with which a panel still says something."""
    kind = panel["kind"]
    if kind == "text":
        return min(words.needed(panel, room.width), max(room.height // 2, 1))
    if kind == "line":
        return len(panel["series"])
    if kind == "bars":
        return len(panel["values"]) + bool(panel["title"])
    if kind == "table":
        return min(table.needed(panel), max(room.height // 2, 3))
    return images.least(panel, room.width) if kind == "images" else 4


def _wanted(panels: Sequence[Mapping[str, Any]], width: int) -> int:
    each = (width + 2) // len(panels) - 2
    return max((words.needed(panel, each) for panel in panels if panel["kind"] == "text"), default=0)
