"""From an open log to what is remembered: event by event where it is short, by columns and a cache where it is long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.memory.base import UNKNOWN, Base
from studytool.memory.fsrs import Model
from studytool.memory.remembered import Memory, replay
from studytool.memory.schedule import Rules

if TYPE_CHECKING:
    from pathlib import Path

    from studytool.memory.store.cache import Cache
    from studytool.memory.store.sqlite import Store

LONG = 20_000
"""Events. A shorter log is replayed one by one in less time than numpy takes to be imported."""
_LATE = 2_000
"""Events since the cache was made that are always taken one by one; of a long log one hundredth."""


def open_memory(
    store: Store,
    *,
    desired_retention: float = 0.9,
    rollover: int = 4,
    model: Model | None = None,
    fuzz: bool = True,
    cache: Path | None = None,
    long: int = LONG,
) -> Memory:
    """What all events of a log amount to, as `replay` has it.

    Of a log of `long` events and more a summary is kept in the folder `cache`; without it the log is read as a whole.
    """
    last = int(store.query("SELECT COALESCE(MAX(rowid), 0) FROM events")[0][0])
    if last >= long:
        rules = Rules(desired_retention, rollover, model or Model(), fuzz=fuzz)
        found = _with_base(store, last, rules, cache, follows=model is None)
        if found is not None:
            return found
    return replay(store.events(), desired_retention=desired_retention, rollover=rollover, model=model, fuzz=fuzz)


def _with_base(store: Store, last: int, rules: Rules, folder: Path | None, *, follows: bool) -> Memory | None:
    from studytool.memory.store.rows import events_after

    cache = None
    if folder is not None:
        from studytool.memory.store.cache import Cache

        cache = Cache(folder, store)
    base = cache.read() if cache else None
    if base is None or last - base.rows > max(_LATE, base.rows // 100):
        base = _built(store, last, cache)
    if base is None:
        return None
    kept = base.states
    memory = Memory(rules, base, events_after(store, base.rows), follows=follows)
    if cache is not None and base.states is not kept:
        cache.keep(base)
    return memory


def _built(store: Store, last: int, cache: Cache | None) -> Base | None:
    """A base made from the log, without its states, and its answers in the cache."""
    from studytool.memory.rebuild import rebuilt  # numpy
    from studytool.memory.store.rows import Rows

    found = rebuilt(Rows(store, last))
    if found is None:
        return None
    if cache is not None:
        cache.keep_answers(last, found.answers)
    return Base(
        rows=last,
        keys=found.answers.reviews.keys,
        told=found.told,
        states=UNKNOWN,
        undos=found.undos,
        relinks=found.relinks,
        loose=found.loose,
        source=Rows(store, last),
        answers=lambda: found.answers,
    )
