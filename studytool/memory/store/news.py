"""What others have written into an open log: another window, `studytool fit`, a sync."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.memory.store.rows import events_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studytool.memory.events import Event
    from studytool.memory.remembered import Memory
    from studytool.memory.store.sqlite import Store

_PART = 200
"""Rows that are read at once: some milliseconds."""


class News:
    """Looks, at next to no cost, whether anybody else has written since it looked last.

    `memory` is what the log has come to: what it does not know yet is news.
    """

    def __init__(self, store: Store, memory: Memory) -> None:
        self._store, self._memory = store, memory
        self._state = self._seen()
        last = store.query("SELECT rowid, id FROM events ORDER BY rowid DESC LIMIT 1")
        self._row = int(last[0][0]) if last else 0
        if last and not memory.knows(str(last[0][1])):  # written while the log was read
            self._state, self._row = (self._state[0], -1), memory.base.rows

    def take(self) -> list[Event]:
        """The events of others that are new; `StudytoolError` if the log cannot be read."""
        return [event for part in self.parts() for event in part]

    def parts(self) -> Iterator[list[Event]]:
        """The same some hundred at a time; who stops before the end is given the rest by the next call."""
        state = self._seen()
        if state == self._state:
            return
        if state[0] != self._state[0]:
            self._state, self._row = (state[0], -1), 0  # another file: its rows have other numbers
        last = int(self._store.query("SELECT COALESCE(MAX(rowid), 0) FROM events")[0][0])
        row = self._row
        while row < last:
            until = min(row + _PART, last)
            events = events_after(self._store, row, until)
            yield [event for event in events if not self._memory.knows(event.id)]
            row = self._row = until  # not before they count: who stops, or fails, is given them again
        self._state = state

    def of(self, card: str) -> list[Event]:
        """The events of one card that are new, out of their turn; `StudytoolError` if the log cannot be read."""
        return [event for event in events_after(self._store, self._row, card=card) if not self._memory.knows(event.id)]

    def _seen(self) -> tuple[int, int]:
        """Which file it is, and a number that SQLite changes whenever another connection has written into it."""
        return self._store.reopened, int(self._store.query("PRAGMA data_version")[0][0])
