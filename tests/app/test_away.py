"""Telling of a holiday at home, in the words of the command."""

from __future__ import annotations

from studytool.app.screens.away import AwayScreen
from studytool.app.screens.home import HomeScreen


async def test_a_holiday_is_told_of_at_home_and_taken_back_there(opened, studied, text, until):
    async with opened(size=(80, 24)) as pilot:
        memory = pilot.app.desk.memory
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AwayScreen) and "No holiday is set." in text(pilot))
        await pilot.press(*"someday", "enter")
        await until(pilot, lambda: "There is no day 'someday'" in text(pilot))
        pilot.app.screen.query_one("Input").value = "from friday until 2026-03-12"  # the clock stands at 2 March 2026
        await pilot.press("enter")
        await until(pilot, lambda: "Away from Friday, 6 March 2026, back on Thursday, 12 March 2026." in text(pilot))
        (away,) = memory.away()
        assert away.until - away.start == 6
        await pilot.press(*"sunday", "enter")
        await until(pilot, lambda: "Away now, back on Sunday, 8 March 2026." in text(pilot))
        pilot.app.clear_notifications()
        await pilot.press("escape")
        await until(pilot, lambda: "away until 8 March" in text(pilot))
        await pilot.press("a")
        await until(pilot, lambda: isinstance(pilot.app.screen, AwayScreen))
        await pilot.press(*"back", "enter")
        await until(pilot, lambda: "You are back: no holiday is set." in text(pilot))
        assert not memory.away()
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(pilot.app.screen, HomeScreen) and "away" not in text(pilot).lower()[:80])
        kinds = [kind for (kind,) in pilot.app.desk.store.query("SELECT kind FROM events ORDER BY rowid DESC LIMIT 4")]
        assert kinds[0] == "undo"
        assert kinds.count("away") == 2
