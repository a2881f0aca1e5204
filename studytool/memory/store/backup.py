"""Backups of the log beside it: one a day, `backups/reviews-2026-11-21.db`, the last seven kept.

A second one of a day replaces the first only where it holds all of its events; else it is `reviews-2026-11-21-2.db`.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError
from studytool.memory.store.adrift import BESIDE, sync_folder
from studytool.memory.store.raw import open_to_read
from studytool.memory.store.schema import APPLICATION_ID

if TYPE_CHECKING:
    from datetime import date

KEPT = 7
_STALE = 3600
"""Seconds after which a part of a backup belongs to no program that is still at it."""
_NAME = re.compile(r"reviews-(\d{4}-\d\d-\d\d)(?:-(\d{1,6}))?\.db")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup, and how many events it holds."""

    path: Path
    events: int


def backups(folder: Path) -> list[Path]:
    """The backups of the log in `folder`, the latest first."""
    try:
        found = [name for name in os.listdir(folder / "backups") if _NAME.fullmatch(name)]
    except OSError:
        return []
    return [folder / "backups" / name for name in sorted(found, key=_order, reverse=True)]


def _order(name: str) -> tuple[str, int, str]:
    """By day, and those of one day by their numbers."""
    found = _NAME.fullmatch(name)
    return (found[1], int(found[2] or 1), name) if found else ("", 0, name)


def is_due(folder: Path, today: date) -> bool:
    """Whether the log has grown since its last backup, and there is none of `today`. Takes less than a millisecond."""
    return not _of_day(folder, today) and has_grown(folder)


def has_grown(folder: Path) -> bool:
    """Whether the log in `folder` holds events, and another number of them than its last backup."""
    known, now = backups(folder), size(folder / "reviews.db")
    return now > 0 and (not known or size(known[0]) != now)


def size(path: Path) -> int:
    """How many events a log holds, by the number of its last; -1 where it cannot be read."""
    try:
        with closing(open_to_read(path)) as connection:
            found = connection.execute("SELECT COALESCE(MAX(rowid), 0) FROM events").fetchone()
    except sqlite3.Error:
        return -1
    return int(found[0])


def beyond(folder: Path, events: int) -> Backup | None:
    """The fullest backup of the log in `folder`, if it holds more than `events`. Takes a millisecond."""
    held, path = max(((size(path), path) for path in backups(folder)), default=(0, folder))
    if held <= events or not lacking(folder / "reviews.db", path):
        return None  # events that a rescue left out are not missed
    return Backup(path, held)


def back_up(folder: Path, today: date) -> Backup:
    """Copy the log in `folder` while it may be written to, check the copy, and let it take its place among the backups.

    A backup of `today` that is there already is replaced, unless it cannot be read or holds events that the log lacks:
    then the new one has another name. `StudytoolError` where that cannot be done; what was there is as it was then.
    """
    import secrets  # 5 ms, and most starts only look at what backups there are

    home = folder / "backups"
    target = home / _name(today)
    part = home / f".{target.name}.{secrets.token_hex(4)}.part"
    try:
        home.mkdir(mode=0o700, exist_ok=True)
        _sweep(home)
        try:
            events = _copy(folder / "reviews.db", part)
            target = _place(folder, today, part)
            os.replace(part, target)
        finally:
            for ending in ("", "-journal", *BESIDE):
                with suppress(OSError):
                    os.unlink(f"{part}{ending}")
        sync_folder(home)
        _prune(folder, target)
    except sqlite3.Error as error:
        raise _failed(target, str(error)) from error
    except OSError as error:
        raise _failed(target, error.strerror or str(error)) from error
    return Backup(target, events)


def _of_day(folder: Path, day: date) -> list[Path]:
    """The backups of a day, the latest first."""
    return [path for path in backups(folder) if _order(path.name)[0] == day.isoformat()]


def _place(folder: Path, today: date, part: Path) -> Path:
    """Where a new backup goes: that of `today` where the new one has all of its events, else a name of its own."""
    known = _of_day(folder, today)
    if not known:
        return folder / "backups" / _name(today)
    if _holds_all(part, known[0]):
        return known[0]
    return folder / "backups" / _name(today, _order(known[0].name)[1] + 1)


def _holds_all(new: Path, old: Path) -> bool:
    """Whether a log has every event of another; False where that cannot be read."""
    query = "SELECT 1 FROM old.events WHERE id NOT IN (SELECT id FROM main.events) LIMIT 1"
    try:
        with closing(open_to_read(new)) as connection:
            connection.execute("ATTACH ? AS old", (f"{old.absolute().as_uri()}?mode=ro",))
            return connection.execute(query).fetchone() is None
    except sqlite3.Error:
        return False


def lacking(log: Path, of: Path) -> int:
    """How many sound events of the backup `of` are not in a log, which may be missing; 0 where that cannot be read."""
    query = "SELECT COUNT(*) FROM events WHERE json_valid(payload)"
    try:
        with closing(open_to_read(of)) as connection:
            if log.exists() and log.stat().st_size:
                connection.execute("ATTACH ? AS log", (f"{log.absolute().as_uri()}?mode=ro",))
                query += " AND id NOT IN (SELECT id FROM log.events)"
            return int(connection.execute(query).fetchone()[0])
    except (OSError, sqlite3.Error):
        return 0


def _copy(source: Path, part: Path) -> int:
    """Copy a log into a new file, and check that; returns how many events it holds."""
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(open_to_read(source)) as log, closing(sqlite3.connect(part, isolation_level=None)) as copy:
        before = log.execute("SELECT COUNT(*) FROM events").fetchone()[0]
        log.backup(copy)
        after = log.execute("SELECT COUNT(*) FROM events").fetchone()[0]
        copy.execute("PRAGMA journal_mode = DELETE")  # a copy is one file
        if problem := problem_of(copy):
            raise sqlite3.DatabaseError(f"the copy is damaged, and so may be the log: {problem}")
        events = copy.execute("SELECT COUNT(*) FROM events").fetchone()[0]
        if not before <= events <= after:
            raise sqlite3.DatabaseError(f"the copy holds {events} events, the log {before}")
    with part.open("rb") as file:
        os.fsync(file.fileno())
    return int(events)


def problem_of(connection: sqlite3.Connection) -> str:
    """What is wrong with the structure of an open log: nothing, or the first that SQLite found."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        return str(found)
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    return "" if application == APPLICATION_ID else "it is the database of another program"


def _prune(folder: Path, newest: Path) -> None:
    """Delete backups beyond the last seven; never one that holds more than all later ones, nor what was just made.

    Those of days to come were made by a clock that was wrong then: they are counted apart.
    """
    found, now = backups(folder), _order(newest.name)
    ahead = [one for one in found if _order(one.name) > now]
    for group in (ahead, [one for one in found if _order(one.name) <= now]):
        kept = group[:KEPT]
        for old in group[KEPT:]:
            if size(old) <= max(map(size, kept)):
                with suppress(OSError):
                    old.unlink()


def _sweep(home: Path) -> None:
    """Delete what a backup that was interrupted left."""
    from time import time

    for left in home.glob(".reviews-*.part*"):
        with suppress(OSError):
            if abs(time() - left.stat().st_mtime) > _STALE:
                left.unlink()


def _name(day: date, number: int = 1) -> str:
    return f"reviews-{day.isoformat()}{f'-{number}' if number > 1 else ''}.db"


def _failed(target: Path, reason: str) -> StudytoolError:
    return StudytoolError(
        f"The backup {target} could not be made: {reason}. The log and its other backups are as they were.",
        "See that the folder can be written to and has room; `studytool doctor` checks the log.",
    )
