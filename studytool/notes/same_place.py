"""Where cards stood and where they stand: which note was renamed, and what stood between what."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studytool.notes.model import Card
    from studytool.notes.relink import Known


class Notes:
    """What the cards that stayed tell about the notes: which was renamed, and what stood between what."""

    def __init__(
        self, kept: Iterable[tuple[Known, Card]], gone: Sequence[Known] = (), come: Sequence[Known] = ()
    ) -> None:
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        lines: dict[str, list[tuple[int, int]]] = defaultdict(list)
        self._told: Counter[str] = Counter(card.back.strip() for card in (*gone, *come))
        for before, now in kept:
            self._told[now.back.strip()] += 2
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
        self._gone = self._ranked(self._before, gone)
        self._come = self._ranked(self._now, come)

    def current(self, path: str) -> str:
        """The path that a note has now."""
        return self._renamed.get(path, path)

    def together(self, old: Known, new: Known) -> bool:
        """Whether both stood in the same note."""
        return self.current(old.path) == new.path

    def same_gap(self, old: Known, new: Known) -> bool:
        """Whether both stood in the same place: on the same line, or between the same cards that stayed."""
        if not old.line or not self.together(old, new):
            return False
        if old.line == new.line:
            return True
        before = self._gap(self._before, old.path, old.line)
        return before is not None and before == self._gap(self._now, new.path, new.line)

    def in_place(self, old: Known, new: Known) -> bool:
        """Whether one came where the other went: as many came as went between those that stayed, in this order."""
        rank = self._gone.get(old.key)
        return rank is not None and rank == self._come.get(new.key) and self.together(old, new)

    def nowhere_else(self, old: Known, new: Known) -> bool:
        """Whether no other card has, or had, the answer of either."""
        one, other = old.back.strip(), new.back.strip()
        return self._told[one] + self._told[other] == 4 if one == other else self._told[one] == self._told[other] == 1

    def _ranked(self, stayed: Mapping[str, list[int]], cards: Iterable[Known]) -> Mapping[str, tuple[int, int, int]]:
        """By its key, the gap that each card stands in, how many stand there, and which of them it is by its line."""
        gaps: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
        for card in cards:
            gaps[card.path, self._gap(stayed, card.path, card.line) or 0].append((card.line, card.key))
        return {
            key: (gap, len(here), rank)
            for (_, gap), here in gaps.items()
            if len({line for line, _ in here}) == len(here)
            for rank, (_, key) in enumerate(sorted(here))
        }

    @staticmethod
    def _gap(lines: Mapping[str, list[int]], path: str, line: int) -> int | None:
        """How many of the cards that stayed in a note stand above a line; None where none stayed in it."""
        stayed = lines.get(path)
        return bisect_left(stayed, line) if stayed else None
