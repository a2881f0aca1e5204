"""A list of rows with a cursor; what enter does is the screen's business, so that it stands at the foot."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, Literal

from textual.binding import Binding, BindingType
from textual.reactive import reactive
from textual.visual import Visual
from textual.widgets import OptionList
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content
    from textual.css.styles import RulesMap
    from textual.strip import Strip
    from textual.style import Style
    from textual.visual import RenderOptions


class Late(Visual):
    """A row of one line that is made when it is painted for the first time: of ten thousand few ever are."""

    def __init__(self, make: Callable[[], Content]) -> None:
        self._make = make

    @cached_property
    def content(self) -> Content:
        """What it says."""
        return self._make()

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The row as it is painted."""
        return self.content.render_strips(width, height, style, options)[:1]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as its text."""
        return self.content.get_optimal_width(rules, container_width)

    def get_height(self, rules: RulesMap, width: int) -> int:
        """One line."""
        return 1


def is_laid_out(listed: OptionList) -> bool:
    """Whether the rows of a list have their places, as soon as it has room: Textual's pages raise where they do not."""
    listed._update_lines()
    return bool(listed._lines)


class Rows(OptionList, inherit_bindings=False):
    """Rows of text; a click on one posts `OptionList.OptionSelected`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "Down", show=False, id="list.down"),
        Binding("up,k", "cursor_up", "Up", show=False, id="list.up"),
        Binding("home,g", "first", "First", show=False, id="list.first"),
        Binding("end,G", "last", "Last", show=False, id="list.last"),
        Binding("pagedown", "page_down", "A page down", show=False, id="list.page-down"),
        Binding("pageup", "page_up", "A page up", show=False, id="list.page-up"),
        Binding("ctrl+d", "half(1)", "Half a page down", show=False, id="list.half-down"),
        Binding("ctrl+u", "half(-1)", "Half a page up", show=False, id="list.half-up"),
    ]

    highlighted: reactive[int | None] = reactive(None, repaint=False)

    def __init__(self, id: str, least: int = 30) -> None:
        """A row is written for `least` cells in a list that has fewer."""
        super().__init__(id=id, markup=False)
        self._least = least
        self._rows: list[Content | Late] = []

    def _watch_highlighted(self, before: int | None, after: int | None) -> None:
        """Paint the row that the cursor was on and the one that it is on; all, where some have more than one line."""
        if self.virtual_size.height != self.option_count:
            self.refresh()
            return
        for row in (before, after):
            if row is not None:
                self.refresh_lines(row)

    def on_resize(self) -> None:
        """The row of the cursor stays in view where something else takes lines."""
        self.call_after_refresh(self.scroll_to_highlight)

    @property
    def row_width(self) -> int:
        """The cells a row has; before the first layout those of a list as wide as the screen."""
        return max((self.scrollable_content_region.width or self.app.size.width - 2) - 2, self._least)

    @property
    def cursor_lines(self) -> tuple[int, int]:
        """The first line of the row under the cursor, from the top of the list as it is seen, and how many it has."""
        at = self.highlighted
        if at is None or not is_laid_out(self):
            return 0, self.size.height
        first = self._index_to_line[at] - self.scroll_offset.y
        after = self._index_to_line.get(at + 1, self.virtual_size.height)
        return first, after - self._index_to_line[at]

    def fill(self, rows: Sequence[Content | Late], at: int = 0) -> None:
        """Show `rows`, keeping the cursor where it was when there are as many as before, else with the cursor on `at`.

        A row that is the same object as before is not drawn again: with ten thousand of them that is what takes time.
        """
        if self.option_count == len(rows):
            for option, row, shown in zip(self.options, rows, self._rows, strict=True):
                if row is not shown:
                    option._set_prompt(row)
            self._rows = list(rows)
            self._clear_caches()  # once; `replace_option_prompt_at_index` does it for each row
            return
        self._rows = list(rows)
        self.clear_options()
        self.add_options([Option(row) for row in rows])
        self.highlighted = min(at, len(rows) - 1) if rows else None

    def _move_page(self, direction: Literal[-1, 1]) -> None:
        """A page on, or back, where there is any."""
        if is_laid_out(self):
            super()._move_page(direction)

    def action_half(self, pages: int) -> None:
        """Half of what is seen on, or back."""
        if self.option_count:
            step = max(self.scrollable_content_region.height // 2, 1) * pages
            self.highlighted = min(max((self.highlighted or 0) + step, 0), self.option_count - 1)
