"""An id stands for one content: whether what comes in under an id is what the log holds under it."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from studytool.memory.store.lines import Row
from studytool.memory.store.raw import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from studytool.memory.store.sqlite import Store

_MOST_IDS = 900  # of the 999 parameters that old builds of SQLite take


def held(store: Store, ids: Collection[str]) -> list[Row]:
    """Those events that the log holds of the ones with these ids."""
    found: list[Row] = []
    wanted = list(ids)
    for start in range(0, len(wanted), _MOST_IDS):
        some = wanted[start : start + _MOST_IDS]
        query = f"SELECT {COLUMNS} FROM events WHERE id IN ({','.join('?' * len(some))})"
        found += [Row(*row) for row in store.query(query, some)]
    return found


def same(one: Row, other: Row) -> bool:
    """Whether two events hold the same, in whatever form their payloads were written."""
    if one == other:
        return True
    plain = one._replace(payload="") == other._replace(payload="")
    return plain and bool(told := _in_one_form(one.payload)) and told == _in_one_form(other.payload)


def differing(store: Store, found: Iterable[tuple[int, Row]]) -> Iterator[tuple[int, Row]]:
    """Those events, each with the number of its line, that the log holds with other contents."""
    found = iter(found)
    while some := list(islice(found, _MOST_IDS)):
        known = {row.id: row for row in held(store, {row.id for _, row in some})}
        yield from ((line, row) for line, row in some if row.id in known and not same(known[row.id], row))


def _in_one_form(payload: str) -> str:
    try:
        return json.dumps(json.loads(payload), sort_keys=True)
    except (ValueError, RecursionError):
        return ""
