"""Home, and what is shown before it."""

from __future__ import annotations

import threading

from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.app.screens.home import HomeScreen
from studytool.desk import open_shelf, request


async def test_a_library_that_takes_long_to_read_says_so_and_then_opens(library, monkeypatch, text, until):
    go_on = threading.Event()

    def slowly(wanted):
        go_on.wait(30)
        return open_shelf(wanted)

    monkeypatch.setattr("studytool.app.opening.open_shelf", slowly)
    app = StudyApp(Opening(request([str(library)])))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Reading the notes in notes" in text(pilot))
        go_on.set()
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and "Rivers" in text(pilot))


async def test_the_cursor_chooses_what_is_studied(opened, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: "Threshold units" in text(pilot))
        await pilot.press("j", "j", "enter")
        await until(pilot, lambda: "weighted sum" in text(pilot))


async def test_the_palette_finds_what_a_key_does(opened, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: "Threshold units" in text(pilot))
        await pilot.press("ctrl+p", *"stud")
        await until(pilot, lambda: "Study the topic under the cursor" in text(pilot))


async def test_light_and_dark_are_one_key_apart(opened, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: "Rivers" in text(pilot))
        assert pilot.app.current_theme.dark
        await pilot.press("ctrl+t")
        await until(pilot, lambda: not pilot.app.current_theme.dark)
