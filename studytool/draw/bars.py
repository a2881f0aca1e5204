"""The bars panel: named numbers, one a row, their lengths to compare; upright where there are too few rows for that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studytool.draw.canvas import Canvas, Rect
from studytool.draw.chart import number
from studytool.draw.legend import readable
from studytool.text import cells

_PARTS = " ▏▎▍▌▋▊▉█"
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_UPRIGHT = 4
"""The rows of upright bars: a title, two rows of bars, their names."""


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a bars panel into `rect`; values that are not finite have no bar."""
    top, after = rect.top, rect.left
    if panel["title"] and rect.height > 1:
        after = canvas.put(rect.left, top, panel["title"][: rect.width], canvas.theme.text, bold=True)
        top += 1
    entries = _entries(panel)
    body = Rect(rect.left, top, rect.width, rect.top + rect.height - top)
    if len(entries) > body.height > 1 and _stands(panel, rect.width):
        _upright(canvas, body, entries)
        name, value = max(entries, key=lambda entry: _size(entry[1]))
        if after > rect.left and _size(value):
            canvas.put(after + 1, rect.top, f"{name}: {number(value)}", canvas.theme.dim)
        return
    _lying(canvas, body, entries[: body.height])


def least(panel: Mapping[str, Any], width: int) -> int:
    """The rows with which all bars can be drawn."""
    lying = len(panel["values"]) + bool(panel["title"])
    return min(lying, _UPRIGHT) if _stands(panel, width) else lying


def _entries(panel: Mapping[str, Any]) -> list[tuple[str, float]]:
    return [(readable(name), float(value)) for name, value in panel["values"].items()]


def _size(value: float) -> float:
    return abs(value) if abs(value) < float("inf") else 0.0


def _stands(panel: Mapping[str, Any], width: int) -> bool:
    """Whether upright bars have room for their names, and none of them would have to hang."""
    entries = _entries(panel)
    return sum(cells(name) + 1 for name, _ in entries) <= width + 1 and not any(value < 0 for _, value in entries)


def _lying(canvas: Canvas, rect: Rect, entries: Sequence[tuple[str, float]]) -> None:
    names = max((cells(name) for name, _ in entries), default=0)
    room = rect.width - names - 2 - 8
    longest = max((_size(value) for _, value in entries), default=0.0) or 1.0
    for top, (name, value) in enumerate(entries, rect.top):
        canvas.put(rect.left, top, name, canvas.theme.dim)
        eighths = round(8 * max(room, 0) * _size(value) / longest)
        bar = "█" * (eighths // 8) + (_PARTS[eighths % 8] if eighths % 8 else "")
        colour = canvas.theme.kinds[0 if value < 0 else 1]
        after = canvas.put(rect.left + names + 1, top, bar, colour)
        canvas.put(after + 1, top, number(value), canvas.theme.text)


def _upright(canvas: Canvas, rect: Rect, entries: Sequence[tuple[str, float]]) -> None:
    """Bars over their names; which is how large is for the eye, the largest is told beside the title."""
    longest = max((_size(value) for _, value in entries), default=0.0) or 1.0
    wide = max((rect.width + 1) // max(len(entries), 1) - 1, 1)
    wide = min(wide, 3) if all(cells(name) <= wide for name, _ in entries) else 0  # all alike, or as wide as its name
    left, base = rect.left, rect.top + rect.height - 1
    for name, value in entries:
        width = wide or max(cells(name), 1)
        eighths = round(8 * (rect.height - 1) * _size(value) / longest)
        for row in range(rect.height - 1):
            canvas.put(left, base - 1 - row, _EIGHTHS[min(max(eighths - 8 * row, 0), 8)] * width, canvas.theme.kinds[1])
        canvas.put(left, base, name, canvas.theme.dim)
        left += width + 1
