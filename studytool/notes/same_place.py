"""Where cards stood and where they stand: which note was renamed, and what stood between what."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from studytool.notes.wording import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from studytool.notes.relink import Known

Gap = tuple[int, int]
"""The cards that stayed above and below a place, by their numbers; -1 for none."""
_LONG = 8
"""Words of an answer that a note of the same kind about another thing hardly has."""
_Place = tuple[str, Gap | None, int, int]
"""Where a card stands among those that came or went: between which that stayed, of how many, and which of them."""


class Notes:
    """What the cards that stayed tell about the notes that others went from: which was renamed, what stood where."""

    def __init__(
        self, kept: Sequence[tuple[Known, Known]], gone: Sequence[Known] = (), come: Sequence[Known] = ()
    ) -> None:
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        lines: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        self._told: Counter[str] = Counter(card.back.strip() for card in (*gone, *come))
        self._asked: dict[str, set[str]] = defaultdict(set)
        paths, staying = {card.path for card in gone}, set()
        for number, (before, now) in enumerate(kept):
            staying.add(now.path)
            self._asked[now.front.strip()].add(now.path)
            if before.path not in paths:
                continue
            self._told[now.back.strip()] += 2
            votes[before.path][now.path] += 1
            if before.path == now.path or before.path not in lines:
                lines[before.path].append((before.line, now.line, number))
        self._renamed = _renamed(
            [card for card in gone if card.path not in votes], [card for card in come if card.path not in staying]
        )
        self._renamed |= {
            path: found
            for path, counted in votes.items()
            if (found := counted.most_common(1)[0][0]) != path and not counted[path]
        }
        self._before = {path: sorted((old, at) for old, _, at in stayed) for path, stayed in lines.items()}
        self._now = {self.current(path): sorted((new, at) for _, new, at in stayed) for path, stayed in lines.items()}
        for card in gone:
            self._asked[card.front.strip()].add(self.current(card.path))
        for card in come:
            self._asked[card.front.strip()].add(card.path)
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
        place = self._gone.get(old.key)
        return place is not None and place == self._come.get(new.key)

    def nowhere_else(self, old: Known, new: Known) -> bool:
        """Whether no other card has, or had, the answer of either."""
        one, other = old.back.strip(), new.back.strip()
        return self._told[one] + self._told[other] == 4 if one == other else self._told[one] == self._told[other] == 1

    def in_several(self, old: Known) -> bool:
        """Whether cards of several notes have its prompt, as "Proof" or "Example" stand in many."""
        return len(self._asked[old.front.strip()]) > 1

    def _ranked(self, stayed: Mapping[str, list[tuple[int, int]]], cards: Iterable[Known]) -> dict[str, _Place]:
        """By its key, where each card stands, unless it shares its line with another."""
        gaps: dict[tuple[str, Gap | None], list[tuple[int, str]]] = defaultdict(list)
        for card in cards:
            gaps[card.path, self._gap(stayed, card.path, card.line)].append((card.line, card.key))
        return {
            key: (self.current(path), gap, len(here), rank)
            for (path, gap), here in gaps.items()
            if len({line for line, _ in here}) == len(here)
            for rank, (_, key) in enumerate(sorted(here))
        }

    @staticmethod
    def _gap(lines: Mapping[str, list[tuple[int, int]]], path: str, line: int) -> Gap | None:
        """The cards that stayed between which a line stands; None where none stayed in the note."""
        stayed = lines.get(path)
        if not stayed:
            return None
        at = bisect_left(stayed, (line,))
        return stayed[at - 1][1] if at else -1, stayed[at][1] if at < len(stayed) else -1


def _renamed(gone: Sequence[Known], come: Sequence[Known]) -> dict[str, str]:
    """Which new note has the answers of one of which no card stayed: four in five of either, and a long one of them.

    Notes that are written from one template have the same headings, and many a brief answer.
    """
    before, now = {card.path for card in gone}, {card.path for card in come}
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for card in come:
        if card.path not in before and card.back.strip():
            told[card.kind, card.back.strip()].add(card.path)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    long: set[tuple[str, str]] = set()
    for card in gone:
        paths = told.get((card.kind, card.back.strip()), set()) if card.path not in now else set()
        if len(paths) == 1:
            votes[card.path].update(paths)
            if len(Words(card.back).content) >= _LONG:
                long.update((card.path, path) for path in paths)
    held, holds = (Counter(card.path for card in cards) for cards in (gone, come))
    best = {path: counted.most_common(1)[0] for path, counted in votes.items()}
    return {
        path: found
        for path, (found, count) in best.items()
        if count > 1 and 5 * count >= 4 * max(held[path], holds[found]) and (path, found) in long
    }
