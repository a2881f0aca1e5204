"""What has no axes, in pixels: matrices, images, bars, tables and text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.chart import number
from studytool.draw.legend import readable
from studytool.draw.page.sheet import Area, Box, Path, Pixels, Sheet, printable
from studytool.draw.table import GAP, laid, shown_rows
from studytool.draw.theme import SHADES
from studytool.draw.words import wrapped

if TYPE_CHECKING:
    import numpy as np


def titled(sheet: Sheet, area: Area, title: str, note: str = "") -> Area:
    """The title of a panel with a note in a quieter colour after it; returns what is left below."""
    if not title and not note:
        return area
    after = sheet.words(area.left, area.top, title, sheet.theme.text, bold=True, room=area.width)
    after += sheet.column * bool(title)
    sheet.words(after, area.top, note, sheet.theme.dim, room=max(area.right - after, 0.0))
    return area.below(1.2 * sheet.row)


def matrix(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """A heat map from blue below zero to orange above it, the first row at the top."""
    import numpy as np

    values = np.nan_to_num(np.atleast_2d(array(panel["values"])), posinf=0.0, neginf=0.0)
    largest = float(np.abs(values).max()) if values.size else 0.0
    body = titled(sheet, area, panel["title"], f"±{number(largest or 1.0)}" if values.size else "")
    if values.size:
        sheet.add(_signed(sheet, body, values / (largest or 1.0)))


def _signed(sheet: Sheet, area: Area, shown: np.ndarray) -> Pixels:
    """Numbers from −1 to 1 [rows, columns] as colours."""
    import numpy as np

    steps = np.clip(np.abs(shown) * SHADES, 0, SHADES - 1).astype(int)
    numbers = steps + SHADES * (shown > 0)
    return Pixels(area, numbers, [*sheet.theme.tones(0), *sheet.theme.tones(1)])


def images(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """Small pictures beside each other, as large as there is room for, with their names below."""
    import numpy as np

    values, names = array(panel["values"]), [str(name) for name in panel["names"]]
    finite = values[np.isfinite(values)]
    signed, largest = bool(len(finite) and finite.min() < 0), float(np.abs(finite).max()) if len(finite) else 0.0
    body = titled(sheet, area, panel["title"], f"±{number(largest)}" if signed and largest else "")
    if values.ndim != 3 or not values.size:
        return
    count, rows, columns = values.shape
    gap, name = 1.5 * sheet.column, sheet.row * bool(names)
    scale, across = _largest(count, rows, columns, body, gap, name)
    for k, image in enumerate(np.nan_to_num(values, posinf=0.0, neginf=0.0) / (largest or 1.0)):
        left = body.left + k % across * (columns * scale + gap)
        top = body.top + k // across * (rows * scale + name + gap / 2)
        place = Area(left, top, columns * scale, rows * scale)
        if signed:
            sheet.add(_signed(sheet, place, image))
        else:
            steps = np.clip(image * SHADES, 0, SHADES - 1).astype(int)
            sheet.add(Pixels(place, steps, sheet.theme.greys()))
        if k < len(names):
            sheet.words(left, place.bottom, names[k], sheet.theme.dim, room=place.width + gap)


def _largest(count: int, rows: int, columns: int, area: Area, gap: float, name: float) -> tuple[float, int]:
    """How many pixels a pixel of `count` pictures takes at most, and how many then stand beside each other.

    Rows that are all full are worth a third of the size: often they mean something.
    """
    scales = {}
    for across in range(1, count + 1):
        down = -(-count // across)
        wide = (area.width + gap) / across - gap
        high = (area.height + gap / 2) / down - gap / 2 - name
        scales[across] = max(min(wide / columns, high / rows), 0.1)
    best = max(scales, key=lambda across: scales[across] * (1.5 if count % across == 0 else 1.0))
    return scales[best], best


def bars(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """Named numbers one a row, their lengths to compare; values that are not finite have no bar."""
    theme = sheet.theme
    body = titled(sheet, area, panel["title"])
    entries = [(readable(name), float(value)) for name, value in panel["values"].items()]
    row = min(1.5 * sheet.row, max(body.height / max(len(entries), 1), 0.8 * sheet.row))
    names = min(max((sheet.measure(name) for name, _ in entries), default=0.0), body.width / 2)
    room = body.width - names - 11 * sheet.column
    finite = [abs(value) for _, value in entries if abs(value) < float("inf")]
    longest = max(finite, default=0.0) or 1.0
    for k, (name, value) in enumerate(entries[: max(int(body.height / row + 0.01), 1)]):
        top = body.top + k * row
        middle = top + (row - sheet.row) / 2
        sheet.words(body.left, middle, name, theme.dim, room=names)
        start = body.left + names + sheet.column
        length = max(room, 0.0) * abs(value) / longest if abs(value) < float("inf") else 0.0
        if length:
            sheet.add(Box(Area(start, top + 0.12 * row, length, 0.76 * row), theme.kinds[0 if value < 0 else 1]))
        sheet.words(start + length + sheet.column, middle, number(value), theme.text)


def table(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """Columns under their names; the marked row on a ground of its own and with a sign before it."""
    theme, set_out = sheet.theme, laid(panel)
    body = titled(sheet, area, panel["title"])
    row = min(1.3 * sheet.row, max(body.height / (len(set_out.rows) + 1), sheet.row))
    widths = set_out.fitting(int(body.width / sheet.column) - 2)
    shown = shown_rows(set_out, int(body.height / row + 0.01) - 1)
    rows = [(None, set_out.head), *((k, set_out.rows[k] if k is not None else []) for k in shown)]
    for n, (k, cells) in enumerate(rows):
        top, is_mark = body.top + n * row, n > 0 and k is not None and k == set_out.mark
        if is_mark:
            sheet.add(Box(Area(body.left, top, body.width, row), theme.mixed(0.12)))
            sheet.words(body.left, top, "▸", theme.text, bold=True)
        if n and k is None:
            sheet.words(body.left + 2 * sheet.column, top, f"… {len(set_out.rows) - n + 1} more", theme.dim)
        left = body.left + 2 * sheet.column
        for text, wide, right in zip(cells, widths, set_out.right, strict=False):
            room = wide * sheet.column
            x, anchor = (left + room, "end") if right else (left, "start")
            colour = theme.text if n else theme.dim
            sheet.words(x, top, text, colour, anchor=anchor, bold=is_mark, room=room)
            left += room + GAP * sheet.column
    if set_out.head:
        sheet.add(Path([(body.left, body.top + row), (body.right, body.top + row)], theme.mixed(0.35), sheet.zoom))


def text(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """A title and lines, wrapped to the width there is; what does not fit is cut off, with an ellipsis."""
    room = max(int(area.width / sheet.column + 0.01), 1)
    title = printable(str(panel.get("title", "")))
    rows = wrapped(printable(str(panel["text"])), room)
    heads = wrapped(title, room) if title else []
    most = max(int(area.height / sheet.row + 0.01), 1)
    if len(heads) + len(rows) > most:
        heads = heads[: max(most - len(rows), min(len(heads), 1))]
        rows = rows[: most - len(heads)]
        rows[-1:] = [f"{row[: room - 1]}…" for row in rows[-1:]]
    for k, row in enumerate([*heads, *rows]):
        sheet.words(area.left, area.top + k * sheet.row, row, sheet.theme.text, bold=k < len(heads), room=area.width)
