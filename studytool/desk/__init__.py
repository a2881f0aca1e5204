"""The learner's desk: what was asked for, the notes that were read, the log of reviews, all of them open together.

Names are imported when they are first used, so that a command which needs only the notes does not pay for the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.desk.asked import Request, request
    from studytool.desk.log import card_text, open_log, read_log, shortfall
    from studytool.desk.opened import Desk, Edit, open_desk
    from studytool.desk.reading import open_shelf, read_notes, read_shelf

__all__ = [
    "Desk",
    "Edit",
    "Request",
    "card_text",
    "open_desk",
    "open_log",
    "open_shelf",
    "read_log",
    "read_notes",
    "read_shelf",
    "request",
    "shortfall",
]

_HOME = {
    **dict.fromkeys(("Request", "request"), "asked"),
    **dict.fromkeys(("card_text", "open_log", "read_log", "shortfall"), "log"),
    **dict.fromkeys(("Desk", "Edit", "open_desk"), "opened"),
    **dict.fromkeys(("open_shelf", "read_notes", "read_shelf"), "reading"),
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = import_module(f"{__name__}.{_HOME[name]}")
    found: object = getattr(module, name)
    globals()[name] = found
    return found
