"""The widget that shows a card's markdown: its size, its colours, that nothing in it can act."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.containers import VerticalScroll

from studytool.app.themes import THEMES
from studytool.app.widgets.card_text import CardText, headline


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


def test_a_prompt_on_one_line_is_without_the_sign_of_a_quote() -> None:
    assert (
        headline("Which *question*\ndoes this answer?\n\n> $2 > 1$ and `>`").plain
        == "Which question does this answer? 2 > 1 and >"
    )
