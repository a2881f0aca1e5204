"""Calendars and columns: which day stands where, and what a column is as high as."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from studytool.draw import Look, draw_panels, summary
from studytool.draw.calendar import LEVELS, arranged, named_months, told
from studytool.draw.columns import laid
from studytool.draw.page.compose import compose
from studytool.draw.page.sheet import Box, Words
from studytool.draw.theme import DARK

PLAIN = Look(colour=False)
WEDNESDAY = date(2026, 1, 28).toordinal()


def calendar(values: list[float], **changes: object) -> dict[str, Any]:
    return {"kind": "calendar", "title": "", "first": WEDNESDAY, "values": values, "unit": "answers"} | changes


def columns(values: list[float], **changes: object) -> dict[str, Any]:
    return {"kind": "columns", "title": "", "axis": "", "values": values, "labels": []} | changes


def test_a_week_is_a_column_that_begins_on_monday() -> None:
    year = arranged(WEDNESDAY, [0.0] * 12)
    assert [(day.week, day.weekday) for day in year.days[:6]] == [(0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (1, 0)]
    assert year.weeks == 2
    assert year.months == ((0, "Jan"), (0, "Feb")), "the first of February is that Sunday"


def test_levels_hold_about_as_many_days_each_and_nothing_is_no_level() -> None:
    year = arranged(WEDNESDAY, [0.0, *(float(k) for k in range(1, 101))])
    counts = [sum(day.level == level for day in year.days) for level in range(LEVELS + 1)]
    assert counts[0] == 1
    assert all(20 <= count <= 30 for count in counts[1:])
    assert year.bounds[0][0] == 1.0
    assert year.bounds[-1][1] == 100.0
    assert all(low <= high for low, high in year.bounds)


@pytest.mark.parametrize("values", [[3.0], [3.0, 3.0, 3.0, 3.0, 3.0], [1.0, 9.0], [0.0, float("nan"), float("inf")]])
def test_few_or_equal_days_have_a_level_each_number_of_theirs_within_its_bounds(values: list[float]) -> None:
    year = arranged(WEDNESDAY, values)
    for day, value in zip(year.days, values, strict=True):
        if day.level:
            low, high = year.bounds[day.level - 1]
            assert low <= value <= high
        else:
            assert not 0 < value < float("inf")
    assert len(told(year.bounds)) == len({day.level for day in year.days} - {0})


def test_without_colour_a_busier_day_has_a_heavier_sign() -> None:
    rows = draw_panels([calendar([0, 1, 2, 3, 4, 0, 0])], 40, 10, PLAIN).plain.split("\n")
    at = {name: next(row for row in rows if row.startswith(name)) for name in ("We", "Fr", "Su")}
    assert [at[name][3] for name in ("We", "Fr", "Su")] == ["·", "▒", "█"]


def test_too_narrow_for_all_weeks_it_shows_the_last_ones() -> None:
    values = [0.0] * 100 + [5.0]
    assert "░" in draw_panels([calendar(values)], 10, 9, PLAIN).plain
    assert all(0 <= week < 7 for week, _ in named_months(arranged(WEDNESDAY, values).months, 9, 4))


def test_a_calendar_in_words_says_how_many_days_and_which_had_most() -> None:
    (sentence,) = summary([calendar([0, 4, 9], title="the year")])
    assert sentence == "the year: 2 of 3 days, most on 2026-01-30: 9 answers."
    assert summary([calendar([0, 0], title="the year")]) == ["the year: nothing on 2 days."]


def test_a_column_is_as_high_as_its_share_of_the_axis_and_never_above_it() -> None:
    rows = draw_panels([columns([10, 5, 0, 1])], 20, 12, PLAIN).plain.split("\n")
    heights = [sum(row[column] in "▁▂▃▄▅▆▇█" for row in rows) for column in (4, 8, 12, 16)]
    assert heights == [10, 5, 0, 1]


@pytest.mark.parametrize("width", [12, 20, 33, 60, 100])
def test_columns_stay_below_their_axis_at_every_width(width: int) -> None:
    values = [float(k % 17) for k in range(60)]
    for line in draw_panels([columns(values, title="load")], width, 12, PLAIN).plain.split("\n")[:1]:
        assert not set(line) & set("▁▂▃▄▅▆▇█")


def test_more_columns_than_cells_become_means_that_are_told_and_never_mix_both_kinds() -> None:
    row = laid(columns([1.0] * 7 + [3.0] * 8, split=7, labels=["a"]), 8)
    assert (row.grouped, row.split, row.labels[0]) == (2, 4, "a")
    assert row.values == [1.0] * 4 + [3.0] * 4
    assert "means of 2" in draw_panels([columns([1.0] * 60, axis="days")], 50, 12, PLAIN).plain


def test_columns_in_words_name_each_where_there_are_few() -> None:
    few = columns([3, 1], title="stability", labels=["0", "7"])
    assert summary([few]) == ["stability: 3 at 0, 1 at 7."]
    assert summary([columns([3, 1], title="load", axis="days")]) == ["load: 2 columns (days), 1 to 3, last 1."]


def test_in_pixels_a_day_is_a_square_and_a_column_as_high_as_its_number() -> None:
    sheet = compose([calendar([0, 1, 2])], 400, 300, Look())
    squares = [shape for shape in sheet.shapes if isinstance(shape, Box)][1:]
    assert len(squares) == 3
    assert len({(round(box.area.left), round(box.area.top)) for box in squares}) == 3
    sheet = compose([columns([4, 2], labels=["x", "y"], split=1, names=["done", "due"])], 400, 300, Look())
    bars = [shape for shape in sheet.shapes if isinstance(shape, Box) and shape.fill in DARK.kinds]
    assert [bar.fill for bar in bars] == list(DARK.kinds)
    assert bars[0].area.height == pytest.approx(2 * bars[1].area.height)
    assert {"x", "y", "done", "due"} <= {shape.text for shape in sheet.shapes if isinstance(shape, Words)}
