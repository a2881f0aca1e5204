"""A log as a file that can be read anywhere: lines of JSON, an event each, or the columns that FSRS optimizers read.

Both ways are streams: few events are held at a time, however many there are.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError
from studytool.memory.store.adrift import sync_folder
from studytool.memory.store.contents import differing, held, same
from studytool.memory.store.lines import DECODER, Row, from_line, to_line
from studytool.memory.store.raw import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, BinaryIO

    from studytool.memory.store.sqlite import Store

LONGEST = 64 * 2**20
"""Bytes of a line; a longer one is no event."""
_TOLD = 20
"""Damaged lines that are told one by one."""
_MANY = 500
_OFTEN = 5000


@dataclass(slots=True)
class Trouble:
    """What could not be taken: how many, and where and why for the first of them."""

    count: int = 0
    line: int = 0
    """The number of the line that is being read."""
    by_hand: int = 0
    """Rows of a table that are no answers but changes by hand (rating 0): they are left out, and nothing is wrong."""
    told: list[str] = field(default_factory=list)
    lines: list[range] = field(default_factory=list)
    """The numbers of their lines, those that follow each other together: the first of such runs."""

    def add(self, place: str, problem: object) -> None:
        """One more, at `place` ("log.jsonl:3")."""
        self.count += 1
        _join(self.lines, self.line)
        if len(self.told) < _TOLD:
            self.told.append(f"{place}: {problem}")


def _join(runs: list[range], line: int) -> None:
    """Add the number of a line to runs of such, as far as those are told."""
    if runs and runs[-1].stop == line:
        runs[-1] = range(runs[-1].start, line + 1)
    elif len(runs) < _TOLD:
        runs.append(range(line, line + 1))


def lines_of(rows: Iterable[Row], trouble: Trouble) -> Iterator[bytes]:
    """The lines of events in their order, with their ends; events whose payload is no JSON object are left out."""
    for many in sound(rows, trouble):
        yield "".join([f"{to_line(row)}\n" for row in many]).encode()


def sound(rows: Iterable[Row], trouble: Trouble) -> Iterator[list[Row]]:
    """The events whose payload is a JSON object, many at a time; the others go to `trouble`."""
    rows = iter(rows)
    while many := list(islice(rows, _MANY)):
        yield many if _are_objects(many) else [row for row in many if _is_sound(row, trouble)]


def _are_objects(rows: list[Row]) -> bool:
    """Whether all payloads are JSON objects: one call for all takes half the time of one call each."""
    try:
        told = DECODER.decode("[" + ",".join([row.payload for row in rows]) + "]")
    except (ValueError, RecursionError):
        return False
    return len(told) == len(rows) and all(isinstance(one, dict) for one in told)


def _is_sound(row: Row, trouble: Trouble) -> bool:
    if _are_objects([row]):
        return True
    trouble.add(f"event {row.id}", "its payload is no JSON object")
    return False


def rows_from(file: BinaryIO, name: str, trouble: Trouble) -> Iterator[Row]:
    """The events of a file of lines; what is wrong with a line goes to `trouble` with `name` and number."""
    for number, line in numbered(file, name, trouble):
        try:
            yield from_line(line)
        except ValueError as problem:
            trouble.add(f"{name}:{number}", problem)


def numbered(file: BinaryIO, name: str, trouble: Trouble) -> Iterator[tuple[int, str]]:
    """The lines of a file as text, with their numbers from 1, without empty ones; those that are none to `trouble`."""
    number = 0
    while line := file.readline(LONGEST):
        number += 1
        trouble.line = number
        if len(line) == LONGEST and not line.endswith(b"\n"):
            trouble.add(f"{name}:{number}", f"a line of more than {LONGEST // 2**20} MiB is no event")
            while (more := file.readline(LONGEST)) and not more.endswith(b"\n"):
                pass
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        try:
            text = line.decode()
        except UnicodeDecodeError as problem:
            trouble.add(f"{name}:{number}", f"this is not UTF-8: {problem.reason}")
            continue
        if text.strip():
            yield number, text


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import came to."""

    read: int
    """Events in the files."""
    new: int
    trouble: Trouble
    different: int = 0
    """Events that the log, or an earlier line, has with other contents."""
    told: tuple[str, ...] = ()
    """The first of them: the line, which event it is, and what was kept."""
    lines: tuple[range, ...] = ()
    """The numbers of their lines, as in `Trouble`."""
    refused: bool = False
    """Whether nothing was added because of what was read."""


def take(
    store: Store,
    events: Callable[[Trouble], Iterable[Row]],
    *,
    skip_damaged: bool,
    is_known: Callable[[Row], bool] | None = None,
    is_refused: Callable[[], bool] | None = None,
    tell: Callable[[int], None] | None = None,
) -> Taken:
    """Add `events` to an open log, but those that are known under another id; `tell` hears how many were read.

    Where some are new, `is_refused` is asked once all were read, and keeps all out if it says so.

    Damaged ones are left out if `skip_damaged`; else one of them keeps all out. Of two events with one id and different
    contents the one that was there first stays. All are read and set aside before the log is written, however long
    their source takes: other windows wait for the adding alone.

    `StudytoolError` where the log cannot be written; nothing was added then.
    """
    trouble, read = Trouble(), 0

    def counted() -> Iterator[tuple[Any, ...]]:
        nonlocal read
        for row in events(trouble):
            read += 1
            if tell and read % _OFTEN == 0:
                tell(read)
            if is_known is None or not is_known(row):
                yield (*row, trouble.line)

    with closing(sqlite3.connect("", isolation_level=None)) as aside:  # a file without a name, gone when it is closed
        _set_aside(aside, counted())
        if trouble.count and not skip_damaged:
            return Taken(read, 0, trouble)
        many = aside.execute("SELECT max(rowid) FROM events").fetchone()[0] or 0
        if many and is_refused and is_refused():
            return Taken(read, 0, trouble, refused=True)
        new = store.merge_rows(map(Row._make, aside.execute(f"SELECT {COLUMNS} FROM events ORDER BY rowid")))
        if new == many:
            return Taken(read, new, trouble)
        rows = aside.execute(f"SELECT line, {COLUMNS} FROM events ORDER BY rowid")
        found = [(line, row.id) for line, row in differing(store, ((line, Row(*row)) for line, *row in rows))]
        told = tuple(_told(store, aside, *one) for one in found[:_TOLD])
        runs: list[range] = []
        for line, _ in found:
            _join(runs, line)
        return Taken(read, new, trouble, len(found), told, tuple(runs))


def _told(store: Store, aside: sqlite3.Connection, line: int, id_: str) -> str:
    """Where the content that the log has of an event comes from, which the line tells otherwise."""
    kept, source = held(store, {id_})[0], "the log held before"
    before = f"SELECT line, {COLUMNS} FROM events WHERE id = ? AND line < ? ORDER BY rowid"
    for first, *columns in aside.execute(before, (id_, line)):
        if same(kept, Row(*columns)):
            source = f"line {first} says"
            break
    return f"{line}: event {id_} is known with other contents. What {source} was kept."


def _set_aside(connection: sqlite3.Connection, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows, each with the number of its line, to a database of this process, on the disk where they are many."""
    try:
        for statement in ("PRAGMA journal_mode = OFF", f"CREATE TABLE events ({COLUMNS}, line)", "BEGIN"):
            connection.execute(statement)
        connection.executemany(f"INSERT INTO events VALUES (?{',?' * len(Row._fields)})", rows)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        raise StudytoolError(
            f"What was read could not be set aside: {error}. Nothing was added.",
            "Make room on the disk for temporary files, or name another folder for them with TMPDIR.",
        ) from error


@contextmanager
def whole_file(path: Path, *, force: bool, mode: int = 0o600) -> Iterator[BinaryIO]:
    """A file to write that appears at `path` complete and on the disk, or not at all.

    A file that is there already is replaced only by `force`. What is no file, a pipe or a terminal, is written to as
    it is. Only the user may read it, unless `mode` says more. `StudytoolError` where that cannot be.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as stream:
                yield stream
            return
        target = Path(os.path.realpath(path))
        if target.exists() and not force:
            raise FileExistsError
        part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            _put(part, target, force=force)
        finally:
            with suppress(OSError):
                os.unlink(part)
        sync_folder(target.parent)
    except FileExistsError:
        raise StudytoolError(
            f"There is a file {path} already. Nothing was changed.", "Give another name, or `--force` to replace it."
        ) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StudytoolError(
            f"{path} could not be written: {error.strerror}. Nothing was changed.",
            "Choose a folder that is there, that you may write to and that has room.",
        ) from error


def _put(part: Path, target: Path, *, force: bool) -> None:
    if force:
        os.replace(part, target)
        return
    try:
        os.link(part, target)  # unlike a renaming this fails where another program was faster
    except FileExistsError:
        raise
    except OSError:  # a disk without links
        if target.exists():
            raise FileExistsError from None
        os.replace(part, target)
