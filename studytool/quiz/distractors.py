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
_WIDEST = 24  # candidates that are looked at
_KEPT = (0, 4, 6, 8)  # candidates that are held against each other where none, one, two or three are to be chosen
_OFF = 2.0  # how far a set may be from the ranks drawn; in length, which everyone looks at first, not at all
_ALIKE = 82  # rapidfuzz's token_set_ratio from which two texts may well say the same


# How often each rank is aimed at. Some are missed more often than others, for want of wrong options that are shorter,
# longer or less alike. Aimed at so, all come out alike (tests/bench/quiz.py).
_LENGTH = (21, 23, 21, 25)
_SHARED = (1, 1, 1, 1)
_LIKENESS = (17, 7, 7, 14)
_ODD, _ODD_BETWEEN = 0.55, 0.5


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

    `wrong` comes best first, and no more of it is taken than is needed. Texts that clash with the right one or with
    each other are never drawn.
    """
    length, shared, likeness = (rng.choices(range(OPTIONS), often)[0] for often in (_LENGTH, _SHARED, _LIKENESS))
    ends = length in (0, OPTIONS - 1)
    aim = _Aim(length, shared, likeness, rng.random() < (_ODD if ends else _ODD_BETWEEN))
    shorter, longer = _pool(right, wrong, aim.length)
    everyone = [right, *shorter, *longer]
    sets = [
        (*below, *above)
        for below in combinations(range(1, len(shorter) + 1), aim.length)
        for above in combinations(range(len(shorter) + 1, len(everyone)), OPTIONS - 1 - aim.length)
    ]
    if not sets:
        return None  # otherwise an answer longer than all its siblings would always stand there as the longest
    traits = _traits(everyone, prompt)
    rng.shuffle(sets)
    best = min(sets, key=lambda chosen: _miss(traits, chosen, aim))
    if _miss(traits, best, aim) > _OFF:
        return None
    return tuple(everyone[index] for index in best)


def _pool(right: str, wrong: Iterable[str], rank: int) -> tuple[list[str], list[str]]:
    """The texts to choose `rank` shorter ones, or as long, and the longer rest of three from; few of each are enough.

    The dear part is to make a candidate and to hold it against the others. So no more are taken than it needs, and of
    a length that is not wanted none is held against anything.
    """
    shorter: list[str] = []
    longer: list[str] = []
    most_shorter, most_longer = _KEPT[rank], _KEPT[OPTIONS - 1 - rank]
    looked_at = 0
    for text in wrong:
        if not similar_length(right, text):
            continue
        looked_at += 1
        kept, most = (shorter, most_shorter) if len(text) <= len(right) else (longer, most_longer)
        if len(kept) < most and not any(also_right(text, other) for other in (right, *shorter, *longer)):
            kept.append(text)
        if looked_at == _WIDEST or (len(shorter) == most_shorter and len(longer) == most_longer):
            break
    return shorter, longer


@dataclass(frozen=True, slots=True)
class _Aim:
    """Where the right answer is to stand among four: its ranks from 0, the lowest.

    `odd` says whether it is to be farther from the mean length than its like: of the longest and the shortest one is
    the farthest of all, and of the two between one is the nearest. Right answers that are either in half of the cases
    are the odd one out in a quarter of all, and the most ordinary one in a quarter as well.
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
    mean = sum(lengths) / OPTIONS
    strayed = [abs(length - mean) for length in lengths]
    is_odd = strayed[0] == max(strayed) if aim.length in (0, OPTIONS - 1) else strayed[0] > min(strayed)
    return missed + 1.5 * (is_odd is not aim.odd)


def _gap(values: Sequence[float], rank: int) -> float:
    """The distance between the first value's rank (0 the lowest, ties count as any of their ranks) and `rank`."""
    low = sum(value < values[0] for value in values)
    high = low + sum(value == values[0] for value in values) - 1
    return float(max(low - rank, rank - high, 0))
