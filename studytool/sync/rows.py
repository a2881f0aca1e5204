"""The rows of a log as they are passed on: by their arrival, and by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.memory.store.lines import Row

if TYPE_CHECKING:
    from collections.abc import Collection

    from studytool.memory.store.sqlite import Store

_COLUMNS = "id, ms, offset, device, sequence, kind, card, payload, version"
_MOST_IDS = 900  # of the 999 parameters that old builds of SQLite take


def arrived(store: Store, after: int = 0, most: int = -1) -> list[tuple[int, Row]]:
    """The events by their arrival in the log, each with its place, a number that grows: those beyond the place `after`.

    At most `most` of them, all where it is negative.
    """
    query = f"SELECT rowid, {_COLUMNS} FROM events WHERE rowid > ? ORDER BY rowid LIMIT ?"
    return [(row[0], Row(*row[1:])) for row in store.query(query, (after, most))]


def held(store: Store, ids: Collection[str]) -> list[Row]:
    """Those events that the log holds of the ones with these ids."""
    found: list[Row] = []
    wanted = list(ids)
    for start in range(0, len(wanted), _MOST_IDS):
        some = wanted[start : start + _MOST_IDS]
        query = f"SELECT {_COLUMNS} FROM events WHERE id IN ({','.join('?' * len(some))})"
        found += [Row(*row) for row in store.query(query, some)]
    return found
