"""Items to put in order: moved by the keys or picked up and dropped, also by the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from studytool.app.widgets.answer import CHOSEN, PLAIN, RIGHT, WRONG, AnswerField, listed
from studytool.app.widgets.answer_rows import AnswerRows
from studytool.app.widgets.card_text import inline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.widgets import OptionList

    from studytool.quiz import Asked, Attempt


class Items(AnswerRows):
    """Rows of which one can be held: then the keys of the cursor move it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "hold",
            "Pick up",
            tooltip="Pick the item up, so that the arrows move it; drop it",
            id="ordering.pick-up",
        ),
        Binding(
            "shift+up,K",
            "move(-1)",
            "Move up",
            key_display="⇧↑",
            tooltip="Move the item one place up",
            id="ordering.move-up",
        ),
        Binding(
            "shift+down,J",
            "move(1)",
            "Move down",
            key_display="⇧↓",
            tooltip="Move it one place down",
            id="ordering.move-down",
        ),
    ]

    class Moved(Message):
        """The item under the cursor is to go up (-1) or down (1)."""

        def __init__(self, by: int) -> None:
            super().__init__()
            self.by = by

    class Held(Message):
        """The item under the cursor is to be picked up or dropped."""

    def __init__(self) -> None:
        super().__init__(id="items")
        self.held: int | None = None
        """The row that is held, counted from 0."""

    def action_cursor_up(self) -> None:
        """The cursor, with what is held."""
        if self.held is not None:
            self.action_move(-1)
        else:
            super().action_cursor_up()

    def action_cursor_down(self) -> None:
        """The cursor, with what is held."""
        if self.held is not None:
            self.action_move(1)
        else:
            super().action_cursor_down()

    def action_move(self, by: int) -> None:
        """Move the item under the cursor."""
        self.post_message(self.Moved(by))

    def action_hold(self) -> None:
        """Pick the item under the cursor up, or drop it."""
        self.held = self.highlighted if self.held is None else None
        self.post_message(self.Held())


class OrderingField(AnswerField):
    """The items as rows in the order that the learner gives them."""

    def __init__(self, asked: Asked) -> None:
        super().__init__(asked)
        self._order = list(range(len(asked.items)))
        self._moved = False  # whether the order is an answer

    @property
    def how(self) -> str:
        """The keys that move an item."""
        moves = self.app.keys_name(("ordering.move-up", "ordering.move-down"), "shift+arrows or J, K")
        holds = self.app.key_name("ordering.pick-up", "space")
        return f"{moves} move an item; {holds} picks it up; {self.gives} answers"

    @property
    def how_in_short(self) -> str:
        """The key that picks an item up."""
        return f"{self.app.key_name('ordering.pick-up', 'space')} moves"

    def compose(self) -> ComposeResult:
        """The items."""
        yield Items()

    def begin(self) -> None:
        """The cursor stands on the first item."""
        self.draw()
        rows = self.query_one(Items)
        rows.highlighted = 0
        self.screen.set_focus(rows, scroll_visible=False)

    def draw(self) -> None:
        """Each item with its place; once marked whether it stands right, and else where it belongs."""
        rows = self.query_one(Items)
        wanted = [self.asked.items[place] for place in self.asked.places]
        lines = []
        for place, index in enumerate(self._order):
            text = self.asked.items[index]
            sign, style, told = f"{place + 1}", PLAIN, ""
            if self.attempt is not None:
                sign, style = ("✓", RIGHT) if wanted[place] == text else ("✗", WRONG)
                told = "" if wanted[place] == text else f"  → right place: {self.asked.places.index(index) + 1}"
            elif rows.held == place:
                sign, style = "↕", CHOSEN
            lines.append(listed(sign, style, inline(text), len(self._order), rows.row_width, told))
        rows.fill(lines)

    def on_items_moved(self, message: Items.Moved) -> None:
        """Change places with the neighbour."""
        rows = self.query_one(Items)
        at = rows.highlighted
        if at is not None and 0 <= at + message.by < len(self._order):
            self._put(at, at + message.by)

    def on_items_held(self) -> None:
        """The sign of what is held."""
        self.draw()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click picks an item up, the next one drops it where it is clicked."""
        event.stop()
        rows = self.query_one(Items)
        held, rows.held = rows.held, None
        if held is None:
            rows.held = event.option_index
            self.draw()
        else:
            self._put(held, event.option_index)

    def _put(self, at: int, to: int) -> None:
        """Move the item at one place to another; those between make room."""
        rows = self.query_one(Items)
        self._moved = True
        self._order.insert(to, self._order.pop(at))
        rows.held = to if rows.held is not None else None
        rows.highlighted = to
        self.draw()

    def put(self, response: str | Sequence[int]) -> None:
        """The items as they were put."""
        self._order, self._moved = [item for item in response if isinstance(item, int)], True
        self.draw()

    def response(self) -> Sequence[int]:
        """The items in the order that they stand in."""
        return list(self._order)

    def begun(self) -> Sequence[int] | None:
        """The same, where one was moved or an answer was put."""
        return self.response() if self._moved else None

    def show(self, attempt: Attempt) -> None:
        """Which places are right, and where the others belong."""
        rows = self.query_one(Items)
        rows.held = None
        super().show(attempt)
        rows.disabled = True
