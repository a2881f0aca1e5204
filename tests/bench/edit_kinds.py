"""What an author does to a card, kind by kind: the same question in other words, or another one.

The kinds are in two halves: those that the rules were looked at with, and those held out, which were only counted when
the rules stood.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from studytool.notes.model import Card

WORD = re.compile(r"(?<![\w\\$`])[A-Za-z]{5,}(?![\w$`])")
_NUMBER = re.compile(r"(?<![\w.\\^_{])\d+(?:\.\d+)?(?![\w.])")
SENTENCE = re.compile(r"(?<=[a-z)]\.) (?=[A-Z])")
ADDED = (
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
    """A text with one word of a pair for the other, which it has not; None where it holds none."""
    ways = [(a, b) for pair in pairs for a, b in (pair, pair[::-1]) if b not in text and re.search(rf"\b{a}\b", text)]
    if not ways:
        return None
    word, other = chance.choice(ways)
    return re.sub(rf"\b{word}\b", other, text, count=1)


def misspelt(chance: random.Random, text: str) -> str | None:
    """A text with a slip in one of its longer words."""
    words = list(WORD.finditer(text))
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


def siblings(card: Card, others: Sequence[Card]) -> list[Card]:
    """The other cards of a cloze's sentence."""
    return [one for one in others if one.kind == card.kind == "cloze" and one.span == card.span and one.key != card.key]


def question(card: Card) -> tuple[str, str]:
    """The question of a card, and its options with what stands before them."""
    first, blank, rest = card.front.partition("\n\n")
    return first, blank + rest


def reasked(card: Card, told: str | None) -> Card | None:
    return replace(card, front=told + question(card)[1]) if told and told != question(card)[0] else None


# -- the same question ----------------------------------------------------------------------------------------------


@kind("typo in the prompt", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return reasked(card, misspelt(chance, question(card)[0]))


@kind("typo in the answer", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return replace(card, back=told) if card.kind == "basic" and (told := misspelt(chance, card.back)) else None


@kind("reworded", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    for pattern, ways in _SAYING if card.kind == "basic" else ():
        if found := re.match(pattern, question(card)[0]):
            return reasked(card, chance.choice(ways).format(found[1]))
    return None


@kind("a word for another of the same meaning", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return reasked(card, swapped(chance, question(card)[0], _LIKE))


@kind("made more precise", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    return reasked(card, f"{first[:-1]} {chance.choice(_WITHIN)}?") if first.endswith("?") else None


@kind("answer extended", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return replace(card, back=f"{card.back} {chance.choice(ADDED)}") if card.kind == "basic" else None


@kind("answer replaced", KEPT)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    answers = [one.back for one in others if one.kind == card.kind == "basic" and one.back != card.back]
    long = len(question(card)[0].split()) >= 4
    return replace(card, back=f"Corrected: {chance.choice(answers)}") if answers and long else None


@kind("renumbered", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    if card.kind != "basic" or not question(card)[0].endswith("?"):
        return None
    number = chance.randrange(1, 30)
    return replace(card, front=f"{number}. {card.front}"), replace(card, front=f"{number + 1}. {card.front}")


@kind("markup", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    words = list(WORD.finditer(question(card)[0]))
    if not words:
        return None
    found, first = chance.choice(words), question(card)[0]
    mark = chance.choice(["**", "*", "=="])
    return reasked(card, f"{first[: found.start()]}{mark}{found[0]}{mark}{first[found.end() :]}")


@kind("moved to another note, with a typo", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    edited = reasked(card, misspelt(chance, question(card)[0]))
    if edited is None or len(question(card)[0].split()) < 5:
        return None
    return replace(edited, span=replace(edited.span, path="elsewhere.md", line=chance.randrange(1, 400)))


@kind("answer shortened", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    parts = SENTENCE.split(card.back)
    return replace(card, back=" ".join(parts[:-1])) if card.kind == "basic" and len(parts) > 1 else None


@kind("both sides edited", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    asked = swapped(chance, question(card)[0], _LIKE) or misspelt(chance, question(card)[0])
    told = swapped(chance, card.back, _LIKE) or misspelt(chance, card.back)
    edited = reasked(card, asked)
    return replace(edited, back=told) if edited and told and card.kind == "basic" else None


@kind("options changed", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first, rest = question(card)
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
    first = question(card)[0]
    opening = chance.choice(["Recall: ", "From the lecture: ", "Revision. ", "Important: "])
    return reasked(card, opening + first) if len(first.split()) >= 4 else None


@kind("capitals and signs", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    told = chance.choice([first.rstrip("?.") + " ?", first[:1].lower() + first[1:], first.rstrip(".?"), f"{first} "])
    return reasked(card, told) if "$" not in first[:2] and told.strip() != first else None


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
    numbers, told = list(_NUMBER.finditer(question(card)[0])), _NUMBER.search(card.back)
    if not numbers or not told or card.kind != "basic":
        return None
    found, first = chance.choice(numbers), question(card)[0]
    asked = f"{first[: found.start()]}{another(chance, found[0])}{first[found.end() :]}"
    edited = reasked(card, asked)
    back = card.back[: told.start()] + another(chance, told[0]) + card.back[told.end() :]
    return replace(edited, back=back) if edited else None


@kind("a number changed", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    numbers, first = list(_NUMBER.finditer(question(card)[0])), question(card)[0]
    if not numbers or card.kind == "cloze":
        return None
    found = chance.choice(numbers)
    return reasked(card, f"{first[: found.start()]}{another(chance, found[0])}{first[found.end() :]}")


def another(chance: random.Random, number: str) -> str:
    return str(chance.choice([n for n in range(2, 99) if str(n) != number])) + ("5" if "." in number else "")


@kind("the opposite", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return reasked(card, swapped(chance, question(card)[0], _UNLIKE)) if card.kind != "cloze" else None


@kind("another deletion of the sentence", OTHER)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    if card.kind != "cloze":
        return None
    asked = {word for one in (card, *siblings(card, others)) for word in WORD.findall(one.back)}
    whole = card.front.replace("[…]", card.back, 1)
    place = card.front.index("[…]")
    words = [found for found in WORD.finditer(whole) if not place - 1 <= found.start() <= place + len(card.back)]
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
    first = question(card)[0]
    word = first.partition(" ")[0]
    answers = [one.back for one in others if one.kind == "basic" and one.back != card.back]
    if word not in ("Why", "How") or card.kind != "basic" or not answers:
        return None
    asked = ("How" if word == "Why" else "Why") + first[len(word) :]
    return replace(card, front=asked, back=chance.choice(answers))


@kind("negated", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    found = re.match(r"^(Why|When|Which .+?|What) (is|are|does|do|can) (\S+ \S+) (.+)$", question(card)[0])
    return reasked(card, f"{found[1]} {found[2]} {found[3]} not {found[4]}") if found and card.kind != "cloze" else None
