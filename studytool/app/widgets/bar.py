"""The scroll bar beside rows: what Textual's looks like and does, painted in a fraction of the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.geometry import Region


class Bar(ScrollBar):
    """A vertical bar. Its lines are of a few kinds, and each is made once: above the thumb, its parts, below it."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines of the bar, without a border or padding around them."""
        drawn = self.render()
        if not isinstance(drawn, ScrollBarRender) or not isinstance(drawn.style, Style):
            return super().render_lines(crop)
        assert drawn.style.bgcolor
        assert drawn.style.color
        segments = drawn.render_bar(
            size=self.size.height,
            virtual_size=drawn.virtual_size,
            window_size=drawn.window_size,
            position=drawn.position,
            thickness=drawn.thickness,
            back_color=drawn.style.bgcolor,
            bar_color=drawn.style.color,
        ).segments
        base, background, filters = self.rich_style, self.background_colors[1], self.get_line_filters()
        kinds: dict[int, Strip] = {}
        for segment in segments:
            if id(segment) not in kinds:
                strip = Strip([Segment(segment.text, base + segment.style)], drawn.thickness)
                for one in filters:
                    strip = strip.apply_filter(one, background)
                kinds[id(segment)] = strip
        return [kinds[id(segment)] for segment in segments][crop.y : crop.bottom]
