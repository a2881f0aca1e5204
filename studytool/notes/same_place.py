"""Where cards stood and where they stand: which note was renamed, and what stood between what."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from studytool.notes.vocabulary import Vocabulary
from studytool.notes.wording import Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from studytool.notes.relink import Known

Gap = tuple[int, int]
"""The cards that stayed above and below a place, by their numbers; -1 for none."""
_LONG = 8
"""Words of an answer that a note of the same kind about another thing hardly has."""
_Place = tuple[str, Gap | None, int, int]
"""Where a card stands among those that came or went: between which that stayed, of how many, and which of them."""


class Elsewhere:
    """In which notes of a library prompts stand, where it would cost too much to hand over all of its cards.

    What is asked of a prompt that was not looked up is taken for no; `sought` has those prompts then.
    """

    def __init__(self) -> None:
        self.sought: set[str] = set()
        self._found: dict[str, set[str]] = {}

    def put(self, paths: Mapping[str, Collection[str]]) -> None:
        """Take in the paths of the notes that ask some prompts; of very many, a part is enough."""
        self._found |= {prompt: set(found) for prompt, found in paths.items()}
        self.sought.difference_update(paths)

    def of(self, prompt: str) -> set[str]:
        """The paths of the notes that ask it."""
        if prompt not in self._found:
            self.sought.add(prompt)
        return self._found.get(prompt, set())


class Notes:
    """What the cards that stayed tell about the notes that others went from: which was renamed, what stood where."""

    def __init__(
        self,
        kept: Sequence[tuple[Known, Known]],
        gone: Sequence[Known] = (),
        come: Sequence[Known] = (),
        elsewhere: Elsewhere | None = None,
    ) -> None:
        self._elsewhere = elsewhere
        self.vocabulary = Vocabulary([*(now for _, now in kept), *come])
        lines: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        self._told: Counter[str] = Counter(card.back.strip() for card in (*gone, *come))
        self._asked: dict[str, set[str]] = defaultdict(set)
        self._renamed = _renamed(kept, gone, come)
        paths = {card.path for card in gone}
        for number, (before, now) in enumerate(kept):
            self._asked[now.front.strip()].add(now.path)
            if before.path not in paths:
                continue
            self._told[now.back.strip()] += 2
            if self.together(before, now):
                lines[before.path].append((before.line, now.line, number))
        self._titled = _retitled([pair for pair in kept if pair[0].path in paths], gone, come)
        self._before = {path: sorted((old, at) for old, _, at in stayed) for path, stayed in lines.items()}
        self._now = {self.current(path): sorted((new, at) for _, new, at in stayed) for path, stayed in lines.items()}
        for card in gone:
            self._asked[card.front.strip()].add(self.current(card.path))
        for card in come:
            self._asked[card.front.strip()].add(card.path)
        self._sides = [(*(card for card, _ in kept), *gone), (*(card for _, card in kept), *come)]
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

    def retitled(self, old: Known, new: Known, *, answers: bool) -> bool:
        """Whether a note got another title, and has most of its cards still; with `answers`, most of its answers."""
        return old.path == new.path and self._titled.get((old.path, old.topic, new.topic), (False, False))[answers]

    @cached_property
    def _prompts(self) -> list[Counter[tuple[str, str]]]:
        """How many cards of a note ask a prompt, before and now, by the path that the note has now."""
        return [Counter((self.current(card.path), card.front.strip()) for card in cards) for cards in self._sides]

    def once(self, old: Known, new: Known) -> bool:
        """Whether no other card of its note asked what one asked, nor asks what the other asks."""
        before, now = self._prompts
        return before[self.current(old.path), old.front.strip()] == now[new.path, new.front.strip()] == 1

    def in_several(self, old: Known, more_than: int = 1) -> bool:
        """Whether cards of several notes have its prompt, as "Proof" or "Example" stand in many."""
        prompt = old.front.strip()
        asked = self._asked[prompt]
        if len(asked) <= more_than and self._elsewhere is not None:
            asked = asked | self._elsewhere.of(prompt)
        return len(asked) > more_than

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


def _renamed(kept: Sequence[tuple[Known, Known]], gone: Sequence[Known], come: Sequence[Known]) -> dict[str, str]:
    """Which note has the answers of one in which no card stayed: four in five of either, and a long one of them.

    Notes that are written from one template have the same headings and questions, and many a brief answer. So of cards
    that are the same in both it takes half under the same title, or two in three that could hardly be of another thing.
    """
    staying = {card.path for card, moved in kept if card.path == moved.path}
    before, now = ({card.path for card in cards} | staying for cards in (gone, come))
    now.update(moved.path for _, moved in kept)
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for card in come:
        if card.path not in before and card.back.strip():
            told[card.kind, card.back.strip()].add(card.path)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    titled, telling, long = Counter[tuple[str, str]](), Counter[tuple[str, str]](), set[tuple[str, str]]()
    for card, moved in kept:
        if card.path in before and card.path not in staying and moved.path not in staying:
            way = card.path, moved.path
            votes[card.path][moved.path] += 1
            words = len(Words(card.back).content)
            titled[way] += card.topic == moved.topic
            telling[way] += not Words(card.front).general or 2 * words >= _LONG
            if words >= _LONG:
                long.add(way)
    for card in gone:
        paths = told.get((card.kind, card.back.strip()), set()) if card.path not in now else set()
        if len(paths) == 1:
            votes[card.path].update(paths)
            if len(Words(card.back).content) >= _LONG:
                long.update((card.path, path) for path in paths)
    held = Counter(card.path for card in (*gone, *(card for card, _ in kept)))
    holds = Counter(card.path for card in (*come, *(card for _, card in kept)))
    found = {}
    for path, counted in votes.items():
        other, count = counted.most_common(1)[0]
        way, most = (path, other), max(held[path], holds[other])
        nearly_all = count > 1 and 5 * count >= 4 * most and way in long
        if nearly_all or 2 * titled[way] >= most or 3 * telling[way] >= 2 * most:
            found[path] = other
    return found


def _retitled(
    kept: Sequence[tuple[Known, Known]], gone: Sequence[Known], come: Sequence[Known]
) -> dict[tuple[str, str, str], tuple[bool, bool]]:
    """By a path and its titles before and now, whether most of its cards stayed, and most of its answers."""
    held = Counter((card.path, card.topic) for card in (*gone, *(card for card, _ in kept)))
    holds = Counter((card.path, card.topic) for card in (*come, *(card for _, card in kept)))
    told, retold = (defaultdict[tuple[str, str], Counter[tuple[str, str]]](Counter) for _ in range(2))
    for answers, cards in ((told, gone), (retold, come)):
        for card in cards:
            answers[card.path, card.topic][card.kind, card.back.strip()] += 1
    titles: dict[str, set[str]] = defaultdict(set)
    for path, title in holds:
        titles[path].add(title)
    stayed = Counter((card.path, card.topic, now.topic) for card, now in kept if card.path == now.path)
    found = {}
    for (path, before), count in held.items():
        for now in titles[path]:
            most = max(count, holds[path, now]) / 2
            same = stayed[path, before, now]
            found[path, before, now] = same > most, same + (told[path, before] & retold[path, now]).total() > most
    return found
