"""Making a log fit to be used: checked, its tables brought up to date, durable, under this machine's name."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError
from studytool.memory.store.check import code_of, explained
from studytool.memory.store.machine import fingerprint
from studytool.memory.store.schema import APPLICATION_ID, MIGRATIONS, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def prepared(path: Path, connection: sqlite3.Connection, wait: float) -> str:
    """Check and bring up to date what was opened; returns the device's name."""
    connection.execute("BEGIN")  # one view of the file: another window may be making its tables just now
    version = version_of(path, connection)
    connection.execute("COMMIT")
    if version < VERSION:
        with writing(connection):
            version = version_of(path, connection)  # another window may have been faster
            for number in range(version, VERSION):
                for statement in MIGRATIONS[number]:
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("INSERT OR IGNORE INTO meta VALUES ('device', ?)", (os.urandom(8).hex(),))
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        _use_wal(connection, wait)
    connection.execute("PRAGMA synchronous = FULL")
    found = connection.execute("SELECT value FROM meta WHERE name = 'device'").fetchone()
    if found is None:
        raise explained(path, "Nothing was changed", "the name of its device is missing")
    return _named(connection, fingerprint(path.parent), str(found[0]))


def _named(connection: sqlite3.Connection, machine: str, first: str) -> str:
    """The name of the device that the log has on this machine; `first` is the one of the machine it was made on.

    Two copies of one log under one name would both write what only one may write, and number alike. Each machine's
    name is kept, so that a log that goes to and fro has one name on each of them.
    """
    query, mine = "SELECT value FROM meta WHERE name = ?", f"device {machine}"
    found = connection.execute(query, (mine,)).fetchone()
    if found is None:
        with writing(connection):
            others = connection.execute("SELECT COUNT(*) FROM meta WHERE name GLOB 'device *'").fetchone()[0]
            name = os.urandom(8).hex() if others else first
            connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (mine, name))
        found = connection.execute(query, (mine,)).fetchone()
    return str(found[0])


def version_of(path: Path, connection: sqlite3.Connection) -> int:
    """The version of the tables, 0 for an empty file; `StudytoolError` where this program must not touch them."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if application != APPLICATION_ID and (tables or version):
        raise StudytoolError(
            f"{path} is a database of another program. Nothing was changed.",
            "Move that file elsewhere, or choose another folder with STUDYTOOL_DATA.",
        )
    if version > VERSION:
        raise StudytoolError(
            f"{path} was written by a newer version of studytool (its tables are version {version}, this program knows "
            f"{VERSION}). Nothing was changed.",
            "Update studytool with `pip install --upgrade studytool`.",
        )
    if version and not {"meta", "events"} <= tables:
        raise explained(path, "Nothing was changed", "its tables are missing")
    return version


def _use_wal(connection: sqlite3.Connection, wait: float) -> None:
    """Switch to write-ahead logging, once in the life of a file. SQLite does not wait here by itself."""
    from time import monotonic, sleep

    end = monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if code_of(error) != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
            sleep(0.02)


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """A transaction that holds the right to write from its start, so that no two windows read the same number."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
