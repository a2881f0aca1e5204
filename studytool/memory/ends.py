"""When many cards were first answered and how they were answered last, without reading their events one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.memory.remembered import Memory

MANY = 1_000
"""Cards. The histories of fewer are read from the log in less time than numpy takes to be imported."""


class Ends(NamedTuple):
    """The two ends of a card's answers that stand."""

    introduced: int
    """The learner's day of the first."""
    graded: int
    """The grade of the last, 1 to 4."""


def ends(memory: Memory, keys: Sequence[str], many: int = MANY) -> list[Ends | None]:
    """Those of each card; None where it has no answer. Of `many` cards and more the base's columns are asked."""
    if len(keys) < many or not memory.base.rows:
        return [_read(memory, key) for key in keys]
    found = _of_base(memory)
    linked = {key for source, target, _ in memory.links() for key in (source, target)}
    return [
        _read(memory, key) if key in linked or memory.changed(key) else found.get(memory.base.numbers.get(key, -1))
        for key in keys
    ]


def _read(memory: Memory, key: str) -> Ends | None:
    answers = list(memory.answers(key))
    if not answers:
        return None
    return Ends(answers[-1].moment.day(memory.rules.rollover), answers[0].payload["grade"])


def _of_base(memory: Memory) -> dict[int, Ends]:
    """By the cards' numbers, as it was when the memory began."""
    import numpy as np

    reviews = memory.base.answered().reviews
    if reviews.rollover != memory.rules.rollover:
        reviews = reviews.at(memory.rules.rollover)
    rows = np.flatnonzero(reviews.grade)  # the others took a schedule over
    first, last = np.full((2, len(reviews.keys)), -1)
    last[reviews.card[rows]] = rows  # of several rows of a card the last one stays
    first[reviews.card[rows[::-1]]] = rows[::-1]
    cards = np.flatnonzero(last >= 0)
    days, grades = reviews.day[first[cards]].tolist(), reviews.grade[last[cards]].tolist()
    return dict(zip(cards.tolist(), map(Ends, days, grades), strict=True))
