"""The topic stands above a question unless it has a word of what is asked for."""

from __future__ import annotations

import pytest

from studytool.notes.model import Option
from studytool.quiz import Asked
from studytool.quiz.above import shown_topic
from studytool.quiz.model import AskedKind


def asked(topic: str, answer: str, *wrong: str, kind: AskedKind = "typed", accepted: tuple[str, ...] = ()) -> Asked:
    options = tuple(Option(text, not place) for place, text in enumerate((answer, *wrong))) if wrong else ()
    return Asked(kind, "Which?", options, answer, accepted, "", "0" * 32, "note.md", 3, topic)


@pytest.mark.parametrize(
    "question",
    [
        asked("Overfitting and generalisation", "Overfitting"),
        asked("Attention and language models", "language model", kind="cloze"),
        asked("Pools", "max pooling"),
        asked("CNNs", "convolutional neural network"),
        asked("Attention", "self-attention", accepted=("intra-attention",)),
        asked("Long names", "LSTM", accepted=("long short-term memory",)),
        asked("Attention", "What is attention?", "What is pooling?", kind="choice"),
        asked("Pooling", "What is attention?", "What is pooling?", kind="choice"),
        asked("Padding, pooling", "Stride", "Padding", "Pooling", kind="multiple"),
    ],
    ids=lambda question: f"{question.topic}: {question.answer}",
)
def test_a_topic_with_a_word_of_the_answer_or_of_any_option_is_left_out(question: Asked) -> None:
    assert shown_topic(question) == ""


@pytest.mark.parametrize(
    "question",
    [
        asked("Attention", "softmax"),
        asked("Attention and language models", "What does a stride do?", "What is pooling?", kind="choice"),
        asked("True colours", "True", "False", kind="truth"),
        asked("Layer 3", "3", kind="numeric"),
        asked("Attention", "Attention weighs what is there.", kind="recall"),
    ],
    ids=lambda question: f"{question.topic}: {question.answer}",
)
def test_any_other_topic_is_shown(question: Asked) -> None:
    assert shown_topic(question) == question.topic
