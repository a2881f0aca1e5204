"""The first line of every screen: where one is on the left, how things stand on the right."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 16
"""Cells in which the line is written where it has fewer: the narrowest window has two more."""
_BETWEEN = 2
"""Cells between the two sides, at least."""


class TopBar(Static):
    """One line that never wraps. Each side may have several wordings, the fullest first: the first that fit are shown.

    Where none fit, the left side gives way, down to a third of the line.
    """

    def __init__(self, left: str = "", right: str = "") -> None:
        super().__init__(id="topbar")
        self._left: Sequence[str] = (left,)
        self._right: Sequence[str] = (right,)

    def show(self, left: str | Sequence[str], right: str | Sequence[str] = "") -> None:
        """Set both sides, each in one wording or more."""
        lefts, rights = ([one] if isinstance(one, str) else [*one] for one in (left, right))
        if (self._left, self._right) != (lefts, rights):
            self._left, self._right = lefts, rights
            self._draw()

    def on_resize(self) -> None:
        """Lay the two sides out again."""
        self._draw()

    def _draw(self) -> None:
        width = max(self.size.width or self.app.size.width - 4, _LEAST)  # before the first layout as wide as the screen
        left, right = self._fitting(width)
        gap = " " * max(width - left.cell_length - right.cell_length, 1)
        self.update(Content.assemble(left.stylize("bold"), gap, right.stylize("$foreground-muted")), layout=False)

    def _fitting(self, width: int) -> tuple[Content, Content]:
        """Both sides in the fullest wordings of which nothing is cut, else the left side cut, and the right at last."""
        lefts, rights = ([Content(one_line(one)) for one in side] for side in (self._left, self._right))
        for left, right in product(lefts, rights):
            if left.cell_length + _BETWEEN + right.cell_length <= width:
                return left, right
        left = lefts[-1]
        room = width - min(left.cell_length, width // 3) - _BETWEEN
        right = next((one for one in rights if one.cell_length <= room), rights[-1].truncate(room, ellipsis=True))
        return left.truncate(max(width - right.cell_length - _BETWEEN, 8), ellipsis=True), right
