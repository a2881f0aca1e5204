"""What every file of a library yielded, kept in the user's cache: a SQLite file that may be deleted at any time."""

from __future__ import annotations

import contextlib
import marshal
import os
import sqlite3
import threading
import weakref
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from hashlib import blake2b
from pathlib import Path

from studytool.notes.walk import Stamp

_SCHEMA = """
CREATE TABLE IF NOT EXISTS catalogue (id INTEGER PRIMARY KEY CHECK (id = 1), version TEXT, content BLOB) STRICT;
CREATE TABLE IF NOT EXISTS note (path BLOB, digest BLOB, packed BLOB, PRIMARY KEY (path, digest)) STRICT, WITHOUT ROWID;
"""
_BUSY_MS = 500
"""How long another studytool may hold the file; after that this one does without."""

_SUM = 4
"""Bytes of the checksum before the catalogue: enough to tell a damaged file, which SQLite may not."""

Head = tuple[str, bytes, str, bytes, bytes, bool]
"""What is known of a note without making it: its absolute path, the digest of its content, the name of its topic, the
topic itself, packed, the keys of its cards one after another, 16 bytes each, and whether one of them carries another
program's schedule."""


@dataclass(slots=True)
class Catalogue:
    """All of a library but the texts of its cards: enough to see what has changed and to plan a study."""

    files: dict[str, Stamp] = field(default_factory=dict)
    heads: list[Head] = field(default_factory=list)
    """In study order."""
    troubles: dict[str, tuple[str, str, str, int]] = field(default_factory=dict)
    """Files that were read and yielded nothing: code, message, hint and line of what is wrong with them."""
    separators: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What the schedules in some notes show to part the sides of cards."""
    manner: str = ""
    """How the vault's plugins were taken to be set when the notes were read."""
    unsure: tuple[str, ...] = ()
    """Files changed so shortly before they were read that a later change might bear the same time."""


def digest_of(content: bytes) -> bytes:
    """The name of a file's content: BLAKE2b-128."""
    return blake2b(content, digest_size=16).digest()


class Index:
    """The index of one library; `Index(None)` lives in memory. Safe to use from several threads."""

    def __init__(self, path: Path | None, version: str) -> None:
        self.version = version
        self._lock = threading.Lock()
        self._path = path
        self._database = self._open()
        self.close = weakref.finalize(self, self._database.close)
        """Close the file; done when nobody holds the index any more, too."""

    def _open(self) -> sqlite3.Connection:
        if self._path is not None:
            for _ in range(2):
                try:
                    self._path.parent.mkdir(parents=True, exist_ok=True)
                    return _connect(str(self._path))
                except sqlite3.OperationalError:
                    break  # another studytool holds it, or it cannot be written: go on without
                except sqlite3.DatabaseError:  # damaged: it holds nothing that is not in the notes
                    self._forget()
                except OSError:
                    break
        return _connect(":memory:")

    def _forget(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                os.unlink(f"{self._path}{ending}")

    def catalogue(self) -> Catalogue | None:
        """What was stored last, or None when there is nothing, or nothing that this version can read."""
        try:
            with self._lock:
                row = self._database.execute("SELECT version, content FROM catalogue").fetchone()
            if row is None or row[0] != self.version:
                return None
            told = memoryview(row[1])
            if zlib.crc32(told[_SUM:]).to_bytes(_SUM, "big") != told[:_SUM]:
                return None
            return Catalogue(*marshal.loads(told[_SUM:]))
        except (sqlite3.Error, ValueError, EOFError, TypeError):
            return None

    def note(self, path: str, digest: bytes) -> bytes | None:
        """The packed note that this content of this file yielded."""
        try:
            with self._lock:
                row = self._database.execute(
                    "SELECT packed FROM note WHERE path = ? AND digest = ?", (os.fsencode(path), digest)
                ).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row else None

    def add(self, notes: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Store packed notes: path, digest of the content, note. One that cannot be stored is read again."""
        rows = ((os.fsencode(path), digest, packed) for path, digest, packed in notes)
        with contextlib.suppress(sqlite3.Error), self._lock, self._database:
            self._database.executemany("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", rows)

    def store(self, catalogue: Catalogue, changed: Sequence[tuple[str, bytes]] = (), gone: Sequence[str] = ()) -> None:
        """Store the catalogue; drop what older contents of `changed` files (path, digest) and `gone` ones yielded."""
        told = marshal.dumps(tuple(getattr(catalogue, one.name) for one in fields(catalogue)))
        checksum = zlib.crc32(told).to_bytes(_SUM, "big")
        # A full disk, or another studytool at work, costs the next start its speed and nothing else.
        with contextlib.suppress(sqlite3.Error), self._lock, self._database:
            self._database.execute("INSERT OR REPLACE INTO catalogue VALUES (1, ?, ?)", (self.version, checksum + told))
            stale = ((os.fsencode(path), digest) for path, digest in changed)
            self._database.executemany("DELETE FROM note WHERE path = ? AND digest <> ?", stale)
            self._database.executemany("DELETE FROM note WHERE path = ?", ((os.fsencode(path),) for path in gone))


def _connect(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_BUSY_MS / 1000, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")  # a cache: what a crash costs is read again
        database.executescript(_SCHEMA)
    except sqlite3.Error:
        database.close()
        raise
    return database
