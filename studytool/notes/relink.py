"""Which card of today is the edited form of a card that is gone, so that an edit costs a learner nothing.

A card's key is made of its text, so every edit gives it another one. Here the cards whose keys vanished are compared
with those that are new, and a pair is linked where both ask the same thing: rather no link than a wrong one, because
a history on the wrong card tells the learner that something is known which never was.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from studytool.notes.likeness import JOINING, Likeness, Words, compare, kin

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from studytool.notes.model import Card

MARGIN = 0.05
"""Two candidates whose scores differ by no more than this are near-equals."""
_SMALL = 12  # cards of a note up to which each is compared with each
_COMMON = 24  # a word in more cards than this does not help to find one
_RARE = 10  # the rarest words of a card by which others are looked for
_MOST = 10  # candidates that are compared for one card, beside those of its own note


@dataclass(frozen=True, slots=True)
class Known:
    """A card as it was: what the log keeps of it, or what an earlier version of the notes held."""

    key: str
    kind: str
    front: str
    back: str
    path: str
    topic: str = ""
    line: int = 0
    context: str = ""
    """The headings above it, outermost first, joined by " / "."""


@dataclass(frozen=True, slots=True)
class Relink:
    """The card `source`, which is gone, goes on as the card `target`. `score` is up to 1.5, `reason` a word for it."""

    source: str
    target: str
    score: float
    reason: str


def known(card: Card) -> Known:
    """A card of today as it will be known when it is gone."""
    return Known(
        key=card.key,
        kind=card.kind,
        front=card.front,
        back=card.back,
        path=card.span.path,
        topic=card.topic,
        line=card.span.line,
        context=" / ".join(card.context),
    )


def relink(
    vanished: Iterable[Known],
    fresh: Iterable[Card],
    kept: Iterable[tuple[Known, Card]] = (),
    apart: Container[tuple[str, str]] = (),
) -> list[Relink]:
    """Link cards that vanished with the new cards they became, best match first, one to one.

    `kept` are cards with the same key before and now: they tell which notes were renamed, and between which
    neighbours a card stood. `apart` are pairs of keys, before and now, that are not to be linked. The outcome does not
    depend on the order in which cards are given.
    """
    old = sorted((_Side(card) for card in vanished), key=_by_place)
    new = sorted((_Side(known(card)) for card in fresh), key=_by_place)
    if not old or not new:
        return []
    notes = _Notes(kept)
    links = [link for pair in _pairs(old, new, notes) if (link := _judged(*pair, notes)) is not None]
    links = [link for link in links if (link.old.card.key, link.new.card.key) not in apart]
    return sorted(_settled(links), key=lambda one: (-one.score, one.source))


@dataclass(frozen=True, slots=True)
class Changes:
    """What an edit did to the cards of some notes."""

    kept: tuple[str, ...]
    """Keys of cards that are where they were."""
    moved: tuple[str, ...]
    """Keys of cards that stand in another note now."""
    relinked: tuple[Relink, ...]
    """Cards with another text that still ask the same thing."""
    fresh: tuple[Card, ...]
    """Cards that start anew, in the order of the notes."""
    gone: tuple[Card, ...]
    """Cards that were there and are no longer, in any form."""


def changes(before: Iterable[Card], after: Iterable[Card]) -> Changes:
    """Compare the cards of two versions of the same notes; a path names the same note in both."""
    old, new = _by_key(before), _by_key(after)
    both = [key for key in old if key in new]
    moved = [key for key in both if {c.span.path for c in old[key]}.isdisjoint(c.span.path for c in new[key])]
    elsewhere = set(moved)
    kept_pairs = [(known(old[key][0]), new[key][0]) for key in both]
    vanished = [cards[0] for key, cards in old.items() if key not in new]
    fresh = [cards[0] for key, cards in new.items() if key not in old]
    links = relink(map(known, vanished), fresh, kept_pairs)
    sources, targets = {link.source for link in links}, {link.target for link in links}
    return Changes(
        kept=tuple(key for key in both if key not in elsewhere),
        moved=tuple(moved),
        relinked=tuple(links),
        fresh=tuple(card for card in fresh if card.key not in targets),
        gone=tuple(card for card in vanished if card.key not in sources),
    )


def _by_key(cards: Iterable[Card]) -> dict[str, list[Card]]:
    found: dict[str, list[Card]] = {}
    for card in cards:
        found.setdefault(card.key, []).append(card)
    return found


class _Side:
    """One card on either side, with its texts ready to be compared."""

    def __init__(self, card: Known) -> None:
        self.card = card
        asked, told = card.front, card.back
        if card.kind == "choice":
            asked, options = _options(card.front)
            told = f"{told}\n{options}"
        self.prompt, self.answer = Words(asked), Words(told)

    @cached_property
    def rare(self) -> frozenset[str]:
        """The words by which it can be found."""
        return self.prompt.stems | self.answer.stems

    @cached_property
    def whole(self) -> tuple[str, ...]:
        """A cloze text with its deletion filled in."""
        return Words(self.card.front.replace("[…]", f" {self.card.back} ", 1)).form


def _by_place(side: _Side) -> tuple[str, int, str]:
    return side.card.path, side.card.line, side.card.key


def _options(front: str) -> tuple[str, str]:
    """A choice card's front as its prompt and its options, in an order that is always the same."""
    lines = front.split("\n")
    at = len(lines)
    while at and lines[at - 1].startswith("- "):
        at -= 1
    return "\n".join(lines[:at]), "\n".join(sorted(lines[at:]))


class _Notes:
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


def _pairs(old: Sequence[_Side], new: Sequence[_Side], notes: _Notes) -> Iterator[tuple[_Side, _Side]]:
    """The pairs worth comparing: few for each card, however many there are."""
    by_note: dict[str, list[int]] = defaultdict(list)
    by_prompt: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    by_answer: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    by_word: dict[str, list[int]] = defaultdict(list)
    by_line: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, side in enumerate(new):
        by_note[side.card.path].append(at)
        by_line[side.card.path, side.card.line].append(at)
        by_prompt[side.card.kind, side.prompt.form].append(at)
        by_answer[side.card.kind, side.answer.form].append(at)
        for word in side.rare:
            by_word[word].append(at)
    leaving = Counter(notes.current(side.card.path) for side in old)
    for side in old:
        path = notes.current(side.card.path)
        chosen = dict.fromkeys(by_line.get((path, side.card.line), ()))
        neighbours = by_note.get(path, ())
        if len(neighbours) <= _SMALL and leaving[path] <= _SMALL:
            chosen.update(dict.fromkeys(neighbours))
        for found in (
            by_prompt.get((side.card.kind, side.prompt.form), ()),
            by_answer.get((side.card.kind, side.answer.form), ()),
        ):
            if len(found) <= _COMMON:
                chosen.update(dict.fromkeys(found))
        counted: Counter[int] = Counter()
        for word in sorted((word for word in side.rare if word in by_word), key=lambda w: (len(by_word[w]), w))[:_RARE]:
            if len(by_word[word]) <= _COMMON:
                counted.update(by_word[word])
        most = counted.most_common(_MOST)
        chosen.update(dict.fromkeys(at for at, count in most if 2 * count >= most[0][1]))
        for at in chosen:
            yield side, new[at]


@dataclass(frozen=True, slots=True)
class _Link:
    old: _Side
    new: _Side
    score: float
    reason: str
    together: bool


def _judged(old: _Side, new: _Side, notes: _Notes) -> _Link | None:
    """The link of two cards that ask the same thing, with its score; None where they do not, or it is not sure."""
    if old.card.kind != new.card.kind and "cloze" in (old.card.kind, new.card.kind):
        return None
    if _strangers(old, new):
        return None
    together = notes.together(old.card, new.card)
    asked, told = compare(old.prompt, new.prompt), compare(old.answer, new.answer)
    answered = bool(old.answer.text.strip() and new.answer.text.strip())
    answer = (
        max(told.shared, 0.95 * told.contained if _bears(old.answer, new.answer) >= 3 else 0.0) if answered else 0.0
    )
    score = 0.4 * asked.shared + 0.4 * answer + 0.2 * asked.order
    reason = _reason(old, new, asked, told, answer, together, notes)
    if not reason:
        return None
    bonus = 0.3 if asked.shared == 1.0 and asked.order == 1.0 else 0.0
    place = (0.1 if together else 0.0) + (0.05 if notes.same_gap(old.card, new.card) else 0.0)
    return _Link(old, new, score + bonus + place, reason, together)


def _strangers(old: _Side, new: _Side) -> bool:
    """Whether a quick look shows that two cards have nothing to do with each other."""
    if old.prompt.same(new.prompt) or old.answer.same(new.answer):
        return False
    one, other = old.prompt.stems, new.prompt.stems
    if min(len(one), len(other)) > 2 and 2 * len(one & other) < 0.3 * (len(one) + len(other)):
        return True
    one, other = old.answer.stems | one, new.answer.stems | other
    return min(len(one), len(other)) > 4 and len(one & other) < 0.2 * min(len(one), len(other))


def _bears(one: Words, other: Words) -> int:
    """How much the poorer of two texts has to be known by: its words, or a third of the signs of a formula."""
    return min(_identifying(one), _identifying(other))


def _identifying(side: Words) -> int:
    words, length = len(side.content.difference(side.hard)), len(side.compared)
    return max(words, length // 3, 3 if words == 2 and length > 2 else 0)


def _begins_alike(one: Words, other: Words) -> bool:
    """Whether the longer of two prompts names first what the shorter one names: a word before it makes another term."""
    short, long = sorted((one, other), key=lambda words: len(words.content))
    first = next((token for token in long.compared if token in long.content), "")
    return first in short.content or any(kin(first, token) for token in short.content)


def _reason(
    old: _Side, new: _Side, asked: Likeness, told: Likeness, answer: float, together: bool, notes: _Notes
) -> str:
    """Why two cards are one, in a word or two; empty where they are not, or where it cannot be told."""
    same_prompt, same_answer = (
        old.prompt.same(new.prompt),
        bool(old.answer.text.strip()) and old.answer.same(new.answer),
    )
    bare = not old.answer.text.strip() and not new.answer.text.strip()
    if old.prompt.lead != new.prompt.lead and not same_answer and answer < 0.5 and not bare:
        return ""  # "1. law" and "2. law": a number in front may be a mere count
    if same_prompt:
        return _same_prompt(old, new, answer, together, bare)
    if old.card.kind == "cloze" and together and old.whole == new.whole:
        # The same sentence, a little more or less of it hidden.
        longer, shorter = sorted((old.answer.form, new.answer.form), key=len, reverse=True)
        return "deletion" if shorter and _within(shorter, longer) else ""
    bearing = _bears(old.answer, new.answer)
    if asked.turned:
        grown = asked.turned == "number" and asked.grown and same_answer
        if not grown or not (bearing >= 3 or (old.card.kind == "cloze" and asked.shared >= 0.85)):
            return ""
    if old.prompt.asking != new.prompt.asking and (bare or told.shared < 0.85):
        return ""
    replaced = bool(asked.removed and asked.added)
    gap = notes.same_gap(old.card, new.card)
    if bare:
        return "prompt edited" if _same_bare(old, new, asked, together) else ""
    if same_answer:
        needed = 0.7 if old.card.kind == "cloze" else 0.4 if bearing >= 4 else 0.5 if bearing == 3 else 0.6
        if bearing < 3 and replaced:
            # One word for another may be another thing with the same answer: a verb that stands where it stood is not.
            verb = gap and old.prompt.after_a_word(asked.removed) and new.prompt.after_a_word(asked.added)
            needed = 0.8 if len(asked.removed) != len(asked.added) else 0.7 if verb else 2.0
        if together and bearing >= 3 and asked.contained >= 0.9:
            needed = 0.0
        return "prompt edited" if asked.shared >= needed + (0.0 if together else 0.2) else ""
    if not told.shared:
        return ""
    if replaced:
        # Another word in the prompt and another answer: most often the same question about another thing.
        if not asked.removed.isdisjoint(told.removed) or not asked.added.isdisjoint(told.added):
            return ""
        if not together or bearing < 5 or answer < 0.75:
            return ""
        return "both edited" if asked.shared >= (0.5 if gap else 0.7) else ""
    # "X and Y" was split in two, or two were made one: neither part is the whole.
    parted = not JOINING.isdisjoint(set(old.prompt.compared) ^ set(new.prompt.compared))
    if together and _bears(old.prompt, new.prompt) <= 2:
        # A term of a word or two may only grow behind, or shrink, or be spelt another way.
        within = asked.contained >= 0.9 and answer >= 0.5 and not parted and _begins_alike(old.prompt, new.prompt)
        return "both edited" if within or (asked.shared >= 0.8 and answer >= 0.6) else ""
    if together:
        steps = ((0.9, 0.35), (0.75, 0.6), (0.5, 0.8))
        within = asked.contained >= 0.9 and asked.shared >= 0.6 and answer >= 0.5 and not parted
        return "both edited" if within or any(asked.shared >= a and answer >= b for a, b in steps) else ""
    enough = _bears(old.prompt, new.prompt) >= 3 and asked.shared >= 0.8 and told.shared >= 0.75
    return "both edited" if enough else ""


def _same_bare(old: _Side, new: _Side, asked: Likeness, together: bool) -> bool:
    """Whether two prompts without an answer on either side are one: there is nothing else to tell it by."""
    if asked.removed and asked.added:
        # One word for another is another thing; a few for one are the same thing said differently.
        common = len(old.prompt.content & new.prompt.content)
        return together and common >= 5 and asked.shared >= 0.75 and len(asked.removed) != len(asked.added)
    return asked.shared >= (0.8 if together else 0.9)


def _same_prompt(old: _Side, new: _Side, answer: float, together: bool, bare: bool) -> str:
    """Whether a prompt that did not change asks the same thing."""
    brief = len(old.prompt.content) <= 2
    if together:
        elsewhere = old.card.context and new.card.context and old.card.context != new.card.context
        return "" if brief and elsewhere and answer < 0.3 and not bare else "answer edited"
    if bare:
        return "" if brief else "moved"
    return "moved, answer edited" if answer >= (0.75 if brief else 0.5) else ""


def _within(part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether `part` stands in `whole` as it is."""
    return any(tuple(whole[at : at + len(part)]) == tuple(part) for at in range(len(whole) - len(part) + 1))


def _settled(links: list[_Link]) -> Iterator[Relink]:
    """One to one, best first: a pair counts when neither side has another candidate that is nearly as good."""
    by_old: dict[str, list[_Link]] = defaultdict(list)
    by_new: dict[str, list[_Link]] = defaultdict(list)
    for link in links:
        by_old[link.old.card.key].append(link)
        by_new[link.new.card.key].append(link)
    waiting = sorted(links, key=lambda link: (-link.score, link.old.card.key, link.new.card.key))
    gone: set[str] = set()
    come: set[str] = set()

    def taken(link: _Link) -> Relink:
        gone.add(link.old.card.key)
        come.add(link.new.card.key)
        return Relink(link.old.card.key, link.new.card.key, round(link.score, 3), link.reason)

    def rivals(link: _Link) -> list[_Link]:
        others = by_old[link.old.card.key] + by_new[link.new.card.key]
        return [
            other
            for other in others
            if other is not link
            and other.old.card.key not in gone
            and other.new.card.key not in come
            and other.score >= link.score - MARGIN
        ]

    progress = True
    while progress and waiting:
        progress, left = False, []
        for link in waiting:
            if link.old.card.key in gone or link.new.card.key in come:
                continue
            if rivals(link):
                left.append(link)
            else:
                yield taken(link)
                progress = True
        waiting = left
        if not progress:
            for pairs in _in_order(waiting):
                for link in pairs:
                    yield taken(link)
                    progress = True


def _in_order(links: Sequence[_Link]) -> Iterator[list[_Link]]:
    """Groups of near-equals in one note that the order of their lines settles: as many before as there are now."""
    groups: dict[str, set[str]] = {}
    for link in links:
        first, second = "-" + link.old.card.key, "+" + link.new.card.key
        joined = groups.get(first, {first}) | groups.get(second, {second})
        for key in joined:
            groups[key] = joined
    table = {(link.old.card.key, link.new.card.key): link for link in links}
    done: set[int] = set()
    for group in groups.values():
        if id(group) in done:
            continue
        done.add(id(group))
        mine = [link for link in links if "-" + link.old.card.key in group]
        before = sorted({(link.old.card.line, link.old.card.key) for link in mine})
        now = sorted({(link.new.card.line, link.new.card.key) for link in mine})
        lines = [line for line, _ in before]
        paths = {link.old.card.path for link in mine}
        settled = (
            len(before) == len(now)
            and len(set(lines)) == len(lines)
            and all(lines)
            and len(paths) == 1
            and all(link.together for link in mine)
        )
        chosen = [table.get((old, new)) for (_, old), (_, new) in zip(before, now, strict=False)] if settled else []
        if chosen and all(chosen) and len({line for line, _ in now}) == len(now):
            yield [link for link in chosen if link is not None]
