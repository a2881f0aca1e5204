"""The field that a query is typed into, above what it finds."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

_SUCH_AS = (
    "words, topic:cnn, is:due, recall:<80%, -suspended",
    "words, topic:cnn, is:due, recall:<80%",
    "words, topic:cnn, is:due",
    "words, is:due",
)
"""What can be searched for, the fullest first."""


class SearchBox(Input):
    """The query. The keys that move the cursor by a page move that of the table; one line down is the cards."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0))  # a letter more is no reason to lay the screen out anew
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,down",
            "screen.to_cards",
            "To the cards",
            key_display="enter",
            tooltip="Go to the cards that were found",
            id="browse-search.to-the-cards",
        ),
        Binding(
            "escape",
            "screen.to_table",
            "Out of the query",
            show=False,
            tooltip="Go to the cards, so that letters are keys",
            id="browse-search.out-of-the-query",
        ),
        Binding("pagedown", "screen.page(1)", "A page down", show=False, id="browse-search.a-page-down"),
        Binding("pageup", "screen.page(-1)", "A page up", show=False, id="browse-search.a-page-up"),
    ]

    def on_resize(self) -> None:
        """As much of what can be searched for as there is room for."""
        fits = (told for told in _SUCH_AS if len(told) < self.size.width)
        self.placeholder = next(fits, "")
