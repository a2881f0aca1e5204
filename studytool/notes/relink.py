"""Which card of today is the edited form of a card that is gone, so that an edit costs a learner nothing.

A card's key is made of its text, so every edit gives it another one. Here the cards whose keys vanished are compared
with those that are new, and a pair is linked where both ask the same thing: rather no link than a wrong one, because
a history on the wrong card tells the learner that something is known which never was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from studytool.notes.likeness import compare
from studytool.notes.refrain import refrains
from studytool.notes.same_card import strangers, why_same
from studytool.notes.same_place import Elsewhere, Notes
from studytool.notes.settling import Link, settled
from studytool.notes.side import Side, shared_options
from studytool.notes.wording import bears

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from studytool.notes.model import Card

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
        topic=card.title,
        line=card.span.line,
        context=" / ".join(card.context),
    )


def relink(
    vanished: Iterable[Known],
    fresh: Iterable[Card],
    kept: Iterable[tuple[Known, Card | Known]] = (),
    apart: Container[tuple[str, str]] = (),
    elsewhere: Elsewhere | None = None,
) -> list[Relink]:
    """Link cards that vanished with the new cards they became, best match first, one to one.

    `kept` are cards with the same key before and now: those of the notes that cards vanished from tell which of these
    were renamed, and between which neighbours a card stood; the others, which notes and prompts there are beside them.
    Where these are only those of the notes that new cards came into, `elsewhere` knows of prompts in all others, too.
    `apart` are pairs of keys, before and now, that are not to be linked. The outcome does not depend on the order in
    which cards are given.
    """
    gone, come = list(vanished), [known(card) for card in fresh]
    before, now = refrains(gone, come)
    if not gone or not come:
        return []
    stayed = [(before, card if isinstance(card, Known) else known(card)) for before, card in kept]
    many = shared_options((*gone, *(card for card, _ in stayed)), (*come, *(card for _, card in stayed)))
    old = sorted((Side(card, before, many) for card in gone), key=_by_place)
    new = sorted((Side(card, now, many) for card in come), key=_by_place)
    notes = Notes(stayed, gone, come, elsewhere)
    links = [link for pair in _pairs(old, new, notes) if (link := _judged(*pair, notes)) is not None]
    links = [link for link in links if (link.old.card.key, link.new.card.key) not in apart]
    chosen = [
        Relink(link.old.card.key, link.new.card.key, round(link.score, 3), link.reason) for link in settled(links)
    ]
    return sorted(chosen, key=lambda one: (-one.score, one.source))


class Histories(NamedTuple):
    """What is known of the histories of cards beside their texts."""

    followed: Mapping[str, Relink] = {}
    """By its key before, what a card goes on as."""
    apart: Container[tuple[str, str]] = ()
    """The pairs of keys, before and now, that are not to be linked."""
    ended: Container[str] = ()
    """The keys of cards that go on as no other."""


_NOTHING = Histories()


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


def changes(before: Iterable[Card], after: Iterable[Card], histories: Histories = _NOTHING) -> Changes:
    """Compare the cards of two versions of the same notes; a path names the same note in both.

    What `histories` say of a card holds; the others are compared.
    """
    old, new = _by_key(before), _by_key(after)
    both = [key for key in old if key in new]
    moved = [key for key in both if {c.span.path for c in old[key]}.isdisjoint(c.span.path for c in new[key])]
    elsewhere = set(moved)
    kept_pairs = [(known(old[key][0]), new[key][0]) for key in both]
    vanished = [cards[0] for key, cards in old.items() if key not in new]
    fresh = [cards[0] for key, cards in new.items() if key not in old]
    told = [link for card in vanished if (link := histories.followed.get(card.key)) and link.target in new]
    told = [link for link in told if link.target not in old]
    kept_pairs += [(known(old[link.source][0]), new[link.target][0]) for link in told]
    sources, targets = {link.source for link in told}, {link.target for link in told}
    left = [known(card) for card in vanished if card.key not in sources and card.key not in histories.ended]
    come = [card for card in fresh if card.key not in targets]
    links = [*told, *relink(left, come, kept_pairs, histories.apart)]
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


def _by_place(side: Side) -> tuple[str, int, str]:
    return side.card.path, side.card.line, side.card.key


def _pairs(old: Sequence[Side], new: Sequence[Side], notes: Notes) -> Iterator[tuple[Side, Side]]:
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


def _judged(old: Side, new: Side, notes: Notes) -> Link | None:
    """The link of two cards that ask the same thing, with its score; None where they do not, or it is not sure."""
    if old.card.kind != new.card.kind and "cloze" in (old.card.kind, new.card.kind):
        return None
    if strangers(old, new):
        return None
    together = notes.together(old.card, new.card)
    asked, told = compare(old.prompt, new.prompt), compare(old.answer, new.answer)
    answered = bool(old.answer.text.strip() and new.answer.text.strip())
    answer = max(told.shared, 0.95 * told.contained if bears(old.answer, new.answer) >= 3 else 0.0) if answered else 0.0
    score = 0.4 * asked.shared + 0.4 * answer + 0.2 * asked.order
    reason = why_same(old, new, asked, told, answer, together, notes)
    if not reason:
        return None
    bonus = 0.3 if asked.shared == 1.0 and asked.order == 1.0 else 0.0
    place = (0.1 if together else 0.0) + (0.05 if notes.same_gap(old.card, new.card) else 0.0)
    return Link(old, new, score + bonus + place, reason, together)
