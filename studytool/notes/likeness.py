"""How alike two texts are, and whether the difference changes what they ask: a number, a negation, an opposite."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.notes.lexicon import JOINING, OPPOSITE, PREFIXES, WEAK, kin, opposite
from studytool.notes.wording import Words

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two texts compare. `shared` is 1 for equal forms and 0 where no word is common; `order` heeds the order."""

    shared: float
    contained: float
    """How much of the poorer text is in the other."""
    order: float
    removed: frozenset[str]
    added: frozenset[str]
    """Words that bear content and have no counterpart on the other side."""
    turned: str = ""
    """What makes the two ask different things, if something was seen to: "number", "unit", "negation", "opposite", …"""
    grown: bool = False
    """Whether numbers and letters were only added, or only taken away."""
    formula: bool = False
    """Whether a formula is another one; one that is all new is none such, nor is one in a long text."""


_HUMP = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HANGUL = re.compile(r"[가-힣]{2,20}")
_HANGUL_PREFIXES = "비불부무미반역"
_STRANGE = 0.3  # texts that share less than this have nothing to do with each other, and no more is asked of them
_BRIEF = 25  # tokens below which a text stands and falls with each sign of its formulas
_EQUALLY = 2  # words by which two prompts differ in length that are about equally long
CONTRARY = ("negation", "opposite", "swapped", "unit")
"""What turns a question into another, however like the rest is."""
SAME = Likeness(1.0, 1.0, 1.0, frozenset(), frozenset())


def compare(one: Words, other: Words) -> Likeness:
    """Compare two texts."""
    if one.same(other):
        return SAME
    from rapidfuzz.distance import Indel

    left, right = one.counted - other.counted, other.counted - one.counted
    common = sum(one.weight(token) * count for token, count in (one.counted & other.counted).items())
    unmatched, kept = dict(right), 0.0
    removed: list[str] = []
    for token, count in left.items():
        best, value = "", 0.0
        if len(left) * len(unmatched) < 2_000:
            for candidate in unmatched:
                likeness = kin(token, candidate)
                if likeness > value and not _longer_name(one, other, token, candidate):
                    best, value = candidate, likeness
        if best:
            kept += value * max(one.weight(token), other.weight(best)) * min(count, unmatched[best])
            del unmatched[best]
        else:
            removed.append(token)
    total_one = sum(one.weight(token) * count for token, count in one.counted.items())
    total_other = sum(other.weight(token) * count for token, count in other.counted.items())
    lost, new = frozenset(removed) & one.content, frozenset(unmatched) & other.content
    shared = min(1.0, 2 * (common + kept) / (total_one + total_other or 1.0))
    contained = min(1.0, (common + kept) / (min(total_one, total_other) or 1.0))
    if max(shared, contained) < _STRANGE:
        return Likeness(shared, contained, 0.0, lost, new)
    return Likeness(
        shared=shared,
        contained=contained,
        order=Indel.normalized_similarity(one.compared, other.compared),
        removed=lost,
        added=new,
        turned=_turned(one, other, left, right)
        or ("name" if not (lost.isdisjoint(one.names) or new.isdisjoint(other.names)) else ""),
        grown=not (one.hard - other.hard) or not (other.hard - one.hard),
        formula=_formula(one, other),
    )


def _longer_name(one: Words, other: Words, token: str, candidate: str) -> bool:
    """Whether one word is the other with a capital behind it: HTTP and HTTPS, Adam and AdamW; not GAN and GANs.

    So are two whose last parts differ: ServletConfig and ServletContext.
    """
    humps, others = _humps(one, token), _humps(other, candidate)
    if len(humps) == len(others) > 1 and not kin(humps[-1], others[-1]) and humps[-1] != others[-1]:
        return True
    (short, _), (long, words) = sorted(((token, one), (candidate, other)), key=lambda side: len(side[0]))
    tail = words.capitals.get(long, "")[len(short) :] if long.startswith(short) else ""
    return len(tail) == 1 and tail.isupper() and any(letter.islower() for letter in words.text)


def _humps(words: Words, token: str) -> list[str]:
    """The parts of a word that has capitals within it."""
    return [hump.casefold() for hump in _HUMP.findall(words.capitals.get(token, ""))]


def _formula(one: Words, other: Words) -> bool:
    """Whether a formula of one short text is another one in the other text."""
    if max(len(one.compared), len(other.compared)) >= _BRIEF:
        return False
    return bool(one.formulas - other.formulas) and bool(other.formulas - one.formulas)


def _turned(one: Words, other: Words, left: Counter[str], right: Counter[str]) -> str:
    """What in the difference of two prompts changes the question; empty where nothing of that kind was seen."""
    if one.units != other.units and one.units - other.units and other.units - one.units:
        return "unit"
    negated = one.negations != other.negations
    if negated and abs(len(one.form) - len(other.form)) <= _EQUALLY:
        return "negation"  # where one prompt has grown, what it says besides may tell more
    if one.hard != other.hard:
        return "number"
    if negated:
        return "negation"
    if any(opposite(gone, come) for gone in left if gone not in WEAK for come in right if come not in WEAK):
        return "opposite"
    if _prefixes(left, right) or _prefixes(right, left):
        return "opposite"  # self-attention is not attention
    if _hangul_prefixed(one, other) or _hangul_prefixed(other, one):
        return "opposite"
    if _swapped(one.compared, other.compared) or _crossed(one, other) or _turned_round(one, other):
        return "swapped"
    return ""


def _prefixes(these: Counter[str], those: Counter[str]) -> bool:
    """Whether one of these words is a prefix that stands alone, and none of those is the same, mistyped."""
    alone = [token for token in these if token in PREFIXES and len(token) > 2 and token not in WEAK]
    return any(not any(kin(token, other) for other in those) for token in alone)


def _hangul_prefixed(one: Words, other: Words) -> bool:
    """Whether a Korean word of one text is one of the other with a prefix that negates or turns it: 동기 and 비동기."""
    words, others = set(_HANGUL.findall(one.text)), set(_HANGUL.findall(other.text))
    stems = {word[:2] for word in others - words}
    return any(word[0] in _HANGUL_PREFIXES and word[1:3] in stems for word in words - others)


def _crossed(one: Words, other: Words) -> bool:
    """Whether two words that are opposites come in another order."""
    places = {
        token: other.compared.index(token) for token in one.compared if token in OPPOSITE and token in other.counted
    }
    for first, at in places.items():
        for second in OPPOSITE[first]:
            if second in places and (one.compared.index(first) < one.compared.index(second)) != (at < places[second]):
                between = other.compared[min(at, places[second]) + 1 : max(at, places[second])]
                if not (len(between) == 1 and between[0] in JOINING):
                    return True
    return False


def _turned_round(one: Words, other: Words) -> bool:
    """Whether a formula has the same signs in another order: a/b and b/a."""
    if len(one.compared) >= _BRIEF:
        return False
    gone, come = one.formulas - other.formulas, other.formulas - one.formulas
    return not {tuple(sorted(signs)) for signs in gone}.isdisjoint(tuple(sorted(signs)) for signs in come)


def _swapped(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two words changed places, other than around an "and"."""
    from rapidfuzz.distance import Levenshtein

    replaced: dict[str, tuple[str, int]] = {}
    for step in Levenshtein.opcodes(one, other):
        if step.tag != "replace" or step.src_end - step.src_start != step.dest_end - step.dest_start:
            continue
        for at, to in zip(range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True):
            gone, come = one[at], other[to]
            if replaced.get(come, ("", 0))[0] == gone:
                between = one[replaced[come][1] + 1 : at]
                if not (len(between) == 1 and between[0] in JOINING):
                    return True
            replaced[gone] = (come, at)
    return False
