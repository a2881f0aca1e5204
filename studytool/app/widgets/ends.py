"""A scroll bar that says by signs, not by shades alone, that there is more above or below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.segment import Segment, Segments
from rich.style import Style
from textual.color import Color
from textual.containers import VerticalScroll
from textual.scrollbar import ScrollBarRender

if TYPE_CHECKING:
    from textual.scrollbar import ScrollBar


class Ends(ScrollBarRender):
    """An upright bar with ▲ at its top and ▼ at its foot, as long as there is more that way; ↕ in a single line."""

    @classmethod
    def render_bar(cls, *arguments: Any, **told: Any) -> Segments:
        """The bar with its signs. What is given is what Textual's own bar is given, by name."""
        bar = super().render_bar(*arguments, **told)
        lines, shown = [*bar.segments], told["window_size"]
        if not (shown and lines):
            return bar
        is_above, is_below = told["position"] > 0, told["position"] + shown < told["virtual_size"]
        back, thumb = told["back_color"], told["bar_color"]

        def sign(at: int, sign: str) -> None:
            style = lines[at].style or Style()
            ground = thumb if "grab" in style.meta.values() else back
            ink = Color.from_rich_color(ground).get_contrast_text().rich_color
            lines[at] = Segment(sign, Style(color=ink, bgcolor=ground, bold=True, meta=style.meta))

        if is_above:
            sign(0, "▲")
        if is_below:
            sign(-1, "↕" if is_above and len(lines) == 1 else "▼")
        return Segments(lines, new_lines=True)


class Matter(VerticalScroll):
    """What is read from the top, and scrolls where it does not fit: a line more than there is room for says so."""

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """With signs at its ends."""
        bar = super().vertical_scrollbar
        bar.renderer = Ends  # type: ignore[misc]  # as Textual has it for a single bar
        return bar

    def by(self, lines: int) -> None:
        """Scroll so many lines on, or back."""
        self.scroll_relative(y=lines, animate=False)

    def page(self, pages: int) -> None:
        """So many pages; two lines of each are seen on the next."""
        self.by(pages * max(self.size.height - 2, 1))
