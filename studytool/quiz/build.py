"""A paper from a library: which cards are asked, in which form, in which order. The seed decides, alone."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from studytool.quiz.apart import Apart
from studytool.quiz.authored import as_written, is_essay
from studytool.quiz.faces import Face, Shelf, shuffled
from studytool.quiz.fair import asks_freely
from studytool.quiz.forms import CHOICES, LAST, TYPED, Desk, recall
from studytool.quiz.model import Asked, Paper
from studytool.quiz.terms import Terms
from studytool.topics_named import topics_named

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.notes.model import Library

_CHOICE_SHARE = 0.7
"""How often a card that could be asked either way is asked as a choice."""


def build(library: Library, *, count: int, seed: int, topics: Sequence[str] | None = None) -> Paper:
    """A paper of up to `count` questions, one a card, none of which answers another; fewer when the cards give no more.

    `topics` (None or empty: all) names the topics that are asked; wrong options may come from others. Open questions
    without an answer are for studying and are not asked here, unless as an essay. Raises `UsageError` for a topic that
    no card has.
    """
    shelf = Shelf(library)
    wanted = topics_named(topics or (), shelf.topics, library)
    terms = Terms(library)
    questions: list[Asked] = []
    left_out, apart = 0, Apart()
    for key, place in shuffled(shelf.keys(wanted), seed):
        if len(questions) >= count:
            break
        face = shelf.face(place)
        question = shelf.question(face)
        if question and question.kind == "open" and not face.card.back.strip() and not is_essay(question):
            continue
        table = Desk(shelf, terms, Random(f"{seed}:{key}"))
        asked = as_written(question, face, table) if question else from_card(face, table)
        if asked and apart.takes(asked):
            questions.append(asked)
        else:
            left_out += 1
    return Paper(tuple(questions), seed, left_out)


def from_card(face: Face, desk: Desk) -> Asked | None:
    """The card in the first form, in an order that the seed draws, that is fair to it; None when none is."""
    if not face.showable:
        return None
    if asks_freely(face) and (asked := recall(face, desk)):
        return asked
    choices, typed = list(CHOICES), list(TYPED)
    # A sentence of a long answer is as good as another: which form comes first is left to the seed.
    desk.rng.shuffle(choices)
    first_choice = desk.rng.random() < _CHOICE_SHARE
    for form in (*choices, *typed, *LAST) if first_choice else (*typed, *choices, *LAST):
        if asked := form(face, desk):
            return asked
    return None
