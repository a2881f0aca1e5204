"""The desk and the notes as the commands open them: what cannot be read of the notes is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool import desk
from studytool.settings import tell
from studytool.unread import sentences

if TYPE_CHECKING:
    from studytool.desk import Desk, Request
    from studytool.notes.model import Library


def opened(wanted: Request, *, to_read: bool = False) -> Desk:
    """`desk.open_desk`; files that cannot be read are told of on standard error."""
    table = desk.open_desk(wanted, to_read=to_read)
    tell(sentences(table.library.unread))
    return table


def notes(wanted: Request) -> Library:
    """`desk.read_notes`; files that cannot be read are told of on standard error."""
    library = desk.read_notes(wanted)
    tell(sentences(library.unread))
    return library
