"""Questions whose answer a demo has computed: its message as a question with a key, mistakes as wrong options."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import TYPE_CHECKING

from studytool.notes.model import Option
from studytool.quiz.distractors import OPTIONS
from studytool.quiz.marking.mistakes import is_same, tolerant
from studytool.quiz.marking.shape import sequence
from studytool.quiz.model import Asked, Computed
from studytool.text import clean, one_line

if TYPE_CHECKING:
    from studytool.demo.ahead import Wish
    from studytool.demo.find import DemoInfo

_TYPED_SHARE = 0.4
"""How often a question that can be asked either way is asked for the number, not as a choice."""
_FEW = 2
"""With fewer mistakes than these a choice would be a toss-up: the number is asked for."""
_FIGURES = 4
"""Significant figures of a number that is not whole, as it is shown."""


def as_asked(wish: Wish, told: Mapping[str, object], topic: str, path: str) -> Asked | None:
    """The question that the answer `told` to a wish makes, under a topic and note; None where it makes none.

    The answer is a message of `studytool.demo.ahead` without a problem. Wish and numbers decide the form and order.
    """
    rng = Random(f"{wish.info.name}/{wish.name}/{wish.seed}")
    if wish.prediction is not None:
        outcome, why = str(told.get("outcome")), str(told.get("why"))
        return predicted(wish.info, wish.prediction, outcome, why, topic, path, rng)
    answer, found = _text(told.get("answer")), told.get("mistakes")
    mistakes = _told_apart(answer, found if isinstance(found, Mapping) else {})
    seed = told.get("seed")
    source = Computed(demo_name(wish.info), wish.name, seed if isinstance(seed, int) else wish.seed, mistakes=mistakes)
    prompt, why = clean(str(told.get("text"))), clean(str(told.get("why") or ""))
    can_type = isinstance(told.get("answer"), (int, float)) or (bool(sequence(answer)) and "e" not in answer)
    is_typed = can_type and (rng.random() < _TYPED_SHARE or len(mistakes) < _FEW)
    if is_typed:
        return Asked("numeric", prompt, (), tolerant(answer), (), why, "", path, 1, topic, computed=source)
    if not mistakes:
        return None
    options = [Option(answer, True), *rng.sample(mistakes, min(len(mistakes), OPTIONS - 1))]
    rng.shuffle(options)
    return Asked("choice", prompt, tuple(options), answer, (), why, "", path, 1, topic, computed=source)


def predicted(
    info: DemoInfo, number: int, outcome: str, why: str, topic: str, path: str, rng: Random | None = None
) -> Asked | None:
    """A prediction of a demo as a choice, the outcome of its runs being right; None for one that it does not have.

    The options stand as `rng` shuffles them, else in the demo's own order.
    """
    if not 0 <= number < len(info.predictions):
        return None
    text, words = info.predictions[number]
    options = [Option(option, option == one_line(outcome)) for option in words]
    if sum(option.correct for option in options) != 1 or len(options) < 2:
        return None
    if rng is not None:
        rng.shuffle(options)
    answer = next(option.text for option in options if option.correct)
    prompt = f"{text}\n\n> Predict what the runs of this demo will say. {info.summary}"
    source = Computed(demo_name(info), prediction=number)
    return Asked("choice", prompt, tuple(options), answer, (), clean(why), "", path, 1, topic, computed=source)


def demo_name(info: DemoInfo) -> str:
    """The name by which a demo is found again: that of a built-in one, else the path of its file."""
    return info.name if info.built_in else str(info.path)


def _told_apart(answer: str, mistakes: Mapping[object, object]) -> tuple[Option, ...]:
    """The mistakes whose results no marking takes for the answer, or for that of another mistake."""
    kept: list[Option] = []
    for name, value in mistakes.items():
        text = _text(value)
        if not any(is_same(known, text) for known in (answer, *(option.text for option in kept))):
            kept.append(Option(text, False, f"the mistake: {one_line(str(name))}"))
    return tuple(kept)


def _text(value: object) -> str:
    """An answer as it is shown: `4832`, `−0.2291`, `(16, 6, 6)`, or words."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, list):
        return f"({', '.join(map(_text, value))}{',' * (len(value) == 1)})"
    if isinstance(value, float):
        size = abs(value)
        style = ".0f" if value.is_integer() and size < 1e15 else ".1f" if 1e3 <= size < 1e6 else f".{_FIGURES}g"
        return f"{value:{style}}".replace("-", "−")
    return str(value).replace("-", "−")
