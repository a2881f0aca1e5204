"""A picture made of cells on the screen: paints what `draw` returns, and nothing else."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from studytool.draw import Picture


@lru_cache(1024)
def _style(fg: str | None, bg: str | None, bold: bool) -> RichStyle:
    return RichStyle(color=fg, bgcolor=bg, bold=bold)


class PictureView(Widget):
    """Shows the last picture it was given, line by line."""

    picture: Picture | None = None

    def show(self, picture: Picture) -> None:
        """Paint another picture."""
        self.picture = picture
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the picture as a strip as wide as the widget."""
        width = self.size.width
        ground = self.rich_style
        if self.picture is None or y >= len(self.picture.rows):
            return Strip.blank(width, ground)
        segments = [Segment(run.text, ground + _style(run.fg, run.bg, run.bold)) for run in self.picture.rows[y]]
        return Strip(segments).adjust_cell_length(width, ground)
