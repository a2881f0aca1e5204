"""The statistics as files: the chosen picture as SVG and PNG, all figures as JSON."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.app.stats.charts import Book

_WIDE, _HIGH, _FLAT = 1280, 800, 480


def write(book: Book, number: int, folder: Path, *, dark: bool) -> list[Path]:
    """Write the chart of that number, and the figures, into `folder` under names that nothing has; returns the files.

    Raises OSError or `StudytoolError` where that cannot be done.
    """
    from studytool.app.stats.sentences import SPANS
    from studytool.commands.stats_json import stats_json
    from studytool.draw import Look
    from studytool.draw.page.bitmap import png
    from studytool.draw.page.compose import compose
    from studytool.draw.page.svg import svg
    from studytool.memory.store.transfer import whole_file
    from studytool.text import as_json, one_line

    chart, day = book.charts[number], date.fromordinal(book.found.as_of).isoformat()
    of = "-".join(part for part in (book.period, _plain(book.topic or "")) if part)
    title = f"{chart.name} · {one_line(book.topic or 'all libraries')} · {SPANS[book.period]} · {day}"
    high = _FLAT if chart.panel["kind"] == "calendar" else _HIGH
    sheet = compose([chart.panel], _WIDE, high, Look(dark=dark), title, chart.says)
    told = as_json(stats_json(book.found, book.figures, book.period, None)) + "\n"
    picture = f"stats-{chart.name.lower()}-{of}-{day}"
    written = []
    for stem, ending, data in (
        (picture, "svg", svg(sheet)),
        (picture, "png", png(sheet)),
        (f"stats-{of}-{day}", "json", told.encode("utf-8", "replace")),
    ):
        path = unused(folder, stem, ending)
        with whole_file(path, force=False, mode=0o666) as file:
            file.write(data)
        written.append(path)
    return written


def unused(folder: Path, stem: str, ending: str) -> Path:
    """A path that nothing has: the name itself, else with -2, -3 … before its ending."""
    path, count = folder / f"{stem}.{ending}", 1
    while path.exists():
        count += 1
        path = path.with_name(f"{stem}-{count}.{ending}")
    return path


def _plain(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower()).strip("-")[:40]
