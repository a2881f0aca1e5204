"""Calendars and columns in pixels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studytool.draw import calendar, columns
from studytool.draw.chart import number
from studytool.draw.page.grids import titled
from studytool.draw.page.sheet import SQUARE, Area, Box, Path, Sheet


def year(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """A calendar: a square a day, a column a week, and below what the shades stand for."""
    theme = sheet.theme
    colours = [theme.mixed(0.08), *theme.levels(calendar.LEVELS)]
    body = titled(sheet, area, panel["title"])
    laid = calendar.laid(panel)
    if not laid.weeks:
        return
    margin = 3 * sheet.column
    step = min((body.width - margin) / laid.weeks, (body.height - 2.4 * sheet.row) / calendar.ROWS)
    step = max(step, 1.0)
    left, top = body.left + margin, body.top + sheet.row
    for week, name in calendar.named_months(laid.months, 0, 4 * sheet.column / step):
        sheet.words(left + week * step, body.top, name, theme.dim, room=body.right - left - week * step)
    for row, name in enumerate(calendar.WEEKDAYS):
        sheet.words(body.left, top + (row + 0.5) * step - sheet.row / 2, name, theme.dim, room=margin)
    for week, weekday, level in laid.days:
        place = Area(left + week * step, top + weekday * step, 0.86 * step, 0.86 * step)
        sheet.add(Box(place, colours[level]))
    at, foot = left, top + calendar.ROWS * step + 0.3 * sheet.row
    for level, words in calendar.told(laid.bounds):
        sheet.mark(at + 0.6 * sheet.column, foot + sheet.row / 2, SQUARE, colours[level], size=5)
        at = sheet.words(at + 1.8 * sheet.column, foot, words, theme.dim, room=max(body.right - at, 0)) + sheet.column
    sheet.words(at, foot, str(panel.get("unit", "")), theme.dim, room=max(body.right - at, 0.0))


def upright(sheet: Sheet, area: Area, panel: Mapping[str, Any]) -> None:
    """Columns over their labels, with an upright axis."""
    theme = sheet.theme
    body = titled(sheet, area, panel["title"])
    at = body.left
    for kind, name in columns.legend(panel):
        sheet.mark(at + 0.6 * sheet.column, body.top + sheet.row / 2, SQUARE, theme.kinds[kind])
        at = sheet.words(at + 1.8 * sheet.column, body.top, name, theme.kinds[kind]) + 2 * sheet.column
    body = body.below(1.2 * sheet.row * (at > body.left))
    if not panel["values"]:
        return
    row = columns.laid(panel, max(int(body.width / sheet.column / 2), 1))
    up = columns.axis_of(row, min(max(int(body.height / sheet.row) // 2, 2), 8))
    margin = max(sheet.measure(label) for label in up.labels) + sheet.column
    inner = Area(body.left + margin, body.top + 0.8 * sheet.row, body.width - margin, body.height - 3.2 * sheet.row)
    if inner.height < sheet.row or inner.width < sheet.column:
        return
    for tick, label in zip(up.ticks, up.labels, strict=True):
        y = inner.bottom - tick / up.high * inner.height
        sheet.add(Path([(inner.left, y), (inner.right, y)], theme.mixed(0.14), sheet.zoom))
        sheet.words(inner.left - 0.5 * sheet.column, y - sheet.row / 2, label, theme.dim, anchor="end")
    each, free = inner.width / len(row.values), body.left
    for k, (value, label) in enumerate(zip(row.values, row.labels, strict=True)):
        left, height = inner.left + k * each, value / up.high * inner.height
        if value:
            place = Area(left + 0.1 * each, inner.bottom - height, 0.8 * each, height)
            sheet.add(Box(place, theme.kinds[k >= row.split]))
        told = number(float(f"{value:.3g}"))
        if value and sheet.measure(told) < each:
            sheet.words(left + each / 2, inner.bottom - height - sheet.row, told, theme.dim, anchor="middle")
        start = min(left + 0.1 * each, body.right - sheet.measure(label))
        if label and start >= free:
            free = sheet.words(start, inner.bottom + 0.2 * sheet.row, label, theme.dim, room=body.right - start)
            free += sheet.column
    sheet.add(Path([(inner.left, inner.bottom), (inner.right, inner.bottom)], theme.dim, sheet.zoom))
    middle, name = inner.left + inner.width / 2, columns.axis_name(panel, row)
    sheet.words(middle, inner.bottom + 1.2 * sheet.row, name, theme.dim, anchor="middle", room=inner.width)
