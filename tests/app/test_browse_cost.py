"""What a key costs at the table of cards: rows made, layouts."""

from __future__ import annotations

from textual._compositor import Compositor

from studytool.app.widgets.card_table import CardTable


def table(pilot) -> CardTable:
    return pilot.app.screen.query_one(CardTable)


async def test_a_row_is_made_once_while_a_word_is_typed(browsing, until, monkeypatch):
    made = []
    make = CardTable._made
    async with browsing(size=(160, 30)) as pilot:
        await pilot.press("slash")
        await pilot.pause(0.3)
        monkeypatch.setattr(CardTable, "_made", lambda own, key, width: (made.append(key), make(own, key, width))[1])
        await pilot.press(*"rive")
        await until(pilot, lambda: table(pilot).count == 8)
        await pilot.pause(0.1)
        assert made == []
        monkeypatch.setattr("studytool.app.widgets.card_table._FRESH", 0.0)
        await pilot.press("r")
        await until(pilot, lambda: len(made) == 8)


async def test_a_letter_and_a_card_in_the_preview_cost_no_layout_that_changes_nothing(browsing, until, monkeypatch):
    laid = []
    reflow = Compositor.reflow
    async with browsing(size=(160, 30)) as pilot:
        monkeypatch.setattr(Compositor, "reflow", lambda *told: (laid.append(told), reflow(*told))[1])
        for _ in range(8):
            await pilot.pause(0.3)
            laid.clear()
            await pilot.press("j")
            await pilot.pause(0.3)
            assert len(laid) == 1  # for the card in the preview
        await pilot.press("space", "slash")
        await pilot.pause(0.3)
        laid.clear()
        await pilot.press(*"river")
        await until(pilot, lambda: table(pilot).count == 8)
        await pilot.pause(0.1)
        assert not laid
