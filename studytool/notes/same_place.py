"""Where cards stood and where they stand: which note was renamed, and what stood between what."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from studytool.notes.relink import Known

Gap = tuple[int, int]
"""The cards that stayed above and below a place, by their numbers; -1 for none."""


class _Place(NamedTuple):
    """Where a card stands among those that came or went: between which that stayed, of how many, and which of them."""

    path: str
    gap: Gap | None
    among: int
    rank: int


class Notes:
    """What the cards that stayed tell about the notes: which was renamed, and what stood between what.

    `edited` are cards that are known to have stayed with another text.
    """

    def __init__(
        self,
        kept: Sequence[tuple[Known, Known]],
        gone: Sequence[Known] = (),
        come: Sequence[Known] = (),
        edited: Sequence[tuple[Known, Known]] = (),
    ) -> None:
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        lines: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        self._told: Counter[str] = Counter(card.back.strip() for card in (*gone, *come))
        self._unedited = len(kept)
        for number, (before, now) in enumerate((*kept, *edited)):
            self._told[now.back.strip()] += 2
            votes[before.path][now.path] += 1
            if before.path == now.path or before.path not in lines:
                lines[before.path].append((before.line, now.line, number))
        staying = {path for counted in votes.values() for path in counted}
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

    def alone(self, old: Known, new: Known) -> bool:
        """Whether one came where the other went, and nothing else came or went between those that stayed."""
        return self.in_place(old, new) and self._gone[old.key].among == 1

    def among_edited(self, old: Known, new: Known) -> bool:
        """Whether one came where the other went, beside a card that was edited where it stands."""
        place = self._gone.get(old.key)
        return (
            self.in_place(old, new) and place is not None and place.gap is not None and max(place.gap) >= self._unedited
        )

    def in_places(self) -> Iterator[tuple[str, str]]:
        """The keys of the cards of which one came where the other went."""
        come = {place: key for key, place in self._come.items()}
        return ((key, come[place]) for key, place in self._gone.items() if place in come)

    def nowhere_else(self, old: Known, new: Known) -> bool:
        """Whether no other card has, or had, the answer of either."""
        one, other = old.back.strip(), new.back.strip()
        return self._told[one] + self._told[other] == 4 if one == other else self._told[one] == self._told[other] == 1

    def _ranked(self, stayed: Mapping[str, list[tuple[int, int]]], cards: Iterable[Known]) -> dict[str, _Place]:
        """By its key, where each card stands, unless it shares its line with another."""
        gaps: dict[tuple[str, Gap | None], list[tuple[int, str]]] = defaultdict(list)
        for card in cards:
            gaps[card.path, self._gap(stayed, card.path, card.line)].append((card.line, card.key))
        return {
            key: _Place(self.current(path), gap, len(here), rank)
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
    """Which new note has the answers of one of which no card stayed: two of them, and half of those that were there."""
    before, now = {card.path for card in gone}, {card.path for card in come}
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for card in come:
        if card.path not in before and card.back.strip():
            told[card.kind, card.back.strip()].add(card.path)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for card in gone:
        paths = told.get((card.kind, card.back.strip()), set()) if card.path not in now else set()
        if len(paths) == 1:
            votes[card.path].update(paths)
    held = Counter(card.path for card in gone)
    best = {path: counted.most_common(1)[0] for path, counted in votes.items()}
    return {path: found for path, (found, count) in best.items() if count > 1 and 2 * count >= held[path]}
