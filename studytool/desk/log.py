"""The log of reviews: opened, looked at for what is missing, replayed; and what it is told of a card's text."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from studytool import places
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytool.desk.asked import Request
    from studytool.memory import Memory, Store
    from studytool.notes.model import Card


def open_log(*, to_read: bool = False) -> Store:
    """Open the log of reviews, and say on standard error if a backup holds more; raises `StudytoolError`.

    `to_read` is for those who write nothing: a log that cannot be written will do.
    """
    from studytool.memory import open_store

    store = open_store(places.data_folder(), to_read=to_read)
    if told := shortfall(store):
        print(f"studytool: {one_line(told)}", file=sys.stderr)
    return store


def shortfall(store: Store) -> str:
    """A sentence if an open log has fewer events than a backup of it, as one has that was lost; else nothing."""
    from studytool.memory.store.backup import beyond

    events = store.query("SELECT COALESCE(MAX(rowid), 0) FROM events")[0][0]
    if (found := beyond(store.path.parent, events)) is None:
        return ""
    return (
        f"The log {store.path} holds {counted(events, 'event')}, its backup {found.path.name} {found.events}: "
        "`studytool doctor --restore latest` takes those back."
    )


def read_log(
    wanted: Request, opened: Callable[[], Store] = open_log, *, long: int | None = None
) -> tuple[Store, Memory]:
    """Open the log of reviews and replay it, by columns from so many events on, where `long` says how many.

    Raises `StudytoolError` when it cannot be opened.
    """
    from studytool.memory import open_memory
    from studytool.memory.opening import LONG

    store = opened()
    settings = wanted.settings
    try:
        memory = open_memory(
            store,
            desired_retention=settings.desired_retention,
            rollover=settings.rollover,
            cache=places.cache_folder(),
            long=LONG if long is None else long,
        )
    except BaseException:
        store.close()
        raise
    return store, memory


def card_text(card: Card, place: str = "") -> dict[str, object]:
    """What the log keeps of a card's text with its first event, so that an edited card can be found again.

    `place` is the path of its note from the root of the library: it stays when the folder of the notes is moved.
    """
    return {
        "kind": card.kind,
        "front": card.front,
        "back": card.back,
        "topic": card.title,
        "path": os.path.realpath(card.span.path),
        "line": card.span.line,
        "context": " / ".join(card.context),
        **({"place": place} if place else {}),
    }
