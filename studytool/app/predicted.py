"""A prediction that was answered in a demo, as the attempt that the log keeps; and one of a quiz, for its demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.app.widgets.prediction import Answered
from studytool.quiz import Attempt, mark
from studytool.quiz.computed import predicted

if TYPE_CHECKING:
    from studytool.demo.find import DemoInfo


def attempt_of(info: DemoInfo, answered: Answered) -> Attempt | None:
    """The same attempt as in a quiz, marked by what the runs said; None for one that the demo does not have."""
    topic = info.topics[0] if info.topics else info.title
    asked = predicted(info, answered.number, answered.outcome, answered.why, topic, str(info.path))
    texts = [option.text for option in asked.options] if asked else []
    if asked is None or answered.said not in texts:
        return None
    response = (texts.index(answered.said),)
    return Attempt.of(asked, response, mark(asked, response), seed=None)


def answered_in(attempt: Attempt) -> Answered | None:
    """What a demo shows of an attempt at one of its predictions; None for any other, and where no answer was known."""
    asked = attempt.asked
    if asked.computed is None or asked.computed.prediction is None or isinstance(attempt.response, str):
        return None
    if not attempt.is_known:
        return None
    said = asked.options[attempt.response[0]].text
    return Answered(asked.computed.prediction, said, asked.answer, asked.explanation)
