"""What an author does to a card that leaves it as it is: more kinds, over the course and the notes of other subjects.

They are entered in the table of `edit_kinds`, half of them held out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from edit_kinds import ADDED, KEPT, SENTENCE, WORD, Made, kind, misspelt, question, reasked, swapped

from studytool.notes.model import Card

_SPELLINGS = (
    *(("behaviour", "behavior"), ("colour", "color"), ("centre", "center"), ("metres", "meters"), ("litres", "liters")),
    *(("neighbour", "neighbor"), ("neighbours", "neighbors"), ("labelled", "labeled"), ("modelled", "modeled")),
    *(("normalise", "normalize"), ("normalised", "normalized"), ("normalisation", "normalization")),
    *(("initialised", "initialized"), ("initialisation", "initialization"), ("minimise", "minimize")),
    *(("maximise", "maximize"), ("minimising", "minimizing"), ("maximising", "maximizing"), ("optimise", "optimize")),
    *(("generalise", "generalize"), ("generalises", "generalizes"), ("generalisation", "generalization")),
    *(("regularise", "regularize"), ("regularisation", "regularization"), ("recognise", "recognize")),
    *(
        ("recognises", "recognizes"),
        ("analyse", "analyze"),
        ("learnt", "learned"),
        ("grey", "gray"),
        ("towards", "toward"),
    ),
)
_CONTRACTIONS = (
    *(("does not", "doesn't"), ("do not", "don't"), ("is not", "isn't"), ("are not", "aren't"), ("cannot", "can't")),
    *(("What is", "What's"), ("Who is", "Who's"), ("it is", "it's"), ("would not", "wouldn't"), ("did not", "didn't")),
)
_SHORTER = (
    *(("for example", "e.g."), ("and", "&"), ("between", "b/w"), ("without", "w/o"), ("that is", "i.e.")),
    *(("approximately", "approx."), ("number", "no."), ("versus", "vs"), ("maximum", "max."), ("minimum", "min.")),
)
_DIGITS = (("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"), ("ten", "10"), ("seven", "7"), ("eight", "8"))
_LARGE = re.compile(r"(?<![\w.,])(\d{1,3})[, ]?(\d{3})(?![\w.,])")
_PERCENT = re.compile(r"(\d) ?%")
_QUOTES = ("“{}”", '"{}"', "„{}“", "«{}»", "‘{}’", "'{}'")
_LETTERS = re.compile(r"[^\W\d_]{5,}")
_MARKED = str.maketrans(
    {
        **dict(zip("àâéèêëîïôùûçñáíóúÀÉÈÊ¿", "aaeeeeiiouucnaiouAEEE ", strict=True)),
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ё": "е",
    }
)
_AHEAD = re.compile(
    r"^(In|With|For|On|After|Before|Without|Under|At|Among|During|When|If) ([^,?]+), "
    r"(what|which|why|how|when|where|who) (.+)\?$"
)
_BEHIND = re.compile(r"^(What|Which|Why|How|Where|Who) (.+?) (when|if|after|before|during|once) (?!to )([^?]+)\?$")
_NUMERAL = re.compile(r"[\u3400-\u9fff]")


def _foreign(card: Card) -> bool:
    return card.span.path in ("deutsch.md", "francais.md", "espanol.md", "russian.md")


@kind("clauses in another order", KEPT)
def _(_chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    if found := _AHEAD.match(first):
        told = f"{found[3].capitalize()} {found[4]} {found[1].lower()} {found[2]}?"
    elif found := _BEHIND.match(first):
        told = f"{found[3].capitalize()} {found[4]}, {found[1].lower()} {found[2]}?"
    else:
        return None
    return reasked(card, told)


@kind("a link put in", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    words = list(WORD.finditer(first))
    if not words or len(first.split()) < 4:
        return None
    found = chance.choice(words)
    where = chance.choice([f"{found[0].lower()}.md", f"https://en.wikipedia.org/wiki/{found[0].capitalize()}"])
    return reasked(card, f"{first[: found.start()]}[{found[0]}]({where}){first[found.end() :]}")


@kind("moved within the note, answer extended", KEPT)
def _(chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    if card.kind != "basic" or len(question(card)[0].split()) < 4:
        return None
    line = chance.choice([one.span.line for one in others]) + 1
    return replace(card, back=f"{card.back} {chance.choice(ADDED)}", span=replace(card.span, line=line))


@kind("quotation marks of another kind", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    words = list(WORD.finditer(question(card)[0]))
    if not words or any(mark in card.front for mark in "“\"„«‘'`"):
        return None
    found, first = chance.choice(words), question(card)[0]
    before, after = (
        f"{first[: found.start()]}{marks.format(found[0])}{first[found.end() :]}" for marks in chance.sample(_QUOTES, 2)
    )
    one, other = reasked(card, before), reasked(card, after)
    return (one, other) if one and other else None


@kind("British and American spelling", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return reasked(card, swapped(chance, question(card)[0], _SPELLINGS))


@kind("typo, in another language", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    words = [found for found in _LETTERS.finditer(first) if not _NUMERAL.search(found[0])]
    if not _foreign(card) or not words:
        return None
    found = chance.choice(words)
    at = chance.randrange(found.start() + 1, found.end() - 2)
    slips = (first[:at] + first[at + 1] + first[at] + first[at + 2 :], first[:at] + first[at + 1 :])
    return reasked(card, chance.choice(slips))


@kind("options in another order, with a typo", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    made = shuffled(chance, card)
    return reasked(made, misspelt(chance, question(card)[0])) if made else None


@kind("a contraction", KEPT)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return reasked(card, swapped(chance, question(card)[0], _CONTRACTIONS))


@kind("a link put in the answer", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    words = list(WORD.finditer(card.back))
    if card.kind != "basic" or not words:
        return None
    found = chance.choice(words)
    return replace(
        card, back=f"{card.back[: found.start()]}[{found[0]}]({found[0].lower()}.md){card.back[found.end() :]}"
    )


@kind("answer set otherwise", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    if card.kind != "basic" or "\n" in card.back or len(card.back.split()) < 3:
        return None
    parts = SENTENCE.split(card.back)
    if len(parts) > 1:
        return replace(card, back="\n".join(f"- {part}" for part in parts))
    words = list(WORD.finditer(card.back))
    if not words:
        return None
    found = chance.choice(words)
    mark = chance.choice(["**", "*", "=="])
    return replace(card, back=f"{card.back[: found.start()]}{mark}{found[0]}{mark}{card.back[found.end() :]}")


@kind("moved to another note, answer extended", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    if card.kind != "basic" or len(card.back.split()) < 5 or len(question(card)[0].split()) < 5:
        return None
    span = replace(card.span, path="elsewhere.md", line=chance.randrange(1, 400))
    return replace(card, back=f"{card.back} {chance.choice(ADDED)}", span=span)


@kind("under another heading, with a typo", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    edited = reasked(card, misspelt(chance, question(card)[0]))
    if edited is None or len(question(card)[0].split()) < 5:
        return None
    return replace(edited, context=(*card.context[:1], chance.choice(["More questions", "Revision", "For the exam"])))


@kind("numbers written otherwise", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    if _LARGE.search(first) and "$" not in first:
        return reasked(card, _LARGE.sub(chance.choice([r"\1\2", r"\1,\2", "\\1\u202f\\2"]), first, count=1))
    if _PERCENT.search(first):
        return reasked(card, _PERCENT.sub(r"\1%" if " %" in first else r"\1 %", first))
    return reasked(card, swapped(chance, first, _DIGITS[: 4 if "$" not in first else 0]))


@kind("letters without their marks", KEPT, held_out=True)
def _(_chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    first = question(card)[0]
    return reasked(card, first.translate(_MARKED).strip()) if _foreign(card) and len(first.split()) >= 4 else None


@kind("answer extended, in another language", KEPT, held_out=True)
def _(_chance: random.Random, card: Card, others: Sequence[Card]) -> Made:
    told = {
        "d": "Siehe auch die Abbildung.",
        "f": "Voir aussi la figure.",
        "e": "Véase la figura.",
        "r": "См. рисунок.",
    }
    if not _foreign(card) or card.kind != "basic" or not others:
        return None
    return replace(card, back=f"{card.back} {told[card.span.path[0]]}")


@kind("shorter words", KEPT, held_out=True)
def _(chance: random.Random, card: Card, _others: Sequence[Card]) -> Made:
    return reasked(card, swapped(chance, question(card)[0], [(a, b) for a, b in _SHORTER if a in card.front]))


def shuffled(chance: random.Random, card: Card) -> Card | None:
    """A question with its options in another order."""
    lines = card.front.split("\n")
    options = [line for line in lines if line.startswith("- ")]
    if card.kind != "choice" or len(options) < 3:
        return None
    order = chance.sample(options, len(options))
    if order == options:
        return None
    return replace(card, front="\n".join([*(line for line in lines if not line.startswith("- ")), *order]))
