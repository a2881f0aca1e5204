"""Which files this process has open by SQLite: a descriptor of one that is closed beside it takes all its locks away.

So it is with the locks of POSIX, see https://www.sqlite.org/howtocorrupt.html, section 2.2: without them another
process takes itself for the last user of the log, and removes its journal.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_File = tuple[int, int]
"""The device and the number of a file."""
_lock = threading.Lock()
_open: Counter[_File] = Counter()


class Connection(sqlite3.Connection):
    """A connection whose file is known to be open until it is closed: see `holding`."""

    file: _File | None = None

    def close(self) -> None:
        super().close()
        with _lock:
            if self.file is not None:
                _open[self.file] -= 1
                self.file = None


def holding(connection: Connection, path: Path) -> Connection:
    """The connection, which is about to lock the file at `path` or has made it."""
    with _lock:
        if connection.file is None and (file := _file_at(path)):
            connection.file = file
            _open[file] += 1
    return connection


def first_bytes(path: Path, count: int) -> bytes | None:
    """The first bytes of a file; None where this process has it open. `OSError` where it cannot be read."""
    with _lock:
        if _open[_file_at(path) or (0, 0)]:
            return None
        with path.open("rb") as file:
            return file.read(count)


def _file_at(path: Path) -> _File | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
