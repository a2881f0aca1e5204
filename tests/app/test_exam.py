"""Studying for an exam: what counts most on its day comes, due or not; the answers are reviews like any other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from studytool.app.screens.study import StudyScreen
from studytool.desk import Desk

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
    monkeypatch.setattr(Desk, "aimed", lambda desk, moment: sittings.append(aimed(desk, moment)) or sittings[-1])
    async with opened(start="study", exam=True) as pilot:
        assert isinstance(pilot.app.screen, StudyScreen)
        assert [pilot.app.screen._sitting.session] == sittings
