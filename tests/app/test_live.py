"""Notes that are edited, or still being read, while the app is open."""

from __future__ import annotations

import time

from studytool.app.app import StudyApp
from studytool.app.opening import Opening
from studytool.desk import request
from studytool.notes.library import Step


async def test_a_card_added_to_a_note_is_there_at_once(opened, library, text, until):
    async with opened() as pilot:
        await until(pilot, lambda: "Threshold units" in text(pilot))
        total = pilot.app.desk.overview(pilot.app.now()).total
        await until(pilot, lambda: pilot.app.opening.watching)
        note = library / "units.md"
        note.write_text(note.read_text() + "\nQ: What does a bias move?\nA: The threshold.\n")
        await until(pilot, lambda: f"of {total + 1} cards" in text(pilot))
        await until(pilot, lambda: "1 card new" in text(pilot))


async def test_an_edit_in_the_first_moment_is_not_missed(opened, library, text, until):
    async with opened() as pilot:
        assert not pilot.app.opening.watching
        (library / "more.md").write_text("Q: Which river runs through Vienna?\nA: The Danube.\n")
        await until(pilot, lambda: "of 10 cards" in text(pilot))


async def test_the_card_on_the_screen_stays_when_another_one_is_edited(opened, library, text, until):
    async with opened() as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: "Cairo" in text(pilot))
        await until(pilot, lambda: pilot.app.opening.watching)
        (library / "zz.md").write_text("Q: Which river runs through Vienna?\nA: The Danube.\n")
        await until(pilot, lambda: "10 new" in text(pilot) or "1 card new" in text(pilot))
        assert "Cairo" in text(pilot)
        await pilot.press("space", "3")
        await until(pilot, lambda: "Charles Bridge" in text(pilot))


async def test_a_note_that_is_deleted_takes_its_card_off_the_screen(opened, library, text, until):
    async with opened() as pilot:
        await pilot.press("j", "j", "enter")
        await until(pilot, lambda: "weighted sum" in text(pilot))
        await until(pilot, lambda: pilot.app.opening.watching)
        (library / "units.md").unlink()
        await until(pilot, lambda: "weighted sum" not in text(pilot))
        assert pilot.app.is_running


async def test_what_has_been_read_can_be_studied_while_the_rest_is_read(library, monkeypatch, text, until, tmp_path):
    monkeypatch.setattr("studytool.app.opening._PATIENCE", 0.0)
    for number in range(60):
        (library / f"more {number}.md").write_text(f"Q: What is {number} times one?\nA: {number}\n" + "word " * 10_000)
    gates = []
    read = Opening._hand_out

    def hand_out(self, found, *, complete):
        gates.append((complete, len(found.notes)))
        read(self, found, complete=complete)
        if not complete:
            time.sleep(0.5)

    monkeypatch.setattr(Opening, "_hand_out", hand_out)
    app = StudyApp(Opening(request([str(library)])))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: "Reading your notes" in text(pilot))
        await until(pilot, lambda: "62 topics" in text(pilot) or "of 69 cards" in text(pilot))
        await until(pilot, lambda: "Reading your notes" not in text(pilot))
    assert [complete for complete, _ in gates] == [False] * (len(gates) - 1) + [True]
    assert len(gates) > 1
    assert gates[-1][1] == 62
    assert Step(1, 2).done == 1
