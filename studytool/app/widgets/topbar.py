"""The first line of every screen: where one is on the left, how things stand on the right."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from studytool.text import one_line

_LEAST = 16
"""Cells in which the line is written where it has fewer: the narrowest window has two more."""


class TopBar(Static):
    """One line that never wraps; the left side gives way when both do not fit."""

    def __init__(self, left: str = "", right: str = "") -> None:
        super().__init__(id="topbar")
        self._left = left
        self._right = right

    def show(self, left: str, right: str = "") -> None:
        """Set both sides."""
        if (self._left, self._right) != (left, right):
            self._left, self._right = left, right
            self._draw()

    def on_resize(self) -> None:
        """Lay the two sides out again."""
        self._draw()

    def _draw(self) -> None:
        width = max(self.size.width or self.app.size.width - 4, _LEAST)  # before the first layout as wide as the screen
        least = min(Content(one_line(self._left)).cell_length, width // 3)
        right = Content(one_line(self._right)).truncate(width - least - 2, ellipsis=True)
        room = width - right.cell_length - 2
        left = Content(one_line(self._left)).truncate(max(room, 8), ellipsis=True)
        gap = " " * max(width - left.cell_length - right.cell_length, 1)
        self.update(Content.assemble(left.stylize("bold"), gap, right.stylize("$foreground-muted")), layout=False)
