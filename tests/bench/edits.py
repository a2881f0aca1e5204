"""Edits of cards whose truth is known by construction: a seed makes as many as are wanted, from the course's cards.

An edit takes a card, and what stands beside it in its note, to what the author has in its place: each pair of cards
that comes of it is the same question in other words, or another one.
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from studytool.notes import load_library
from studytool.notes.model import Card
from studytool.notes.relink import known, relink

sys.path.insert(0, str(Path(__file__).resolve().parent))  # for the test that imports this file

from edit_kinds import HELD_OUT, KEPT, OTHER, SENTENCE, WORD, siblings

COURSE = Path(__file__).resolve().parents[2] / "cards"


@dataclass(frozen=True)
class Edit:
    """What an edit makes of some cards of a note; `same` are pairs of places, before and after, that are one card."""

    kind: str
    before: tuple[Card, ...]
    after: tuple[Card, ...]
    same: tuple[tuple[int, int], ...] = ()
    absent: tuple[Card, ...] = ()
    """Cards of the course that are taken not to have been there before."""


def course() -> list[Card]:
    """The cards that the edits are made of: each once, in the order of the notes."""
    found = {card.key: card for note in load_library([COURSE]).notes for card in note.studied}
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


BOTH: dict[str, Callable[[random.Random, Card, Sequence[Card]], Edit | None]] = {
    "answers swapped": swapped_answers,
    "card split": parted,
}


def commits(seed: int, wanted: int, size: int, names: Sequence[str]) -> Iterator[tuple[list[Edit], list[Card]]]:
    """Commits of about `size` edits each, with the cards that stay as they are, until there are `wanted` edits."""
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
                if made:
                    edits.append(made)
                    gone = [*made.before, *made.absent]
                    gone += [one for card in made.before for one in siblings(card, others)]  # edited with it
                    touched.update(one.key for one in gone)
                    backs = {one.back for one in made.after}
                    lent.update(one.key for one in others if one.back in backs)  # else it might be what was moved
                    break
        yield edits, [card for card in cards if card.key not in touched]


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
        links = relink(map(known, before.values()), after.values(), [(known(card), card) for card in stayed])
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
