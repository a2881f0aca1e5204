"""Where a typed text differs from the answer, letter by letter."""

from __future__ import annotations

from typing import NamedTuple


class Part(NamedTuple):
    """Some letters, and whether the other text has them too."""

    text: str
    same: bool


_UNLIKE = 0.4


def difference(typed: str, answer: str) -> tuple[tuple[Part, ...], tuple[Part, ...]]:
    """What was typed and what is right, each cut where it begins or ceases to be as the other; case does not count.

    Texts that have little in common are left whole, each one part that differs.
    """
    from rapidfuzz.distance import Indel  # 17 ms, and only when an answer is not simply right

    one, other = [letter.casefold() for letter in typed], [letter.casefold() for letter in answer]
    if Indel.normalized_similarity(one, other) < _UNLIKE:
        return (Part(typed, False),), (Part(answer, False),)
    mine: list[Part] = []
    right: list[Part] = []
    for step in Indel.opcodes(one, other):
        same = step.tag == "equal"
        if step.src_end > step.src_start:
            mine.append(Part(typed[step.src_start : step.src_end], same))
        if step.dest_end > step.dest_start:
            right.append(Part(answer[step.dest_start : step.dest_end], same))
    return tuple(mine), tuple(right)
