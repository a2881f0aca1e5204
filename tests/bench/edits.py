"""Edits of cards whose truth is known by construction: a seed makes as many as are wanted, from the course's cards.

An edit takes a card, and what stands beside it in its note, to what the author has in its place: each pair of cards
that comes of it is the same question in other words, or another one. The kinds are in two halves: those that the rules
were looked at with, and those held out, which were only counted when the rules stood.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from studytool.notes import load_library
from studytool.notes.model import Card
from studytool.notes.relink import known, relink

COURSE = Path(__file__).resolve().parents[2] / "cards"
_WORD = re.compile(r"(?<![\w\\$`])[A-Za-z]{5,}(?![\w$`])")
_NUMBER = re.compile(r"(?<![\w.\\^_{])\d+(?:\.\d+)?(?![\w.])")
_SENTENCE = re.compile(r"(?<=[a-z)]\.) (?=[A-Z])")
_ADDED = (
    "This holds for every layer.",
    "Compare the section above.",
    "It is worth a second look.",
    "Most libraries do it this way.",
    "See the figure in the lecture.",
)
_WITHIN = ("in a neural network", "in deep learning", "during training", "in practice", "in your own words")
_SAYING = (
    (r"^What is (an? .+)\?$", ("Define {}.", "What do we call {}?", "Explain what {} is.")),
    (r"^What is (the .+)\?$", ("State {}.", "Give {}.")),
    (r"^Why (.+)\?$", ("For what reason {}?", "Why exactly {}?", "Tell why {}?")),
    (r"^How (does .+|do .+|is .+|are .+|can .+)\?$", ("In what way {}?", "How exactly {}?")),
    (r"^Which (.+)\?$", ("What {}?", "Name it: which {}?")),
    (r"^What (.+)\?$", ("In short, what {}?", "What, in one sentence, {}?")),
    (r"^(?:Name|State|Give) (.+)$", ("List {}", "Write down {}")),
)
_LIKE = (
    *(("compute", "calculate"), ("begins", "starts"), ("usually", "typically"), ("large", "big")),
    *(("needs", "requires"), ("shows", "indicates"), ("often", "frequently"), ("method", "technique")),
    *(("error", "mistake"), ("happens", "occurs"), ("kinds", "types"), ("chooses", "selects"), ("gets", "receives")),
)
_UNLIKE = (
    *(("rise", "fall"), ("rises", "falls"), ("larger", "smaller"), ("large", "small"), ("before", "after")),
    *(("forward", "backward"), ("with", "without"), ("more", "fewer"), ("training", "validation"), ("input", "output")),
    *(("minimum", "maximum"), ("high", "low"), ("increase", "decrease"), ("first", "last"), ("rows", "columns")),
    *(("encoder", "decoder"), ("can", "cannot"), ("always", "never"), ("too large", "too small")),
)


@dataclass(frozen=True)
class Edit:
    """What an edit makes of some cards of a note; `same` are pairs of places, before and after, that are one card."""

    kind: str
    before: tuple[Card, ...]
    after: tuple[Card, ...]
    same: tuple[tuple[int, int], ...] = ()
    absent: tuple[Card, ...] = ()
    """Cards of the course that are taken not to have been there before."""


Made = tuple[Card, ...] | Card | None
Make = Callable[[random.Random, Card, Sequence[Card]], Made]
KEPT: dict[str, Make] = {}
OTHER: dict[str, Make] = {}
HELD_OUT: set[str] = set()


def kind(name: str, table: dict[str, Make], *, held_out: bool = False) -> Callable[[Make], Make]:
    """Enter a kind of edit; a `table` says whether what comes of it is the same card."""

    def entered(make: Make) -> Make:
        table[name] = make
        if held_out:
            HELD_OUT.add(name)
        return make

    return entered


def swapped(chance: random.Random, text: str, pairs: Sequence[tuple[str, str]]) -> str | None:
    """A text with one word of a pair for the other; None where it holds none."""
    ways = [(a, b) for one, other in pairs for a, b in ((one, other), (other, one)) if re.search(rf"\b{a}\b", text)]
    if not ways:
        return None
    word, other = chance.choice(ways)
    return re.sub(rf"\b{word}\b", other, text, count=1)


def misspelt(chance: random.Random, text: str) -> str | None:
    """A text with a slip in one of its longer words."""
    words = list(_WORD.finditer(text))
    if not words:
        return None
    found = chance.choice(words)
    at = chance.randrange(found.start() + 1, found.end() - 2)
    slips = (
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
    )
    told = chance.choice(slips)
    return told if told != text else None


def _siblings(card: Card, others: Sequence[Card]) -> list[Card]:
    """The other cards of a cloze's sentence."""
    return [one for one in others if one.kind == card.kind == "cloze" and one.span == card.span and one.key != card.key]


def _prompt(card: Card) -> tuple[str, str]:
    """The question of a card, and its options with what stands before them."""
    first, blank, rest = card.front.partition("\n\n")
    return first, blank + rest


def _asked(card: Card, told: str | None) -> Card | None:
    return replace(card, front=told + _prompt(card)[1]) if told and told != _prompt(card)[0] else None


# -- the same question ----------------------------------------------------------------------------------------------


@kind("typo in the prompt", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return _asked(card, misspelt(chance, _prompt(card)[0]))


@kind("typo in the answer", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return replace(card, back=told) if card.kind == "basic" and (told := misspelt(chance, card.back)) else None


@kind("reworded", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    for pattern, ways in _SAYING if card.kind == "basic" else ():
        if found := re.match(pattern, _prompt(card)[0]):
            return _asked(card, chance.choice(ways).format(found[1]))
    return None


@kind("a word for another of the same meaning", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return _asked(card, swapped(chance, _prompt(card)[0], _LIKE))


@kind("made more precise", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = _prompt(card)[0]
    return _asked(card, f"{first[:-1]} {chance.choice(_WITHIN)}?") if first.endswith("?") else None


@kind("answer extended", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return replace(card, back=f"{card.back} {chance.choice(_ADDED)}") if card.kind == "basic" else None


@kind("answer replaced", KEPT)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    answers = [one.back for one in others if one.kind == card.kind == "basic" and one.back != card.back]
    long = len(_prompt(card)[0].split()) >= 4
    return replace(card, back=f"Corrected: {chance.choice(answers)}") if answers and long else None


@kind("renumbered", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    if card.kind != "basic" or not _prompt(card)[0].endswith("?"):
        return None
    number = chance.randrange(1, 30)
    return replace(card, front=f"{number}. {card.front}"), replace(card, front=f"{number + 1}. {card.front}")


@kind("markup", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    words = list(_WORD.finditer(_prompt(card)[0]))
    if not words:
        return None
    found, first = chance.choice(words), _prompt(card)[0]
    mark = chance.choice(["**", "*", "=="])
    return _asked(card, f"{first[: found.start()]}{mark}{found[0]}{mark}{first[found.end() :]}")


@kind("moved to another note, with a typo", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    edited = _asked(card, misspelt(chance, _prompt(card)[0]))
    if edited is None or len(_prompt(card)[0].split()) < 5:
        return None
    return replace(edited, span=replace(edited.span, path="elsewhere.md", line=chance.randrange(1, 400)))


@kind("answer shortened", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    parts = _SENTENCE.split(card.back)
    return replace(card, back=" ".join(parts[:-1])) if card.kind == "basic" and len(parts) > 1 else None


@kind("both sides edited", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    asked = swapped(chance, _prompt(card)[0], _LIKE) or misspelt(chance, _prompt(card)[0])
    told = swapped(chance, card.back, _LIKE) or misspelt(chance, card.back)
    edited = _asked(card, asked)
    return replace(edited, back=told) if edited and told and card.kind == "basic" else None


@kind("options changed", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first, rest = _prompt(card)
    options = [line for line in rest.split("\n") if line.startswith("- ")]
    wrong = [one for one in options if one[2:] not in card.back]
    if card.kind != "choice" or len(wrong) < 2 or len(options) < 4:
        return None
    changed = [one for one in options if one != wrong[0]]
    chance.shuffle(changed)
    above = [line for line in rest.strip().split("\n") if not line.startswith("- ")]
    return replace(card, front="\n".join([first, "", *above, *changed, "- None of these"]))


@kind("a remark before the prompt", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = _prompt(card)[0]
    opening = chance.choice(["Recall: ", "From the lecture: ", "Revision. ", "Important: "])
    return _asked(card, opening + first) if len(first.split()) >= 4 else None


@kind("capitals and signs", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = _prompt(card)[0]
    told = chance.choice([first.rstrip("?.") + " ?", first[:1].lower() + first[1:], first.rstrip(".?"), f"{first} "])
    return _asked(card, told) if "$" not in first[:2] and told.strip() != first else None


# -- another question -----------------------------------------------------------------------------------------------


@kind("another question of the note", OTHER)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    near = [one for one in others if one.kind == card.kind and one.span.line != card.span.line]
    if not near:
        return None
    other = chance.choice(near)
    return card, replace(other, span=card.span), other  # which was not there before


@kind("a number changed, and the answer", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    numbers, told = list(_NUMBER.finditer(_prompt(card)[0])), _NUMBER.search(card.back)
    if not numbers or not told or card.kind != "basic":
        return None
    found, first = chance.choice(numbers), _prompt(card)[0]
    asked = f"{first[: found.start()]}{_another(chance, found[0])}{first[found.end() :]}"
    edited = _asked(card, asked)
    back = card.back[: told.start()] + _another(chance, told[0]) + card.back[told.end() :]
    return replace(edited, back=back) if edited else None


@kind("a number changed", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    numbers, first = list(_NUMBER.finditer(_prompt(card)[0])), _prompt(card)[0]
    if not numbers or card.kind == "cloze":
        return None
    found = chance.choice(numbers)
    return _asked(card, f"{first[: found.start()]}{_another(chance, found[0])}{first[found.end() :]}")


def _another(chance: random.Random, number: str) -> str:
    return str(chance.choice([n for n in range(2, 99) if str(n) != number])) + ("5" if "." in number else "")


@kind("the opposite", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return _asked(card, swapped(chance, _prompt(card)[0], _UNLIKE)) if card.kind != "cloze" else None


@kind("another deletion of the sentence", OTHER)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    if card.kind != "cloze":
        return None
    asked = {word for one in (card, *_siblings(card, others)) for word in _WORD.findall(one.back)}
    whole = card.front.replace("[…]", card.back, 1)
    place = card.front.index("[…]")
    words = [found for found in _WORD.finditer(whole) if not place - 1 <= found.start() <= place + len(card.back)]
    words = [found for found in words if found[0] not in asked]
    if not words:
        return None
    found = chance.choice(words)
    return replace(card, front=whole[: found.start()] + "[…]" + whole[found.end() :], back=found[0])


@kind("asked the other way round", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    short = card.kind == "basic" and 2 <= len(card.back.split()) <= 12 and "\n" not in card.back
    return replace(card, front=f"Of what is this said: {card.back}", back=card.front) if short else None


@kind("another thing in the same words", OTHER, held_out=True)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    found = re.match(r"^(What is (?:an?|the) |Why does (?:an?|the) |What does (?:an?|the) )([A-Za-z-]+)", card.front)
    names = {w for one in others for w in re.findall(r"\b(?:a|an|the) ([a-z]{5,})\b", one.front)}
    if not found or card.kind != "basic" or not (names := names - {found[2]}):
        return None
    answers = [one.back for one in others if one.kind == "basic" and one.back != card.back]
    front = f"{found[1]}{chance.choice(sorted(names))}{card.front[found.end() :]}"
    return replace(card, front=front, back=chance.choice(answers)) if answers else None


@kind("why for how", OTHER, held_out=True)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    first = _prompt(card)[0]
    word = first.partition(" ")[0]
    answers = [one.back for one in others if one.kind == "basic" and one.back != card.back]
    if word not in ("Why", "How") or card.kind != "basic" or not answers:
        return None
    asked = ("How" if word == "Why" else "Why") + first[len(word) :]
    return replace(card, front=asked, back=chance.choice(answers))


@kind("negated", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    found = re.match(r"^(Why|When|Which .+?|What) (is|are|does|do|can) (\S+ \S+) (.+)$", _prompt(card)[0])
    return _asked(card, f"{found[1]} {found[2]} {found[3]} not {found[4]}") if found and card.kind != "cloze" else None


# -- a history of edits ---------------------------------------------------------------------------------------------


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
    parts = _SENTENCE.split(card.back)
    if card.kind != "basic" or len(parts) < 2 or "\n" in card.back:
        return None
    first = replace(card, key=f"{card.key}+", back=parts[0])
    topic = chance.choice(_WORD.findall(parts[1]) or ["it"])
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
        edits: list[Edit] = []
        for name in order[start : start + size]:
            for card in chance.sample(cards, len(cards)):
                others = [one for one in notes[card.span.path] if one.key not in touched]
                if card.key in touched:
                    continue
                made = BOTH[name](chance, card, others) if name in BOTH else edit(chance, name, card, others)
                if made:
                    edits.append(made)
                    gone = [*made.before, *made.absent]
                    gone += [one for card in made.before for one in _siblings(card, others)]  # edited with it
                    touched.update(one.key for one in gone)
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
