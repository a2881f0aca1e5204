"""From answers to what to study next: the event log, FSRS-6 over it, the queue, one sitting.

Names are imported when they are first used, so that a command that needs only a few does not pay for sqlite3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.memory.attempts import Attempts, Written
    from studytool.memory.cram import Cram
    from studytool.memory.events import Event, Grade, Moment
    from studytool.memory.leech import leeches
    from studytool.memory.load import Wishes
    from studytool.memory.opening import open_memory
    from studytool.memory.queue import Candidate, Counts, Limits, Priority
    from studytool.memory.reason import describe_interval, told_of
    from studytool.memory.remembered import Memory, replay
    from studytool.memory.roster import Roster
    from studytool.memory.schedule import Rules, State
    from studytool.memory.session import Session, Shown
    from studytool.memory.standing import Overview, TopicLoad, overview
    from studytool.memory.store.sqlite import Draft, Store, open_store

__all__ = [
    "Attempts",
    "Candidate",
    "Counts",
    "Cram",
    "Draft",
    "Event",
    "Grade",
    "Limits",
    "Memory",
    "Moment",
    "Overview",
    "Priority",
    "Roster",
    "Rules",
    "Session",
    "Shown",
    "State",
    "Store",
    "TopicLoad",
    "Wishes",
    "Written",
    "describe_interval",
    "leeches",
    "open_memory",
    "open_store",
    "overview",
    "replay",
    "told_of",
]

_HOME = {
    **dict.fromkeys(("Attempts", "Written"), "attempts"),
    **dict.fromkeys(("Event", "Grade", "Moment"), "events"),
    **dict.fromkeys(("Overview", "TopicLoad", "overview"), "standing"),
    **dict.fromkeys(("Candidate", "Counts", "Limits", "Priority"), "queue"),
    "Cram": "cram",
    "Wishes": "load",
    "leeches": "leech",
    "open_memory": "opening",
    **dict.fromkeys(("describe_interval", "told_of"), "reason"),
    **dict.fromkeys(("Memory", "replay"), "remembered"),
    "Roster": "roster",
    **dict.fromkeys(("Rules", "State"), "schedule"),
    **dict.fromkeys(("Session", "Shown"), "session"),
    **dict.fromkeys(("Draft", "Store", "open_store"), "store.sqlite"),
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = import_module(f"{__name__}.{_HOME[name]}")
    found: object = getattr(module, name)
    globals()[name] = found
    return found
