"""In 40 columns and 14 rows every row keeps to its line, and the way out is at the foot."""

from __future__ import annotations

import pytest

from studytool.app.screens.history import HistoryScreen
from studytool.app.screens.map import MapScreen
from studytool.app.screens.settings import SettingsScreen


async def test_map_settings_and_history_in_40_columns(opened, studied, text, until):
    async with opened(size=(40, 14)) as pilot:
        app = pilot.app

        def row(name: str) -> list[str]:
            return next((line.split() for line in text(pilot).splitlines() if name in line), [])

        await pilot.press("m")
        await until(pilot, lambda: isinstance(app.screen, MapScreen) and row("Rivers"))
        await until(pilot, lambda: row("Rivers")[-1].endswith("%") and "esc Home" in text(pilot))
        assert row("topic ") == ["topic", "due", "recall"]
        await pilot.press("comma")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen) and row("new_per_day")[1:] == ["20"])
        app.push_screen(HistoryScreen(next(iter(app.desk.library.studied()))))
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen) and "esc Back" in text(pilot))


async def test_the_list_of_keys_is_no_wider_than_its_window_in_40_columns(opened, text, until):
    async with opened(size=(40, 20)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "shows the answer" in text(pilot))
        await pilot.press("question_mark")
        await until(pilot, lambda: "Show the answer" in text(pilot))
        listed = pilot.app.screen.query_one("#keys Static")
        assert max(map(len, str(listed.content).splitlines())) <= listed.content_size.width


@pytest.mark.parametrize(("columns", "told"), [(80, "recall:<80%, -suspended"), (52, "is:due"), (40, "topic:cnn")])
async def test_what_can_be_searched_for_is_told_in_words_that_fit(opened, text, until, columns, told):
    async with opened(start="browse", size=(columns, 24)) as pilot:
        await until(pilot, lambda: told in text(pilot))
        line = next(line for line in text(pilot).splitlines() if told in line).rstrip()
        assert line.endswith(("-suspended", "<80%", ":cnn", ":due"))


async def test_how_a_question_is_answered_is_told_whole_in_52_columns(opened, kinds, text, until):
    async with opened(start="quiz", seed=3, computed=False, count=8, size=(52, 30)) as pilot:
        await until(pilot, lambda: "Which of these end" in text(pilot))
        told = "1 to 3 tick, enter answers; more than one can be right"
        await until(pilot, lambda: told in " ".join(text(pilot).split()))
