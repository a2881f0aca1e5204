"""A log that is deleted or replaced while it is open: what had been written to it is kept, and taken in again.

SQLite goes on writing into a file that nobody will open any more. So every append looks whether the file is where it
was; if it is not, all events of the lost file are written, as lines, to `reviews-lost-and-found.jsonl` beside it, which
the next opening takes in.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError
from studytool.memory.store.lines import Row, from_line, to_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from studytool.memory.store.sqlite import Store

LOST_AND_FOUND = "reviews-lost-and-found.jsonl"
BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a database that is open."""

Place = tuple[tuple[int, int] | None, ...]
"""Which files on the disk a log and those beside it are: device and inode of each, None for one that is not there."""


def place_of(path: Path) -> Place:
    """Where the log at `path` and what is beside it lie now. `OSError` where that cannot be seen."""
    return tuple(_seen(f"{path}{ending}") for ending in ("", *BESIDE))


def _seen(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def is_in_place(path: Path, place: Place) -> bool:
    """Whether the log at `path` and its journal are those that were opened at `place`; True if that cannot be seen."""
    try:
        return (_seen(str(path)), _seen(f"{path}-wal")) == place[:2]
    except OSError:  # whoever writes will be told what is wrong
        return True


def keep(path: Path, rows: Iterable[Row]) -> None:
    """Write events to the lost-and-found beside the log at `path`; they are on the disk when this returns.

    `StudytoolError` where they cannot be written.
    """
    kept = path.with_name(LOST_AND_FOUND)
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(kept) as file:
            file.write(b"\n" if file.tell() else b"")  # what is there may end in the middle of a line
            file.writelines(_lines(rows))
            file.flush()
            os.fsync(file.fileno())
        sync_folder(kept.parent)
    except OSError as error:
        raise StudytoolError(
            f"The review log {path} was deleted or replaced while it was open, and its events could not be kept in "
            f"{kept}: {error.strerror}. What you did was not saved.",
            "Leave this window open, and put the file back or make room on that disk.",
        ) from error


def _lines(rows: Iterable[Row]) -> Iterator[bytes]:
    for row in rows:
        with suppress(ValueError):  # a payload that is no JSON, which no log with it could be opened for
            yield f"{to_line(row)}\n".encode()


def clear(path: Path, place: Place) -> None:
    """Delete what is left beside a log that was opened at `place` and is no longer at `path`: no other must find it."""
    if _seen(str(path)) == place[0]:
        return
    for ending, was in zip(BESIDE, place[1:], strict=True):
        with suppress(OSError):
            if was is not None and _seen(f"{path}{ending}") == was:
                os.unlink(f"{path}{ending}")


def clear_orphans(path: Path) -> None:
    """Delete what a window that is still open left beside a log that was deleted: its next answer brings all back.

    A journal that holds anything stays.
    """
    left = [(f"{path}{ending}", _seen(f"{path}{ending}")) for ending in BESIDE]
    if not any(was for _, was in left) or _seen(str(path)):
        return
    for beside, was in left:
        with suppress(OSError):
            if was is not None and _seen(beside) == was and (beside.endswith("-shm") or not os.stat(beside).st_size):
                os.unlink(beside)


def take_in(store: Store) -> int:
    """Add to an open log what is in the lost-and-found beside it; returns how many events were new.

    Lines that cannot be read are kept in a file of their own.
    """
    kept = store.path.with_name(LOST_AND_FOUND)
    if not kept.exists():
        return 0
    try:
        with _alone(kept) as file:
            file.seek(0)
            unread: list[bytes] = []
            new = store.merge_rows(_read(file, unread))
            if unread:
                os.rename(kept, kept.with_name(f"reviews-lost-and-found-unread-{os.urandom(4).hex()}.jsonl"))
            else:
                os.unlink(kept)
    except OSError as error:
        raise StudytoolError(
            f"{kept} holds events that belong in the review log, and cannot be read: {error.strerror}.",
            "Make it readable and writable.",
        ) from error
    return new


def _read(lines: Iterable[bytes], unread: list[bytes]) -> Iterator[Row]:
    for line in lines:
        if not line.strip():
            continue
        try:
            yield from_line(line.decode())
        except ValueError:
            unread.append(line)


@contextmanager
def _alone(path: Path) -> Iterator[BinaryIO]:
    """The file, open for reading and for writing at its end, while no other window has it so."""
    while True:
        file = open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "a+b")  # noqa: SIM115
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            at = os.fstat(file.fileno())
            if _seen(str(path)) == (at.st_dev, at.st_ino):  # not taken in, and deleted, while this waited
                file.seek(0, os.SEEK_END)
                yield file
                return
        finally:
            file.close()


def sync_folder(folder: Path) -> None:
    """Have the names of the files in a folder on the disk, as `fsync` has their contents."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
