"""Where cards stood and where they stand: which note was renamed, and what stood between what."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytool.notes.model import Card
    from studytool.notes.relink import Known


class Notes:
    """What the cards that stayed tell about the notes: which was renamed, and what stood between what."""

    def __init__(self, kept: Iterable[tuple[Known, Card]]) -> None:
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        lines: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for before, now in kept:
            votes[before.path][now.span.path] += 1
            if before.path == now.span.path or before.path not in lines:
                lines[before.path].append((before.line, now.span.line))
        self._renamed = {
            path: found
            for path, counted in votes.items()
            if (found := counted.most_common(1)[0][0]) != path and not counted[path]
        }
        self._before = {path: sorted(pair[0] for pair in pairs) for path, pairs in lines.items()}
        self._now = {self.current(path): sorted(pair[1] for pair in pairs) for path, pairs in lines.items()}

    def current(self, path: str) -> str:
        """The path that a note has now."""
        return self._renamed.get(path, path)

    def together(self, old: Known, new: Known) -> bool:
        """Whether both stood in the same note."""
        return self.current(old.path) == new.path

    def same_gap(self, old: Known, new: Known) -> bool:
        """Whether both stood in the same place: on the same line, or between the same cards that stayed."""
        if old.line and old.line == new.line and self.together(old, new):
            return True
        before, now = self._before.get(old.path), self._now.get(new.path)
        if not before or not now or not old.line or not self.together(old, new):
            return False
        return bisect_left(before, old.line) == bisect_left(now, new.line)
