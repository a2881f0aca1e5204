"""A list to choose one thing from, above another screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content

from studytool.app.screens.window import Window
from studytool.app.widgets.rows import Rows
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from studytool.app.frame import Frame


class ChooseScreen(Window[int | None]):
    """Names under a title; the result is the number of the chosen one, or None when it was left."""

    app: Frame
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", id="choose.choose"),
        Binding("escape,q", "dismiss", "Leave", id="choose.leave"),
    ]

    def __init__(self, title: str, names: Sequence[str], chosen: int = 0) -> None:
        super().__init__()
        self._title, self._names, self._chosen = title, names, chosen

    def compose(self) -> ComposeResult:
        """The list in a frame."""
        with Vertical(id="choose") as frame:
            frame.border_title = Content(self._title)
            chooses, leaves = self.app.key_name("choose.choose", "enter"), self.app.key_name("choose.leave", "esc")
            frame.border_subtitle = f"{chooses} chooses · {leaves} leaves"
            yield Rows(id="choices")

    def on_mount(self) -> None:
        """Begin at what is chosen now."""
        rows = self.query_one(Rows)
        rows.fill([Content(one_line(name)) for name in self._names])
        rows.highlighted = self._chosen
        rows.focus()

    def on_option_list_option_selected(self) -> None:
        """A click chooses, too."""
        self.action_choose()

    def action_choose(self) -> None:
        """Give the number back."""
        self.dismiss(self.query_one(Rows).highlighted)
