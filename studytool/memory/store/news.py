"""What others have written into an open log: another window, `studytool fit`, a sync."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.memory.store.rows import Rows, events_after

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from studytool.memory.events import Event
    from studytool.memory.remembered import Memory
    from studytool.memory.store.sqlite import Store

_PART = 200
"""Rows that are read at once: some milliseconds."""
_AHEAD = 50_000


class News:
    """Looks, at next to no cost, whether anybody else has written since it looked last.

    `memory` is what the log has come to: what it does not know yet is news.
    """

    def __init__(self, store: Store, memory: Memory) -> None:
        self._store, self._memory = store, memory
        self._state, self._row = self._seen(), store.heard
        self._by_card: dict[str, list[int]] = {}  # the rows after that one, up to where was looked
        self._looked = 0
        if store.query("SELECT COALESCE(MAX(rowid), 0) FROM events")[0][0] > self._row:  # written since it was opened
            self._state = (self._state[0], -1)

    def take(self) -> list[Event]:
        """The events of others that are new; `StudytoolError` if the log cannot be read."""
        return [event for part in self.parts() for event in part]

    def parts(self) -> Iterator[list[Event]]:
        """The same some hundred at a time; who stops before the end is given the rest by the next call."""
        state = self._seen()
        if state == self._state:
            return
        self._go_over(state[0])
        last = int(self._store.query("SELECT COALESCE(MAX(rowid), 0) FROM events")[0][0])
        row = self._row
        while row < last:
            until = min(row + _PART, last)
            events = events_after(self._store, row, until)
            yield [event for event in events if not self._memory.knows(event.id)]
            row = self._row = until  # not before they count: who stops, or fails, is given them again
        self._state = state
        self._by_card.clear()
        self._looked = last

    def settle(self) -> None:
        """Have the store know that all that was taken counts: an answer looks no farther back for what others wrote."""
        if self._state[0] == self._store.reopened:
            self._store.heard = self._row

    def of(self, cards: Iterable[str]) -> list[Event]:
        """The events of some cards that are new, out of their turn; `StudytoolError` if the log cannot be read.

        Each row is looked at once, however many cards are asked for: by a call `_AHEAD` of them at most, about 50 ms.
        What is beyond comes in its turn, and so does once more what does not count by then.
        """
        self._look_ahead()
        chosen = [card for card in cards if card in self._by_card]
        rows = [row for card in chosen for row in self._by_card[card]]
        events = Rows(self._store, self._looked).events(rows)
        for card in chosen:
            self._by_card.pop(card, None)
        return [event for event in events if not self._memory.knows(event.id)]

    def ahead(self, among: Container[str]) -> list[Event]:
        """The same of a few of these cards: those that were written of first."""
        self._look_ahead()
        chosen, number = [], 0
        for card, rows in self._by_card.items():
            if number >= _PART:
                break
            if card in among:
                chosen.append(card)
                number += len(rows)
        return self.of(chosen)

    def _look_ahead(self) -> None:
        """Know of more rows which card they are about."""
        self._go_over(self._store.reopened)
        begin = max(self._row, self._looked)
        rows = "SELECT rowid, card FROM events WHERE rowid > ? ORDER BY rowid LIMIT ?"
        for row, card in self._store.query(rows, (begin, _AHEAD)):
            self._looked = row
            if card is not None:
                self._by_card.setdefault(card, []).append(row)

    def _go_over(self, reopened: int) -> None:
        """Begin anew where another file is open now: its rows have other numbers."""
        if reopened != self._state[0]:
            self._state, self._row, self._looked = (reopened, -1), 0, 0
            self._by_card.clear()

    def _seen(self) -> tuple[int, int]:
        """Which file it is, and a number that SQLite changes whenever another connection has written into it."""
        return self._store.reopened, int(self._store.query("PRAGMA data_version")[0][0])
