"""What a key costs at the table of cards: rows made, layouts."""

from __future__ import annotations

from textual._compositor import Compositor
from textual.css.stylesheet import Stylesheet
from textual.geometry import Region

from studytool.app.screens.browse import BrowseScreen
from studytool.app.widgets.card_table import CardTable, TableHead
from studytool.app.widgets.keybar import KeyBar
from studytool.app.widgets.topbar import TopBar


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
            await until(pilot, lambda: laid)
            await pilot.pause(0.3)
            assert len(laid) == 1  # for the card in the preview
        await pilot.press("space", "slash")
        await pilot.pause(0.3)
        laid.clear()
        await pilot.press(*"river")
        await until(pilot, lambda: table(pilot).count == 8)
        await pilot.pause(0.1)
        assert not laid


async def test_a_letter_and_what_it_finds_are_painted_at_once_and_nothing_else(browsing, until, monkeypatch):
    drawn, unpainted = [], []
    ask, show = BrowseScreen._ask, BrowseScreen._show
    async with browsing() as pilot:
        screen = pilot.app.screen
        await pilot.press("slash")
        await pilot.pause(0.3)
        for kind in (KeyBar, TopBar, TableHead):
            draw = kind._draw
            monkeypatch.setattr(kind, "_draw", lambda own, draw=draw: (drawn.append(own), draw(own)))

        def asked(own):
            unpainted.append(set(own.query_one("#query")._repaint_regions))
            ask(own)

        def shown(own, found):
            show(own, found)
            unpainted.extend(set(own.query_one(name)._repaint_regions) for name in ("#table", "#found"))

        monkeypatch.setattr(BrowseScreen, "_ask", asked)
        monkeypatch.setattr(BrowseScreen, "_show", shown)
        for number, letter in enumerate("rive", 1):
            await pilot.press(letter)
            await until(pilot, lambda number=number: len(unpainted) == 3 * number)
            await pilot.pause(0.1)
        assert table(pilot).count == 8
        assert not any(unpainted)
        assert drawn == []
        await pilot.press("x")
        await until(pilot, lambda: not table(pilot).count)
        await until(pilot, lambda: drawn == [screen.query_one(KeyBar)])  # a key to open a card has gone


async def test_what_all_rows_depend_on_is_looked_up_once_for_a_page_of_them(browsing, until, monkeypatch):
    looks, region = [], CardTable.scrollable_content_region
    async with browsing(size=(160, 30)) as pilot:
        await until(pilot, lambda: table(pilot).count)
        monkeypatch.setattr(
            CardTable, "scrollable_content_region", property(lambda own: (looks.append(own), region.fget(own))[1])
        )
        strips = table(pilot).render_lines(Region(0, 0, table(pilot).size.width, 20))
        assert len(strips) == 20
        assert len(looks) == 1


async def test_opening_the_table_searches_once_and_makes_each_row_once(opened, until, monkeypatch):
    made, asked, styled = [], [], []
    make, ask, style = CardTable._made, BrowseScreen._ask, Stylesheet.update_nodes
    monkeypatch.setattr(
        Stylesheet, "update_nodes", lambda own, nodes, **how: (styled.extend(nodes), style(own, nodes, **how))[1]
    )
    monkeypatch.setattr(
        CardTable, "_made", lambda own, key, width: (made.append((key, width)), make(own, key, width))[1]
    )
    monkeypatch.setattr(BrowseScreen, "_ask", lambda own: (asked.append(own), ask(own))[1])
    async with opened(start="browse", size=(160, 30)) as pilot:
        await until(pilot, lambda: len({key for key, _ in made}) == 9)
        await pilot.pause(0.3)
        assert len(asked) == 1
        assert len(made) == len(set(made))
        assert styled.count(table(pilot)) == 1
        await pilot.press("enter", "enter")
        await until(pilot, lambda: not isinstance(pilot.app.screen, BrowseScreen))
        await pilot.press("escape")
        await until(pilot, lambda: len(asked) == 2)
