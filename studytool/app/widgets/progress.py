"""How far one has come, as a line across the screen."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Progress(Static):
    """A line that fills from the left; drawn again when its width changes."""

    def __init__(self) -> None:
        super().__init__(id="progress")
        self._part = 0.0

    def show(self, done: int, total: int) -> None:
        """Fill `done` of `total`; nothing of nothing is empty."""
        self._part = done / total if total else 0.0
        self._draw()

    def on_resize(self) -> None:
        """The line is as long as it is given room."""
        self._draw()

    def _draw(self) -> None:
        width = self.content_size.width
        filled = round(width * self._part)
        self.update(Content.assemble(("━" * filled, "$success"), ("─" * (width - filled), "$border")))
