"""The rows of a log's file, read beside whatever has it open and changing nothing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

from studytool.memory.store.check import code_of, explained, has_content, is_writable
from studytool.memory.store.held import Connection, holding
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
    has_journal, can_write = has_content(f"{path}-wal"), is_writable(path)
    mode = "ro" if has_journal else "rw" if can_write else _NO_JOURNAL
    connection = _connected(path, mode, wait)
    try:
        connection.execute("PRAGMA query_only = ON")
        if mode != _NO_JOURNAL:
            connection.execute("SELECT 1 FROM sqlite_schema")
    except sqlite3.Error as error:
        connection.close()
        if has_no_room(error) or (not can_write and code_of(error) in _WANTS_TO_WRITE):
            return _copied(path) if has_journal else _connected(path, _NO_JOURNAL, wait)
        raise
    return connection


_NO_JOURNAL = "ro&immutable=1"
_WANTS_TO_WRITE = (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)


def has_no_room(error: sqlite3.Error) -> bool:
    """Whether SQLite could not write what it needs even to read: a full disk, or one that fails."""
    return code_of(error) in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def _connected(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    found = sqlite3.connect(
        uri, uri=True, timeout=wait, isolation_level=None, check_same_thread=False, factory=Connection
    )
    return holding(found, path)


def _copied(path: Path) -> sqlite3.Connection:
    """What the log and a journal beside it hold, in a file without a name.

    SQLite reads a journal only with the help of a third file, which it cannot make where nothing can be written.
    """
    import shutil
    from tempfile import TemporaryDirectory

    try:
        with TemporaryDirectory(prefix="studytool-") as folder:
            for ending in ("", "-wal"):
                shutil.copyfile(f"{path}{ending}", os.path.join(folder, f"log{ending}"))
            with closing(sqlite3.connect(os.path.join(folder, "log"))) as copy, ExitStack() as unless_whole:
                found = sqlite3.connect("", isolation_level=None, check_same_thread=False)
                unless_whole.callback(found.close)
                copy.backup(found)
                unless_whole.pop_all()
                return found
    except OSError as error:
        raise sqlite3.OperationalError(f"to read it, a copy is needed, and cannot be made: {error.strerror}") from error


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
