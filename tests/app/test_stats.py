"""The statistics screen over a log of most of a year, and over an empty one."""

from __future__ import annotations

import json
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from PIL import Image

from studytool.app.screens.choose import ChooseScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.stats import NAMES, Pane, StatsScreen, tabs_around
from studytool.app.widgets.picture import PictureView


async def shown(pilot, until: Callable, text: Callable) -> StatsScreen:
    """The statistics, once they are worked out and painted."""
    await pilot.press("t")
    await until(pilot, lambda: isinstance(pilot.app.screen, StatsScreen))
    screen: StatsScreen = pilot.app.screen
    await until(pilot, lambda: screen._book is not None)
    await until(pilot, lambda: all(pane.query_one(PictureView).picture for pane in visible(screen)))
    return screen


def visible(screen: StatsScreen) -> list[Pane]:
    return [pane for pane in screen.query(Pane) if pane.display]


async def test_an_empty_log_says_what_will_be_here_and_what_to_do(opened, text, until):
    async with opened() as pilot:
        await pilot.press("t")
        await until(pilot, lambda: "Nothing has been answered yet" in text(pilot))
        assert "study a few cards" in text(pilot)
        assert "Period" not in text(pilot).splitlines()[-1]
        await pilot.press("w", "p", "escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))


@pytest.mark.parametrize(("size", "many"), [((80, 24), 1), ((120, 40), 4), ((200, 60), 8)], ids=str)
async def test_as_many_pictures_as_fit_each_with_its_own_sentence(opened, studied, text, until, size, many):
    async with opened(size=size) as pilot:
        screen = await shown(pilot, until, text)
        panes = visible(screen)
        assert len(panes) == many
        assert all(pane.query_one(PictureView).size.height >= 8 for pane in panes)
        said = [chart.says for chart in screen._book.charts]
        assert len(set(said)) == len(NAMES) == 8
        words = " ".join(text(pilot).split())
        assert "You recalled" in words
        assert all(len(one) < 260 for one in said)


async def test_the_arrows_go_through_all_pictures_and_round(opened, studied, text, until):
    async with opened() as pilot:
        screen = await shown(pilot, until, text)
        for name in (*NAMES[1:], NAMES[0]):
            await pilot.press("right")
            await until(pilot, lambda name=name: f"▸{name}" in text(pilot))
            (pane,) = visible(screen)
            says = screen._book.charts[pane.number].says
            assert screen._book.charts[pane.number].name == name
            await until(pilot, lambda says=says: says[:30] in text(pilot))
        await pilot.press("left")
        await until(pilot, lambda: f"▸{NAMES[-1]}" in text(pilot))


async def test_a_shorter_period_tells_of_fewer_answers(opened, studied, text, until):
    async with opened() as pilot:
        screen = await shown(pilot, until, text)
        assert "259 answers · all libraries · a year" in text(pilot)
        await pilot.press("P")
        await until(pilot, lambda: screen._book.period == "quarter" and "90 days" in text(pilot))
        assert 0 < screen._book.found.answers < 259
        await pilot.press("p", "p")
        await until(pilot, lambda: screen._book.period == "all")
        assert screen._book.found.answers == 259


async def test_a_topic_is_chosen_from_a_list_and_all_of_them_again(opened, studied, text, until):
    async with opened() as pilot:
        screen = await shown(pilot, until, text)
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen) and "All topics" in text(pilot))
        await pilot.press("end", "enter")
        await until(pilot, lambda: screen._book.topic == "Threshold units")
        await until(pilot, lambda: "Threshold units" in text(pilot).splitlines()[0])
        assert screen._book.found.answers == 0, "none of its cards was answered"
        await pilot.press("t")
        await until(pilot, lambda: isinstance(pilot.app.screen, ChooseScreen))
        await pilot.press("home", "enter")
        await until(pilot, lambda: screen._book.topic is None and screen._book.found.answers == 259)


async def test_from_a_topic_at_home_its_own_statistics_open(opened, studied, text, until):
    async with opened() as pilot:
        await pilot.press("down")
        screen = await shown(pilot, until, text)
        assert screen._book.topic == "Rivers"


async def test_enter_makes_one_picture_large_and_small_again(opened, studied, text, until):
    async with opened(size=(120, 40)) as pilot:
        screen = await shown(pilot, until, text)
        await pilot.press("right", "enter")
        await until(pilot, lambda: [pane.number for pane in visible(screen)] == [1])
        await until(pilot, lambda: visible(screen)[0].query_one(PictureView).size.width > 100)
        await until(pilot, lambda: len(visible(screen)[0].query_one(PictureView).picture.rows) > 25)
        await pilot.press("enter")
        await until(pilot, lambda: len(visible(screen)) == 4)


async def test_writing_makes_a_picture_twice_and_all_figures_and_replaces_nothing(
    opened, studied, text, until, library, tmp_path, monkeypatch
):
    async with opened() as pilot:
        await shown(pilot, until, text)
        out = tmp_path / "out"
        out.mkdir()
        monkeypatch.chdir(out)
        await pilot.press("right", "w")
        await until(pilot, lambda: len(list(out.iterdir())) == 3 and "3 files" in text(pilot))
        stem = "stats-calibration-year-2026-03-02"
        root = ElementTree.parse(out / f"{stem}.svg").getroot()
        told = " ".join(element.text or "" for element in root.iter() if element.text)
        assert "Predictions are off by" in told
        with Image.open(out / f"{stem}.png") as image:
            assert image.size == (1280, 800)
        figures = json.loads((out / "stats-year-2026-03-02.json").read_text("utf-8"))
        assert (figures["answers"], figures["period"]) == (259, "year")
        before = {path.name: path.read_bytes() for path in out.iterdir()}
        await pilot.press("w")
        await until(pilot, lambda: len(list(out.iterdir())) == 6)
        assert {name: (out / name).read_bytes() for name in before} == before


async def test_a_folder_that_cannot_be_written_is_told(opened, studied, text, until, tmp_path, monkeypatch):
    async with opened(size=(120, 40)) as pilot:
        await shown(pilot, until, text)
        gone = tmp_path / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        await pilot.press("w")
        await until(pilot, lambda: "No such file" in text(pilot) or "no folder" in text(pilot))


async def test_answers_given_meanwhile_are_there_the_next_time(opened, studied, text, until):
    async with opened() as pilot:
        await shown(pilot, until, text)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen))
        desk = pilot.app.desk
        desk.memory.apply(desk.store.append("review", studied[0], {"grade": 3, "took_ms": 900}, pilot.app.now()))
        screen = await shown(pilot, until, text)
        assert screen._book.found.answers == 260


@pytest.mark.parametrize("width", [18, 34, 50, 70, 78])
def test_each_picture_has_its_name_whole_above_it_in_whatever_width(width: int) -> None:
    for chosen in range(len(NAMES)):
        first, last = tabs_around(chosen, width)
        assert first <= chosen < last
        signs = (first > 0) + (last < len(NAMES))
        assert sum(len(name) + 2 for name in NAMES[first:last]) + signs <= width
        assert all(tabs_around(other, width) == (first, last) for other in range(first, last)), "they stay in place"


@pytest.mark.usefixtures("studied")
async def test_in_a_window_of_few_columns_the_names_of_the_pictures_go_on_behind_a_sign(opened, until, text):
    async with opened(size=(52, 20)) as pilot:
        await shown(pilot, until, text)
        line = text(pilot).splitlines()[1]
        assert line.split() == ["▸Recall", *NAMES[1:6], "›"]
        await pilot.press(*["right"] * 6)
        await until(pilot, lambda: text(pilot).splitlines()[1].split() == ["‹▸Stability", "Topics"])
