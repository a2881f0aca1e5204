"""Wrong options from sibling cards: alike, not also right, and chosen so that tricks do not find the right one.

A right answer among its nearest relatives betrays itself: it is the one all others resemble, or the longest. So the
rank of the right answer in length, in words shared with the prompt and in likeness to the others is drawn first, by the
seed, and the wrong options are chosen to bring it there. Nothing in an option is rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from random import Random

from studytool.quiz.words import fold, stems, words

OPTIONS = 4
"""Options of a question made from a card."""
_WIDEST = 18  # candidates that are weighed
_TRIED = 120  # sets of three that are weighed
_OFF = 2.0  # how far a set may be from the ranks drawn; in length, which everyone looks at first, not at all
_ALIKE = 82  # rapidfuzz's token_set_ratio from which two texts may well say the same


# How often each rank is aimed at. The first and the last are missed more often than those between, for want of wrong
# options that are shorter, longer or less alike. Aimed at so, all come out alike (tests/bench/quiz.py).
_LENGTH = (11, 11, 11, 13)
_SHARED = (1, 1, 1, 1)
_LIKENESS = (10, 9, 9, 11)
_ODD = 0.55


def also_right(text: str, other: str) -> bool:
    """Whether two texts are too close to be told apart: equal, one within the other, or nearly the same words."""
    from rapidfuzz.fuzz import token_set_ratio  # 17 ms, and only when a paper is made

    a, b = _line(text), _line(other)
    if a in b or b in a:
        return True
    own, its = stems(text), stems(other)
    if own and its and (own <= its or its <= own):
        return True
    return token_set_ratio(a, b) >= _ALIKE


@lru_cache(maxsize=4096)  # each option is held against all others
def _line(text: str) -> str:
    return " ".join(fold(text).split())


def similar_length(text: str, other: str) -> bool:
    """Whether two options could stand beside each other: at most twice as long, short ones with a little more room."""
    short, long = sorted((len(text), len(other)))
    return long <= 2 * short + 8


def draw(right: str, wrong: Iterable[str], prompt: str, rng: Random) -> tuple[str, ...] | None:
    """Three of the `wrong` texts to stand beside the `right` one, or None when there are not enough that are fair.

    `wrong` comes best first, and no more of it is taken than is weighed. Texts that clash with the right one or with
    each other are never drawn.
    """
    pool: list[str] = []
    for text in wrong:
        if len(pool) == _WIDEST:
            break
        if similar_length(right, text) and not any(also_right(text, other) for other in (right, *pool)):
            pool.append(text)
    if len(pool) < OPTIONS - 1:
        return None
    everyone = [right, *pool]
    traits = _traits(everyone, prompt)
    length, shared, likeness = (rng.choices(range(OPTIONS), often)[0] for often in (_LENGTH, _SHARED, _LIKENESS))
    aim = _Aim(length, shared, likeness, rng.random() < _ODD)
    sets = _of_length_rank(everyone, aim.length)
    if not sets:
        return None  # otherwise an answer longer than all its siblings would always stand there as the longest
    if len(sets) > _TRIED:
        sets = rng.sample(sets, _TRIED)
    rng.shuffle(sets)
    best = min(sets, key=lambda chosen: _miss(traits, chosen, aim))
    if _miss(traits, best, aim) > _OFF:
        return None
    return tuple(everyone[index] for index in best)


def _of_length_rank(texts: Sequence[str], rank: int) -> list[tuple[int, ...]]:
    """The sets of three among which exactly `rank` are shorter than the first text, or as long, and the rest longer."""
    shorter = [index for index in range(1, len(texts)) if len(texts[index]) <= len(texts[0])]
    longer = [index for index in range(1, len(texts)) if len(texts[index]) > len(texts[0])]
    return [
        (*below, *above) for below in combinations(shorter, rank) for above in combinations(longer, OPTIONS - 1 - rank)
    ]


@dataclass(frozen=True, slots=True)
class _Aim:
    """Where the right answer is to stand among four: its ranks from 0, the lowest.

    `odd` says whether it is to be farthest from the mean length, should it be the longest or the shortest. Where it
    comes out in half of those cases, it does in a quarter of all.
    """

    length: int
    shared: int
    likeness: int
    odd: bool


@dataclass(frozen=True, slots=True)
class _Traits:
    lengths: list[int]
    shared: list[int]
    likeness: Callable[[int, int], float]


def _traits(texts: Sequence[str], prompt: str) -> _Traits:
    """What a guesser can see of each text: characters, words shared with the prompt, likeness to each other text."""
    from rapidfuzz.fuzz import ratio

    asked, said = _words(prompt), [_words(text) for text in texts]
    known: dict[tuple[int, int], float] = {}

    def likeness(a: int, b: int) -> float:
        pair = (a, b) if a < b else (b, a)
        if pair not in known:
            one, two = said[a], said[b]
            known[pair] = len(one & two) / (len(one | two) or 1) + ratio(texts[a], texts[b]) / 100
        return known[pair]

    return _Traits([len(text) for text in texts], [len(asked & one) for one in said], likeness)


def _words(text: str) -> set[str]:
    return {fold(text[word.start : word.end]) for word in words(text)}


def _miss(traits: _Traits, chosen: Sequence[int], aim: _Aim) -> float:
    """How far the right answer's ranks among the chosen are from the ranks aimed at; 0 is a perfect draw."""
    group = (0, *chosen)
    one, two, three, four, five, six = (traits.likeness(a, b) for a, b in combinations(group, 2))
    central = [one + two + three, one + four + five, two + four + six, three + five + six]
    lengths = [float(traits.lengths[index]) for index in group]
    shared = [float(traits.shared[index]) for index in group]
    missed = 1.5 * _gap(shared, aim.shared) + _gap(central, aim.likeness)
    if aim.length in (0, OPTIONS - 1):
        mean = sum(lengths) / OPTIONS
        strayed = [abs(length - mean) for length in lengths]
        missed += 1.5 * ((strayed[0] == max(strayed)) is not aim.odd)
    return missed


def _gap(values: Sequence[float], rank: int) -> float:
    """The distance between the first value's rank (0 the lowest, ties count as any of their ranks) and `rank`."""
    low = sum(value < values[0] for value in values)
    high = low + sum(value == values[0] for value in values) - 1
    return float(max(low - rank, rank - high, 0))
