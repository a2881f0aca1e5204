"""Questions that their author wrote as such: asked as they are, only what is shown in another order."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from studytool.quiz.forms import Desk, recall
from studytool.quiz.model import GAP, Asked, AskedKind
from studytool.quiz.prose import has_image
from studytool.quiz.truths import are_truths, is_true
from studytool.quiz.words import fold, stems

if TYPE_CHECKING:
    from random import Random

    from studytool.notes.model import Option, Question
    from studytool.quiz.faces import Face

_NAMED_TWICE = re.compile(r"([^()]{2,})\s+\(([^()]{2,})\)")
_SHORT = re.compile(r"(?=(?:.*[A-Z]){2})[\w-]{2,10}")
"""An abbreviation: LSTM, ReLU, k-NN."""
_MOST = 26
"""Items, and sides to match: each has a letter where it is asked line by line."""


def as_written(question: Question, face: Face, desk: Desk) -> Asked | None:
    """The question in the form its author gave it; None where it cannot be marked.

    `face` is the question as a card. Options, items and sides stand in an order drawn by the seed.
    """
    if question.kind in ("choice", "multiple"):
        return _choice(question, desk.rng)
    if question.kind == "ordering":
        return _ordering(question, desk.rng)
    if question.kind == "matching":
        return _matching(question, desk.rng)
    if question.kind == "open":
        return recall(face, desk) or _essay(question)
    return _with_names(as_typed(question), desk)


def _with_names(asked: Asked | None, desk: Desk) -> Asked | None:
    """A question whose answer is typed, with the other names of its answers: aliases, both of `long name (SHORT)`.

    No name counts that the prompt says, or that its author gives a part of the credit.
    """
    if asked is None or asked.kind == "numeric":
        return asked
    said, partly = stems(asked.prompt), {fold(share.text) for share in asked.partly}
    written = (asked.answer, *asked.accepted)
    names = (name for text in written for name in (*_both_names(text), *desk.terms.synonyms(text)))
    more = [name for name in names if not stems(name) <= said and fold(name) not in partly]
    accepted = dict.fromkeys((*asked.accepted, *more))
    return replace(asked, accepted=tuple(name for name in accepted if name != asked.answer))


def _both_names(text: str) -> tuple[str, ...]:
    """The two names in `convolutional network (CNN)` or `CNN (convolutional network)`; none in any other text."""
    found = _NAMED_TWICE.fullmatch(text)
    return (
        (found[1], found[2]) if found and bool(_SHORT.fullmatch(found[1])) != bool(_SHORT.fullmatch(found[2])) else ()
    )


def is_truth(options: tuple[Option, ...]) -> bool:
    """Whether two options are true and false, in words of one language."""
    return len(options) == 2 and are_truths(options[0].text, options[1].text)


def as_choice(question: Question) -> Asked | None:
    """The question with its options as they are written; None where none of them is right, or there is only one."""
    right = [option.text for option in question.options if option.correct]
    if not right or len(question.options) < 2:
        return None
    kind: AskedKind = "multiple" if question.kind == "multiple" or len(right) > 1 else "choice"
    if kind == "choice" and is_truth(question.options):
        kind = "truth"
    explanation = question.explanation or question.answer or ""
    return _asked(question, kind, "\n".join(right), options=question.options, explanation=explanation)


def _choice(question: Question, rng: Random) -> Asked | None:
    """The same in an order drawn by the seed; what is true stands first."""
    asked = as_choice(question)
    if asked is None:
        return None
    options = list(question.options)
    rng.shuffle(options)
    if asked.kind == "truth":
        options.sort(key=lambda option: not is_true(option.text))
    answer = "\n".join(option.text for option in options if option.correct)
    return replace(asked, options=tuple(options), answer=answer)


def as_typed(question: Question) -> Asked | None:
    """The question as one whose answer is typed, where its author wrote such an answer; else None."""
    if not question.accepted:
        return None
    kind: AskedKind = "numeric" if question.kind == "numeric" else "cloze" if GAP in question.prompt else "typed"
    return _asked(question, kind, question.accepted[0], accepted=question.accepted[1:])


def is_essay(question: Question) -> bool:
    """Whether its author asks for an essay, `{}` in GIFT: it is asked without a model answer, too."""
    return question.kind == "open" and question.dialect == "gift"


def _essay(question: Question) -> Asked | None:
    """An essay for which its author gave no model answer."""
    return _asked(question, "recall", "") if is_essay(question) and not has_image(question.prompt) else None


def _ordering(question: Question, rng: Random) -> Asked | None:
    """The items in an order that is not the right one."""
    if len(set(question.items)) < 2 or len(question.items) > _MOST:
        return None
    shown = list(range(len(question.items)))
    while [question.items[place] for place in shown] == list(question.items):
        rng.shuffle(shown)
    places = tuple(shown.index(place) for place in range(len(shown)))
    items = tuple(question.items[place] for place in shown)
    return _asked(question, "ordering", question.answer or "", items=items, places=places)


def _matching(question: Question, rng: Random) -> Asked | None:
    """Both sides shuffled; a right side that belongs to several stands there once."""
    pairs = [(one, other) for one, other in question.pairs if one]
    targets = list(dict.fromkeys(other for _, other in question.pairs))
    if len(pairs) < 2 or len(targets) < 2 or len(targets) > _MOST:
        return None
    rng.shuffle(pairs)
    rng.shuffle(targets)
    return _asked(
        question,
        "matching",
        question.answer or "",
        items=tuple(one for one, _ in pairs),
        targets=tuple(targets),
        places=tuple(targets.index(other) for _, other in pairs),
    )


def _asked(
    question: Question,
    kind: AskedKind,
    answer: str,
    *,
    options: tuple[Option, ...] = (),
    accepted: tuple[str, ...] = (),
    explanation: str | None = None,
    items: tuple[str, ...] = (),
    targets: tuple[str, ...] = (),
    places: tuple[int, ...] = (),
) -> Asked:
    return Asked(
        kind=kind,
        prompt=question.prompt,
        options=options,
        answer=answer,
        accepted=accepted,
        explanation=question.explanation if explanation is None else explanation,
        card=question.key,
        path=question.span.path,
        line=question.span.line,
        topic=question.topic,
        items=items,
        targets=targets,
        places=places,
        partly=question.partly,
    )
