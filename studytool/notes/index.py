"""What every file of a library yielded, kept in the user's cache: a SQLite file that may be deleted at any time."""

from __future__ import annotations

import contextlib
import marshal
import os
import sqlite3
import threading
import time
import weakref
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path

from studytool.notes.identity import digest_of
from studytool.notes.lazy import cached_property
from studytool.notes.walk import Listing, Scan, Stamp

_SCHEMA = """
CREATE TABLE IF NOT EXISTS catalogue (id INTEGER PRIMARY KEY CHECK (id = 1), version TEXT, content BLOB) STRICT;
CREATE TABLE IF NOT EXISTS note (
  path BLOB, digest BLOB, manner BLOB, packed BLOB, left INTEGER, PRIMARY KEY (path, digest, manner)
) STRICT;
"""
_SHAPE = 5
"""The version of the tables."""
_KEPT = 86_400
"""Seconds for which a note that was replaced is kept."""
_SEASON = 90 * 86_400
_BUSY_MS = 500
"""How long another studytool may hold the file; after that this one does without."""

_SUM = 4
"""Bytes of the checksum before the catalogue: enough to tell a damaged file, which SQLite may not."""

KEY_BYTES = 16
"""Bytes of a card's key."""
Head = tuple[str, bytes, str, bytes, bytes, bool, bytes, str]
"""What is known of a note without making it: its absolute path, the digest of its content, the title of its topic, the
topic itself, packed, the keys of its cards one after another, `KEY_BYTES` each, whether one of them carries another
program's schedule, which of them share a text (`Note.siblings`), 4 bytes each, nothing where none does, and the folder
that tells its topic from others of its title (`Topic.folder`)."""


@dataclass
class Catalogue:
    """All of a library but the texts of its cards: enough to see what has changed and to plan a study."""

    listing: Listing = field(default_factory=Listing)
    """The files as they were stored; what has changed since is in `files` alone."""
    heads: list[Head] = field(default_factory=list)
    """In study order."""
    troubles: dict[str, tuple[str, str, str, int]] = field(default_factory=dict)
    """Files that were read and yielded nothing: code, message, hint and line of what is wrong with them."""
    separators: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What the schedules in some notes show to part the sides of cards."""
    manner: str = ""
    """How the vault's plugins were taken to be set when the notes were read."""
    graphs: tuple[str, ...] = ()
    """The graphs of Logseq that notes were taken to lie in."""
    unsure: tuple[str, ...] = ()
    """Files changed so shortly before they were read that a later change might bear the same time."""

    @cached_property
    def files(self) -> dict[str, Stamp]:
        """The stamp of each file that was read."""
        return self.listing.files()

    def holds(self, found: Scan) -> bool:
        """Whether its files are those that a scan has found, as they are now."""
        if "files" not in self.__dict__ and self.listing == found.listing:
            return "files" not in found.__dict__ or self.files == found.files
        return self.files == found.files

    def list_as(self, order: Iterable[str]) -> None:
        """List its files in this order, in which the next scan will meet them, and any others after them."""
        own = {path: path for path in self.files}  # the very values that stand in the heads: written once
        paths = [own.pop(path) for path in order if path in own]
        paths += own
        self.listing = Listing.of(paths, [number for path in paths for number in self.files[path]])


class Index:
    """The index of one library; `Index(None)` lives in memory. Safe to use from several threads.

    What cannot be written to the file is held in memory: it costs the next start its speed and nothing else.
    """

    def __init__(self, path: Path | None, version: str) -> None:
        self.version = version
        self._read_as = digest_of(version.encode())
        self._lock = threading.Lock()
        self._path = path
        self._held: dict[tuple[bytes, bytes], bytes] = {}
        self._swept = False
        """Whether all rows have been looked through for what may go."""
        self._database = self._open()
        self._finalizer = weakref.finalize(self, self._database.close)

    def _open(self) -> sqlite3.Connection:
        if self._path is not None:
            for _ in range(2):
                try:
                    self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # it holds the texts of cards
                    if not self._path.exists():
                        _prune(self._path.parent)
                    return _connect(str(self._path))
                except sqlite3.OperationalError:
                    break  # another studytool holds it, or it cannot be written: go on without
                except sqlite3.DatabaseError:  # damaged or of another version: all of it is in the notes
                    self._forget()
                except OSError:
                    break
        return _connect(":memory:")

    def _forget(self) -> None:
        for ending in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                os.unlink(f"{self._path}{ending}")

    @contextlib.contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        """The open file, for one transaction; a damaged one is put away, and the notes are read again in time."""
        with self._lock:
            try:
                with self._database:
                    yield self._database
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self._finalizer()
                self._forget()
                self._database = self._open()
                self._finalizer = weakref.finalize(self, self._database.close)
                raise

    def catalogue(self) -> Catalogue | None:
        """What was stored last, or None when there is nothing, or nothing that this version can read."""
        try:
            with self._using() as database:
                database.execute("BEGIN")  # the version is that of the content, whoever writes meanwhile
                row = database.execute("SELECT version FROM catalogue").fetchone()
                if row is None or row[0] != self.version:
                    return None
                # a row would be put together from its pages and copied, five times as long for a megabyte
                with database.blobopen("catalogue", "content", 1, readonly=True) as content:
                    told = memoryview(content.read())
            if zlib.crc32(told[_SUM:]).to_bytes(_SUM, "big") != told[:_SUM]:
                return None
            listing, *others = marshal.loads(told[_SUM:])
            return Catalogue(Listing(*listing), *others)
        except (sqlite3.Error, ValueError, EOFError, TypeError):
            return None

    def note(self, path: str, digest: bytes) -> bytes | None:
        """The packed note that this content of this file yielded."""
        name = os.fsencode(path)
        if packed := self._held.get((name, digest)):
            return packed
        try:
            with self._using() as database:
                wanted = (name, digest, self._read_as)
                row = database.execute(
                    "SELECT packed FROM note WHERE path = ? AND digest = ? AND manner = ?", wanted
                ).fetchone()
        except sqlite3.Error:
            return None
        return row[0] if row else None

    def add(self, notes: Iterable[tuple[str, bytes, bytes]]) -> None:
        """Store packed notes: path, digest of the content, note."""
        rows = [(os.fsencode(path), digest, packed) for path, digest, packed in notes]
        if not self._held:
            try:
                with self._using() as database:
                    self._insert(database, rows)
                return
            except sqlite3.Error:  # another studytool is writing: once all is read is soon enough to try again
                pass
        self._held.update(((path, digest), packed) for path, digest, packed in rows)

    def _insert(self, database: sqlite3.Connection, rows: Iterable[tuple[bytes, bytes, bytes]]) -> None:
        database.executemany(
            "INSERT OR REPLACE INTO note (path, digest, manner, packed) VALUES (?, ?, ?, ?)",
            ((path, digest, self._read_as, packed) for path, digest, packed in rows),
        )

    def store(self, catalogue: Catalogue, changed: Sequence[tuple[str, bytes]] = (), gone: Sequence[str] = ()) -> None:
        """Store the catalogue; what older contents of `changed` (path, digest) and `gone` files yielded goes later.

        Another studytool that is open may still show that: it is dropped after a day, by whoever opens the index then.
        """
        listing, *others = (getattr(catalogue, one.name) for one in fields(catalogue))
        told = marshal.dumps((tuple(listing), *others))
        checksum = zlib.crc32(told).to_bytes(_SUM, "big")
        now = int(time.time())
        stale = ((now, os.fsencode(path), digest) for path, digest in changed)
        lost = ((now, os.fsencode(path)) for path in gone)
        with contextlib.suppress(sqlite3.Error), self._using() as database:
            self._insert(database, ((path, digest, packed) for (path, digest), packed in self._held.items()))
            database.execute("INSERT OR REPLACE INTO catalogue VALUES (1, ?, ?)", (self.version, checksum + told))
            database.executemany("UPDATE note SET left = ? WHERE path = ? AND digest <> ? AND left IS NULL", stale)
            database.executemany("UPDATE note SET left = ? WHERE path = ? AND left IS NULL", lost)
            if not self._swept:  # they look at every row: not after every edit
                database.execute("UPDATE note SET left = ? WHERE manner <> ? AND left IS NULL", (now, self._read_as))
                database.execute("DELETE FROM note WHERE left < ?", (now - _KEPT,))
                self._swept = True

    def close(self) -> None:
        """Close the file; done when nobody holds the index any more, too."""
        self._finalizer()


def _prune(folder: Path) -> None:
    """Delete indexes that nobody has used for a season."""
    with contextlib.suppress(OSError):
        for entry in os.scandir(folder):
            if entry.name.endswith(".sqlite") and entry.stat().st_mtime < time.time() - _SEASON:
                for ending in ("", "-wal", "-shm"):
                    with contextlib.suppress(OSError):
                        os.unlink(entry.path + ending)


def _connect(path: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_BUSY_MS / 1000, check_same_thread=False)
    try:
        shape = database.execute("PRAGMA user_version").fetchone()[0]
        if shape != _SHAPE and database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise sqlite3.DatabaseError("an index of another version")
        database.execute("PRAGMA page_size = 16384")  # most notes on one page: written in half the time
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = OFF")  # a cache: what a crash costs is read again
        database.executescript(f"{_SCHEMA} PRAGMA user_version = {_SHAPE};")
    except sqlite3.Error:
        database.close()
        raise
    return database


@lru_cache(maxsize=1)
def sources() -> str:
    """What changes when the program that reads notes does, so that an index of an older one is not believed."""
    folder = os.path.dirname(__file__)
    newest = number = 0
    for place in (folder, os.path.join(folder, "dialects")):
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.name.endswith(".py"):
                    number += 1
                    newest = max(newest, entry.stat().st_mtime_ns)
    return f"{number} {newest}"
