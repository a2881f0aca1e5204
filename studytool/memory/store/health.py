"""What is wrong, or odd, with the log in a folder; looking changes nothing."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal

from studytool.errors import StudytoolError
from studytool.memory.away import away_of
from studytool.memory.events import ANSWERS, DAY_MS, KINDS
from studytool.memory.imported import schedule_of
from studytool.memory.store import backup
from studytool.memory.store.adrift import LOST_AND_FOUND
from studytool.memory.store.check import explained, look_at, unmakeable, unwritable
from studytool.memory.store.raw import open_to_read, rows_in
from studytool.memory.store.rescue import fullest_sound
from studytool.memory.store.schema import APPLICATION_ID, MIGRATIONS, VERSION
from studytool.memory.store.tabular import DEVICE
from studytool.text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studytool.memory.store.lines import Row

_MANY = 500
_RESCUE = "`studytool doctor --rescue` makes a new log of what can be read, and sets this one aside."
_RESTORE = "`studytool doctor --restore latest` takes back what a backup has of them."
_TOLD = 3
"""Messages of SQLite that are told."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found."""

    code: str
    severity: Literal["problem", "note"]
    """A note needs nothing to be done."""
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """What looking at a log came to."""

    path: Path
    events: int | None
    """None where they could not be counted."""
    findings: tuple[Finding, ...]
    damaged: bool
    """Whether a new log should be made of what can be read of this one."""

    @property
    def is_good(self) -> bool:
        """Whether nothing needs to be done."""
        return not any(one.severity == "problem" for one in self.findings)


def examine(folder: Path, now: int) -> Health:
    """Look at the log in `folder`; `now` is in milliseconds since 1970."""
    path = folder / "reviews.db"
    findings: list[Finding] = []
    events: int | None = None
    try:
        if closed := unmakeable(folder):
            raise closed
        can_write = not folder.exists() or look_at(path)
        if not path.exists() or not path.stat().st_size:
            events = 0
        else:
            with closing(open_to_read(path)) as connection:
                findings += _of_the_file(connection)
                if not findings:
                    events, found = _of_the_events(connection, now)
                    findings += found
        if not can_write:
            findings.append(_from_error(unwritable(path)))
    except sqlite3.Error as error:
        findings.append(_from_error(explained(path, "Nothing was changed", error)))
    except StudytoolError as error:
        findings.append(_from_error(error))
    damaged = any("--rescue" in one.hint for one in findings)
    if events is not None and not damaged:
        findings += _lacking(path)
    return Health(path, events, (*findings, *_beside(folder)), damaged)


def _from_error(error: StudytoolError) -> Finding:
    return Finding("file", "problem", error.message, error.hint)


def _of_the_file(connection: sqlite3.Connection) -> Iterator[Finding]:
    """What is wrong with the database as such."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID:
        yield Finding("application", "problem", "The file is a database of another program.", "Move it elsewhere.")
        return
    if version > VERSION:
        told = f"The log was written by a newer version of studytool (its tables are version {version})."
        yield Finding("version", "problem", told, "Update studytool with `pip install --upgrade studytool`.")
        return
    told = "\n".join([str(problem) for (problem,) in connection.execute("PRAGMA integrity_check(10)")])
    if told != "ok":
        found = [line for line in told.splitlines() if not line.startswith("***")]  # which only names the database
        yield Finding("damage", "problem", f"The log is damaged: {'; '.join(found[:_TOLD])}.", _RESCUE)
        return
    expected, there = _parts(_fresh(version)), _parts(connection)
    for name in sorted(expected.keys() | there.keys()):
        if expected.get(name) != there.get(name):
            odd = "is missing" if name not in there else "should not be there" if name not in expected else "differs"
            yield Finding("schema", "problem", f"In the log's database, the {name} {odd}.", _RESCUE)


def _fresh(version: int) -> sqlite3.Connection:
    """An empty log of that version, in memory."""
    connection = sqlite3.connect(":memory:")
    for migration in MIGRATIONS[:version]:
        for statement in migration:
            connection.execute(statement)
    return connection


def _parts(connection: sqlite3.Connection) -> dict[str, str]:
    found = connection.execute("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    return {f"{kind} {name}": sql for kind, name, sql in found}


def _of_the_events(connection: sqlite3.Connection, now: int) -> tuple[int, list[Finding]]:
    """How many events there are, and what is odd about them."""
    count, unread, ahead, unused = 0, [], 0, 0
    unknown: dict[str, int] = {}
    answered: set[str] = set()
    told: set[str] = set()
    rows = rows_in(connection)
    while many := list(islice(rows, _MANY)):
        count += len(many)
        for row, payload in zip(many, _payloads(many), strict=True):
            if not isinstance(payload, dict):
                unread.append(row.id)
                continue
            ahead += row.ms > now + DAY_MS
            if row.kind not in KINDS:
                unknown[row.kind] = unknown.get(row.kind, 0) + 1
            elif not _is_usable(row, payload):
                unused += 1
            if row.card is not None and row.device != DEVICE and (row.kind in ANSWERS):
                answered.add(row.card)
            if row.card is not None and ("text" in payload or "card_text" in payload):
                told.add(row.card)
    findings = []
    if unread:
        names = ", ".join(unread[:3])
        findings.append(
            Finding("payload", "problem", f"{counted(len(unread), 'event')} cannot be read: {names}.", _RESCUE)
        )
    if unused:
        message = f"{counted(unused, 'event')} with contents that this version cannot use: kept, without effect."
        findings.append(Finding("payload", "note", message))
    if ahead:
        told_ahead = f"{counted(ahead, 'event')} from the future: a clock was wrong then, or is now."
        findings.append(Finding("future", "note", told_ahead))
    for kind, number in sorted(unknown.items()):
        message = f"{counted(number, 'event')} of the kind {kind}, from a newer version: kept and passed on."
        findings.append(Finding("kind", "note", message))
    if without := len(answered - told):
        cards = f"{counted(without, 'card')} {'was' if without == 1 else 'were'}"
        message = f"{cards} answered without a text in the log: after an edit that history cannot be found."
        findings.append(Finding("text", "note", message))
    return count, findings + list(_of_the_numbers(connection))


def _is_usable(row: Row, payload: dict[str, object]) -> bool:
    """Whether an event of a known kind says what its kind needs to have an effect."""
    grade = payload.get("grade")
    match row.kind:
        case "review":
            return row.card is not None and _is_grade(grade)
        case "imported":
            return row.card is not None and (_is_grade(grade) or (grade is None and schedule_of(payload) is not None))
        case "away":
            return away_of(payload) is not None
        case "parameters":
            from studytool.memory.fit.event import weights_in

            return weights_in(payload) is not None
        case "undo":
            return isinstance(payload.get("event"), str)
        case "relink":
            return row.card is not None and isinstance(payload.get("from"), str)
    return True


def _is_grade(told: object) -> bool:
    return isinstance(told, int) and not isinstance(told, bool) and 1 <= told <= 4


def _payloads(rows: list[Row]) -> list[object]:
    try:
        found = json.loads("[" + ",".join([row.payload for row in rows]) + "]")
    except (ValueError, RecursionError):
        found = []
    return found if len(found) == len(rows) else [_payload(row.payload) for row in rows]


def _payload(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _of_the_numbers(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Whether the numbers of each device's events go on from 1 without a gap, and none comes twice."""
    own = connection.execute("SELECT value FROM meta WHERE name = 'device'").fetchone()
    found = connection.execute(
        "SELECT device, MIN(sequence), MAX(sequence), COUNT(*), COUNT(DISTINCT sequence) FROM events "
        "WHERE device <> ? GROUP BY device",
        (DEVICE,),
    )
    for device, first, last, count, different in found:
        gap = last - min(first, 1) + 1 - different
        if gap and own and device == own[0]:
            yield Finding("gap", "problem", f"{counted(gap, 'event')} of this device missing.", _RESTORE)
        elif gap:
            yield Finding("gap", "note", f"{counted(gap, 'event')} of the device {device} not here, or not yet.")
        if count > different:
            twice = counted(count - different, "event")
            message = f"{twice} of the device {device} with the number of another: two copies were in use."
            yield Finding("number", "note", message)


def _lacking(path: Path) -> Iterator[Finding]:
    """What the backups of a log hold and it does not: it was lost, or begun anew."""
    most, chosen = 0, None
    for found in backup.backups(path.parent):
        if (number := backup.lacking(path, found)) > most:
            most, chosen = number, found
    if chosen is None:
        return
    held = f"The backup {chosen.name} holds {counted(most, 'event')} that the log lacks: it was lost or begun anew."
    name = "latest" if chosen == fullest_sound(path.parent) else f"'{chosen}'"
    hint = f"`studytool doctor --restore {name}` takes them back; to go on without, move that backup elsewhere."
    yield Finding("lacking", "problem", held, hint)


def _beside(folder: Path) -> Iterator[Finding]:
    """What lies beside the log: backups, what was set aside, what is to be taken in."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for name in names:
        if name == LOST_AND_FOUND:
            message = f"{name} holds events of a log that was taken away: the next opening takes them in."
            yield Finding("lost", "note", message)
        elif name.startswith("reviews-lost-and-found-unread-"):
            yield Finding("unread", "note", f"{name} holds lines that could not be read.")
        elif name.startswith(("reviews-damaged-", "reviews-replaced-")) and name.endswith(".db"):
            yield Finding("aside", "note", f"{name} was set aside; once you miss nothing you may delete it.")
    found = backup.backups(folder)
    if found:
        try:
            with closing(open_to_read(found[0])) as connection:
                problem = backup.problem_of(connection)
        except sqlite3.Error as error:
            problem = str(error)
        if problem:
            message = f"The latest backup, {found[0].name}, is damaged: {problem}."
            yield Finding("backup", "problem", message, "Check the disk; delete that file to have a new one made.")
