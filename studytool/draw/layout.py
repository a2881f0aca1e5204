"""Where each panel goes: the first gets most room, the others stand beside it or below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studytool.draw import bars, chart, images, table, words
from studytool.draw.canvas import Rect

# Below this a column beside the picture could hold neither a chart nor a sentence.
_SIDE = 24

_PLANES = ("heatmap", "scatter", "network")


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
        side = _whole(others, min(max(_SIDE, round(width * 0.36)), 70))
        return _beside(main, others, Rect(0, 0, width - side - 2, height), Rect(width - side, 0, side, height))
    below = min(max(_wanted(others, width), round(height * 0.3)), round(height * 0.45)) if height >= 16 else 2
    room = Rect(0, height - below, width, below)
    return [(main, Rect(0, 0, width, height - below - (height >= 16))), *_below(others, room)]


def _whole(others: Sequence[Mapping[str, Any]], side: int) -> int:
    """The cells of the column at the side: one or two more where only so a row of pictures has room for all."""
    rows = [images.row(panel) for panel in others if panel["kind"] == "images"]
    return next((row for row in rows if side < row <= side + 2), side)


def _beside(
    main: Mapping[str, Any], others: Sequence[Mapping[str, Any]], room: Rect, side: Rect
) -> list[tuple[Mapping[str, Any], Rect]]:
    """The others at the side; but pictures under those of the main panel, if there is room, so as they follow."""
    if main["kind"] != "images":
        return [(main, room), *_stacked(others, side)]
    high = images.rows_of(main, room)
    placed, staying = [(main, Rect(room.left, room.top, room.width, high))], []
    pictures = sum(panel["kind"] == "images" for panel in others)
    for panel in others:
        need = 0
        if panel["kind"] == "images":  # as large as an even share of what is left allows, and no larger than the main
            share = min((room.height - high) // pictures - 1, images.tall(main, room) + 2)
            share = max(share, _least(panel, room))
            need, pictures = images.rows_of(panel, Rect(0, 0, room.width, share)), pictures - 1
        top = high + (high + 1 + need <= room.height)  # a blank row between, where there is one
        if 0 < need <= room.height - top:
            placed.append((panel, Rect(room.left, top, room.width, need)))
            high = top + need
        else:
            staying.append(panel)
    return [*placed, *_stacked(staying, side)] if staying else placed


def _below(panels: Sequence[Mapping[str, Any]], room: Rect) -> list[tuple[Mapping[str, Any], Rect]]:
    """Under the main panel: in columns where they are wide enough, else one under the other."""
    each = (room.width + 2) // len(panels) - 2
    if each < 30 or room.height < 6:
        return _stacked(panels, room)
    return [(panel, Rect(k * (each + 2), room.top, each, room.height)) for k, panel in enumerate(panels)]


def _stacked(panels: Sequence[Mapping[str, Any]], room: Rect) -> list[tuple[Mapping[str, Any], Rect]]:
    """One under the other: each what it needs at least, the last left out for which there is no room, charts the rest.

    Text takes half of the rows at most, so that a long one does not push the charts away. Before any is left out,
    the blank rows go, and then the titles of small charts. The blank rows go, too, where a plane cannot be read else.
    """
    kept, gap, needs, full = list(panels), 0, [0], [0]
    while kept:
        full, bare = ([_least(panel, room, titled=titled) for panel in kept] for titled in (True, False))
        ways = ((1, full), (0, full), (0, bare))
        gap, needs = next((way for way in ways[room.height < 12 :] if _fits(way[1], way[0], room)), (-1, bare))
        if gap >= 0 or len(kept) == 1:
            break
        del kept[_droppable(kept)]
    gap = max(gap, 0)
    low = sum(max(chart.LEAST - need, 0) for panel, need in zip(kept, needs, strict=True) if panel["kind"] in _PLANES)
    gap = gap if sum(needs) + low + gap * (len(kept) - 1) <= room.height else 0
    height = room.height - gap * (len(kept) - 1)
    needs = _titled(needs, full, height)
    needs = _grown(kept, needs, height - sum(needs), room.width)
    placed, top = [], room.top
    for panel, need in zip(kept, needs, strict=True):
        height = min(need, room.top + room.height - top)
        if height > 0:
            placed.append((panel, Rect(room.left, top, room.width, height)))
            top += height + gap
    return placed


def _titled(needs: Sequence[int], full: Sequence[int], height: int) -> list[int]:
    """The rows of each, `needs`, with the title that it has in `full`, from the first on, where all have room."""
    titled = list(needs)
    for k, wanted in enumerate(full):
        if sum(titled) - titled[k] + wanted <= height:
            titled[k] = wanted
    return titled


def _fits(needs: Sequence[int], gap: int, room: Rect) -> bool:
    return sum(needs) + gap * (len(needs) - 1) <= room.height


def _grown(panels: Sequence[Mapping[str, Any]], needs: Sequence[int], free: int, width: int) -> list[int]:
    """The rows of each with the `free` ones given away: planes until they can be read, then charts, then the lowest.

    A chart of lines becomes one all at once: with fewer rows it is a row of eighths, which gains nothing by more.
    """
    needs = list(needs)
    growing = [k for k, panel in enumerate(panels) if panel["kind"] not in ("text", "bars", "table")] or [0]
    kinds = {k: panels[k]["kind"] for k in growing}
    whole = {k: chart.least(panels[k], width) if kinds[k] == "line" else chart.LEAST for k in growing}
    while free > 0:
        planes = [k for k in growing if kinds[k] not in ("line", "images") and needs[k] < whole[k]]
        jumps = {k: whole[k] - needs[k] for k in growing if kinds[k] == "line" and 0 < whole[k] - needs[k] <= free}
        low = [k for k in growing if kinds[k] != "images" and whole[k] <= needs[k] < whole[k] + 2]
        large = [k for k in growing if kinds[k] != "line" or needs[k] >= whole[k]]
        k = min(planes or list(jumps)[:1] or low or large or growing, key=needs.__getitem__)
        step = 1 if planes else jumps.get(k, 1)
        needs[k] += step
        free -= step
    return needs


def _droppable(panels: Sequence[Mapping[str, Any]]) -> int:
    """Which panel goes first where there is little room: the last that is no text, for a sentence says most."""
    return next((k for k in range(len(panels) - 1, 0, -1) if panels[k]["kind"] != "text"), len(panels) - 1)


def _least(panel: Mapping[str, Any], room: Rect, *, titled: bool = True) -> int:
    """The rows with which a panel still says something; a small chart of several numbers also without its title."""
    kind = panel["kind"]
    if kind == "text":
        return min(words.needed(panel, room.width), max(room.height // 2, 1))
    if kind == "line":
        count = len(panel["series"])
        return count + (titled and count > 1 and bool(panel["title"]))
    if kind == "bars":
        return len(panel["values"]) + bool(panel["title"]) if titled else bars.least(panel, room.width)
    if kind == "table":
        return min(table.needed(panel), max(room.height // 2, 3))
    return images.least(panel, room.width) if kind == "images" else 4


def _wanted(panels: Sequence[Mapping[str, Any]], width: int) -> int:
    each = (width + 2) // len(panels) - 2
    return max((words.needed(panel, each) for panel in panels if panel["kind"] == "text"), default=0)
