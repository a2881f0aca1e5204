"""Reading many rows of the log, or a few by their place in it: they are numbered from 1, as they were written."""

from __future__ import annotations

import json
import sys
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from studytool.memory.events import Event
from studytool.memory.store.check import explained

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytool.memory.store.sqlite import Store

_COLUMNS = "id, ms, offset, device, sequence, kind, card, payload, version"
_AT_ONCE = 500
_PART = 5_000  # so few that the processor's cache holds them while they are worked on, and SQLite's their pages
_LONG = 10_000  # characters: with longer payloads a part's might be more than SQLite takes for one text
_LINE = "'\n'"  # as a word of SQL; `char(10)` would be worked out again for each row
_BULK = f"""
    SELECT group_concat(rowid, {_LINE}), group_concat(ms, {_LINE}), group_concat(offset, {_LINE}),
        group_concat(ifnull(card, ''), {_LINE}),
        group_concat(CASE WHEN length(payload) < {_LONG} THEN payload ELSE {_LINE} END, {_LINE})
    FROM events WHERE rowid BETWEEN ? AND ?"""
"""A row for each event would take twice the time: four objects and a tuple are made of each."""
_ODD = "SELECT rowid, kind, card IS NULL FROM events WHERE rowid BETWEEN ? AND ? AND (kind <> 'review' OR card IS NULL)"
_in_order = itemgetter(1, 3, 4, 0)  # `events.order` over a row


class Bulk(NamedTuple):
    """Rows of a log as columns: each one text with a line a row, or where texts have lines of their own, texts."""

    row: str
    ms: str
    offset: str
    card: Sequence[str] | str
    """Nothing where there is none."""
    payload: Sequence[str] | str
    odd: Sequence[tuple[int, str, bool]]
    """The rows that are no review, or have no card: of which kind each is, and whether it has none."""


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
        for first in range(1, self.last + 1, _PART):
            span = first, min(first + _PART - 1, self.last)
            row, ms, offset, card, payload = self._query(_BULK, span)[0]
            if row is None or row.count("\n") != span[1] - span[0]:
                raise ValueError("rows are missing")
            odd = self._query(_ODD, span)
            yield Bulk(row, ms, offset, self._even(card, "card", span), self._even(payload, "payload", span), odd)

    def _even(self, lines: str | None, column: str, span: tuple[int, int]) -> Sequence[str] | str:
        """The lines of a column, or its texts, where one has lines of its own or is too long."""
        if lines is not None and lines.count("\n") == span[1] - span[0]:
            return lines
        found = self._query(f"SELECT {column} FROM events WHERE rowid BETWEEN ? AND ? ORDER BY rowid", span)
        return [text or "" for (text,) in found]

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


def events_after(store: Store, row: int, until: int = sys.maxsize) -> list[Event]:
    """The events written after a row, up to another one, in the order of the log."""
    found = store.query(f"SELECT {_COLUMNS} FROM events WHERE rowid > ? AND rowid <= ?", (row, until))
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
