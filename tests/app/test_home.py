"""Home, and what is shown before it."""

from __future__ import annotations

import threading

from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.app.screens.home import HomeScreen
from studytool.desk import card_text, open_desk, open_shelf, request
from studytool.memory import Grade


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


async def test_edited_cards_keep_their_history_and_a_key_takes_that_back(opened, library, clock, text, until):
    table = open_desk(request([str(library)]))
    session = table.session(clock())
    card = table.card(session.shown(clock()).key)
    assert "Cairo" in card.front
    session.answer(Grade.EASY, clock(), text=card_text(card))
    table.close()
    note = library / "rivers.md"
    note.write_text(note.read_text("utf-8").replace("runs through Cairo", "flows through Cairo"), "utf-8")
    async with opened() as pilot:
        await until(pilot, lambda: "1 edited card keeps its history." in text(pilot))
        (link,) = pilot.app.desk.relinked
        await pilot.press("u")
        await until(pilot, lambda: "Undone: 1 edited card starts anew: Which" in text(pilot))
        assert pilot.app.desk.memory.state(link.target) is None
        assert "Undo" not in text(pilot).splitlines()[-1]


async def test_a_log_that_was_lost_is_told_of_at_home(opened, library, clock, text, until):
    table = open_desk(request([str(library)]))
    table.session(clock()).answer(Grade.GOOD, clock())
    log = table.store.path
    table.close()
    log.unlink()
    async with opened() as pilot:
        await until(pilot, lambda: "studytool doctor" in text(pilot) and "--restore latest" in text(pilot))
