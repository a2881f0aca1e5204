"""What is done once nobody types: clearing away what screens leave behind, that of many of them together; imports."""

from __future__ import annotations

import gc
from time import monotonic
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from studytool.app import ahead, waste
from studytool.app.threads import at_work, forget_what_is_done
from studytool.app.timers import once

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen

_STILL = 1.0
"""Seconds without a key after which nobody types."""
_TIDY = 20
"""How often the garbage collector has looked at what is young before it looks at everything while nobody types."""
_TRIES = 3
"""How often is tried to clear away a screen that was left: what holds it longer was set aside for good."""
_GONE = 0.1
"""Seconds after which a screen that was left has gone, and the one below it is painted."""


class Clearing:
    """The clearing away for an app."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._touched = 0.0  # when the last key or click came
        self._screens: WeakSet[Screen[Any]] = WeakSet()
        self._left = 0.0  # when a screen was left; 0 once it has gone
        self._tries = 0  # to clear away what they leave behind
        self._clears = False  # whether what such screens leave behind is about to be cleared away
        self._is_begun = False
        self._is_ahead = self._is_kept = False  # whether what is read ahead was asked for, and whether it is set aside

    def begin(self) -> None:
        """Everything is there that lives as long as the app; what comes and goes is cleared away from now on."""
        forget_what_is_done()
        waste.begin()
        self._is_begun = True

    def touched(self) -> None:
        """A key or a click came."""
        self._touched = monotonic()

    def screen_changed(self, _: Screen[Any]) -> None:
        """What a screen that was left leaves behind goes once nobody types, together with that of others."""
        self._screens.update(self._app.screen_stack)
        if self._staying():
            self._left, self._tries = monotonic(), 0
            if not self._clears:
                self._clears = True
                once(self._app, _GONE, self._clear)

    def tidy(self, *, is_home: bool) -> None:
        """Clear up if nobody types: all that was left behind where one `is_home` again and nothing is at work."""
        if not self._is_begun or monotonic() - max(self._touched, self._left) <= _STILL:
            return  # until it has begun it would look at the whole library
        if is_home and not self._is_ahead:
            self._is_ahead = True
            self._app.run_worker(ahead.read, thread=True, exit_on_error=False)
        elif is_home and not self._is_kept and not self._left and not at_work():
            self._is_kept = True
            waste.keep()  # the modules: to look at them each time takes as long as a screen to paint
        elif self._left and is_home and not at_work():
            waste.clear()
            self._tries += 1
            if not self._staying() or self._tries == _TRIES:
                self._screens = WeakSet(self._app.screen_stack)
                self._left, self._tries = 0.0, 0
                waste.keep()
        elif gc.get_count()[2] >= _TIDY:
            waste.clear()

    def _staying(self) -> bool:
        """Whether a screen that was left is there still: one of its timers that was stopped stays until its time."""
        return any(screen not in self._app.screen_stack for screen in self._screens)

    def _clear(self) -> None:
        if monotonic() - self._touched < _GONE or not self._is_begun:
            once(self._app, _GONE, self._clear)
        else:
            self._clears = False
            waste.clear()
