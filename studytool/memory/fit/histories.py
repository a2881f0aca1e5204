"""The answers of all cards in lock step: the k-th answer of every card at once, each kind of answer by itself.

An answer counts if it was given a day of the learner's calendar or more after the one before; a card's first answer
and those on the same day change what is remembered and predict nothing. This is what srs-benchmark counts
(https://github.com/open-spaced-repetition/srs-benchmark) without its filter of outliers: every such answer counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

LONGEST = 128
"""Answers of one card that are looked at, from its first, as in srs-benchmark: some cards were answered for ever."""

FIRST, RECALLED, FORGOTTEN, SAME_DAY = range(4)
"""The kinds of answer, and the places of their regions in `Histories.regions`."""


@dataclass(frozen=True, slots=True)
class Histories:
    """The answers of all cards in lock step.

    Each of the n answers has a place: first answers come first, then recalled, forgotten and same-day ones, in each of
    these four regions the second answers of all cards before their third ones, and so on. Arrays are in this order.
    """

    row: Ints
    """The row of the log."""
    grade: Ints
    """From 1 to 4; 0 is a state taken over from elsewhere, see `given`."""
    days: Floats
    """Since the answer before; 0 for a first one and on the same day."""
    before: Ints
    """The place of the card's answer before; n for a first one."""
    after: Ints
    """The place of the card's next answer; n for its last one."""
    regions: tuple[slice, slice, slice, slice]
    """The places of first, recalled, forgotten and same-day answers."""
    steps: tuple[tuple[slice, slice, slice], ...]
    """For the second answers of all cards, the third and so on: the places of recalled, forgotten, same-day ones."""
    turns: tuple[Ints, ...]
    """The same places, of all three kinds together: what treats them alike takes a third of the calls by these."""
    given: Floats
    """Stability and difficulty that first answers of grade 0 stand for, of shape (places in the first region, 2)."""

    @property
    def counted(self) -> slice:
        """The places of the answers that count."""
        return slice(self.regions[RECALLED].start, self.regions[FORGOTTEN].stop)


def histories(
    card: Ints, day: Ints, grade: Ints, given: Floats | None = None, *, until: int | None = None, longest: int = LONGEST
) -> Histories:
    """Arrange the first `until` rows of a log (all of them): its cards by number, its days, its grades from 1 to 4.

    A grade of 0 begins a card's history anew: `given`, of shape (n, 2), holds its stability and difficulty in that row.
    Answers after the last one that counts say nothing and are left out.
    """
    size = len(card) if until is None else until
    order = np.argsort(card[:size], kind="stable")
    card, day, grade = card[order], day[order], grade[order]
    begins = np.ones(size, np.bool_)
    begins[1:] = (card[1:] != card[:-1]) | (grade[1:] == 0)
    nth = np.arange(size) - np.maximum.accumulate(np.where(begins, np.arange(size), 0))
    gap = np.zeros(size, np.int64)
    gap[1:] = np.where(begins[1:], 0, np.maximum(day[1:] - day[:-1], 0))
    kind = np.where(gap < 1, SAME_DAY, np.where(grade == 1, FORGOTTEN, RECALLED))
    kind[begins] = FIRST

    kept = _that_matter(begins, (gap > 0) & (nth < longest))
    sort_key = kind[kept] * longest + nth[kept]
    at = kept[np.argsort(sort_key.astype(np.uint16 if 4 * longest < 2**16 else np.int64), kind="stable")]
    n = len(at)
    place = np.full(size + 1, n)
    place[at] = np.arange(n)
    edges = np.searchsorted(kind[at], range(5)).tolist()
    regions = [slice(low, high) for low, high in pairwise(edges)]
    firsts = order[at[regions[FIRST]]]
    return Histories(
        row=order[at],
        grade=grade[at].astype(np.int64),
        days=gap[at].astype(np.float64),
        before=np.where(kind[at] == FIRST, n, place[at - 1]),
        after=np.where(np.append(~begins[1:], False)[at] if n else False, place[at + 1], n),
        regions=(regions[0], regions[1], regions[2], regions[3]),
        steps=_steps(nth[at], regions),
        turns=_turns(nth[at], regions[FIRST].stop),
        given=np.zeros((len(firsts), 2)) if given is None else given[firsts],
    )


def _that_matter(begins: NDArray[np.bool_], counts: NDArray[np.bool_]) -> Ints:
    """The rows, those of a card together, up to the last one that counts of each history."""
    history = np.cumsum(begins) - 1
    last = np.full(int(begins.sum()), -1)
    last[history[counts]] = np.flatnonzero(counts)
    return np.flatnonzero(np.arange(len(begins)) <= last[history])


def _turns(nth: Ints, begin: int) -> tuple[Ints, ...]:
    """The places of the second answers, then of the third ones, and so on; those of first answers end at `begin`."""
    rest = nth[begin:]
    places = begin + np.argsort(rest, kind="stable")
    counts = np.bincount(rest, minlength=1)[1:]
    return tuple(np.split(places, np.cumsum(counts)[:-1])) if len(rest) else ()


def _steps(nth: Ints, regions: list[slice]) -> tuple[tuple[slice, slice, slice], ...]:
    """Where the second answers lie in the regions but the first, then the third, and so on; `nth` is 0 for a first."""
    numbers = np.arange(1, nth.max(initial=0) + 2)
    parts = []
    for region in regions[RECALLED:]:
        edges = (region.start + np.searchsorted(nth[region], numbers)).tolist()
        parts.append([slice(low, high) for low, high in pairwise(edges)])
    return tuple(zip(parts[0], parts[1], parts[2], strict=True))
