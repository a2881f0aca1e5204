"""A paper from a library: which cards are asked, in which form, in which order. The seed decides, alone."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from studytool.errors import UsageError
from studytool.quiz.faces import Face, Shelf, digest
from studytool.quiz.forms import CHOICES, TYPED, Desk
from studytool.quiz.model import Asked, Paper
from studytool.quiz.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.notes.model import Library, Question

_CHOICE_SHARE = 0.7
"""How often a card that could be asked either way is asked as a choice."""


def build(library: Library, *, count: int, seed: int, topics: Sequence[str] | None = None) -> Paper:
    """A paper of up to `count` questions, one a card; fewer when the cards give no more.

    `topics` (None or empty: all) names the topics that are asked; wrong options may come from others. Questions
    without options are for studying and are not asked here. Raises `UsageError` for a topic that no card has.
    """
    shelf = Shelf(library)
    for topic in topics or ():
        if topic not in shelf.topics:
            raise UsageError(f"There is no topic {topic!r} with cards.", f"There are: {_named(shelf.topics)}.")
    terms = Terms(library)
    questions: list[Asked] = []
    left_out = 0
    for key, place in sorted(shelf.keys(topics or ()), key=lambda card: digest(seed, card[0])):
        if len(questions) >= count:
            break
        face = shelf.face(place)
        question = shelf.question(face)
        if question and not question.options:
            continue
        rng = Random(f"{seed}:{key}")
        asked = as_written(question, rng) if question else from_card(face, Desk(shelf, terms, rng))
        if asked:
            questions.append(asked)
        else:
            left_out += 1
    return Paper(tuple(questions), seed, left_out)


def as_written(question: Question, rng: Random) -> Asked | None:
    """A question that its author wrote as one: nothing changed but the order of its options."""
    right = [option.text for option in question.options if option.correct]
    if not right or len(question.options) < 2:
        return None
    options = list(question.options)
    rng.shuffle(options)
    return Asked(
        kind="multiple" if question.kind == "multiple" or len(right) > 1 else "choice",
        prompt=question.prompt,
        options=tuple(options),
        answer="\n".join(option.text for option in options if option.correct),
        accepted=(),
        explanation=question.explanation or question.answer or "",
        card=question.key,
        path=question.span.path,
        line=question.span.line,
        topic=question.topic,
    )


def from_card(face: Face, desk: Desk) -> Asked | None:
    """The card in the first form, in an order that the seed draws, that is fair to it; None when none is."""
    if not face.showable:
        return None
    choices, typed = list(CHOICES), list(TYPED)
    # A sentence of a long answer is as good as another: which form comes first is left to the seed.
    desk.rng.shuffle(choices)
    first_choice = desk.rng.random() < _CHOICE_SHARE
    for form in (*choices, *typed) if first_choice else (*typed, *choices):
        if asked := form(face, desk):
            return asked
    return None


def _named(topics: Sequence[str]) -> str:
    shown = ", ".join(topics[:12])
    return shown if len(topics) <= 12 else f"{shown} and {len(topics) - 12} more"
