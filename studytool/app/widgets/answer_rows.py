"""The rows of a question: what is chosen from, put in order, matched."""

from __future__ import annotations

from studytool.app.widgets.ends import Matter
from studytool.app.widgets.rows import Rows

_LEAST = 10
"""Cells for which a row is written in a list that has fewer."""


class AnswerRows(Rows):
    """Rows among what else belongs to the question: where that does not fit, a page on or back is one of all of it."""

    def __init__(self, id: str) -> None:
        super().__init__(id, _LEAST)

    def action_page_down(self) -> None:
        """A page on."""
        if not self._turned(1):
            super().action_page_down()  # type: ignore[no-untyped-call]

    def action_page_up(self) -> None:
        """A page back."""
        if not self._turned(-1):
            super().action_page_up()  # type: ignore[no-untyped-call]

    def _turned(self, pages: int) -> bool:
        around = next((part for part in self.ancestors if isinstance(part, Matter)), None)
        if around is None or not around.max_scroll_y:
            return False
        around.page(pages)
        return True
