"""The text panel: a title and lines, wrapped to the width there is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studytool.draw.canvas import Canvas, Rect
from studytool.text import cells


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw a text panel into `rect`; what does not fit is cut off."""
    title, rows = panel.get("title", ""), wrapped(panel["text"], rect.width)
    top = rect.top
    if title and rect.height > len(rows):
        for row in wrapped(title, rect.width)[: max(rect.height - len(rows), 1)]:
            canvas.put(rect.left, top, row, canvas.theme.text, bold=True)
            top += 1
    room = rect.top + rect.height - top
    if len(rows) > room > 0:
        last = rows[room - 1]
        rows[room - 1] = (last if cells(last) < rect.width else last[:-1]) + "…"
    for row in rows[:room]:
        canvas.put(rect.left, top, row, canvas.theme.text)
        top += 1


def needed(panel: Mapping[str, Any], width: int) -> int:
    """How many rows a text panel of this width would like."""
    return len(wrapped(panel["text"], width)) + (len(wrapped(panel["title"], width)) if panel.get("title") else 0)


def wrapped(text: str, width: int) -> list[str]:
    """`text` in rows of at most `width` cells, broken at spaces where there are any; a word too long is cut through."""
    rows: list[str] = []
    for line in text.expandtabs(4).split("\n"):
        row, room = "", width
        for word in line.split(" "):
            size = cells(word)
            if row and size + 1 > room:
                rows.append(row)
                row, room = "", width
            if row:
                row, room = row + " ", room - 1
            if size <= room:
                row, room = row + word, room - size
                continue
            for character in word:
                size = cells(character)
                if size > room and row:
                    rows.append(row)
                    row, room = "", width
                row, room = row + character, room - size
        rows.append(row)
    return rows
