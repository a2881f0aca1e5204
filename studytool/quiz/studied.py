"""A card that is studied as something to type: what its author asked to be typed, and gaps where that is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.quiz.authored import as_typed
from studytool.quiz.faces import Face
from studytool.quiz.forms import fill_in
from studytool.quiz.model import GAP

if TYPE_CHECKING:
    from studytool.memory import Grade
    from studytool.notes.model import Card, Question
    from studytool.quiz.model import Asked, Mark

_PROPOSED = {"wrong": 1, "nearly": 2, "right": 3}


def to_type(card: Card, question: Question | None, typing: str) -> Asked | None:
    """The question whose answer the learner types to study a card; None for a card that is turned over.

    `question` is the card as its author wrote it, if that was a question. `typing` is the setting: "asked" for answers
    that were written to be typed (`= words` under a question), "cloze" for gaps of a few words as well, "never".
    """
    if typing == "never":
        return None
    if question:
        return as_typed(question)
    is_gap = typing == "cloze" and card.kind == "cloze" and card.front.count(GAP) == 1
    return fill_in(Face(card, 0)) if is_gap else None


def proposed(mark: Mark) -> Grade:
    """The grade that a mark speaks for: forgotten, known with an effort, known. The learner decides."""
    from studytool.memory import Grade

    return Grade(_PROPOSED[mark.verdict])
