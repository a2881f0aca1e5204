"""What the tests of export and import share: a log out as lines or as a table, and in again."""

from __future__ import annotations

import io

from studytool.memory import Store
from studytool.memory.events import ANSWERS
from studytool.memory.store.tabular import answered, answers_in, changes_in, mark, rows_from_table, table_of
from studytool.memory.store.transfer import Taken, Trouble, lines_of, rows_from, take

START = 1_700_000_000_000


def as_lines(store: Store, trouble: Trouble | None = None) -> bytes:
    return b"".join(lines_of(store.rows(), trouble or Trouble()))


def as_table(store: Store) -> bytes:
    changes = changes_in(store.rows(("undo", "relink")))
    return b"".join(table_of(answers_in(store.rows(ANSWERS), changes)))


def take_lines(store: Store, text: bytes, *, skip_damaged: bool = False) -> Taken:
    return take(store, lambda trouble: rows_from(io.BytesIO(text), "log.jsonl", trouble), skip_damaged=skip_damaged)


def take_table(store: Store, text: bytes, *, skip_damaged: bool = False, offset: int = 60) -> Taken:
    known = answered(store.rows(ANSWERS), changes_in(store.rows(("undo", "relink"))))
    return take(
        store,
        lambda trouble: rows_from_table(io.BytesIO(text), "log.csv", trouble, lambda _: offset),
        skip_damaged=skip_damaged,
        is_known=lambda row: mark(str(row.card), row.ms) in known,
    )
