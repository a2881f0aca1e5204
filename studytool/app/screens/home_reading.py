"""How far the reading of many notes has come, below the topics, and the key that stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Static

from studytool.app.home import reading
from studytool.app.screens.around_topics import AroundTopics

if TYPE_CHECKING:
    from textual.timer import Timer

_LOOK = 0.5
"""Seconds between two looks whether notes are being read; a few of them are read sooner than that."""


class TellingOfReading(AroundTopics):
    """A screen with a line `reading-on`, which stands there as long as notes are being read."""

    _reading: Timer | None = None  # while it tells of that
    _stoppable = False

    def follow_reading(self) -> None:
        """Look now, and then now and again."""
        self._look()
        self.set_interval(_LOOK, self._look)

    def _look(self) -> None:
        """Notes are read when the library is opened, and a whole folder of them may be put into it later."""
        if self._reading is None and (self.app.opening.step is not None or not self.app.desk.complete):
            self._reading = self.set_interval(0.25, self._tell_reading)
            self._tell_reading()

    def _tell_reading(self) -> None:
        """How far the reading of many notes has come, as long as it goes on."""
        opening, line, complete = self.app.opening, self.query_one("#reading-on", Static), self.app.desk.complete
        step, halted = opening.step, opening.halted
        line.display = step is not None or not complete
        if step is None and complete:
            if self._reading is not None:
                self._reading.stop()
            self._reading = None
        else:
            key, width = self.app.key_name("home.reading", "s"), self.app.size.width
            line.update(reading.told(step, halted, width, key, is_whole=complete), layout=False)
        if self._stoppable != self.can_stop:
            self._stoppable = self.can_stop
            self.refresh_bindings()

    @property
    def can_stop(self) -> bool:
        """Whether notes are being read, or were until that was stopped."""
        return self.app.opening.step is not None or not self.app.desk.complete

    def action_reading(self) -> None:
        """Read no more of the notes for now, or read on."""
        if self.app.opening.halted:
            self.app.opening.read_on()
        else:
            self.app.opening.halt()
        self._look()
