"""The event log in one SQLite file: append-only, and durable when `append` returns."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studytool.errors import Overtaken, StudytoolError
from studytool.memory.events import EVENT_VERSION, Event, Moment, uuid7
from studytool.memory.store import adrift, raw
from studytool.memory.store.check import explained, look_at, unusable_folder, unwritable
from studytool.memory.store.held import Connection, holding
from studytool.memory.store.lines import Row
from studytool.memory.store.machine import fingerprint
from studytool.memory.store.prepare import prepared, version_of, writing
from studytool.memory.store.schema import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

_COLUMNS = raw.COLUMNS
_INSERT = f"INSERT INTO events ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
_LATEST = "SELECT id FROM events WHERE rowid > ? AND card = ? AND kind = 'review'"
"""The answers to a card in the rows after one."""
_WAIT = 5.0  # seconds for another window's commit, which takes milliseconds


@dataclass(frozen=True, slots=True)
class Draft:
    """An event to be written. `id` is given where the same event must not come twice, from this device or another."""

    kind: str
    card: str | None
    payload: Mapping[str, Any]
    moment: Moment
    id: str = ""


class Store:
    """An open log. Made by `open_store`; may be used from several threads."""

    def __init__(self, path: Path, connection: sqlite3.Connection, device: str, *, only_reads: bool = False) -> None:
        self.path = path
        self.only_reads = only_reads
        """Whether it was opened where nothing can be written: whoever tries is told so."""
        self.refusal = unwritable(path)
        """What who tries is told then."""
        self.device = device
        """This installation's name in the log: random, chosen once for each machine that the log is copied to."""
        self.reopened = 0
        """How often the file was taken away and opened anew: its rows may have other numbers since."""
        self.heard = int(connection.execute("SELECT COALESCE(MAX(rowid), 0) FROM events").fetchone()[0])
        """The row up to which everything is known to whoever reads along: at first what there was at the opening."""
        self._connection = connection
        self._earlier: dict[int, sqlite3.Connection] = {}  # by `reopened`: copies of the files that were lost
        self._lock = threading.RLock()  # `knows` may look into the log
        self._place = adrift.place_of(path)
        self._last = 0  # the number of the last event that was written here

    def append(
        self,
        kind: str,
        card: str | None,
        payload: Mapping[str, Any],
        moment: Moment,
        knows: Callable[[str], bool] | None = None,
    ) -> Event:
        """Write one event; when this returns it is on the disk. `StudytoolError` if it could not be written.

        After an error nothing was written and the store can go on being used. `knows` says of the ids of events whether
        they were heard of: `Overtaken` where an answer to the same card was not.
        """
        return self.append_all([Draft(kind, card, payload, moment)], knows)[0]

    def append_all(self, drafts: Sequence[Draft], knows: Callable[[str], bool] | None = None) -> list[Event]:
        """Write several events, all or none, in one transaction; those whose id is there already are left out.

        `knows` is as in `append`.
        """
        texts = [_dumped(draft.payload) for draft in drafts]
        self._must_write()
        with self._lock:
            if not self._in_place():
                return self._kept(drafts, texts)
            with _explaining(self.path, _unsaved(drafts)), writing(self._connection):
                for draft in drafts if knows else ():
                    answers = self._connection.execute(_LATEST, (self.heard, draft.card)).fetchall()
                    if knows and not all(knows(id_) for (id_,) in answers):
                        raise Overtaken("Another window has answered this card in the same moment.")
                return self._insert(drafts, texts)

    def new_id(self, moment: Moment) -> str:
        """An id for an event at `moment`, for where others written with it are to name it."""
        return uuid7(moment.ms, os.urandom(10))

    def _must_write(self) -> None:
        if self.only_reads:
            raise StudytoolError(self.refusal.message, self.refusal.hint)

    def _insert(self, drafts: Sequence[Draft], texts: Sequence[str]) -> list[Event]:
        found = self._connection.execute(
            "SELECT COALESCE(MAX(sequence), 0) FROM events WHERE device = ?", (self.device,)
        ).fetchone()
        self._last = found[0]
        events: list[Event] = []
        for draft, text in zip(drafts, texts, strict=True):
            event = self._event(draft, text)
            before = self._connection.total_changes
            self._connection.execute(_INSERT, _row(event, text))
            if self._connection.total_changes > before:
                events.append(event)
                self._last = event.sequence
        return events

    def _event(self, draft: Draft, text: str) -> Event:
        return Event(
            id=draft.id or self.new_id(draft.moment),
            ms=draft.moment.ms,
            offset=draft.moment.offset,
            device=self.device,
            sequence=self._last + 1,
            kind=draft.kind,
            card=draft.card,
            payload=json.loads(text),  # what a later start will read, not an object the caller may change
            version=EVENT_VERSION,
        )

    def _in_place(self) -> bool:
        """Whether events can be written to the file at `path`. If that is another now, all of the lost one goes there.

        `StudytoolError` where nothing can be kept.
        """
        if adrift.is_in_place(self.path, self._place):
            return True
        if self._place:
            with _explaining(self.path, "It was deleted or replaced while it was open, and what you did was not saved"):
                adrift.keep(self.path, raw.rows_in(self._connection, as_written=True))
            copy = _copied(self._connection)  # what was begun with that file goes on to read it
            self._connection.close()
            self._connection = copy or self._connection
            adrift.clear(self.path, self._place)
            self._place = ()
        try:
            found = open_store(self.path.parent)  # takes in what was kept
        except StudytoolError:
            return False
        self._earlier[self.reopened], self.heard = self._connection, 0
        self._connection, self._place, self.device = found._connection, found._place, found.device
        self.reopened += 1
        return True

    def _kept(self, drafts: Sequence[Draft], texts: Sequence[str]) -> list[Event]:
        """The events that could be written nowhere but to the lost-and-found."""
        events = []
        for draft, text in zip(drafts, texts, strict=True):
            events.append(self._event(draft, text))
            self._last += 1
        adrift.keep(self.path, [Row(*_row(event, text)) for event, text in zip(events, texts, strict=True)])
        return events

    def merge(self, events: Iterable[Event]) -> int:
        """Add events from elsewhere, of kinds known or not, all or none; those already here are left out.

        Returns how many were new.
        """
        return self.merge_rows([Row(*_row(event, _dumped(event.payload))) for event in events])

    def merge_rows(self, rows: Iterable[Row]) -> int:
        """The same with payloads as they were written, taken one by one; none is added if taking them fails."""
        self._must_write()
        with self._lock:
            if not self._in_place():
                raise StudytoolError(
                    f"The review log {self.path} was deleted or replaced by another file while this ran. "
                    "Nothing was added.",
                    "Run it again.",
                )
            with _explaining(self.path, "Nothing was added"), writing(self._connection):
                before = self._connection.total_changes
                self._connection.executemany(_INSERT, rows)
                return self._connection.total_changes - before

    def rows(self, kinds: Sequence[str] = ()) -> Iterator[Row]:
        """All events or those of `kinds` in the log's order, with payloads as they were written; few held at a time."""
        return raw.rows_of(self.path, kinds)

    def events(self) -> list[Event]:
        """All events in the order of the log: by time, then device, then sequence."""
        with self._lock, _explaining(self.path, "Nothing was changed"):
            rows = self._connection.execute(
                f"SELECT {_COLUMNS} FROM events ORDER BY ms, device, sequence, id"
            ).fetchall()
        try:
            # One call for all payloads takes half the time of one call each.
            payloads = json.loads("[" + ",".join([row[7] for row in rows]) + "]")
        except (ValueError, RecursionError):
            payloads = [self._payload(row) for row in rows]
        once: dict[str | None, Any] = {}
        same = once.setdefault  # of equal names, which SQLite gives anew with each row, the first is kept
        return [
            Event(id_, ms, offset, same(device, device), sequence, same(kind, kind), same(card, card), payload, version)
            for (id_, ms, offset, device, sequence, kind, card, _, version), payload in zip(rows, payloads, strict=True)
        ]

    def query(
        self, statement: str, values: Sequence[object] = (), reopened: int | None = None
    ) -> list[tuple[Any, ...]]:
        """The rows that a SELECT finds; `StudytoolError` if the log cannot be read.

        Row numbers are those of the file that was open when the store was `reopened` so often; without it, of this one.
        """
        with self._lock, _explaining(self.path, "Nothing was changed"):
            connection = self._connection if reopened is None else self._earlier.get(reopened, self._connection)
            return connection.execute(statement, values).fetchall()

    def _payload(self, row: tuple[Any, ...]) -> Any:
        try:
            return json.loads(row[7])
        except ValueError:
            raise explained(self.path, "Nothing was changed", f"event {row[0]} cannot be read") from None
        except RecursionError:
            return None  # lists within lists beyond all measure say nothing; the event is kept

    def close(self) -> None:
        """Let go of the file. Nothing is waiting to be written: every event is on the disk already.

        `StudytoolError` if the file was taken away since the last answer and its events cannot be kept.
        """
        with self._lock:
            if self._last and self._place:
                self._in_place()
            self._last = 0  # to close it once more does nothing
            for connection in (self._connection, *self._earlier.values()):
                connection.close()


def open_store(folder: Path, *, wait: float = _WAIT, to_read: bool = False) -> Store:
    """The log in `folder`, made there if there is none. `wait` is how many seconds to wait for another program.

    `StudytoolError` where the folder cannot be written, or the file is damaged, of a newer version, not a log at all,
    or held by another program; the file is then as it was. `to_read` opens a log that cannot be written, or lies on a
    full disk, all the same: whoever then wants to write into it is told.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unusable_folder(folder, error.strerror or str(error)) from error
    path = folder / "reviews.db"
    if not look_at(path):
        if to_read and path.stat().st_size:
            return _opened_to_read(path, wait)
        raise unwritable(path)
    adrift.clear_orphans(path)
    before = adrift.place_of(path)[0]
    with _explaining(path, "Nothing was changed"):
        connection = sqlite3.connect(
            path, timeout=wait, isolation_level=None, check_same_thread=False, factory=Connection
        )
        try:
            holding(connection, path)
            device = prepared(path, connection, wait)
            store = Store(path, holding(connection, path), device)
            if before is None or store._place[0] == before:
                adrift.take_in(store)
                return store
        except BaseException as error:
            connection.close()
            if to_read and isinstance(error, sqlite3.Error) and raw.has_no_room(error):
                store = _opened_to_read(path, wait)
                told = explained(path, "This was not saved", error)
                store.refusal = StudytoolError(told.message, "Make room on that disk, then start again.")
                return store
            raise
    connection.close()  # another took its place while it was being opened
    return open_store(folder, wait=wait)


def _opened_to_read(path: Path, wait: float) -> Store:
    """A log that cannot be written, as it is: nothing is brought up to date or taken in."""
    with _explaining(path, "Nothing was changed"):
        connection = raw.open_to_read(path, wait)
        try:
            if version_of(path, connection) < VERSION:
                raise unwritable(path, "its tables are those of an earlier version, and it is read-only")
            names = dict(connection.execute("SELECT name, value FROM meta WHERE name GLOB 'device*'").fetchall())
            device = names.get(f"device {fingerprint(path.parent)}") or names.get("device", "")
            return Store(path, connection, str(device), only_reads=True)
        except BaseException:
            connection.close()
            raise


def _copied(connection: sqlite3.Connection) -> sqlite3.Connection | None:
    """A copy of all that a connection reads, rows under their numbers, gone when it is closed; None if that fails."""
    copy = sqlite3.connect("", isolation_level=None, check_same_thread=False)  # a file of SQLite's own without a name
    try:
        connection.backup(copy)
    except sqlite3.Error:
        copy.close()
        return None
    return copy


@contextmanager
def _explaining(path: Path, outcome: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explained(path, outcome, error) from error


def _unsaved(drafts: Sequence[Draft]) -> str:
    """What became of drafts that could not be written."""
    kinds = {draft.kind for draft in drafts}
    what = "undo" if kinds == {"undo"} else "answer" if kinds & {"review", "attempt", "note"} else "change"
    return f"This {what} was not saved"


def _dumped(payload: Mapping[str, Any]) -> str:
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which JSON can hold and UTF-8 cannot
        text = json.dumps(payload, separators=(",", ":"), allow_nan=False)
    return text


def _row(event: Event, payload: str) -> tuple[Any, ...]:
    return (
        *(event.id, event.ms, event.offset, event.device, event.sequence),
        *(event.kind, event.card, payload, event.version),
    )
