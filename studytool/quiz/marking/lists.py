"""Answers of several parts, `dropout and weight decay`: each part counts, their order does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytool.quiz.marking.likeness import mark_words
from studytool.quiz.marking.reasons import joined, nearly, not_right, right, wrong
from studytool.quiz.marking.text import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.quiz.model import Mark

_JOINT = re.compile(r"\s*[,;&\n]\s*(?:(?:and|und|et|y)\s+)?|\s+(?:and|und|et|y)\s+", re.IGNORECASE)
_REMARK = re.compile(r"(?:i|it|which|that|this|because|since|so|as|also|e\.?g|i\.?e)\b", re.IGNORECASE)
_MOST = 24  # parts; more are a text and not a list


def parts(text: str) -> list[str]:
    """The parts of a list as they are written; one part when it is none."""
    text = text.strip()
    if text[:1] + text[-1:] == "{}":
        text = text[1:-1]
    return [part for part in _JOINT.split(text) if wording(part)]


def others(text: str) -> list[str]:
    """The parts of a list of several things; none where what follows is only a remark, as in `recall, I think`."""
    found = parts(text)
    return found if len(found) > 1 and not any(_REMARK.match(part) for part in found[1:]) else []


def mark_list(answer: str, typed: str) -> Mark | None:
    """The mark of a list against a list; None when one of the two is none."""
    wanted, said = parts(answer), parts(typed)
    if len(said) == 1 and all(len(wording(part)) == 1 for part in wanted):
        said = wording(typed)  # red green blue
    if len(wanted) < 2 or not said or max(len(wanted), len(said)) > _MOST:
        return None
    if len(said) < 2 and not any(wording(said[0]) == wording(part) for part in wanted):
        return None
    same = _same_parts(wanted, said)
    missing, more, slips = _compared(wanted, said)
    if missing and not more and len(missing) * 4 > len(wanted):
        return wrong(answer, f"you left out {joined(missing)}")
    if missing and more:
        return wrong(answer, f"you left out {joined(missing)}; {not_right(more)}")
    if missing:
        return nearly(f"you left out {joined(missing)}", answer)
    if more:
        told = f"{joined(more)} {'is' if len(more) == 1 else 'are'} more than the answer"
        return nearly(told, answer) if len(more) * 3 <= len(wanted) else wrong(answer, told)
    if slips:
        return nearly(slips[0], answer)
    return right() if same else right("the order does not matter")


def _same_parts(wanted: Sequence[str], said: Sequence[str]) -> bool:
    return [wording(part) for part in wanted] == [wording(part) for part in said]


def _compared(wanted: Sequence[str], said: Sequence[str]) -> tuple[list[str], list[str], list[str]]:
    """The parts that are missing, those that are too many, and the slips in the others."""
    more = [(part, wording(part)) for part in said]
    rest: list[str] = []
    for part in wanted:
        words = wording(part)
        found = next((place for place, (_, other) in enumerate(more) if other == words), None)
        if found is None:
            rest.append(part)
        else:
            del more[found]
    missing, slips = [], []
    for part in rest:
        marks = [(mark_words(part, other), place) for place, (other, _) in enumerate(more)]
        near = next(((found, place) for found, place in marks if found.verdict != "wrong"), None)
        if near is None:
            missing.append(part)
            continue
        if near[0].verdict == "nearly":
            slips.append(near[0].reason.removeprefix("nearly: ").partition("; the answer is")[0])
        del more[near[1]]
    return missing, [part for part, _ in more], slips
