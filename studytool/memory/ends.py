"""When many cards were first answered and how they were answered last, without reading their events one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studytool.memory.entry import UNREAD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytool.memory.entry import Entry
    from studytool.memory.remembered import Memory

MANY = 1_000
"""Cards. The histories of fewer are read from the log in less time than numpy takes to be imported."""


class Ends(NamedTuple):
    """The two ends of a card's answers that stand."""

    introduced: int
    """The learner's day of the first."""
    graded: int
    """The grade of the last, 1 to 4."""


def ends(memory: Memory, keys: Sequence[str], many: int = MANY) -> Iterator[Ends | Entry | None]:
    """Those of each card, its own entry where that has them; None where it has no answer.

    Of `many` cards and more the base's columns are asked.
    """
    found = _of_base(memory) if len(keys) >= many and memory.base.rows else None
    linked = {key for source, target, _ in memory.links() for key in (source, target)} if found else set()
    numbers, own = memory.base.numbers, memory.own
    for key, card in zip(keys, map(own, keys), strict=True):
        if card is not None and card.introduced != UNREAD:
            yield card if card.introduced else None
        elif found is None or card is not None or key in linked:
            yield _read(memory, key)
        else:
            number = numbers.get(key)
            grade = 0 if number is None else found[1][number]
            yield Ends(found[0][number or 0], grade) if grade else None


def _read(memory: Memory, key: str) -> Ends | None:
    answers = list(memory.answers(key))
    if not answers:
        return None
    return Ends(answers[-1].moment.day(memory.rules.rollover), answers[0].payload["grade"])


def _of_base(memory: Memory) -> tuple[list[int], list[int]]:
    """Both by the cards' numbers, as they were when the memory began; the grade is 0 where there was no answer."""
    import numpy as np

    reviews = memory.base.answered().reviews
    if reviews.rollover != memory.rules.rollover:
        reviews = reviews.at(memory.rules.rollover)
    rows = np.flatnonzero(reviews.grade)  # the others took a schedule over
    day, grade = np.zeros((2, len(memory.base.keys)), np.int64)
    grade[reviews.card[rows]] = reviews.grade[rows]  # of several rows of a card the last one stays
    day[reviews.card[rows[::-1]]] = reviews.day[rows[::-1]]
    return day.tolist(), grade.tolist()
