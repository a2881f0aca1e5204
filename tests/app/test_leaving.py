"""The end of the app, whenever it comes."""

from __future__ import annotations

import asyncio
from functools import partial

import pytest

from studytool.app.screens.browse import BrowseScreen
from studytool.app.screens.map import MapScreen
from studytool.app.screens.settings import SettingsScreen
from studytool.app.screens.welcome import WelcomeScreen
from studytool.app.screens.write import WriteScreen
from studytool.desk import Edit
from tests.app.exam_keys import said


@pytest.mark.parametrize(
    "screen", [BrowseScreen, MapScreen, SettingsScreen, WelcomeScreen, partial(WriteScreen, "Why do rivers bend?", "")]
)
async def test_who_quits_while_a_screen_is_being_built_leaves_without_a_fault(opened, screen):
    async with opened() as pilot:
        app = pilot.app
        app.push_screen(screen())
        await app.action_quit()
        assert not app.screen.is_mounted
        async with asyncio.timeout(60):
            while app.is_running:
                await asyncio.sleep(0.01)
    assert app.return_code == 0


async def test_home_that_is_being_taken_away_counts_no_more(opened):
    async with opened() as pilot:
        home = pilot.app.screen
        await home.query_one("#headline").remove()
        home.renew(Edit())


async def test_to_quit_drops_what_is_being_written_only_once_that_was_said_of_it(opened, until):
    async with opened() as pilot:
        app = pilot.app
        app.push_screen(WriteScreen("Why do rivers bend?", ""))
        await until(pilot, lambda: isinstance(app.screen, WriteScreen) and app.is_built)
        for words in ("slow", "water"):
            app.clear_notifications()
            await pilot.press(*words, "ctrl+q")
            await until(pilot, lambda: "ctrl+s keeps it, ctrl+q again drops it" in said(pilot))
            assert not app._exit
        await pilot.press("ctrl+q")
        await until(pilot, lambda: app._exit)
