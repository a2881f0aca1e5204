"""The picture of a demo on its screen: written with w, in words with v."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from textual.app import App

from studytool.app.demo_line import Line
from studytool.app.screens.demo import DemoScreen
from studytool.app.widgets.picture import PictureView, changed_rows
from studytool.app.widgets.prediction import Prediction
from studytool.draw import Look, Picture, Run
from tests.app.held import hold


async def test_w_writes_the_picture_into_the_current_folder_and_never_over_another(
    opened, text, until, library, tmp_path, monkeypatch
):
    folder = tmp_path / "here"
    folder.mkdir()
    (library / "rivers.md").unlink()
    async with opened(size=(100, 30)) as pilot:
        monkeypatch.chdir(folder)
        await pilot.press("d", "enter")
        await until(pilot, lambda: "finished" in text(pilot) or "running · step" in text(pilot))
        screen = pilot.app.screen
        assert isinstance(screen, DemoScreen)
        await hold(pilot, until)
        name = f"perceptron-seed0-step{screen._frame['step']}"
        await pilot.press("w")
        await until(pilot, lambda: (folder / f"{name}.svg").exists())
        await until(pilot, lambda: any(name in told.message for told in pilot.app._notifications))
        await pilot.press("w")
        await until(pilot, lambda: (folder / f"{name}-2.svg").exists())
        texts = [element.text for element in ElementTree.parse(folder / f"{name}.svg").getroot().iter()]
        assert f"step {screen._frame['step']} · seed 0 · flowers setosa/versicolor · learning rate 1" in texts


async def test_v_says_the_picture_in_words_and_shows_it_again(opened, text, until, library):
    (library / "rivers.md").unlink()
    async with opened(size=(100, 30)) as pilot:
        await pilot.press("d", "enter")
        await until(pilot, lambda: "petal length" in text(pilot))
        await pilot.press("t")
        await until(pilot, lambda: "50 setosa and 50 versicolor by petal length" in text(pilot))
        await pilot.press("t")
        await until(pilot, lambda: "50 setosa and 50" not in text(pilot) and "petal length" in text(pilot))


@pytest.mark.parametrize("key", ["t", "c"])
async def test_escape_leads_back_to_the_picture_from_what_stands_in_its_place(opened, until, library, key):
    (library / "rivers.md").unlink()
    async with opened(size=(80, 24)) as pilot:
        await pilot.press("d", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen) and pilot.app.screen._frame)
        screen = pilot.app.screen
        await pilot.press("enter", key)
        await until(pilot, lambda: screen._stage.in_words or screen.has_class("-source"))
        await pilot.press("escape")
        await until(pilot, lambda: not screen._stage.in_words and not screen.has_class("-source"))
        assert pilot.app.screen is screen
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)


async def asking(pilot, until):
    """A demo that waits for a prediction before its first picture."""
    await pilot.press("d")
    await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen) and pilot.app.screen._frame)
    screen = pilot.app.screen
    await until(pilot, lambda: screen.query_one(Prediction).asking)
    return screen


async def test_escape_leaves_a_demo_whose_words_are_wanted_before_there_is_a_picture(opened, until, library):
    (library / "rivers.md").unlink()
    async with opened(size=(80, 24)) as pilot:
        screen = await asking(pilot, until)
        await pilot.press("t")
        await until(pilot, lambda: screen._stage.in_words)
        await pilot.press("escape")
        await until(pilot, lambda: pilot.app.screen is not screen)


async def test_escape_leads_back_from_the_code_to_the_text_in_whose_place_it_stands(opened, until, library):
    (library / "rivers.md").unlink()
    async with opened(size=(160, 40)) as pilot:
        screen = await asking(pilot, until)
        await pilot.press("c")
        await until(pilot, lambda: not screen.query_one("#demo-text").display)
        await pilot.press("escape")
        await until(pilot, lambda: screen.query_one("#demo-text").display)
        assert pilot.app.screen is screen


async def test_words_that_are_longer_than_the_screen_are_read_page_by_page(opened, text, until, library):
    (library / "rivers.md").unlink()
    async with opened(size=(34, 14)) as pilot:
        await pilot.press("d", "enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, DemoScreen) and pilot.app.screen._frame)
        await pilot.press("enter", "t")
        await until(pilot, lambda: "in words" in text(pilot) and "page down: more" in text(pilot))
        assert "should be" not in text(pilot)
        for _ in range(9):
            await pilot.press("pagedown")
        await until(pilot, lambda: "page down" not in text(pilot) and "in words" not in text(pilot))
        assert "should be" in text(pilot), "the last sentence is there"
        for _ in range(9):
            await pilot.press("pageup")
        await until(pilot, lambda: "in words" in text(pilot))


def test_only_the_rows_that_changed_are_painted_again():
    old = Picture([[Run("same")], [Run("old")], [Run("same", "#ffffff")], [Run("below")]])
    new = Picture([[Run("same")], [Run("new")], [Run("same", "#000000")], [Run("else")]])
    assert changed_rows(old, new, 0, 3) == [1, 2]
    assert changed_rows(old, new, 1, 3) == [0, 1, 2]
    assert changed_rows(old, old, 0, 4) == []
    assert changed_rows(None, new, 0, 3) is None
    assert changed_rows(old, Picture(new.rows[:3]), 0, 3) is None


async def test_a_picture_that_changes_in_part_is_on_the_screen_as_a_whole(text, until):
    class Alone(App[None]):
        def compose(self):
            yield PictureView(id="picture")

    app = Alone()
    async with app.run_test(size=(40, 12)) as pilot:
        view = app.query_one(PictureView)
        for word in ("one", "two", "two", "three"):
            view.show([{"kind": "text", "title": "a title", "text": f"first\n{word}\nlast"}], Look())
            await until(pilot, lambda word=word: word in text(pilot))
            assert [line.strip() for line in text(pilot).splitlines() if line.strip()][:4] == [
                "a title", "first", word, "last",
            ]  # fmt: skip


async def test_on_a_slow_line_a_picture_is_painted_in_parts_to_its_end(text, until):
    class Alone(App[None]):
        def compose(self):
            yield PictureView(id="picture")

    app = Alone()
    async with app.run_test(size=(40, 12)) as pilot:
        view = app.query_one(PictureView)
        view.line = Line(app)
        for words in ("a b c d e f", "g h i j k l"):
            view.show([{"kind": "text", "title": "a title", "text": words.replace(" ", "\n")}], Look())
            assert view.is_whole == (words[0] == "a"), "the first has no other to take the place of"
            view.line.rows = 1
            await until(pilot, lambda: view.is_whole)
            await until(pilot, lambda words=words: words.split() == text(pilot).split()[-6:])
