"""When many cards were first answered and how they were answered last, without reading their events one by one."""

from __future__ import annotations

from itertools import repeat
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from studytool.memory.entry import UNREAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.memory.remembered import Memory

MANY = 1_000
"""Cards. The histories of fewer are read from the log in less time than numpy takes to be imported."""

End = Literal["introduced", "graded"]
"""The learner's day of a card's first answer that stands; the grade of its last, 1 to 4."""


def ends(memory: Memory, keys: Sequence[str], which: End, many: int = MANY) -> list[int]:
    """That end of each card's answers, 0 where it has none. Of `many` cards and more the base's columns are asked."""
    own, base, told = memory.own(keys), memory.base, attrgetter(which)
    if not base.rows:
        return [0 if card is None else told(card) for card in own]
    found: list[int] = [0] * len(keys)
    others: Sequence[int] = range(len(keys))
    if len(keys) >= many:
        column = [*_of_base(memory, which), 0]
        found = list(map(column.__getitem__, map(base.numbers.get, keys, repeat(len(column) - 1))))
        linked = {key for source, target, _ in memory.links() for key in (source, target)}
        others = [at for at, (key, card) in enumerate(zip(keys, own, strict=True)) if card is not None or key in linked]
    for at in others:
        card = own[at]
        is_known = card is not None and card.introduced != UNREAD
        found[at] = told(card) if is_known else _read(memory, keys[at], which)
    return found


def _read(memory: Memory, key: str, which: End) -> int:
    answers = list(memory.answers(key))
    if not answers:
        return 0
    if which == "introduced":
        return answers[-1].moment.day(memory.rules.rollover)
    return int(answers[0].payload["grade"])


def _of_base(memory: Memory, which: End) -> list[int]:
    """That end by the cards' numbers, as it was when the memory began."""
    import numpy as np

    reviews = memory.base.answered().reviews
    if reviews.rollover != memory.rules.rollover:
        reviews = reviews.at(memory.rules.rollover)
    rows = np.flatnonzero(reviews.grade)  # the others took a schedule over
    found = np.zeros(len(memory.base.keys), np.int64)
    if which == "introduced":
        found[reviews.card[rows[::-1]]] = reviews.day[rows[::-1]]  # of several rows of a card the last one stays
    else:
        found[reviews.card[rows]] = reviews.grade[rows]
    return list(found.tolist())
