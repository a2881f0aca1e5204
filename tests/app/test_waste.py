"""Screens that were left: nothing of them stays."""

from __future__ import annotations

import gc
import weakref

from studytool.app.clearing import _TRIES, Clearing
from studytool.app.screens.browse import BrowseScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.keys import KeysScreen
from studytool.app.screens.map import MapScreen
from studytool.app.screens.settings import SettingsScreen
from studytool.app.screens.stats import StatsScreen
from studytool.app.threads import at_work


async def test_a_screen_that_was_left_goes_with_all_the_lines_it_painted(opened, until) -> None:
    async with opened() as pilot:
        app = pilot.app
        await until(pilot, gc.get_freeze_count)  # all that is there by now stays
        gc.set_threshold(0)  # nothing is collected but by the app itself
        kept: list[weakref.ref[object]] = []
        for key, kind in (("slash", BrowseScreen), ("comma", SettingsScreen), ("t", StatsScreen), ("m", MapScreen)):
            await pilot.press(key)
            await until(pilot, lambda kind=kind: isinstance(app.screen, kind) and app.screen.is_mounted)
            screen = weakref.ref(app.screen)
            await until(pilot, lambda screen=screen: any(one._styles_cache._cache for one in screen().walk_children()))
            widgets = [app.screen, *app.screen.walk_children()]
            kept += [weakref.ref(one) for widget in widgets for one in (widget, widget._styles_cache)]
            del widgets
            for _ in range(5):  # a filter, marks, the screen: each is left by a key of its own
                if not isinstance(app.screen, HomeScreen):
                    await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))

        await until(pilot, lambda: not any(ref() is not None for ref in kept))


async def test_many_screens_that_were_left_without_a_pause_are_cleared_away_together(
    opened, until, monkeypatch
) -> None:
    monkeypatch.setattr("studytool.app.clearing._GONE", 61.0)  # as if somebody went on typing
    async with opened() as pilot:
        app = pilot.app
        for _ in range(5):
            await pilot.press("f1")
            await until(pilot, lambda: isinstance(app.screen, KeysScreen) and app.screen.is_mounted)
            await pilot.press("escape")
            await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        assert [timer._interval for timer in app._timers].count(61.0) == 1


async def test_nothing_is_cleared_away_before_what_stays_is_set_aside(opened, until, monkeypatch) -> None:
    looks, cleared, look = [], [], Clearing._clear

    def looked(self) -> None:
        looks.append(gc.get_freeze_count())
        look(self)

    monkeypatch.setattr("studytool.app.clearing._GONE", 0.01)
    monkeypatch.setattr("studytool.app.clearing._STILL", 0.0)
    monkeypatch.setattr(Clearing, "_clear", looked)
    monkeypatch.setattr(Clearing, "begin", lambda self: None)
    monkeypatch.setattr("studytool.app.waste.clear", lambda: cleared.append(len(looks)))
    async with opened() as pilot:
        await pilot.press("f1")
        await until(pilot, lambda: isinstance(pilot.app.screen, KeysScreen) and pilot.app.screen.is_mounted)
        await pilot.press("escape")
        await until(pilot, lambda: len(looks) > 3)
    assert cleared == []


async def test_a_screen_that_stays_is_tried_to_clear_away_some_times_after_each_one_that_was_left(
    opened, until, monkeypatch
) -> None:
    cleared: list[int] = []
    monkeypatch.setattr("studytool.app.app._LOOK", 600.0)
    monkeypatch.setattr("studytool.app.clearing._GONE", 600.0)
    monkeypatch.setattr("studytool.app.clearing._STILL", -1.0)
    monkeypatch.setattr("studytool.app.clearing._TIDY", 10**9)
    monkeypatch.setattr("studytool.app.waste.clear", lambda: cleared.append(1))
    monkeypatch.setattr("studytool.app.waste.keep", lambda: None)
    async with opened() as pilot:
        clearing = pilot.app._clearing
        await until(pilot, lambda: clearing._is_begun)
        clearing._is_ahead = True
        stay = []
        for tries, sum_of_them in ((_TRIES - 1, _TRIES - 1), (_TRIES + 3, 2 * _TRIES - 1)):
            await pilot.press("f1")
            await until(pilot, lambda: isinstance(pilot.app.screen, KeysScreen) and pilot.app.screen.is_mounted)
            stay.append(pilot.app.screen)
            left = clearing._left
            await pilot.press("escape")
            await until(
                pilot,
                lambda left=left: clearing._left > left and isinstance(pilot.app.screen, HomeScreen) and not at_work(),
            )
            for _ in range(tries):
                clearing.tidy(is_home=True)
            assert len(cleared) == sum_of_them
