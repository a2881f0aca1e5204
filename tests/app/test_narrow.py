"""In 40 columns and 14 rows every row keeps to its line, and the way out is at the foot."""

from __future__ import annotations

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
