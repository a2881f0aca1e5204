"""A field to write several lines in, mended where Textual's own ends the app."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Offset
from textual.widgets import TextArea

from studytool.app.widgets.answer import gone

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Written(TextArea):
    """Lines of text that can be painted after it was removed, and undone with the cursor far down."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """What stands in it."""
        return super().render_lines(crop) if self.is_attached else gone(crop)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Bring the cursor in sight; not between an undo that takes its line away and the move to another.

        There the scroll bar may go, and Textual would ask where the line stands.
        """
        if self.cursor_location[0] >= self.document.line_count:
            return Offset()
        return super().scroll_cursor_visible(center, animate)
