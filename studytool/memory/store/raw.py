"""The rows of a log's file, read beside whatever has it open and changing nothing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from studytool.memory.store.check import explained, is_writable
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

    `sqlite3.Error` where the file cannot be read. It may be used by several threads, one at a time.
    """
    # What a crash left in the journal stays there. Without such, SQLite may clean up behind itself when it closes; and
    # where nothing can be written, it is to look for no journal: it could make none.
    journal, can_write = f"{path}-wal", is_writable(path)
    mode = "rw" if can_write else "ro&immutable=1"
    if os.path.exists(journal) and os.path.getsize(journal):  # unlike Path.exists, no error where it may not look
        mode = "ro"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA query_only = ON")
        if mode == "ro" and not can_write:
            connection.execute("SELECT 1 FROM sqlite_schema")
    except sqlite3.OperationalError as error:
        connection.close()
        if can_write or error.sqlite_errorcode & 0xFF not in _WANTS_TO_WRITE:
            raise
        return _copied(path)
    except BaseException:
        connection.close()
        raise
    return connection


_WANTS_TO_WRITE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def _copied(path: Path) -> sqlite3.Connection:
    """What the log and a journal beside it hold, in a file without a name.

    SQLite reads a journal only with the help of a third file, which it cannot make where nothing can be written.
    """
    import shutil
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="studytool-") as folder:
        for ending in ("", "-wal"):
            shutil.copyfile(f"{path}{ending}", os.path.join(folder, f"log{ending}"))
        found = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        with closing(sqlite3.connect(os.path.join(folder, "log"))) as copy:
            copy.backup(found)
    return found


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
