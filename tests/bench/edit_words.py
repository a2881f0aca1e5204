"""What makes another question of a card: more kinds, over the course and the notes of other subjects.

They are entered in the table of `edit_kinds`, half of them held out. A swapped word, number or sign asks of something
else, whether the answer stayed or not.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from edit_kinds import OTHER, Made, another, kind, question, reasked, swapped
from edit_tables import (
    DEGREES,
    EXTREMES,
    IN_WORDS,
    KINDRED,
    MONTHS,
    NAMES,
    OPERATORS,
    OPPOSITE,
    PLURALS,
    PREFIXED,
    UNITS,
    UNLIKE_ELSEWHERE,
)
from edit_touches import shuffled

from studytool.notes.model import Card

_YEAR = re.compile(r"(?<![\w.,])(1[0-9]{3}|20[0-2]\d)(?![\w.,])")
_DIGIT = re.compile(r"(?<![\w.,])\d+(?![\w.,])")
_FORMAL = re.compile(r"`[^`\n]+`|\$[^$\n]+\$")
_LETTER = re.compile(r"(?<![\\A-Za-z{])[A-Za-z](?![A-Za-z])")
_NAME = re.compile(r"`([A-Za-z_.]{2,})")
_NOT = re.compile(r"\b(not|never|no) ")
_IS = re.compile(r"^(Why|When|Which .+?|What|How) (is|are|does|do|can) (\S+ \S+) (.+)$")


def _answers(card: Card, others: Sequence[Card]) -> list[str]:
    return [one.back for one in others if one.kind == card.kind == "basic" and one.back != card.back]


@kind("another unit", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    ways = [(found, b) for pair in UNITS for a, b in (pair, pair[::-1]) for found in _measured(a).finditer(first)]
    if not ways or card.kind == "cloze":
        return None
    found, other = chance.choice(ways)
    return reasked(card, first[: found.start()] + other + first[found.end() :])


def _measured(unit: str) -> re.Pattern[str]:
    """A unit behind a number."""
    return re.compile(rf"(?<=\d ){re.escape(unit)}(?![\w/])")


@kind("another name", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    pairs = [(a, b) for group in NAMES for a in group for b in group if a != b and a in card.front]
    return reasked(card, swapped(chance, question(card)[0], pairs)) if pairs and card.kind != "cloze" else None


@kind("a negation moved into the answer", OTHER)
def _(_chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    if card.kind != "basic":
        return None
    if _NOT.search(first):
        edited = reasked(card, _NOT.sub("", first, count=1))
    elif found := _IS.match(first):
        edited = reasked(card, f"{found[1]} {found[2]} {found[3]} not {found[4]}")
    else:
        return None
    return replace(edited, back=f"Not so: {card.back}") if edited else None


@kind("minimum and maximum", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return reasked(card, swapped(chance, question(card)[0], EXTREMES)) if card.kind != "cloze" else None


@kind("another prefix", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return reasked(card, swapped(chance, question(card)[0], PREFIXED)) if card.kind != "cloze" else None


@kind("another operator", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    ways = [
        (found.start() + found[0].index(sign), sign, other)
        for found in _FORMAL.finditer(first)
        for sign, other in OPERATORS
        if sign in found[0][1:-1]
    ]
    if not ways or card.kind == "cloze":
        return None
    at, sign, other = chance.choice(ways)
    return reasked(
        card, first[:at] + f"{other} " * (other[0] == "\\") + other * (other[0] != "\\") + first[at + len(sign) :]
    )


@kind("another number, in other languages", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    numbers = list(_DIGIT.finditer(first))
    if not numbers or card.span.path not in UNLIKE_ELSEWHERE:
        return None
    found = chance.choice(numbers)
    return reasked(card, first[: found.start()] + another(chance, found[0]) + first[found.end() :])


@kind("the opposite, in German or French", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    if card.span.path not in ("deutsch.md", "francais.md"):
        return None
    return reasked(card, swapped(chance, question(card)[0], UNLIKE_ELSEWHERE[card.span.path]))


@kind("the opposite, options in another order", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    made = shuffled(chance, card)
    return reasked(made, swapped(chance, question(card)[0], (*EXTREMES, *PREFIXED, *OPPOSITE))) if made else None


@kind("a number changed, and the options", OTHER)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    numbers = list(_DIGIT.finditer(first))
    made = shuffled(chance, card)
    if not numbers or not made:
        return None
    found = chance.choice(numbers)
    lines = made.front.split("\n")
    lines[-1] = f"- {another(chance, '0')}" if lines[-1][2:] not in card.back else lines[-1]
    made = replace(made, front="\n".join(lines))
    return reasked(made, first[: found.start()] + another(chance, found[0]) + first[found.end() :])


@kind("another date", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    if card.kind == "cloze":
        return None
    if found := _YEAR.search(first):
        year = str(int(found[0]) + chance.choice([-30, -10, -1, 1, 4, 20]))
        return reasked(card, first[: found.start()] + year + first[found.end() :])
    pairs = [(a, b) for a, b in zip(MONTHS, (*MONTHS[1:], MONTHS[0]), strict=True) if a in first]
    return reasked(card, swapped(chance, first, pairs))


@kind("a comparative, and another answer", OTHER, held_out=True)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    edited, answers = reasked(card, swapped(chance, question(card)[0], DEGREES)), _answers(card, others)
    return replace(edited, back=chance.choice(answers)) if edited and answers else None


@kind("one thing and its plural", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return _pair(chance, card, PLURALS)


@kind("two of a kind", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return _pair(chance, card, KINDRED)


def _pair(chance: random.Random, card: Card, table: Sequence[tuple[str, str, str, str]]) -> Made:
    """Two cards of a table, the one in place of the other, where a card stood."""
    front, back, other, told = chance.choice(table)
    if card.kind != "basic":
        return None
    one = replace(card, key=f"{card.key}-", front=front, back=back)
    made = replace(one, front=other, back=told)
    return (one, made, card) if chance.random() < 0.5 else (replace(made, key=one.key), replace(one, key=""), card)


@kind("another variable", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    letters = [
        (found.start() + at.start(), at[0]) for found in _FORMAL.finditer(first) for at in _LETTER.finditer(found[0])
    ]
    names = sorted({letter for _, letter in letters})
    if len(names) < 2 or card.kind == "cloze":
        return None
    at, letter = chance.choice(letters)
    return reasked(card, first[:at] + chance.choice([n for n in names if n != letter]) + first[at + 1 :])


@kind("another identifier, and another answer", OTHER, held_out=True)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    first, answers = question(card)[0], _answers(card, others)
    found = _NAME.search(first)
    if not found or not answers:
        return None
    edited = reasked(
        card, first[: found.end()] + chance.choice(["_", "s", "2", "_all", "Async", "_r"]) + first[found.end() :]
    )
    return replace(edited, back=chance.choice(answers)) if edited else None


@kind("the opposite, in Spanish, Russian or Chinese", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first, path = question(card)[0], card.span.path
    if path not in ("espanol.md", "russian.md", "chinese.md"):
        return None
    if path != "chinese.md":
        return reasked(card, swapped(chance, first, UNLIKE_ELSEWHERE[path]))
    ways = [(a, b) for pair in UNLIKE_ELSEWHERE[path] for a, b in (pair, pair[::-1]) if a in first]
    return reasked(card, first.replace(*chance.choice(ways), 1)) if ways else None


@kind("another number in words", OTHER, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    pairs = [(a, b) for group in IN_WORDS for a in group for b in group if a != b and a in card.front.casefold()]
    return reasked(card, swapped(chance, question(card)[0], pairs)) if pairs and card.kind != "cloze" else None


@kind("the opposite, and other options", OTHER, held_out=True)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    edited = reasked(card, swapped(chance, question(card)[0], (*EXTREMES, *PREFIXED, *OPPOSITE)))
    lines = card.front.split("\n")
    options = [at for at, line in enumerate(lines) if line.startswith("- ")]
    if card.kind != "choice" or edited is None or len(options) < 3 or not others:
        return None
    lines = edited.front.split("\n")
    lines[chance.choice(options)] = "- " + chance.choice(["All of them", "Neither", "It depends on the case"])
    return replace(edited, front="\n".join(lines), back=chance.choice([lines[at][2:] for at in options]))
