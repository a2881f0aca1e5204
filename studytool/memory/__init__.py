"""From answers to what to study next: the event log, FSRS-6 over it, the queue, one sitting.

Names are imported when they are first used, so that a command that needs only a few does not pay for sqlite3.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool import late

if TYPE_CHECKING:
    from studytool.memory.attempts import Attempts, Written
    from studytool.memory.candidates import Candidate, Counts, Limits, Priority
    from studytool.memory.cram import Cram
    from studytool.memory.events import Event, Grade, Moment
    from studytool.memory.leech import leeches
    from studytool.memory.lineup import Shown
    from studytool.memory.load import Wishes
    from studytool.memory.opening import open_memory
    from studytool.memory.reason import describe_interval, told_of
    from studytool.memory.remembered import Memory, replay
    from studytool.memory.roster import Roster
    from studytool.memory.schedule import Rules, State
    from studytool.memory.session import Session
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

__getattr__ = late.names(
    __name__,
    {
        "attempts": "Attempts Written",
        "candidates": "Candidate Counts Limits Priority",
        "cram": "Cram",
        "events": "Event Grade Moment",
        "leech": "leeches",
        "load": "Wishes",
        "opening": "open_memory",
        "reason": "describe_interval told_of",
        "remembered": "Memory replay",
        "roster": "Roster",
        "schedule": "Rules State",
        "lineup": "Shown",
        "session": "Session",
        "standing": "Overview TopicLoad overview",
        "store.sqlite": "Draft Store open_store",
    },
)
