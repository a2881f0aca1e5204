"""Which widget answers which kind of question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.app.widgets.answer import AnswerField
from studytool.app.widgets.answer_choice import ChoiceField, MultipleField, TruthField
from studytool.app.widgets.answer_matching import MatchingField
from studytool.app.widgets.answer_numeric import NumericField
from studytool.app.widgets.answer_ordering import OrderingField
from studytool.app.widgets.answer_recall import RecallField, WordsField
from studytool.app.widgets.answer_typed import TypedField

if TYPE_CHECKING:
    from studytool.quiz import Asked
    from studytool.quiz.model import AskedKind

_FIELDS: dict[AskedKind, type[AnswerField]] = {
    "choice": ChoiceField,
    "multiple": MultipleField,
    "truth": TruthField,
    "typed": TypedField,
    "cloze": TypedField,
    "numeric": NumericField,
    "ordering": OrderingField,
    "matching": MatchingField,
    "recall": RecallField,
}


def field_for(asked: Asked, *, exam: bool = False) -> AnswerField:
    """A new widget for a question of its kind; in an `exam` none shows what is right, and nothing is no answer."""
    field = WordsField(asked) if exam and asked.kind == "recall" else _FIELDS[asked.kind](asked)
    field.passes = not exam
    if exam and field.hands_in == AnswerField.hands_in:
        field.hands_in = ("exam.answer", "enter")
    return field
