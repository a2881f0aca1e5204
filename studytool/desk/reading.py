"""The notes of a request, read from the disk, with the index of what they yielded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool import places
from studytool.progress import telling

if TYPE_CHECKING:
    from studytool.desk.asked import Request
    from studytool.errors import StudytoolError
    from studytool.notes.library import Shelf
    from studytool.notes.model import Library


def open_shelf(wanted: Request) -> Shelf:
    """The files of a request with the index of what they yielded, to be read and kept up to date (disk)."""
    from studytool.notes.library import Shelf
    from studytool.notes.own import Own

    own = {one.path: Own(one.settings.cards, one.settings.dialects_off, one.settings.ignore) for one in wanted.others}
    settings = wanted.settings
    return Shelf(
        wanted.paths,
        levels=settings.cards,
        off=settings.dialects_off,
        root=wanted.root,
        ignore=settings.ignore,
        own=own,
        cache=places.cache_folder(),
    )


def read_notes(wanted: Request) -> Library:
    """Read the notes of a request (disk, no database); raises `StudytoolError` for a library without notes."""
    return read_shelf(wanted, open_shelf(wanted))


def read_shelf(wanted: Request, shelf: Shelf) -> Library:
    """Bring a shelf up to date, telling how far it has come; raises `StudytoolError` when it holds no note."""
    with telling() as tell:
        for step in shelf.read():
            tell(f"Reading the notes: {step.done} of {step.total}")
    library = shelf.library()
    if not library.notes:
        raise no_notes(wanted, library)
    return library


def no_notes(wanted: Request, library: Library) -> StudytoolError:
    """The error of a library without a note; where the settings named it, with the commands that name another one."""
    from studytool.desk.asked import other_libraries
    from studytool.notes.library import nothing_to_read

    error = nothing_to_read(wanted.paths, library.diagnostics)
    if wanted.is_set:
        error.hint = f"{error.hint} {other_libraries()}"
    return error
