"""The gap of a cloze: how it is written, in prose and in a formula, and how it is filled again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import islice

from studytool.notes.inline import scan

GAP = "[…]"
"""What a cloze card's front shows where its deletion was."""


Formulas = Sequence[tuple[int, int]]
"""Where the formulas of a text stand, in order, their dollar signs with them."""


def formulas_of(text: str, most: int | None = None) -> Formulas:
    """Where the formulas of a text stand, or the first `most` of them."""
    if "$" not in text and "\\" not in text:
        return []
    return list(islice(((span.start, span.end) for span in scan(text) if span.kind == "math"), most))


def is_within(formulas: Formulas, start: int, end: int) -> bool:
    """Whether `start:end` is a part of a formula and not the whole of it."""
    at = bisect_left(formulas, (start, 0)) - 1
    return at >= 0 and end < formulas[at][1]


def needs_braces(formulas: Formulas, text: str, start: int, end: int) -> bool:
    """Whether what takes the place of `start:end` needs braces: behind `^` and `_` a formula takes one sign only."""
    return text[start - 1 : start] in ("^", "_") and is_within(formulas, start, end)


def filled(front: str, answer: str, marked: Callable[[str], str] = str) -> str:
    """A cloze's front with its answer in the gap; in a formula the answer loses its own dollar signs.

    A text with several gaps, and as many answers between commas, has each in its place. `marked` is done to each.
    """
    formulas = formulas_of(front)
    count = front.count(GAP)
    answers = answer.split(", ")
    if len(answers) != count:
        answers = [answer] * count
    parts: list[str] = []
    at = 0
    for own in answers:
        place = front.index(GAP, at)
        inside = is_within(formulas, place, place + len(GAP))
        parts += [front[at:place], marked(own.strip().strip("$") if inside else own)]
        at = place + len(GAP)
    return "".join([*parts, front[at:]])
