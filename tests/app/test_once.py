"""Screens are left once, however many keys come in one burst."""

from __future__ import annotations

import pytest
from textual.events import Key

from studytool.app.palette import Palette
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.once import Modal


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


async def test_of_two_answers_to_a_window_the_first_counts(opened, until):
    async with opened() as pilot:
        app, told = pilot.app, []
        below = app.screen
        window = Modal[str]()
        app.push_screen(window, told.append)
        await until(pilot, lambda: app.screen is window)
        window.dismiss("first")
        window.dismiss("second")
        await until(pilot, lambda: told)
        await pilot.pause()
        assert (told, app.screen) == (["first"], below)


async def test_a_window_below_another_is_not_left(opened, until):
    async with opened() as pilot:
        app, told = pilot.app, []
        lower, upper = Modal[str](), Modal[str]()
        app.push_screen(lower, told.append)
        app.push_screen(upper)
        await until(pilot, lambda: app.screen is upper)
        lower.dismiss("no")
        lower.dismiss("no")
        await pilot.pause()
        assert (told, app.screen) == ([], upper)
