"""A frame around a text that may be longer than its window, with a line of keys at its foot."""

from __future__ import annotations

from textual.containers import VerticalScroll
from textual.message import Message


class Frame(VerticalScroll, can_focus=False):
    """The frame of it all, which tells how much room there is."""

    class Sized(Message):
        """It was laid out anew."""

    def on_resize(self) -> None:
        """What is in it is as long as there is room."""
        self.post_message(self.Sized())

    def into_view(self, row: int, foot: int) -> None:
        """Scroll no further than to have this row of the text in view, above a foot of so many rows."""
        room = self.scrollable_content_region.height - foot
        self.scroll_to(y=max(min(self.scroll_y, row), row - room + 1), animate=False)
