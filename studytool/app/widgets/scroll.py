"""A long text to read: it scrolls by the arrows, by a page, and by the keys of vi."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll


class LongText(VerticalScroll, inherit_bindings=False):
    """What is in it scrolls, without sliding."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "by(1)", "Down", show=False, id="text.down"),
        Binding("up,k", "by(-1)", "Up", show=False, id="text.up"),
        Binding("home,g", "top", "Beginning", show=False, id="text.first"),
        Binding("end,G", "bottom", "End", show=False, id="text.last"),
        Binding("pagedown,space,ctrl+f", "page(1)", "A page down", show=False, id="text.page-down"),
        Binding("pageup,ctrl+b", "page(-1)", "A page up", show=False, id="text.page-up"),
        Binding("ctrl+d", "page(0.5)", "Half a page down", show=False, id="text.half-down"),
        Binding("ctrl+u", "page(-0.5)", "Half a page up", show=False, id="text.half-up"),
    ]

    def action_by(self, lines: int) -> None:
        """So many lines on, or back."""
        self.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: float) -> None:
        """So many pages on, or back."""
        self.scroll_relative(y=round(pages * self.scrollable_content_region.height), animate=False)

    def action_top(self) -> None:
        """To the beginning."""
        self.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """To the end."""
        self.scroll_end(animate=False)
