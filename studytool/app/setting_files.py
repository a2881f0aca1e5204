"""The files of settings, watched: whether one of them has changed since the last look."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studytool.settings import library_file, user_file

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Files:
    """The user's file and those of the libraries at `roots`; each may come and go."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.paths = [user_file(), *map(library_file, roots)]
        self._seen = self._look()

    def changed(self) -> bool:
        """Whether a file has come, gone or been written since the last call, by size and time of change."""
        before, self._seen = self._seen, self._look()
        return before != self._seen

    def _look(self) -> list[tuple[int, int, int] | None]:
        return [_mark(path) for path in self.paths]


def _mark(path: Path) -> tuple[int, int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
