"""Edits of cards whose truth is known by construction: a seed makes as many as are wanted, from some notes.

An edit takes a card, and what stands beside it in its note, to what the author has in its place: each pair of cards
that comes of it is the same question in other words, or another one.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from studytool.notes import load_library
from studytool.notes.model import Card
from studytool.notes.relink import known, relink

sys.path.insert(0, str(Path(__file__).resolve().parent))  # for the test that imports this file

import edit_touches  # noqa: F401 - enters its kinds
import edit_words  # noqa: F401 - enters its kinds
from edit_kinds import HELD_OUT, KEPT, OTHER, SENTENCE, WORD, misspelt, question, reasked, siblings

_ROOT = Path(__file__).resolve().parents[2]
NOTES = (_ROOT / "cards", _ROOT / "tests" / "fixtures" / "edits")


@dataclass(frozen=True)
class Edit:
    """What an edit makes of some cards of a note; `same` are pairs of places, before and after, that are one card."""

    kind: str
    before: tuple[Card, ...]
    after: tuple[Card, ...]
    same: tuple[tuple[int, int], ...] = ()
    absent: tuple[Card, ...] = ()
    """Cards of the notes that are taken not to have been there before."""
    renamed: str = ""
    """The name that the note of these cards has afterwards, if it is another one."""


def course() -> list[Card]:
    """The cards that the edits are made of: each once, in the order of the notes."""
    found = {card.key: card for note in load_library([*NOTES]).notes for card in note.studied}
    return [replace(card, span=replace(card.span, path=Path(card.span.path).name)) for card in found.values()]


def edit(chance: random.Random, name: str, card: Card, others: Sequence[Card]) -> Edit | None:
    """One edit of a kind, where the card can take it."""
    made = {**KEPT, **OTHER}[name](chance, card, others)
    if made is None:
        return None
    before, after, *absent = made if isinstance(made, tuple) else (card, made)
    if (before.front, before.back) == (after.front, after.back):
        return None
    after = replace(after, key=f"{before.key}+")
    return Edit(name, (before,), (after,), ((0, 0),) if name in KEPT else (), tuple(absent))


def swapped_answers(chance: random.Random, card: Card, others: Sequence[Card]) -> Edit | None:
    """Two cards of a note that take each other's answer: each goes on as what it asks."""
    near = [o for o in others if o.kind == card.kind == "basic" and o.key != card.key and o.back != card.back]
    near = [other for other in near if len(other.front.split()) > 3 < len(card.front.split())]
    if not near:
        return None
    other = chance.choice(near)
    after = (replace(card, key=f"{card.key}+", back=other.back), replace(other, key=f"{other.key}+", back=card.back))
    return Edit("answers swapped", (card, other), after, ((0, 0), (1, 1)))


def parted(chance: random.Random, card: Card, _others: Sequence[Card]) -> Edit | None:
    """An answer of two sentences made two cards: the first goes on, the second is new."""
    parts = SENTENCE.split(card.back)
    if card.kind != "basic" or len(parts) < 2 or "\n" in card.back:
        return None
    first = replace(card, key=f"{card.key}+", back=parts[0])
    topic = chance.choice(WORD.findall(parts[1]) or ["it"])
    line = replace(card.span, line=card.span.line + 1)
    second = replace(card, key=f"{card.key}++", front=f"And what is said of “{topic}” there?", back=parts[1], span=line)
    return Edit("card split", (card,), (first, second), ((0, 0),))


def renamed(chance: random.Random, card: Card, _others: Sequence[Card]) -> Edit | None:
    """A note that has another name now, and a card of it with a slip in its prompt."""
    made = reasked(card, misspelt(chance, question(card)[0]))
    if made is None or len(question(card)[0].split()) < 5:
        return None
    name = f"{chance.randrange(100)} {card.span.path}"
    return Edit("note renamed, with a typo", (card,), (replace(made, key=f"{card.key}+"),), ((0, 0),), renamed=name)


BOTH: dict[str, Callable[[random.Random, Card, Sequence[Card]], Edit | None]] = {
    "answers swapped": swapped_answers,
    "card split": parted,
    "note renamed, with a typo": renamed,
}
HELD_OUT.add("note renamed, with a typo")


def commits(
    seed: int, wanted: int, size: int, names: Sequence[str]
) -> Iterator[tuple[list[Edit], list[tuple[Card, Card]]]]:
    """Commits of about `size` edits each, with the cards that stay, until there are `wanted` edits."""
    chance = random.Random(seed)
    cards = course()
    notes: dict[str, list[Card]] = {}
    for card in cards:
        notes.setdefault(card.span.path, []).append(card)
    order = [name for at in range(wanted) for name in (names[at % len(names)],)]
    chance.shuffle(order)
    for start in range(0, wanted, size):
        touched: set[str] = set()
        lent: set[str] = set()  # what others took their answers from stays as it is
        edits: list[Edit] = []
        for name in order[start : start + size]:
            for card in chance.sample(cards, len(cards)):
                others = [one for one in notes[card.span.path] if one.key not in touched]
                if card.key in touched or card.key in lent:
                    continue
                made = BOTH[name](chance, card, others) if name in BOTH else edit(chance, name, card, others)
                if made and not _asked_already(made, notes[card.span.path], edits):
                    edits.append(made)
                    gone = [*made.before, *made.absent]
                    gone += [one for card in made.before for one in siblings(card, others)]  # edited with it
                    touched.update(one.key for one in gone)
                    backs = {one.back for one in made.after}
                    lent.update(one.key for one in others if one.back in backs)  # else it might be what was moved
                    break
        names_now = {one.before[0].span.path: one.renamed for one in edits if one.renamed}
        edits = [replace(one, after=tuple(_under(card, names_now) for card in one.after)) for one in edits]
        yield edits, [(card, _under(card, names_now)) for card in cards if card.key not in touched]


def _asked_already(made: Edit, note: Sequence[Card], edits: Sequence[Edit]) -> bool:
    """Whether an edit makes a prompt that another card of its note has, or one of another edit had."""
    own = {card.key for card in (*made.before, *made.absent)}
    others = {card.front for card in note if card.key not in own}
    others.update(card.front for one in edits for card in (*one.before, *one.after))
    return not others.isdisjoint(card.front for card in made.after)


def _under(card: Card, names: Mapping[str, str]) -> Card:
    """A card whose note has another name now."""
    return replace(card, span=replace(card.span, path=names.get(card.span.path, card.span.path)))


@dataclass
class Outcome:
    """What became of labelled edits."""

    pairs: int = 0
    kept: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    other: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    shown: list[tuple[str, str, Card, Card]] = field(default_factory=list)


def judged(seed: int, wanted: int = 1000, size: int = 50, *, held_out: bool | None = None) -> Outcome:
    """Link the cards of each commit and compare with the truth; `held_out` asks for one half of the kinds."""
    names = [name for name in (*KEPT, *OTHER, *BOTH) if held_out is None or (name in HELD_OUT) == held_out]
    outcome = Outcome()
    for edits, stayed in commits(seed, wanted, size, names):
        before = {card.key: card for one in edits for card in one.before}
        after = {card.key: card for one in edits for card in one.after}
        of = {card.key: one.kind for one in edits for card in (*one.before, *one.after)}
        same = {(one.before[a].key, one.after[b].key) for one in edits for a, b in one.same}
        links = relink(map(known, before.values()), after.values(), [(known(card), now) for card, now in stayed])
        found = {(link.source, link.target) for link in links}
        outcome.pairs += sum(max(len(one.same), 1) for one in edits)
        for pair in same:
            (outcome.kept if pair in found else outcome.lost)[of[pair[0]]] += 1
            if pair not in found:
                outcome.shown.append(("lost", of[pair[0]], before[pair[0]], after[pair[1]]))
        outcome.other.update(one.kind for one in edits if not one.same)
        for pair in found - same:
            outcome.wrong[of[pair[0]]] += 1
            outcome.shown.append(("wrong", of[pair[0]], before[pair[0]], after[pair[1]]))
    return outcome
