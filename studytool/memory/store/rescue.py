"""A new log from what there is: the present one, whole or damaged, and a backup. What it replaces is set aside."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError
from studytool.memory.store import adrift, backup
from studytool.memory.store.lines import Row, from_line, to_line
from studytool.memory.store.pages import Pages
from studytool.memory.store.raw import COLUMNS, open_to_read, rows_of
from studytool.memory.store.schema import VERSION
from studytool.memory.store.sqlite import Store, open_store
from studytool.memory.store.tabular import DEVICE
from studytool.memory.store.transfer import Trouble, sound

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PATIENCE = 20_000
"""Failed readings after which SQLite is asked no more; the pages are read without it anyhow."""
_ALIKE = 8
"""So many events of one number are compared; those of tables all have the same few, but their ids are made of them."""
_SHARED = 0x4000_0002, 510
"""The bytes of a database that whoever has it open holds a lock on (SQLite's file format, "locking")."""


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What became of a log that was rescued or restored."""

    events: int
    """All that the new log holds."""
    from_log: int
    """Those of the log as it was; the backup may have some of them too."""
    from_backup: int
    """Those that only the backup had."""
    missing: int
    """Numbers of events that are known to have been and are not there; events beyond the last are not known of."""
    left_out: int
    """Events of the log that no program can read: they are in the file that was set aside."""
    aside: Path | None
    """Where the log as it was lies now."""
    backup: Path | None


def is_sound(path: Path) -> bool:
    """Whether the file is a log of this version without damage to its structure."""
    try:
        with closing(open_to_read(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            return not backup.problem_of(connection) and 0 < version <= VERSION
    except (sqlite3.Error, OSError):
        return False


def fullest_sound(folder: Path) -> Path | None:
    """The backup of the log in `folder` that holds most events of those not damaged; of several the latest."""
    return max(filter(is_sound, backup.backups(folder)), key=backup.size, default=None)


def rebuild(folder: Path, from_backup: Path | None, when: str) -> Rebuilt:
    """Put a new log in the place of that in `folder`, with all events of it and of a backup that can be read.

    `when` becomes part of the name under which the present one is set aside, with its journal. It is not changed, and
    the new log takes its place only when it is complete and checked. `StudytoolError` where that cannot be done.
    """
    path = folder / "reviews.db"
    for left in folder.glob(".reviews-new-*"):
        shutil.rmtree(left, ignore_errors=True)
    work = folder / f".reviews-new-{secrets.token_hex(4)}"
    try:
        with _unused(path):
            pass
        told = _united(path, work, from_backup)
        aside = _swap(path, work / "reviews.db", when, "replaced" if told.whole else "damaged")
        if told.whole and aside:
            _take_what_came_late(folder, aside, told.read)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise StudytoolError(
            f"The log {path} could not be replaced: {reason}. It is as it was.",
            "See that the folder can be written to and has room.",
        ) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    seen = len(told.seen)
    return Rebuilt(
        told.events,
        seen,
        told.events - seen,
        told.missing,
        told.left_out + len(told.strange - told.seen),
        aside,
        from_backup,
    )


@dataclass(slots=True)
class _Union:
    """How a new log was put together."""

    whole: bool
    read: int = 0
    """The size of the old log when it was read."""
    events: int = 0
    missing: int = 0
    left_out: int = 0
    seen: set[str] = field(default_factory=set)
    """The ids of what was read of the old log."""
    strange: set[str] = field(default_factory=set)
    """The ids of what was found there and is no event."""


def _united(path: Path, work: Path, from_backup: Path | None) -> _Union:
    """Make the new log in the folder `work`."""
    told = _Union(whole=is_sound(path))
    if told.whole:
        open_store(path.parent).close()  # merges what a crash left in the journal: the file alone is the log then
        if os.path.exists(f"{path}-wal") and os.path.getsize(f"{path}-wal"):
            raise StudytoolError(f"The journal of {path} cannot be merged into it.", "Make room on that disk.")
    new = open_store(work)
    try:
        if from_backup is not None:
            new.merge_rows(rows_of(from_backup, as_written=True))
        if told.whole:
            told.read = backup.size(path)
            new.merge_rows(_readable_of(rows_of(path, as_written=True), told))
            _name_device(new, path)
        else:
            for source in (path, *_halfway(path)):
                for rows in (_readable(source), map(Row._make, Pages(source).records(len(Row._fields)))):
                    new.merge_rows(_events(rows, told, new))
            told.missing = _missing(new, path)
        # From here on it is one file: on a disk without room, part of it could stay behind in its journal.
        new._connection.execute("PRAGMA journal_mode = DELETE")
        told.events = new._connection.execute("SELECT COUNT(*) FROM events").fetchone()[0]
        if problem := backup.problem_of(new._connection):
            raise StudytoolError(f"The new log is damaged at once: {problem}. Nothing was changed.", "Check the disk.")
    finally:
        new.close()
    return told


def _readable_of(rows: Iterable[Row], told: _Union) -> Iterator[Row]:
    """The rows of a log without damage; those whose payload is no JSON object are noted and left where they are."""
    trouble = Trouble()
    for many in sound(rows, trouble):
        told.seen.update([row.id for row in many])
        yield from many
    told.left_out = trouble.count


def _events(rows: Iterable[Row], told: _Union, new: Store) -> Iterator[Row]:
    """The rows that are events, but those that `new` has from a backup and whose id is damaged; all are noted."""
    for row in rows:
        if _is_event(row) and not _has_twin(row, new):
            told.seen.add(row.id)
            yield row
        else:
            told.strange.add(str(row.id))


def _is_event(row: Row) -> bool:
    """Whether these are the values of an event, and not what damage made of them."""
    try:
        words = (row.id, row.device, row.kind)
        return all(word.isprintable() for word in words) and bool(from_line(to_line(row)))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return False


def _has_twin(row: Row, new: Store) -> bool:
    """Whether another event of `new` differs from this one in nothing but the id."""
    query = f"SELECT {COLUMNS} FROM events WHERE device = ? AND sequence = ? LIMIT {_ALIKE}"
    found = new._connection.execute(query, (row.device, row.sequence))
    return any(one[0] != row.id and one[1:] == row[1:] for one in found)


def _readable(path: Path) -> Iterator[Row]:
    """What SQLite can still read of a damaged log, by ranges of rows that are halved where it fails."""
    with suppress(sqlite3.Error, OSError), closing(open_to_read(path)) as connection:
        last = connection.execute("SELECT MAX(rowid) FROM events").fetchone()[0]
        ranges, failed = [(1, last or 0)], 0
        while ranges and failed < _PATIENCE:
            low, high = ranges.pop()
            try:
                for number, *values in connection.execute(
                    f"SELECT rowid, {COLUMNS} FROM events WHERE rowid BETWEEN ? AND ? ORDER BY rowid", (low, high)
                ):
                    yield Row(*values)
                    low = number + 1
            except sqlite3.DatabaseError:
                failed += 1
                middle = (low + high) // 2
                if low < high:
                    ranges += [(middle + 1, high), (low, middle)]


def _missing(new: Store, path: Path) -> int:
    """How many numbers of events, each device's from 1, are not in the new log though later ones are.

    Those go with them that are later than all there are, and named in the old log's index.
    """
    found = new._connection.execute(
        "SELECT device, MAX(sequence), COUNT(DISTINCT sequence) FROM events WHERE device <> ? AND sequence > 0 "
        "GROUP BY device",
        (DEVICE,),
    ).fetchall()
    lasts = {device: last for device, last, _ in found}
    beyond: set[tuple[str, int]] = set()
    for device, number, row in Pages(path).records(3):
        if not (isinstance(device, str) and isinstance(number, int) and isinstance(row, int)):
            continue
        if number > lasts.get(device, number):
            beyond.add((device, number))
    return len(beyond) + sum(int(last - count) for _, last, count in found)


def _halfway(path: Path) -> list[Path]:
    """Where a rescue that was interrupted has set the log aside already: the same file, or the only one left."""
    found = sorted(path.parent.glob("reviews-damaged-*.db"))
    return [one for one in found if not path.exists() or one.samefile(path)]


def _name_device(new: Store, path: Path) -> None:
    """Let the log go on under its names, one a machine; those of which events are missing might number twice."""
    with closing(open_to_read(path)) as connection:
        named = "SELECT name, value FROM meta WHERE name = 'device' OR name GLOB 'device *'"
        found = connection.execute(named).fetchall()
    whole = "SELECT COUNT(DISTINCT sequence) = COALESCE(MAX(sequence), 0) FROM events WHERE device = ?"
    kept = [(name, device) for name, device in found if new._connection.execute(whole, (device,)).fetchone()[0]]
    if kept:
        new._connection.execute("DELETE FROM meta WHERE name GLOB 'device *'")
        new._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", kept)


@contextmanager
def _unused(path: Path) -> Iterator[None]:
    """Keep every other program from opening the log; `StudytoolError` where one has it open."""
    try:
        file = path.open("r+b")
    except FileNotFoundError:
        yield
        return
    with file:
        try:
            start, length = _SHARED
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
        except (BlockingIOError, PermissionError):
            raise StudytoolError(
                f"Another program has the review log {path} open. Nothing was changed.",
                "Close all other windows of studytool, and try again.",
            ) from None
        yield


def _swap(path: Path, new: Path, when: str, why: str) -> Path | None:
    """Set the log at `path` aside, with what is beside it, and put `new` in its place. At no time is there no log."""
    aside = path.with_name(f"reviews-{why}-{when}.db")
    number = 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"reviews-{why}-{when}-{number}.db")
    with _unused(path):
        if path.exists():
            try:
                os.link(path, aside)
            except OSError:  # a disk without links
                shutil.copy2(path, aside)
        for ending in adrift.BESIDE:
            if os.path.exists(f"{path}{ending}"):
                os.rename(f"{path}{ending}", f"{aside}{ending}")
        os.replace(new, path)
        adrift.sync_folder(path.parent)
    return aside if aside.exists() or os.path.exists(f"{aside}-wal") else None


def _take_what_came_late(folder: Path, aside: Path, read: int) -> None:
    """Add what another window wrote between the reading of the log and its replacement."""
    if backup.size(aside) > read:
        store = open_store(folder)
        try:
            store.merge_rows(rows_of(aside))
        finally:
            store.close()
