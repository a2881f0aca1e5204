"""The rows of a log as they are passed on: by their arrival."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.memory.store.lines import Row
from studytool.memory.store.raw import COLUMNS

if TYPE_CHECKING:
    from studytool.memory.store.sqlite import Store


def arrived(store: Store, after: int = 0, most: int = -1) -> list[tuple[int, Row]]:
    """The events by their arrival in the log, each with its place, a number that grows: those beyond the place `after`.

    At most `most` of them, all where it is negative.
    """
    query = f"SELECT rowid, {COLUMNS} FROM events WHERE rowid > ? ORDER BY rowid LIMIT ?"
    return [(row[0], Row(*row[1:])) for row in store.query(query, (after, most))]
