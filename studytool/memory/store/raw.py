"""The rows of a log's file, read beside whatever has it open and changing nothing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from studytool.memory.store.check import explained
from studytool.memory.store.lines import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

COLUMNS = "id, ms, offset, device, sequence, kind, card, payload, version"
"""Those of the table of events, in the order of a `Row`."""
_STEP = 1000
"""Rows that are held at a time."""


def open_to_read(path: Path, wait: float = 5.0) -> sqlite3.Connection:
    """A connection of its own that writes nothing; `wait` is how many seconds to wait for another program.

    `sqlite3.Error` where the file cannot be read.
    """
    # What a crash left in the journal stays there. Without such, SQLite may clean up behind itself when it closes; and
    # where nothing can be written, nobody else writes.
    journal = f"{path}-wal"
    if os.path.exists(journal) and os.path.getsize(journal):  # unlike Path.exists, no error where it may not look
        mode = "ro"
    else:
        mode = "rw" if os.access(path.parent, os.W_OK) else "ro&immutable=1"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait, isolation_level=None
    )
    connection.execute("PRAGMA query_only = ON")
    return connection


def rows_of(path: Path, kinds: Sequence[str] = (), *, as_written: bool = False) -> Iterator[Row]:
    """All events of a log in its order (time, device, sequence), as one view: what is appended meanwhile is not there.

    Only those of `kinds` where they are given; `as_written` in the order in which they came into the file. Few are held
    at a time. `StudytoolError` where the file cannot be read.
    """
    try:
        with closing(open_to_read(path)) as connection:
            yield from rows_in(connection, kinds, as_written=as_written)
    except sqlite3.Error as error:
        raise explained(path, "Nothing was changed", error) from error


def rows_in(connection: sqlite3.Connection, kinds: Sequence[str] = (), *, as_written: bool = False) -> Iterator[Row]:
    """The same, through a connection that is open."""
    where = f"WHERE kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    order = "rowid" if as_written else "ms, device, sequence, id"
    found = connection.execute(f"SELECT {COLUMNS} FROM events {where} ORDER BY {order}", kinds)
    while many := found.fetchmany(_STEP):
        for row in many:
            yield Row(*row)
