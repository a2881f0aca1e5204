"""A list of rows with a cursor; what enter does is the screen's business, so that it stands at the foot."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList
from textual.widgets.option_list import Option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content


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

    def __init__(self, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._rows: list[Content] = []

    @property
    def row_width(self) -> int:
        """The cells a row has; before the first layout those of a list as wide as the screen."""
        return max((self.scrollable_content_region.width or self.app.size.width - 2) - 2, 30)

    def fill(self, rows: Sequence[Content]) -> None:
        """Show `rows`, keeping the cursor where it was when there are as many as before.

        A row that is the same object as before is not drawn again: with ten thousand of them that is what takes time.
        """
        if self.option_count == len(rows):
            for index, (row, shown) in enumerate(zip(rows, self._rows, strict=True)):
                if row is not shown:
                    self.replace_option_prompt_at_index(index, row)
            self._rows = list(rows)
            return
        self._rows = list(rows)
        self.clear_options()
        self.add_options([Option(row) for row in rows])
        self.highlighted = 0 if rows else None

    def action_half(self, pages: int) -> None:
        """Half of what is seen on, or back."""
        if self.option_count:
            step = max(self.scrollable_content_region.height // 2, 1) * pages
            self.highlighted = min(max((self.highlighted or 0) + step, 0), self.option_count - 1)
