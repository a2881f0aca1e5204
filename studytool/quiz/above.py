"""What may stand above a question before it is answered: where it comes from, unless that gives it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.quiz.masks import Secrets
from studytool.quiz.words import words

if TYPE_CHECKING:
    from studytool.quiz.model import Asked

_TOLD_BY_WORDS = ("choice", "multiple", "typed", "cloze")


def shown_topic(asked: Asked) -> str:
    """The topic of a question that is not yet answered; empty where it has a word of the answer or of an option.

    Other forms of the word and initials count as well, as `masks` has them. Which option has the word does not matter:
    an empty line must not tell more than a full one. True and false, numbers, orders, pairs and model answers are told
    by no topic.
    """
    if asked.kind not in _TOLD_BY_WORDS:
        return asked.topic
    secrets = Secrets([asked.answer, *asked.accepted, *(option.text for option in asked.options)])
    topic = asked.topic
    told = any(secrets.tells(topic[word.start : word.end], word) for word in words(topic))
    return "" if told else topic
