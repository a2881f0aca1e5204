"""What closes a screen closes that one, and once."""

from __future__ import annotations

import pytest
from textual.events import Key

from studytool.app.palette import Actions, Palette
from studytool.app.screens.browse import BrowseScreen
from studytool.app.screens.choose import ChooseScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.map import MapScreen


@pytest.mark.parametrize("make", [lambda: ChooseScreen("Topic", ["One", "Two"], 0), Palette])
async def test_what_is_chosen_twice_at_once_does_not_close_the_screen_below(opened, until, make):
    async with opened() as pilot:
        app = pilot.app
        app.map_topics()
        window = make()
        app.push_screen(window)
        await until(pilot, lambda: app.screen is window and app.is_built)
        window.dismiss(None)
        window.dismiss(None)
        await until(pilot, lambda: not window.is_attached)
        assert isinstance(app.screen, MapScreen)


async def test_a_command_that_is_chosen_twice_at_once_is_done_once(opened, until):
    async with opened() as pilot:
        app = pilot.app
        hits = [hit async for hit in Actions(app.screen).discover()]
        browse = next(hit for hit in hits if "Browse" in hit.text)
        browse.command()
        browse.command()
        await until(pilot, lambda: isinstance(app.screen, BrowseScreen) and app.is_built)
        await pilot.pause()
        assert len(app.screen_stack) == 3


async def test_home_is_not_left(opened):
    async with opened() as pilot:
        home = pilot.app.screen
        assert isinstance(home, HomeScreen)
        pilot.app.leave()
        assert pilot.app.screen is home


@pytest.mark.parametrize("times", [2, 3, 6])
async def test_a_burst_of_enters_leaves_the_palette_and_ends_nothing(opened, until, times):
    async with opened() as pilot:
        app = pilot.app
        await pilot.press("ctrl+p", *"theme")
        await until(pilot, lambda: isinstance(app.screen, Palette) and app.screen._hit_count)
        await pilot.press("down")
        for _ in range(times):
            app.post_message(Key("enter", "\r"))
        await until(pilot, lambda: not any(isinstance(screen, Palette) for screen in app.screen_stack))
        await pilot.pause()
        assert any(isinstance(screen, HomeScreen) for screen in app.screen_stack)
        assert app.is_running


async def test_a_window_below_another_is_not_left(opened, until):
    async with opened() as pilot:
        app, told = pilot.app, []
        lower, upper = ChooseScreen("Topic", ["One", "Two"], 0), ChooseScreen("Other", ["One", "Two"], 0)
        app.push_screen(lower, told.append)
        app.push_screen(upper)
        await until(pilot, lambda: app.screen is upper and app.is_built)
        lower.dismiss(1)
        lower.dismiss(1)
        await pilot.pause()
        assert (told, app.screen) == ([], upper)
