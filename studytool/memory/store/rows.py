"""Reading many rows of the log, or a few by their place in it: they are numbered from 1, as they were written."""

from __future__ import annotations

import json
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from studytool.memory.events import Event
from studytool.memory.store.check import explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytool.memory.store.sqlite import Store

_COLUMNS = "id, ms, offset, device, sequence, kind, card, payload, version"
_AT_ONCE = 500
_PART = 20_000  # so few that the processor's cache holds them while they are worked on
_in_order = itemgetter(1, 3, 4, 0)  # `events.order` over a row


class Bulk(NamedTuple):
    """Rows of a log as columns."""

    ms: Sequence[int]
    offset: Sequence[int]
    kind: Sequence[str | None]
    """None for a review, of which there are most: so much less text to make."""
    card: Sequence[str | None]
    payload: Sequence[str]


class Rows:
    """The rows of a log up to one of them: of the file that is open now, also when another took its place since.

    Of the one before, where the store had been `reopened` so often when that was open.
    """

    def __init__(self, store: Store, last: int, reopened: int | None = None) -> None:
        self._store = store
        self._reopened = store.reopened if reopened is None else reopened
        self.last = last

    def event(self, id_: str) -> Event | None:
        """The event of this id; None where these rows have none that says anything."""
        found = self._query(f"SELECT {_COLUMNS} FROM events WHERE id = ? AND rowid <= ?", (id_, self.last))
        events = _events(self._store, found)
        return events[0] if events else None

    def events(self, rows: Sequence[int]) -> list[Event]:
        """The events of these rows, in the order of the log."""
        return _events(self._store, sorted(self._at(rows), key=_in_order))

    def ids(self, rows: Sequence[int]) -> list[str | None]:
        """The ids of these rows, None for a row that is not there."""
        found = dict(self._picked("rowid, id", "rowid", rows))
        return [found.get(row) for row in rows]

    def places(self, rows: Sequence[int]) -> dict[int, tuple[str, int, str]]:
        """What decides the order of these rows where their times are equal."""
        return {row: tuple(rest) for row, *rest in self._picked("rowid, device, sequence, id", "rowid", rows)}

    def find(self, ids: Sequence[str]) -> dict[str, int]:
        """The rows of these ids."""
        found = self._picked("id, rowid", "id", ids)
        return {id_: row for id_, row in found if row <= self.last}

    def parts(self) -> Iterator[Bulk]:
        """All of these rows in the order in which they were written, some thousands at a time.

        `ValueError` if one is missing in between, which no version of this program does to a log.
        """
        statement = (
            "SELECT ms, offset, CASE WHEN kind <> 'review' THEN kind END, card, payload FROM events "
            "WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        )
        for first in range(1, self.last + 1, _PART):
            last = min(first + _PART - 1, self.last)
            found = self._query(statement, (first, last))
            if len(found) != last - first + 1:
                raise ValueError("rows are missing")
            yield Bulk(*zip(*found, strict=True))

    def _at(self, rows: Sequence[int]) -> list[tuple[Any, ...]]:
        return self._picked(_COLUMNS, "rowid", rows)

    def _picked(self, columns: str, by: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        found = []
        for at in range(0, len(values), _AT_ONCE):
            some = list(values[at : at + _AT_ONCE])
            marks = ",".join("?" * len(some))
            found += self._query(f"SELECT {columns} FROM events WHERE {by} IN ({marks})", some)
        return found

    def _query(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return self._store.query(statement, values, self._reopened)


def events_after(store: Store, row: int) -> list[Event]:
    """The events written after a row, in the order of the log."""
    found = store.query(f"SELECT {_COLUMNS} FROM events WHERE rowid > ?", (row,))
    return _events(store, sorted(found, key=_in_order))


def _events(store: Store, rows: Sequence[tuple[Any, ...]]) -> list[Event]:
    """The events of rows, without those that hold no object and so say nothing."""
    found = []
    for id_, ms, offset, device, sequence, kind, card, payload, version in rows:
        try:
            told = json.loads(payload)
        except ValueError:
            raise explained(store.path, "Nothing was changed", f"event {id_} cannot be read") from None
        except RecursionError:  # it is kept, and says nothing
            continue
        if isinstance(told, dict):
            found.append(Event(id_, ms, offset, device, sequence, kind, card, told, version))
    return found
