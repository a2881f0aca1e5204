"""What leads to the file behind the screen is the same key, the same word and the same binding everywhere."""

from __future__ import annotations

from textual.widgets import OptionList

from studytool.app.screens.card import CardScreen
from studytool.app.screens.file_keys import EDIT, FILE, READ
from studytool.app.screens.history import HistoryScreen
from studytool.app.screens.home import HomeScreen
from studytool.app.screens.map import MapScreen
from studytool.app.screens.note import NoteScreen


async def test_n_reads_the_note_wherever_there_is_one_and_leads_back(opened, text, until, monkeypatch):
    edited = []
    async with opened() as pilot:
        app = pilot.app
        monkeypatch.setattr(type(app), "open_note", lambda app, span: edited.append((type(app.screen), span.line)))
        card = next(card for card in app.desk.library.studied() if "Charles" in card.front)

        async def reads_and_edits(screen):
            await until(pilot, lambda: isinstance(app.screen, screen) and app.screen.is_mounted)
            found = {each.binding.action: each.binding for each in app.screen.active_bindings.values()}
            assert [found[each.action].description for each in FILE] == ["Read", "Edit"]
            assert [found[each.action].id for each in FILE] == [READ.id, EDIT.id]
            await pilot.press("o", "n")
            await until(pilot, lambda: isinstance(app.screen, NoteScreen))
            await pilot.press("n")
            await until(pilot, lambda: isinstance(app.screen, screen))

        await pilot.press("down")
        await until(pilot, lambda: app.screen.query_one(OptionList).highlighted == 1)
        await reads_and_edits(HomeScreen)
        await pilot.press("m")
        await reads_and_edits(MapScreen)
        app.push_screen(HistoryScreen(card))
        await reads_and_edits(HistoryScreen)
        app.push_screen(CardScreen(card))
        await reads_and_edits(CardScreen)
        await until(pilot, lambda: "n reads the note" in text(pilot))
        assert edited == [(HomeScreen, 1), (MapScreen, 1), (HistoryScreen, 7), (CardScreen, 7)]


def test_no_screen_has_another_word_for_it():
    from tests.app.test_keymap import classes

    bound = [each for source in classes() for each in source.__dict__["BINDINGS"]]
    words = {each.description for each in bound if "$EDITOR" in (each.tooltip or "") and each.key == EDIT.key}
    assert words == {EDIT.description}
    assert {each.id for each in bound if each.description in (READ.description, EDIT.description)} == {
        READ.id,
        EDIT.id,
    }
