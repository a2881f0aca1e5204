"""The bars panel: named numbers, one a row, their lengths to compare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studytool.draw.canvas import Canvas, Rect
from studytool.draw.chart import number
from studytool.text import cells

_PARTS = " ▏▎▍▌▋▊▉█"


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a bars panel into `rect`; values that are not finite have no bar."""
    top = rect.top
    if panel["title"] and rect.height > 1:
        canvas.put(rect.left, top, panel["title"][: rect.width], canvas.theme.text, bold=True)
        top += 1
    entries = [(str(name), float(value)) for name, value in panel["values"].items()]
    entries = entries[: rect.top + rect.height - top]
    names = max((cells(name) for name, _ in entries), default=0)
    room = rect.width - names - 2 - 8
    finite = [abs(value) for _, value in entries if abs(value) < float("inf")]
    longest = max(finite, default=0.0) or 1.0
    for name, value in entries:
        canvas.put(rect.left, top, name, canvas.theme.dim)
        eighths = round(8 * room * abs(value) / longest) if abs(value) < float("inf") and room > 0 else 0
        bar = "█" * (eighths // 8) + (_PARTS[eighths % 8] if eighths % 8 else "")
        colour = canvas.theme.kinds[0 if value < 0 else 1]
        after = canvas.put(rect.left + names + 1, top, bar, colour)
        canvas.put(after + 1, top, number(value), canvas.theme.text)
        top += 1
