"""What is shown while a large folder of notes is being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.screen import Screen
from textual.widgets import LoadingIndicator, Static

from studytool.app.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from textual.app import ComposeResult


class ReadingScreen(Screen[None]):
    """A sentence and a sign of life; what has been read is kept when it is left."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """The sentence in the middle of the screen, and the way out."""
        yield Static(Content(f"Reading the notes in {self._title} …"), id="reading")
        yield LoadingIndicator()
        yield KeyBar()
