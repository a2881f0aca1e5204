"""What is said of notes that are missing: files that cannot be read, folders that are gone, edits that are not seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.places import at_home
from studytool.text import one_line
from studytool.unread import PATH, sentences

if TYPE_CHECKING:
    from studytool.app.opening import Opening
    from studytool.notes.model import Library

_ERROR = 120
"""Cells of what an error says."""


class LeftOut:
    """Remembers what was said, so that each file and folder is told of once for as long as that holds."""

    def __init__(self) -> None:
        self._files: set[tuple[str, str]] = set()
        self._folders: tuple[str, ...] = ()
        self._broken = ""

    def files(self, library: Library) -> list[str]:
        """A sentence about the files that cannot be read, where there are others than it was said of."""
        unread = {(one.span.path, one.message): one for one in library.unread}
        news, self._files = unread.keys() - self._files, set(unread)
        return sentences([unread[one] for one in news])

    def edits(self, opening: Opening) -> str:
        """A sentence that no edit is seen any more, once."""
        if opening.broken == self._broken:
            return ""
        self._broken = opening.broken
        return (
            f"What you edit in your notes is not noticed any more: {one_line(self._broken, _ERROR)}. "
            "Start again to have it read; your answers are kept as before."
        )

    def folders(self, opening: Opening) -> str:
        """A sentence about folders that have gone, or are there again; empty where nothing is new."""
        gone, before = opening.missing, self._folders
        if gone == before:
            return ""
        self._folders = gone
        if not gone:
            return f"{_named(before)} there again."
        return (
            f"{_named(gone)} gone: deleted, renamed, or on a drive that is not mounted. Put it back, or start again "
            "with another folder. Nothing is lost: its cards and what you answered stay as they were."
        )


def _named(folders: tuple[str, ...]) -> str:
    names = ", ".join(one_line(at_home(folder), PATH) for folder in folders)
    return f"The {'folder' if len(folders) == 1 else 'folders'} {names} {'is' if len(folders) == 1 else 'are'}"
