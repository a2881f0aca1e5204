"""The widget that shows a card's markdown: its size, its colours, that nothing in it can act."""

from __future__ import annotations

import pytest
from rich.style import Style as RichStyle
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.selection import SELECT_ALL
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions

from studytool.app.prose import content, lines_of
from studytool.app.prose.paint import painted
from studytool.app.themes import THEMES
from studytool.app.widgets.card_text import CardText, headline

TEXTS = (
    "plain",
    "# Title\n\nand **bold *both* `code`** ==marked== ~~gone~~ [link](https://example.org) [[Note]]",
    "- a list with $\\frac{a}{b}$ and 漢字 in it, long enough to be broken into lines\n  1. deeper\n\n> a quote\n> `x`",
    "```python\ndef f(x):  # why\n    return 'é' + 1\n```",
    "| a | b |\n|--:|---|\n| 1 | **2** |\n\n---\n\n> [!tip] so\n> it is",
)


class Reader(App[None]):
    """A screen with one card."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.text = markdown

    def on_mount(self) -> None:
        for theme in THEMES:
            self.register_theme(theme)

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield CardText(self.text, id="front")


def on_screen(app: Reader) -> list[str]:
    card = app.query_one(CardText)
    return [card.render_line(y).text.rstrip() for y in range(card.size.height)]


async def test_the_widget_is_as_high_as_its_text_and_follows_the_width(until) -> None:
    app = Reader("one two three four five six")
    async with app.run_test(size=(12, 10)) as pilot:
        await until(pilot, lambda: on_screen(app) == ["one two", "three four", "five six"])
        await pilot.resize_terminal(24, 10)
        await until(pilot, lambda: on_screen(app) == ["one two three four five", "six"])


async def test_a_text_that_comes_while_another_is_about_to_be_laid_out_gets_its_own_height(until) -> None:
    app = Reader("before")
    async with app.run_test(size=(12, 10)) as pilot:
        card = app.query_one(CardText)
        await until(pilot, lambda: card.size.height == 1)
        card.show("as high")
        app.screen._refresh_layout()  # a beat comes between them
        card.show("one two three four five six")
        await until(pilot, lambda: on_screen(app) == ["one two", "three four", "five six"], 5)


async def test_the_widget_shows_another_text(until) -> None:
    app = Reader("before")
    async with app.run_test(size=(30, 10)) as pilot:
        app.query_one(CardText).show("- after\n- that")
        await until(pilot, lambda: on_screen(app) == ["• after", "• that"])
        app.query_one(CardText).show("")
        await until(pilot, lambda: app.query_one(CardText).size.height == 0)


async def test_colours_follow_the_theme() -> None:
    app = Reader("# Title\n\nand `code`")

    def colours() -> set[str]:
        card = app.query_one(CardText)
        return {str(part.style) for y in range(card.size.height) for part in card.render_line(y) if part.text.strip()}

    async with app.run_test(size=(30, 10)) as pilot:
        seen = []
        for theme in ("studytool-dark", "studytool-light", "textual-light", "ansi-dark"):
            app.theme = theme
            await pilot.pause()
            seen.append(frozenset(colours()))
        assert len(set(seen)) == 4


async def test_markup_in_a_card_does_nothing_when_it_is_clicked() -> None:
    app = Reader("[@click=app.exit(7)]click[/] [here](https://example.org)")
    async with app.run_test(size=(60, 5)) as pilot:
        for x in range(0, 40, 4):
            await pilot.click(CardText, offset=(x, 0))
        assert app.return_code is None
        assert app.is_running


async def test_a_scrollbar_does_not_cut_the_text() -> None:
    app = Reader("\n\n".join(f"word{number} " * 9 for number in range(30)))
    async with app.run_test(size=(40, 10)) as pilot:
        await pilot.pause()
        shown = " ".join(on_screen(app)).split()
        assert shown == " ".join(app.text.split()).split()


async def test_what_is_selected_with_the_mouse_is_copied(until) -> None:
    app = Reader("the **answer** is $a+b$")
    async with app.run_test(size=(40, 6)) as pilot:
        await pilot.mouse_down(CardText, offset=(4, 0))
        await pilot.hover(CardText, offset=(9, 0))
        await pilot.mouse_up(CardText, offset=(9, 0))
        assert app.query_one(CardText).render_line(0).text.rstrip() == "the answer is a + b"
        app.screen.action_copy_text()
        assert app.clipboard == "answer"


async def test_code_is_copied_as_it_is_written_without_the_margin_before_its_lines() -> None:
    app = Reader("Look:\n\n```python\nfor x in y:\n    print(x)\n```\n\n- ```\n  a\n  ```")
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        found = app.query_one(CardText).get_selection(SELECT_ALL)
        assert found is not None
        assert found[0].splitlines()[2:4] == ["for x in y:", "    print(x)"]
        assert found[0].splitlines()[-1] == "• a"


@pytest.mark.parametrize("text", TEXTS)
async def test_the_short_way_to_the_strips_paints_what_textual_would(text: str) -> None:
    app = Reader(text)
    async with app.run_test(size=(44, 10)) as pilot:
        card = app.query_one(CardText)
        for theme in ("studytool-dark", "studytool-light", "ansi-dark"):
            app.theme = theme
            await pilot.pause()
            base, lines = card.visual_style, lines_of(text, 40)
            options = RenderOptions(card._get_style, card.styles)
            short = painted(lines, 40, base, card._get_style)
            assert short is not None
            assert [each(strip) for strip in short] == [
                each(strip) for strip in content(lines).render_strips(40, None, base, options)
            ]


def test_a_line_that_is_too_wide_is_left_to_textual() -> None:
    assert painted([[("wide 漢字", "")]], 8, Style.null(), lambda _: Style.null()) is None
    assert painted([[("wide 漢字", "")]], 9, Style.null(), lambda _: Style.null()) is not None


def each(strip: Strip) -> tuple[int, list[tuple[str, object, object]]]:
    """The width of a strip, and its characters, each with how it looks and where it is from."""
    found = []
    for text, style, _ in strip:
        x, y = style.meta["offset"]
        look = style.without_color + RichStyle.from_color(style.color, style.bgcolor)
        found += [(one, look.clear_meta_and_links(), (x + k, y)) for k, one in enumerate(text)]
    return strip.cell_length, found


def test_a_prompt_on_one_line_is_without_the_sign_of_a_quote() -> None:
    assert (
        headline("Which *question*\ndoes this answer?\n\n> $2 > 1$ and `>`").plain
        == "Which question does this answer? 2 > 1 and >"
    )
