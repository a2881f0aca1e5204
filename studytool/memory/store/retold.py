"""Answers that a log has from a table, and that lines of JSON now tell in full: they are to count once.

The event of the table stays, and is taken back by an undo that is the same whoever imports the two, in whatever log:
its id, like that of the event, is worked out from its content.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from studytool.memory.events import EVENT_VERSION, uuid7
from studytool.memory.store.lines import Row
from studytool.memory.store.raw import COLUMNS
from studytool.memory.store.tabular import DEVICE, changes_in, grade_of, place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studytool.memory.store.sqlite import Store
    from studytool.memory.store.tabular import Changes

_OF_TABLES = f"device = '{DEVICE}' AND kind = 'imported'"


class Retold:
    """Watches what comes into an open log. An answer is the same where card, millisecond and grade are.

    Only what the log has from tables before counts: where it was told in full already, nothing is taken back.
    """

    def __init__(self, store: Store) -> None:
        self._tabled = [Row(*row) for row in store.query(f"SELECT {COLUMNS} FROM events WHERE {_OF_TABLES}")]
        self._times = {row.ms for row in self._tabled}
        told = f"kind = 'review' AND ms IN (SELECT ms FROM events WHERE {_OF_TABLES})"
        self._there = [Row(*row) for row in store.query(f"SELECT {COLUMNS} FROM events WHERE {told}")]
        self._changing = list(store.rows(("undo", "relink"))) if self._tabled else []
        self._came: list[Row] = []
        self.answers = 0
        """How many were taken back."""

    def see(self, row: Row) -> None:
        """One more event that comes in."""
        if row.ms in self._times and row.kind == "review":
            self._came.append(row)
        elif self._tabled and row.kind in ("undo", "relink"):
            self._changing.append(row)

    def undos(self) -> Iterator[Row]:
        """The events that take back what was told in full since; to be asked once all has come."""
        if not self._came:
            return
        changes = changes_in(sorted({row.id: row for row in self._changing}.values(), key=place))
        there = {_answer(row, changes) for row in self._there}
        told = {_answer(row, changes) for row in self._came} - there
        for row in self._tabled:
            if changes.stands(row.id) and (answer := _answer(row, changes)) in told:
                told.discard(answer)
                self.answers += 1
                yield _undo(row)


def _answer(row: Row, changes: Changes) -> tuple[str, int, int | None]:
    return changes.key_of(row), row.ms, grade_of(row)


def _undo(row: Row) -> Row:
    digest = blake2b(f"undo\x1f{row.id}".encode(), digest_size=10).digest()
    payload = f'{{"event":"{row.id}","because":"retold"}}'
    return Row(
        uuid7(row.ms, digest), row.ms, row.offset, DEVICE, row.sequence, "undo", row.card, payload, EVENT_VERSION
    )
