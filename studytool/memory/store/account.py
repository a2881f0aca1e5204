"""What is in a log, in a few numbers."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.memory.store.check import explained
from studytool.memory.store.raw import open_to_read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studytool.memory.store.sqlite import Store


@dataclass(frozen=True, slots=True)
class Device:
    """One installation of studytool, as the log knows it."""

    name: str
    events: int
    last: tuple[int, int]
    """When its last event was: milliseconds since 1970, and the local offset in minutes."""
    own: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A log in numbers."""

    path: str
    bytes: int
    """On the disk, with what is not merged into the file yet."""
    events: int
    first: tuple[int, int] | None
    last: tuple[int, int] | None
    kinds: Mapping[str, int]
    """Events by kind, the most frequent first."""
    devices: tuple[Device, ...]


def account(store: Store) -> Account:
    """Count what is in an open log; `StudytoolError` where it cannot be read."""
    try:
        with closing(open_to_read(store.path)) as connection:
            # A bare column beside MAX or MIN comes from the row that has it (SQLite's own rule).
            found = connection.execute(
                "SELECT device, kind, COUNT(*), MAX(ms), offset FROM events GROUP BY device, kind"
            ).fetchall()
            first = connection.execute("SELECT MIN(ms), offset FROM events").fetchone()
    except sqlite3.Error as error:
        raise explained(store.path, "Nothing was changed", error) from error
    kinds: dict[str, int] = {}
    devices: dict[str, Device] = {}
    for name, kind, count, ms, offset in found:
        kinds[kind] = kinds.get(kind, 0) + count
        known = devices.get(name) or Device(name, 0, (ms, offset), name == store.device)
        devices[name] = Device(name, known.events + count, max(known.last, (ms, offset)), known.own)
    return Account(
        path=os.fspath(store.path),
        bytes=sum(os.stat(name).st_size for name in (f"{store.path}", f"{store.path}-wal") if os.path.exists(name)),
        events=sum(kinds.values()),
        first=None if first[0] is None else (first[0], first[1]),
        last=max((device.last for device in devices.values()), default=None),
        kinds=dict(sorted(kinds.items(), key=lambda one: (-one[1], one[0]))),
        devices=tuple(sorted(devices.values(), key=lambda one: (-one.events, one.name))),
    )
