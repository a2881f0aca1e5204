"""The command that repeats a run: to read, and in the clipboard."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studytool.app.screens.window import Window

if TYPE_CHECKING:
    from textual.app import ComposeResult


class RepeatScreen(Window[None]):
    """Shows a command and copies it, in the way terminals have for that (OSC 52)."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,y", "dismiss", "Close", id="repeat.close")]

    def __init__(self, command: str) -> None:
        super().__init__()
        self._command = command

    def compose(self) -> ComposeResult:
        """The command, and what it does not repeat."""
        told = "It is in the clipboard, where the terminal allows that."
        if "  # " in self._command:
            told += " What was changed while it ran stands behind the #: the command alone begins without it."
        with Vertical(id="repeat") as frame:
            frame.border_title = "This run again"
            frame.border_subtitle = "esc closes"
            yield Static(Content.styled(self._command, "bold"), id="command")
            yield Static(Content.styled(told, "$foreground-muted"))

    def on_mount(self) -> None:
        """Copy it."""
        self.app.copy_to_clipboard(self._command)
