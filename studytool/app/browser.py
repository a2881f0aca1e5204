"""The app under `studytool serve`: Textual's driver for browsers, which also ends the app when the server is gone."""

from __future__ import annotations

import os
import signal
from functools import partial
from typing import TYPE_CHECKING

from textual.drivers.web_driver import WebDriver

if TYPE_CHECKING:
    from textual.app import App
    from textual.theme import Theme

_PATIENCE = 5.0
"""Seconds that the app has for its end when the server is gone."""


class BrowserDriver(WebDriver):
    """Writes to the server and reads from it; without it, writes nowhere and ends the app."""

    def __init__(
        self, app: App[object], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._is_gone = False
        self._write = partial(self._put)

    def _put(self, data: bytes) -> int:
        """Write all of `data`, unless nobody reads it any more."""
        left = memoryview(data)
        try:
            while left and not self._is_gone:
                left = left[os.write(self.fileno, left) :]
        except OSError:
            self._is_gone = True
        return len(data)

    def start_application_mode(self) -> None:
        """Begin, and have the edge of the page, where no whole cell has room, in the colour of the theme."""
        super().start_application_mode()
        self._ground(self._app.current_theme)
        self._app.theme_changed_signal.subscribe(self._app, self._ground)

    def _ground(self, theme: Theme) -> None:
        if theme.background:
            self.write(f"\x1b]11;{theme.background}\x1b\\")

    def run_input_thread(self) -> None:
        """Read what the server sends. When it sends no more, it has ended, in whatever way: so does the app."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self.on_meta("quit", {})
            if not self.exit_event.wait(_PATIENCE):
                os.kill(os.getpid(), signal.SIGKILL)  # it is stuck, and nobody is left who could end it
