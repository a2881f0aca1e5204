"""Marking a choice: the indices that were chosen against the options that are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.quiz.marking.reasons import joined, not_right
from studytool.quiz.model import Mark
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Set

    from studytool.quiz.model import Asked


def mark_choice(asked: Asked, chosen: Set[int]) -> Mark:
    """All right options and no other is right; of several, one more or one less is nearly right."""
    right = frozenset(asked.right)
    options = asked.options
    if chosen == right:
        why = " ".join(options[index].why for index in sorted(right)).strip()
        return Mark("right", f"right: {one_line(why)}" if why else "right")
    told = joined([options[index].text for index in sorted(right)])
    said = [f"the answer is {told}"]
    if not chosen:
        return Mark("wrong", f"wrong: nothing was chosen; {said[0]}")
    if asked.kind == "multiple":
        missed, false = sorted(right - chosen), sorted(chosen - right)
        said = ["you left out " + joined([options[index].text for index in missed])] if missed else []
        said += [not_right([options[index].text for index in false])] if false else []
        if len(missed) + len(false) == 1 and len(right) > 1:
            return Mark("nearly", f"nearly: {said[0]}")
    whys = [one_line(options[index].why) for index in sorted(chosen - right) if options[index].why]
    return Mark("wrong", "wrong: " + "; ".join([*said, *whys]))
