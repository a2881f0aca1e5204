"""The field to write several lines in."""

from __future__ import annotations

from textual.app import App, ComposeResult

from studytool.app.widgets.written import Written


class Writer(App[None]):
    def compose(self) -> ComposeResult:
        yield Written(soft_wrap=True, show_line_numbers=False)


async def test_many_lines_that_are_undone_and_written_again_end_nothing() -> None:
    async with Writer().run_test(size=(40, 10)) as pilot:
        field = pilot.app.query_one(Written)
        field.insert("water\n" * 30)
        await pilot.pause()
        assert field.show_vertical_scrollbar
        await pilot.press("ctrl+z")
        assert (field.text, field.cursor_location) == ("", (0, 0))
        await pilot.press("ctrl+y")
        assert field.cursor_location == (30, 0)
