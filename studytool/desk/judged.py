"""What the opening before has compared in vain, kept in the cache, so that no opening compares the same cards again."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from studytool import __version__, places

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.desk.asked import Request
    from studytool.desk.gone import Gone
    from studytool.memory import Memory
    from studytool.notes.model import Library

_ENOUGH = 16
"""So many characters of a key tell it from all others of a library."""
_MANY = 2000
"""Of more notes than that, those which did not change since a card was last answered are not looked through for it."""
_UNSURE = 3_600_000
"""Milliseconds by which the clocks of the log and of the disk may differ."""


class Judged:
    """The cards that are gone and that no card of the library goes on, as the opening before found (disk).

    They need not be compared with the same cards again. What cannot be read or written is done without.
    """

    def __init__(self, wanted: Request, library: Library) -> None:
        paths = [os.path.realpath(path) for path in wanted.paths]
        name = hashlib.sha256(repr((__version__, paths, library.root, wanted.made)).encode()).hexdigest()
        self._path = places.cache_folder() / f"{name[:32]}.judged.json"
        self._library = library
        self._known: tuple[list[str], str] = ([], "")
        with suppress(OSError, ValueError, TypeError, KeyError):
            kept = json.loads(self._path.read_text("ascii"))
            self._known = [str(one) for one in kept["gone"]], str(kept["keys"])

    def new(self, gone: Sequence[Gone], memory: Memory) -> set[int] | None:
        """The numbers of the notes that may hold cards which `gone` were not compared with; None for all notes.

        In a large library, a note that is older than all that is known of a card does not hold its edited form.
        """
        sources, keys = self._known
        judged = set(sources)
        unknown = [one for one in gone if _sign(one) not in judged]
        if unknown and not is_large(self._library):
            return None
        known = {keys[at : at + _ENOUGH] for at in range(0, len(keys), _ENOUGH)}
        found = set()
        if len(unknown) < len(gone):
            found = {number for key, number in self._library.entries.items() if key[:_ENOUGH] not in known}
        if unknown:
            since = min(memory.last(one.card.key) for one in unknown) - _UNSURE
            found |= {number for number, path in enumerate(self._library.files) if _changed(path) >= since}
        return found

    def keep(self, gone: Sequence[Gone]) -> None:
        """Write down that `gone` were compared with every card of the library."""
        found = sorted(map(_sign, gone)), "".join(key[:_ENOUGH] for key in self._library.entries)
        if found == self._known:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_suffix(f".{os.getpid()}")
            beside.write_text(json.dumps({"gone": found[0], "keys": found[1]}), "ascii")
            beside.replace(self._path)


def is_large(library: Library) -> bool:
    """Whether the library has so many notes that only a part of them is looked through."""
    return len(library.files) > _MANY


def _changed(path: str) -> float:
    """When a file was written, moved here or renamed last, in milliseconds."""
    try:
        status = os.stat(path)
    except OSError:
        return 0
    return max(status.st_mtime, status.st_ctime) * 1000


def _sign(gone: Gone) -> str:
    return f"{gone.card.key} {gone.anywhere:d} {hashlib.sha256(gone.card.path.encode('utf-8', 'replace')).hexdigest()}"
