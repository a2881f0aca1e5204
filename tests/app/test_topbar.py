"""The line on top, and what else has one line on home: what does not fit is said in fewer words, or left out whole."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from textual.app import App
from textual.content import Content

from studytool.app.home.about import headline, in_the_line_on_top
from studytool.app.widgets.topbar import TopBar

WIDTHS = pytest.mark.parametrize("width", [36, 44, 56, 76, 116])


async def shown(width: int, left: str | list[str], right: str | list[str]) -> str:
    class OneLine(App[None]):
        def compose(self) -> Any:
            yield TopBar()

    app = OneLine()
    async with app.run_test(size=(width, 5)) as pilot:
        bar = app.query_one(TopBar)
        bar.show(left, right)
        await pilot.pause()
        assert isinstance(bar.visual, Content)
        return bar.visual.plain


async def test_the_fullest_wording_of_which_nothing_is_cut_is_shown() -> None:
    lefts, rights = ["Exam · question 12 of 40", "12/40"], ["11 answered · 29:59 left", "29:59 left"]
    for width, left, right in ((60, 0, 0), (40, 0, 1), (20, 1, 1)):
        told = await shown(width, lefts, rights)
        assert (told[: len(lefts[left])], told[-len(rights[right]) :]) == (lefts[left], rights[right])


async def test_where_no_wording_fits_the_left_side_gives_way() -> None:
    rights = ["exam in 24 days · 3 answered", "exam in 24 days"]
    told = await shown(40, "a library of a very long name indeed, and more", rights)
    assert told.startswith("a library of a very l")
    assert told.endswith("…  exam in 24 days")
    assert len(told) == 40


def of_a_day(**more: Any) -> Any:
    held = SimpleNamespace(over=more.pop("over", 0), is_full=more.pop("is_full", False))
    every = more.get("due", 0) + held.over
    return SimpleNamespace(**{"total": 12_345, "due": 0, "all_due": every, "later": 0, "new": 0, "held": held, **more})


@WIDTHS
@pytest.mark.parametrize(
    "seen",
    [
        of_a_day(),
        of_a_day(over=1234),
        of_a_day(is_full=True),
        of_a_day(over=1234, is_full=True),
        of_a_day(due=1200, later=14, new=20, over=2000),
        of_a_day(due=20, new=20),
        of_a_day(later=1),
    ],
    ids=str,
)
def test_what_there_is_to_do_is_never_cut(seen: Any, width: int) -> None:
    told = headline(seen, 120, width, lambda _, usual: usual).plain.rstrip()
    assert len(told) <= width
    for number in (seen.due, seen.later, seen.new):
        assert not number or f"{number:,} " in f"{told} "


def test_of_how_things_stand_the_exam_goes_last() -> None:
    ways = in_the_line_on_top("away until 2 March", ["State exam in 9 days", "exam in 9 days"], "3 days in a row", "5")
    assert ways[0] == "away until 2 March · State exam in 9 days · 3 days in a row · 5"
    assert ways[-2:] == ["State exam in 9 days", "exam in 9 days"]
    assert in_the_line_on_top("", [], "", "5 answered today") == ["5 answered today"]
