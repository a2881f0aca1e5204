"""Marking what was put in order, and what was matched."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from studytool.quiz.model import Mark
from studytool.text import counted, one_line

if TYPE_CHECKING:
    from studytool.quiz.model import Asked

_QUOTED = 60


def mark_ordering(asked: Asked, response: Sequence[int]) -> Mark:
    """Mark an order, given as the numbers of `asked.items` in it, counted from 0.

    How far it is off is the number of neighbours that would have to be swapped, one after the other, to put it right;
    up to one in three items is nearly right. Raises `ValueError` for what is no order of all items.
    """
    if sorted(response) != list(range(len(asked.items))):
        raise ValueError(f"an order names each of {len(asked.items)} items once, and the answer was {list(response)}")
    wanted = [asked.items[place] for place in asked.places]
    given = [asked.items[place] for place in response]
    if wanted == given:
        return Mark("right", "right")
    off = _swaps(wanted, given)
    first = next(place for place, pair in enumerate(zip(wanted, given, strict=True)) if pair[0] != pair[1])
    told = f"place {first + 1} is {_quoted(wanted[first])}, not {_quoted(given[first])}"
    if off * 3 <= len(wanted):
        swapped = "two neighbours are swapped" if off == 1 else f"{off} swaps of neighbours away"
        return Mark("nearly", f"nearly: {swapped}; {told}")
    return Mark("wrong", f"wrong: {told}; {counted(off, 'swap')} of neighbours away from right")


def _swaps(wanted: Sequence[str], given: Sequence[str]) -> int:
    """The least number of swaps of neighbours that puts `given` right; equal items take their places in turn."""
    free: dict[str, list[int]] = {}
    for place, item in enumerate(wanted):
        free.setdefault(item, []).append(place)
    ranks = [free[item].pop(0) for item in given]
    return sum(one > other for one, other in combinations(ranks, 2))


def mark_matching(asked: Asked, response: Sequence[int]) -> Mark:
    """Mark pairs, given for each of `asked.items` as the number of its target, counted from 0, or -1 for none.

    Half of them are nearly right. Raises `ValueError` for another number of pairs or a target that is not there.
    """
    if len(response) != len(asked.items) or not all(-1 <= target < len(asked.targets) for target in response):
        raise ValueError(f"there are {len(asked.items)} pairs to name, and the answer was {list(response)}")
    right = [asked.targets[place] for place in asked.places]
    given = [asked.targets[place] if place >= 0 else "" for place in response]
    missed = [
        f"{_quoted(item)} belongs to {_quoted(wanted)}" + (f", not {_quoted(said)}" if said else "")
        for item, wanted, said in zip(asked.items, right, given, strict=True)
        if wanted != said
    ]
    if not missed:
        return Mark("right", "right")
    found, count = len(right) - len(missed), len(right)
    verdict = "nearly: " if found * 2 >= count else "wrong: "
    named = "; ".join(missed)
    return Mark("nearly" if found * 2 >= count else "wrong", f"{verdict}{found} of {count} pairs; {named}")


def _quoted(text: str) -> str:
    return f"“{one_line(text, _QUOTED)}”"
