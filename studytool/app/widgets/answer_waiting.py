"""Where a question would be answered that a demo still computes, when nothing else is left to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from studytool.app.widgets.answer import AnswerField

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from studytool.quiz import Asked

_LOOK = 0.1
"""Seconds from one look at the demo to the next."""


class WaitingField(AnswerField):
    """Looks until the demo has answered. Enter waits no longer."""

    class Over(Message):
        """The waiting is over: the demo has answered, or the learner has `given_up`."""

        def __init__(self, *, given_up: bool) -> None:
            super().__init__()
            self.given_up = given_up

    @property
    def how(self) -> str:
        """The key that waits no longer."""
        return f"{self.gives} asks a card instead"

    @property
    def how_in_short(self) -> str:
        """The same."""
        return f"{self.gives} asks a card"

    def __init__(self, asked: Asked, ready: Callable[[], bool]) -> None:
        super().__init__(asked)
        self._ready = ready

    def compose(self) -> ComposeResult:
        """What is waited for."""
        yield Static(Content.styled("A demo is still running for the last of your questions …", "$foreground-muted"))

    def begin(self) -> None:
        """Look from now on."""
        self.set_interval(_LOOK, self._look)

    def _look(self) -> None:
        if self._ready():
            self.post_message(self.Over(given_up=False))

    def give(self) -> None:
        """Wait no longer."""
        self.post_message(self.Over(given_up=True))
