"""Cramming in the app, leeches named on the screen, and what the end of a sitting says of cards that wait."""

from __future__ import annotations

from pathlib import Path

from studytool.app.screens.study import StudyScreen
from studytool.memory import Moment
from studytool.memory.events import DAY_MS
from tests.app.one_note import only


async def test_a_cram_asks_all_cards_of_a_topic_and_writes_no_review(opened, text, until):
    async with opened(start="study", topics=["Rivers"], cram=True) as pilot:
        await until(pilot, lambda: "cram 1 of 8" in text(pilot))
        assert "Cram · Rivers" in text(pilot)
        await pilot.press("space")
        await until(pilot, lambda: "comes back" in text(pilot))
        await pilot.press("1")
        for number in range(8):
            await until(pilot, lambda: "shows the answer" in text(pilot))
            assert ("cram again" in text(pilot)) == (number == 7), "seven others come first"
            await pilot.press("space", "3")
        await until(pilot, lambda: "Done for now" in text(pilot))
        assert "9 answered: 1 again, 8 good" in text(pilot)
        events = pilot.app.desk.store.events()
        assert [event.kind for event in events] == ["attempt"] * 9
        assert all(pilot.app.desk.memory.state(event.card) is None for event in events)
        assert pilot.app.desk.memory.streak(pilot.app.now().day(4)) == 1


async def test_undo_in_a_cram_brings_the_card_back(opened, text, until):
    async with opened(start="study", cram=True) as pilot:
        await until(pilot, lambda: "cram 1 of 9" in text(pilot))
        await pilot.press("space", "3")
        await until(pilot, lambda: "cram 2 of 9" in text(pilot))
        await pilot.press("u")
        await until(pilot, lambda: "cram 1 of 9" in text(pilot))


async def test_a_leech_is_named_when_it_becomes_one_and_its_note_opens(opened, text, until, monkeypatch):
    async with opened() as pilot:
        app = pilot.app
        key, now = app.desk.candidates()[0].key, app.now()
        for number in range(8):
            for grade in (4,) if number == 0 else (1, 3):
                moment = Moment(now.ms - (9 - number) * 20 * DAY_MS, 0)
                app.desk.memory.apply(app.desk.store.append("review", key, {"grade": grade}, moment))
        opened_at = []
        monkeypatch.setattr(app, "open_note", opened_at.append)
        app.study()
        await until(pilot, lambda: isinstance(app.screen, StudyScreen) and "Cairo" in text(pilot))
        await pilot.press("O", "space", "1")
        await until(pilot, lambda: "Forgotten 8 times: rewrite it? O opens its note." in text(pilot))
        assert opened_at == [], "nothing was answered when it was pressed first"
        await pilot.press("O")
        assert [span.line for span in opened_at] == [app.desk.card(key).span.line]
        assert app.desk.memory.out(key, now.day(4)) is None


async def test_the_end_of_a_sitting_says_which_cards_wait_for_another_day(opened, text, until, library: Path):
    (library / "seas.md").write_text("# Seas\n\nC: The [Nile] ends in the [Mediterranean].\n", encoding="utf-8")
    async with opened(start="study", topics=["Seas"]) as pilot:
        await until(pilot, lambda: "ends in the" in text(pilot))
        await pilot.press("space", "4")
        await until(pilot, lambda: "Done for now" in text(pilot))
        assert "1 card waits for another day" in text(pilot)


async def test_a_card_that_is_edited_before_it_came_stays_in_the_cram(opened, library, text, until):
    note = "# Seas\n\nQ: What is salt?\nA: In it.\n\nQ: What is a tide?\nA: A wave.\n\nQ: What is a gyre?\nA: A ring.\n"
    only(library, note)
    async with opened(start="study", topics=["Seas"], cram=True, size=(100, 30)) as pilot:
        await until(pilot, lambda: "3 left" in text(pilot) and pilot.app.opening.watching)
        prompts = ("salt", "tide", "gyre")
        shown = next(one for one in prompts if f"What is a {one}?" in text(pilot) or f"What is {one}?" in text(pilot))
        other = next(one for one in prompts[1:] if one != shown)
        (library / "rivers.md").write_text(note.replace(f"What is a {other}?", f"What is a large {other}?"))
        await until(pilot, lambda: any("large" in card.front for card in pilot.app.desk.library.studied()))
        seen = []
        for left in (2, 1, 0):
            seen.append(text(pilot))
            await pilot.press("space", "3")
            await until(pilot, lambda left=left: f"{left} left" in text(pilot))
        assert any(f"What is a large {other}?" in one for one in seen)
