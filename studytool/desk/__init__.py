"""The learner's desk: what was asked for, the notes that were read, the log of reviews, all of them open together.

Names are imported when they are first used, so that a command which needs only the notes does not pay for the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool import late

if TYPE_CHECKING:
    from studytool.desk.asked import Request, request
    from studytool.desk.edited import Edit
    from studytool.desk.log import card_text, open_log, read_log, shortfall
    from studytool.desk.opened import Desk, open_desk
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

__getattr__ = late.names(
    __name__,
    {
        "asked": "Request request",
        "edited": "Edit",
        "log": "card_text open_log read_log shortfall",
        "opened": "Desk open_desk",
        "reading": "open_shelf read_notes read_shelf",
    },
)
