"""A picture made of cells on the screen: paints what `draw` returns, and nothing else."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from studytool.draw import Look, Picture, Run


@lru_cache(1024)
def _style(ground: RichStyle, fg: str | None, bg: str | None, bold: bool) -> RichStyle:
    return ground + RichStyle(color=fg, bgcolor=bg, bold=bold)


def strip_of(row: Sequence[Run], width: int, ground: RichStyle) -> Strip:
    """One row of a picture on a ground, as wide as the widget."""
    segments = [Segment(text, _style(ground, fg, bg, bold)) for text, fg, bg, bold in row]
    return Strip(segments).adjust_cell_length(width, ground)


class PictureView(Widget):
    """Shows the panels it was given last, line by line, at whatever size it has."""

    picture: Picture | None = None

    def __init__(self, id: str = "picture") -> None:
        super().__init__(id=id)
        self._panels: Sequence[Mapping[str, Any]] = ()
        self._look: Look | None = None

    def show(self, panels: Sequence[Mapping[str, Any]], look: Look) -> None:
        """Draw other panels."""
        self._panels, self._look = panels, look
        self._draw()

    def on_resize(self) -> None:
        """The same panels at another size."""
        self._draw()

    def _draw(self) -> None:
        if self._look is None or not (self.size.width and self.size.height):
            return
        from studytool.draw import draw_panels

        self.picture = draw_panels(self._panels, self.size.width, self.size.height, self._look)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One row of the picture as a strip as wide as the widget."""
        width = self.size.width
        ground = self.rich_style
        if self.picture is None or y >= len(self.picture.rows):
            return Strip.blank(width, ground)
        return strip_of(self.picture.rows[y], width, ground)
