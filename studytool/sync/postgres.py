"""The log shared by a PostgreSQL server: one table, a row an event, to which rows are only ever added.

Each row carries the transaction that wrote it. Numbers that count up would be given in one order and become visible in
another, so that a reader who remembers the highest could miss a lower one. Instead the reader remembers, with its view
of the table, the oldest transaction that was still under way (`pg_snapshot_xmin`): all that is older has ended and is
known; all that is not is read again next time. How many older rows there were is remembered and compared, too: a
database that was restored or made anew is read from its beginning.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from studytool.errors import StudytoolError
from studytool.memory.store.lines import Row, from_line, to_line
from studytool.sync.connection import PATIENCE, connected
from studytool.sync.marks import Marks, alone
from studytool.sync.outcome import Outcome, passable, take
from studytool.sync.rows import arrived
from studytool.sync.setup import IS_ANOTHERS, refuse_newer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studytool.memory.store.sqlite import Store
    from studytool.sync.connection import Server

_RECEIVED = 10_000
"""How many events are read and added to the log in one go."""
_SENT = 2_000
"""How many are sent in one transaction."""
_SETTLED = "SELECT count(*) FROM studytool.events WHERE learner = current_user::text AND xact < %s::text::xid8"
_NEW = """SELECT id, ms, "offset", device, sequence, kind, card, payload, version FROM studytool.events
    WHERE learner = current_user::text AND xact >= %s::text::xid8 AND xact <> ALL (%s::text[]::xid8[])"""
_ADD = """INSERT INTO studytool.events (id, ms, "offset", device, sequence, kind, card, payload, version)
    SELECT * FROM json_to_recordset(%s::text::json) AS sent(id text, ms bigint, "offset" integer, device text,
        sequence bigint, kind text, card text, payload text, version integer)
    ON CONFLICT DO NOTHING"""


def sync_postgres(store: Store, url: str, cache: Path, patience: float = PATIENCE) -> Outcome:
    """Bring the log and the learner's rows on the server to the union of their events.

    `StudytoolError` where the server fails or refuses, telling what was sent and received by then; all of that stays.
    `patience` is how many seconds a statement may take.
    """
    outcome = Outcome()

    def done() -> str:
        if not (outcome.sent or outcome.received):
            return "Nothing was sent or received; the log on this device is whole."
        return f"{outcome} so far; the rest goes with the next `studytool sync`. The log on this device is whole."

    with alone(store.path.parent), connected(url, done, patience) as server:
        table = _Table(server, store, outcome)
        with server.transaction(reading=True) as connection:
            database = refuse_newer(server)
            found = connection.execute(f"SELECT current_user::text, {IS_ANOTHERS}").fetchone()
            assert found is not None
            if found[1]:
                raise StudytoolError(
                    f"The events of {found[0]} on {server.place} are those of another role, which had that name "
                    f"before. {done()}",
                    "Its owner gives you another name or frees this one (docs/sync.md); where the database was moved "
                    "to another server, `studytool sync --setup URL` is enough.",
                )
            marks = Marks(cache, store, f"postgresql {server.place} {database} {found[:1]}")
            told = marks.load(store) or {}
            table.receive_since(told)
        start = (told["log"][0], told["log"][1]) if table.is_same else (0, "")
        try:
            for place in table.send(start):
                start = place
            if table.written:
                start = table.receive_meanwhile(start)
        finally:  # what was sent before the server went away needs no comparing
            marks.save(start, horizon=table.horizon, count=table.count)
    return outcome


class _Table:
    """The learner's rows on the server, during one synchronisation of the log with them."""

    def __init__(self, server: Server, store: Store, outcome: Outcome) -> None:
        self.server, self.store, self.outcome = server, store, outcome
        self.horizon, self.count = "0", 0
        """The oldest transaction that was under way at the last look, and how many rows there are of before it."""
        self.is_same = False
        """Whether the rows of before the last synchronisation's horizon are as many as they were then."""
        self.written: list[str] = []
        """The transactions in which rows were sent just now."""
        self._seen: set[str] = set()

    def receive_since(self, told: dict[str, Any]) -> None:
        """Take the rows that came after what is `told` of the last synchronisation; all where that cannot be right."""
        since, count = told.get("horizon"), told.get("count")
        if isinstance(since, str) and isinstance(count, int):
            self.is_same = self._settled(since) == count
        self._receive(str(since) if self.is_same else "0")

    def receive_meanwhile(self, start: tuple[int, str]) -> tuple[int, str]:
        """Take what others added while rows were sent, so that those sent need not be read next time.

        Returns the place in the log up to which all is on the server; it was `start` before.
        """
        with self.server.transaction(reading=True):
            self._receive(self.horizon)
        for place, row in arrived(self.store, start[0]):
            if row.id not in self._seen:
                break
            start = place, row.id
        return start

    def _receive(self, since: str) -> None:
        """Take the rows of the transactions from `since` on, but those written just now; look how many there are."""
        connection = self.server.connection
        found = connection.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text").fetchone()
        assert found is not None
        with connection.cursor("arrivals") as cursor:
            cursor.execute(_NEW, (since, self.written))
            while rows := cursor.fetchmany(_RECEIVED):
                batch = [Row(*row) for row in rows]
                take(self.store, list(_readable(batch, self.outcome)), self.outcome)
                self._seen.update(row.id for row in batch)
                self.server.alive()
        self.horizon, self.count = found[0], self._settled(found[0])

    def _settled(self, horizon: str) -> int:
        """How many rows there are of the transactions before `horizon`."""
        found = self.server.connection.execute(_SETTLED, (horizon,)).fetchone()
        return int(found[0]) if found else 0

    def send(self, start: tuple[int, str]) -> Iterator[tuple[int, str]]:
        """Send the events after the place `start` that were not received; each place up to which all is there."""
        while rows := arrived(self.store, start[0], _SENT):
            start = rows[-1][0], rows[-1][1].id
            new = (row for _, row in rows if row.id not in self._seen)
            # By id, so that two devices that send the same events wait for each other in one order.
            if batch := sorted(row for row in new if passable(row, self.outcome) is not None):
                with self.server.transaction() as connection:
                    told = json.dumps([row._asdict() for row in batch], ensure_ascii=False)
                    added = connection.execute(_ADD, (told,)).rowcount
                    found = connection.execute("SELECT pg_current_xact_id()::text").fetchone()
                self.outcome.sent += added
                self.written += found or ()
            yield start


def _readable(rows: list[Row], outcome: Outcome) -> Iterator[tuple[str, Row]]:
    """The rows that a log may hold, each with its place; others are told."""
    for row in rows:
        try:
            from_line(to_line(row))
        except ValueError as error:
            outcome.problems.append(f"Event {row.id} on the server was left out: {error}.")
        else:
            yield "On the server", row
