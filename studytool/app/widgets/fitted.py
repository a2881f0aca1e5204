"""A text that is written for the width it has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Resize


class Fitted(Static):
    """A text that is written anew by `write` whenever it has become wider or narrower, as by a bar beside it."""

    def __init__(self, write: Callable[[], object], *, id: str) -> None:
        super().__init__(id=id)
        self._write = write
        self._wide = 0

    def on_resize(self, event: Resize) -> None:
        """Its height is that of what is written."""
        if event.size.width != self._wide:
            self._wide = event.size.width
            self._write()
