"""Rows with a cursor, and the bar beside them: what is painted anew and what is not."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from textual._compositor import Compositor
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.widget import Widget

from studytool.app.front import Front
from studytool.app.widgets.card_table import CardTable

_MOVED = re.compile(r"\x1b\[\d+;\d+H(?=\x1b\[\d+;\d+H|\n|$)")
"""The cursor moved where nothing is written."""


@pytest.fixture
def rows(opened, until):
    """`async with rows(…) as (pilot, table):` is the table of cards, in which the cursor is."""
    from contextlib import asynccontextmanager

    @asynccontextmanager
    async def run(**options):
        async with opened(start="browse", **options) as pilot:
            await until(pilot, lambda: pilot.app.screen.query(CardTable) and shown(pilot).count == 9)
            await pilot.press("enter")
            await until(pilot, lambda: pilot.app.focused is shown(pilot))
            yield pilot, shown(pilot)

    return run


def shown(pilot) -> CardTable:
    return pilot.app.screen.query_one(CardTable)


def looks(strips) -> list[tuple[object, ...]]:
    """What is seen of each line of a bar, and what a press on it does."""
    seen = []
    for (segment,) in strips:
        style = segment.style
        sign = (segment.text, style.color) if segment.text.strip() or style.reverse else ()
        seen.append((style.reverse, style.bgcolor if not style.reverse or sign[0].strip() else None, sign, style.meta))
    return seen


@pytest.mark.parametrize("count", [0, 3, 20, 57, 4_000])
async def test_the_bar_looks_like_textuals_and_answers_to_the_mouse_as_it_does(rows, count):
    async with rows() as (pilot, table):
        table.keys = (list(table.keys) * 500)[:count]
        for at in (0, count // 3, count // 2 + 1, count - 1):
            table.show(count, at)
            await pilot.pause()
            bar = table.vertical_scrollbar
            region = bar.outer_size.region
            mine = looks(bar.render_lines(region))
            bar.refresh()
            assert mine == looks(ScrollBar.render_lines(bar, region)), (count, at)
            assert looks(bar.render_lines(Region(0, 2, region.width, region.height - 3))) == mine[2:-1]


async def test_other_rows_are_shown_without_a_layout_and_scroll_no_further_than_they_go(rows, until, monkeypatch):
    async with rows(size=(80, 12)) as (pilot, table):
        table.keys = list(table.keys) * 100
        table.show(900, 899)
        await pilot.pause(0.3)
        laid = []
        reflow = Compositor.reflow
        monkeypatch.setattr(Compositor, "reflow", lambda *told: (laid.append(told), reflow(*told))[1])
        table.show(500, 499)
        await until(pilot, lambda: table.scroll_offset.y == 500 - table.page)
        table.show(2, 1)
        await until(pilot, lambda: table.scroll_offset.y == 0)
        await pilot.pause(0.3)
        assert not laid


async def test_a_row_is_painted_once_wherever_it_stands(rows, until, monkeypatch):
    async with rows(size=(80, 12)) as (pilot, table):
        painted = []
        paint = CardTable._paint
        monkeypatch.setattr(CardTable, "_paint", lambda self, *told: (painted.append(told), paint(self, *told))[1])
        keys = list(table.keys)
        table.show_cards(keys[1:] + keys[:1], "", 8)
        await pilot.pause(0.3)
        table.show_cards(keys, "", 0)
        await pilot.pause(0.3)
        painted.clear()
        table.show_cards(keys[1:] + keys[:1], "", 8)
        await pilot.pause(0.3)
        assert not painted
        await pilot.press("ctrl+t")
        await until(pilot, lambda: painted)


async def test_a_page_of_rows_is_painted_as_textual_paints_it_and_nothing_else_is_drawn(browsing, until, monkeypatch):
    drawn = []
    draw = Widget.render_lines
    async with browsing(size=(160, 30)) as pilot:
        await until(pilot, lambda: shown(pilot).count)
        compositor, table = pilot.app.screen._compositor, shown(pilot)
        for region in (table.region, table.region.shrink((3, 2, 1, 4)), pilot.app.screen.query_one("#preview").region):
            pictures = []
            for kind in (type(compositor), Compositor):
                monkeypatch.setattr(compositor, "__class__", kind)
                compositor._dirty_regions = {region}
                told = compositor.render_update().render_segments(pilot.app.console)
                pictures.append(_MOVED.sub("", told))
            assert pictures[0] == pictures[1]
        whole = compositor.render_strips()
        monkeypatch.setattr(compositor, "__class__", Front)
        assert compositor.render_strips() == whole
        monkeypatch.setattr(Widget, "render_lines", lambda own, crop: (drawn.append(own), draw(own, crop))[1])
        compositor._dirty_regions = {table.region}
        compositor.render_update()
        assert not drawn


async def test_a_row_is_painted_in_few_pieces_that_say_the_same(browsing, until):
    async with browsing(size=(160, 30)) as pilot:
        await until(pilot, lambda: shown(pilot).count)
        table = shown(pilot)
        width = table.scrollable_content_region.width
        for number in range(table.count):
            strip, pieces = table.render_line(number), table.row(number, width)
            assert strip.text == " " + "".join(text for text, _ in pieces) + "  "[: table.outer_size.width - width - 1]
            assert strip.cell_length == cell_len(strip.text) == table.outer_size.width
        look = (False, False, pilot.app.theme)
        parts = (("Why", "muted"), ("   ", ""), ("now", "muted"), ("漢字", ""), ("  ", "accent"))
        strip = table._paint(parts, (1, 20, 22), look)
        assert [segment.text for segment in strip][1:-2] == ["Why   now", "漢字  "]
        assert strip.cell_length == cell_len(strip.text) == 22
        assert table._paint((("漢" * 11, ""),), (1, 20, 22), look).cell_length == 22
        assert cell_len(table._paint((("漢" * 11, ""),), (1, 20, 22), look).text) == 22
