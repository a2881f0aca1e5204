"""Which cards of a sitting are answered by typing; the quiz is only opened for those."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.memory import Grade
    from studytool.notes.model import Card, Library
    from studytool.quiz import Asked, Mark


def to_type(card: Card, library: Library, typing: str) -> Asked | None:
    """The question whose answer is typed, where the card asks for that and the setting `typing` wants it."""
    question = library.question(card.key) if typing != "never" else None
    if not (question and question.accepted) and (typing, card.kind) != ("cloze", "cloze"):
        return None
    from studytool.quiz.studied import to_type

    return to_type(card, question, typing)


def marked(asked: Asked, typed: str) -> tuple[Mark, Grade]:
    """What a typed answer is worth, and the grade that this speaks for."""
    from studytool.quiz import mark
    from studytool.quiz.studied import proposed

    found = mark(asked, typed)
    return found, proposed(found)
