"""Studying for an exam: what counts most on its day comes, due or not; the answers are reviews like any other."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from studytool.app.screens.browse import BrowseScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.study import StudyScreen
from studytool.desk import Desk
from studytool.errors import StudytoolError
from studytool.memory import Memory
from studytool.syllabus import agenda_beside

SETTINGS = 'exam = {day}\nexam_name = "Finals"\nsyllabus = ["Rivers"]\nminutes_per_day = 30\nnew_per_day = 1\n'


TODAY = date(2026, 3, 2)  # as the app's clock has it here


@pytest.fixture
def settings(home):
    """Write the user's settings with an exam in so many days."""

    def write(days: int) -> None:
        (home / "config").mkdir(exist_ok=True)
        (home / "config" / "settings.toml").write_text(SETTINGS.format(day=TODAY + timedelta(days=days)), "utf-8")

    return write


async def test_x_at_home_studies_all_of_the_syllabus_and_above_the_limit_for_new_cards(opened, text, until, settings):
    settings(20)
    async with opened() as pilot:
        await until(pilot, lambda: "Finals in 20 days" in text(pilot))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        await until(pilot, lambda: "For the exam" in text(pilot) and "Finals in 20 days" in text(pilot))
        asked = set()
        for _ in range(8):
            asked.add(pilot.app.screen._shown.key)
            await pilot.press("space", "4")
            await until(pilot, lambda: pilot.app.screen._shown is None or pilot.app.screen._shown.key not in asked)
        memory = pilot.app.desk.memory
        assert len(asked) == 8
        assert all(memory.state(key).reviews == 1 for key in asked)
        assert {card.topic for card in map(pilot.app.desk.card, asked)} == {"Rivers"}


async def test_what_the_syllabus_names_in_vain_is_told_and_the_rest_is_studied(opened, until, settings, home):
    settings(20)
    file = home / "config" / "settings.toml"
    file.write_text(file.read_text("utf-8").replace('["Rivers"]', '["tag:none", "Rivers", "topic:("]'), "utf-8")
    async with opened() as pilot:
        told = f"{file}:3: `syllabus` has the search topic:(, which is none: "
        await until(pilot, lambda: any(told in each.message for each in pilot.app._notifications))
        await pilot.press("x")
        await until(pilot, lambda: isinstance(pilot.app.screen, StudyScreen))
        told = f"{file}:3: `syllabus` names tag:none, and no card is found by that. `studytool due` lists the topics."
        await until(pilot, lambda: pilot.app.says(told))


async def test_without_an_exam_to_come_the_key_does_nothing_and_is_not_offered(opened, text, until, settings):
    settings(-3)
    async with opened() as pilot:
        await until(pilot, lambda: "Rivers" in text(pilot))
        assert "Finals" not in text(pilot)
        await pilot.press("x")
        assert not isinstance(pilot.app.screen, StudyScreen)


async def test_what_the_command_line_asks_for_is_worked_out_once(opened, settings, monkeypatch):
    settings(20)
    aimed, sittings = Desk.aimed, []
    monkeypatch.setattr(Desk, "aimed", lambda *of: sittings.append(aimed(*of)) or sittings[-1])
    async with opened(start="study", exam=True) as pilot:
        assert isinstance(pilot.app.screen, StudyScreen)
        assert [pilot.app.screen._sitting.session] == sittings


@pytest.fixture
def beside(monkeypatch):
    """Many cards: what the exam needs waits in its thread for a gate; for which notes, and what memories are asked."""
    monkeypatch.setattr("studytool.app.ways._FEW", 0)
    real, shares, gate, made, asked = agenda_beside, Memory.shares, threading.Event(), [], []

    def waits(wanted, library, moment):
        made.append(library)
        assert gate.wait(60)
        return real(wanted, library, moment)

    def noted(memory):
        asked.append((memory, threading.current_thread() is threading.main_thread()))
        return shares(memory)

    monkeypatch.setattr("studytool.syllabus.agenda_beside", waits)
    monkeypatch.setattr(Memory, "shares", noted)
    return SimpleNamespace(gate=gate, made=made, asked=asked)


@pytest.mark.parametrize("meanwhile", ["nothing", "an edit", "an answer", "a screen"])
async def test_of_many_cards_the_sitting_is_worked_out_beside_the_keys_and_is_the_same(
    opened, library, text, until, settings, beside, meanwhile
):
    settings(20)
    async with opened() as pilot:
        app, made = pilot.app, beside.made
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and "Finals in" in text(pilot))
        await pilot.press("x", "x")
        await until(pilot, lambda: made and "Working out what counts most for the exam" in text(pilot))
        if meanwhile == "an edit":
            note = next(path for path in library.iterdir() if "Rivers" in path.read_text("utf-8"))
            note.write_text(note.read_text("utf-8") + "\nQ: Which river flows through Rome?\nA: The Tiber.\n", "utf-8")
            await until(pilot, lambda: app.desk.library is not made[0])
        elif meanwhile == "an answer":
            desk = app.desk
            key = next(key for key in desk.library.order if desk.card(key).topic == "Rivers")
            desk.memory.apply(desk.store.append("review", key, {"grade": 3}, app.now()), is_new=True)
        elif meanwhile == "a screen":
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, StudyScreen) and app.screen._card)
            await pilot.press("space", "3")
            assert "Working out" not in text(pilot)
        beside.gate.set()
        if meanwhile == "a screen":
            await until(pilot, lambda: not app._aiming.is_at_work)
            assert "For the exam" not in text(pilot)
            return
        await until(pilot, lambda: isinstance(app.screen, StudyScreen))
        again = {"nothing": [], "an edit": [app.desk.library], "an answer": [made[0]]}
        assert made == [made[0], *again[meanwhile]]
        assert beside.asked
        assert all(memory is not app.desk.memory and not is_main for memory, is_main in beside.asked)
        mine, at_once = app.screen._sitting.session, app.desk.aimed(app.now())
        assert mine.keys == at_once.keys
        assert mine.counts(app.now()) == at_once.counts(app.now())
        assert mine.shown(app.now()) == at_once.shown(app.now())


async def test_what_goes_wrong_with_an_exam_is_not_told_over_another_screen(opened, text, until, settings, monkeypatch):
    settings(20)
    gate = threading.Event()

    def fails(*_: object) -> None:
        assert gate.wait(60)
        raise StudytoolError("The log cannot be read.")

    monkeypatch.setattr("studytool.app.ways._FEW", 0)
    monkeypatch.setattr("studytool.syllabus.agenda_beside", fails)
    async with opened() as pilot:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and "Finals in" in text(pilot))
        await pilot.press("x")
        await until(pilot, lambda: "Working out" in text(pilot))
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(app.screen, BrowseScreen))
        gate.set()
        await until(pilot, lambda: not app._aiming.is_at_work)
        assert "cannot be read" not in "".join(each.message for each in app._notifications)
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("x")
        await until(pilot, lambda: "cannot be read" in "".join(each.message for each in app._notifications))
        app.clear_notifications()


async def test_x_works_again_where_the_screen_that_asked_was_left_meanwhile(opened, text, until, settings, beside):
    settings(20)
    async with opened() as pilot:
        app = pilot.app
        await until(pilot, lambda: isinstance(app.screen, HomeScreen) and "Finals in" in text(pilot))
        await pilot.press("slash")
        await until(pilot, lambda: isinstance(app.screen, BrowseScreen))
        app.study_for_exam()
        await pilot.press("escape", "escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        beside.gate.set()
        await until(pilot, lambda: not app._aiming.is_at_work)
        await pilot.press("x")
        await until(pilot, lambda: "For the exam" in text(pilot))
