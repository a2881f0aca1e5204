"""Which cards of a sitting are answered by typing, or by an option; the quiz is only opened for those."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from studytool.memory import Grade
    from studytool.notes.model import Card, Library, Question
    from studytool.quiz import Asked, Mark

_SIGNS = {"right": "✓", "nearly": "≈", "wrong": "✗"}


def to_type(card: Card, library: Library, typing: str) -> Asked | None:
    """The question whose answer is typed, where the card asks for that and the setting `typing` wants it."""
    question = library.question(card.key) if typing != "never" else None
    if not (question and question.accepted) and (typing, card.kind) != ("cloze", "cloze"):
        return None
    from studytool.quiz.studied import to_type

    return to_type(card, question, typing)


def marked(asked: Asked, typed: str) -> tuple[Mark, Grade]:
    """What a typed answer is worth, and the grade that this speaks for; nothing typed is not known."""
    from studytool.quiz import mark
    from studytool.quiz.studied import proposed

    found = mark(asked, typed)
    return found, proposed(found)


def to_pick(card: Card, library: Library) -> Question | None:
    """The question whose options can be chosen; None for a card without two, or of which none is right."""
    question = library.question(card.key) if card.kind == "choice" else None
    return question if question and len(question.options) > 1 and any(one.correct for one in question.options) else None


def takes_several(question: Question) -> bool:
    """Whether more than one option can be right."""
    return question.kind == "multiple" or sum(option.correct for option in question.options) > 1


def with_numbers(question: Question, picked: Collection[int] = ()) -> str:
    """The question and its options as markdown, each with its number; those that are `picked`, from 0, with a sign."""
    texts = (option.text.replace("\n", "\n    ") for option in question.options)
    rows = "\n".join(f"{at + 1}. {'■ ' * (at in picked)}{text}" for at, text in enumerate(texts))
    return "\n\n".join(part for part in (question.prompt, rows) if part)


def picked(question: Question, options: Sequence[int]) -> tuple[str, Grade]:
    """What the options that were chosen are worth, as markdown, and the grade that this speaks for."""
    from studytool.quiz import mark
    from studytool.quiz.authored import as_choice
    from studytool.quiz.studied import proposed

    asked = as_choice(question)
    assert asked is not None, "`to_pick` has seen to that"
    found = mark(asked, options)
    chosen = ", ".join(str(at + 1) for at in options)
    why = " ".join(filter(None, (question.options[at].why for at in options)))
    told = f"**{_SIGNS[found.verdict]} {found.verdict}** · you chose {chosen}{f': {why}' if why else ''}"
    return told, proposed(found)
