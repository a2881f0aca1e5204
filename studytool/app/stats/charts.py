"""Statistics as pictures: a panel and a sentence each. Panels are plain values for `studytool.draw`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from studytool.app.stats import sentences
from studytool.text import one_line

if TYPE_CHECKING:
    from studytool.figures import Figures
    from studytool.memory.stats.days import Days
    from studytool.memory.stats.together import Period, Statistics

_LAST = 14
"""Days behind today that are shown beside those ahead."""
_YEAR = 365
_MANY_WEEKS = 156
"""With more weeks than that, months are shown."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture: the short name it is chosen by, the panel, and what it means."""

    name: str
    panel: dict[str, Any]
    says: str


@dataclass(frozen=True, slots=True)
class Book:
    """All charts of a period and a topic, and what they were made from."""

    charts: tuple[Chart, ...]
    figures: Figures
    found: Statistics
    period: Period
    topic: str | None


def book(figures: Figures, period: Period, topic: str | None) -> Book:
    """Work out everything that is shown of the last days, of one topic or of all."""
    chosen = None if topic is None else [topic]
    found = figures.statistics(period, chosen)
    whole = found if period in ("year", "all") else figures.statistics("year", chosen)
    return Book(_charts(figures, found, whole, period, topic), figures, found, period, topic)


def _charts(
    figures: Figures, found: Statistics, whole: Statistics, period: Period, topic: str | None
) -> tuple[Chart, ...]:
    return (
        _recall(found, period, is_fitted=figures.is_fitted, is_tried=figures.is_tried),
        _calibration(found),
        _load(found),
        _year(whole.days, found),
        _minutes(found, period),
        _hours(found),
        _stability(found),
        _topics(found, figures.topics, topic),
    )


def _short(day: int) -> str:
    found = date.fromordinal(day)
    return f"{found.day} {found:%b}"


def _recall(found: Statistics, period: Period, *, is_fitted: bool, is_tried: bool) -> Chart:
    from studytool.memory.stats.answers import PERIODS

    series = found.series["week"]
    if len(series.start) > _MANY_WEEKS and period == "all":
        series = found.series["month"]
    begin = found.as_of - PERIODS[period]
    columns = (series.start, series.asked, series.recalled, series.predicted)
    points = [
        (start, round(100 * recalled / asked, 1), round(100 * predicted, 1))
        for start, asked, recalled, predicted in zip(*(column.tolist() for column in columns), strict=True)
        if start > begin - 7 and asked >= sentences.LEAST
    ]
    first = points[0][0] if points else found.as_of
    long = bool(points) and points[-1][0] - first > 100
    x = [(start - first) / (7 if long else 1) for start, _, _ in points]
    when = date.fromordinal(first)
    panel = {
        "kind": "line",
        "title": "recall, %",
        "axis": f"{'weeks' if long else 'days'} since {when.day} {when:%b %Y}",
        "series": [
            {"name": "recalled", "x": x, "y": [recalled for _, recalled, _ in points]},
            {"name": "predicted", "x": x, "y": [predicted for _, _, predicted in points]},
        ],
    }
    share = found.retention[period].all
    return Chart("Recall", panel, sentences.recall(share, period, is_fitted=is_fitted, is_tried=is_tried))


def _calibration(found: Statistics) -> Chart:
    held = found.calibration
    points = [
        (round(100 * predicted, 1), round(100 * recalled / asked, 1))
        for asked, recalled, predicted in zip(
            held.asked.tolist(), held.recalled.tolist(), held.predicted.tolist(), strict=True
        )
        if asked >= sentences.LEAST
    ]
    ends = [points[0][0], points[-1][0]] if points else []
    panel = {
        "kind": "line",
        "title": "calibration, %",
        "axis": "predicted recall, %",
        "series": [
            {"name": "recalled", "x": [at for at, _ in points], "y": [value for _, value in points]},
            {"name": "as predicted", "x": ends, "y": ends},
        ],
    }
    return Chart("Calibration", panel, sentences.calibration(held))


def _load(found: Statistics) -> Chart:
    done = found.days.answers.sum(1).tolist()[:-1][-_LAST:]  # today's are beside what is still due
    due = found.due.tolist()
    first = found.as_of - len(done)
    labels = ["today" if day == found.as_of else _short(day) if (day - found.as_of) % 10 == 0 else "" for day in
              range(first, found.as_of + len(due))]  # fmt: skip
    panel = {
        "kind": "columns",
        "title": "load",
        "axis": "",
        "values": [*done, *due],
        "labels": labels,
        "names": ["answered", "falls due"],
        "split": len(done),
    }
    return Chart("Load", panel, sentences.load(found, done, due))


def _year(done: Days, found: Statistics) -> Chart:
    counts = done.answers.sum(1).tolist()[-_YEAR:]
    counts = [0] * (_YEAR - len(counts)) + counts
    panel = {
        "kind": "calendar",
        "title": "the year",
        "first": found.as_of - _YEAR + 1,
        "values": counts,
        "unit": "answers a day",
    }
    return Chart("Year", panel, sentences.year(done, found))


def _minutes(found: Statistics, period: Period) -> Chart:
    minutes = (found.days.seconds / 60).tolist()
    each = 1 if len(minutes) <= 90 else 7
    starts = list(range(len(minutes) % each - each if len(minutes) % each else 0, len(minutes), each))
    values = [sum(minutes[max(start, 0) : start + each]) for start in starts]
    months = [date.fromordinal(found.days.first + start + each - 1) for start in starts]
    if each == 1:
        labels = [_short(day.toordinal()) if day.weekday() == 0 else "" for day in months]
    else:
        before = [None, *months[:-1]]
        labels = [
            (f"{day:%b}" if day.month > 1 else f"{day.year}") if last is None or last.month != day.month else ""
            for day, last in zip(months, before, strict=True)
        ]
    panel = {
        "kind": "columns",
        "title": "minutes a day" if each == 1 else "minutes a week",
        "axis": "",
        "values": values,
        "labels": labels,
    }
    return Chart("Time", panel, sentences.spent(found, period))


def _hours(found: Statistics) -> Chart:
    panel = {
        "kind": "columns",
        "title": "answers by hour of the day",
        "axis": "o’clock",
        "values": found.hours[:, 0].tolist(),
        "labels": [str(hour) if hour % 3 == 0 else "" for hour in range(24)],
    }
    return Chart("Hours", panel, sentences.hours(found))


def _stability(found: Statistics) -> Chart:
    from studytool.memory.stats.cards import STABILITIES

    panel = {
        "kind": "columns",
        "title": "cards by stability",
        "axis": "days or more",
        "values": found.cards.stability.tolist(),
        "labels": [str(low) for low in STABILITIES],
    }
    return Chart("Stability", panel, sentences.stability(found))


def _topics(found: Statistics, titles: Sequence[str], topic: str | None) -> Chart:
    from studytool.memory.stats.cards import weakest_first

    rows = [
        (title, one)
        for title, one in zip(titles, found.topics, strict=True)
        if one.cards and (topic is None or title == topic)
    ]
    panel = {
        "kind": "table",
        "title": "topics, the weakest first: recall now and when asked",
        "columns": ["topic", "now, %", "seen", "cards", "then, %", "minutes"],
        "rows": [
            [
                one_line(title, 40),
                None if one.recall is None else round(100 * one.recall),
                one.seen,
                one.cards,
                None if one.retention.value is None else round(100 * one.retention.value),
                round(one.seconds / 60),
            ]
            for title, one in weakest_first(rows)
        ],
    }
    return Chart("Topics", panel, sentences.topics(rows))
