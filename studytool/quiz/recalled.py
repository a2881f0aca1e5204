"""Answers in the learner's own words: the key terms that they name, and the mark that the learner gives them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.quiz.model import Mark, longest
from studytool.quiz.prose import plain
from studytool.quiz.quantities import is_quantity, quantities, with_e
from studytool.quiz.words import words
from studytool.text import clean

if TYPE_CHECKING:
    from studytool.quiz.model import Asked, Verdict

_PADDED = 10  # words from which on an answer can be one word over and over
_POINTS = re.compile(r"[$`“”„«»]|[.,;:…]+(?=\s|\Z)|(?<=[^\W\d_]{3})[!?]+(?=\s|\Z)")
"""Punctuation that says nothing by itself: not the point in a number, nor the sign behind `n!`."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The key terms of the model answer that an answer names, and those it does not, each in their order."""

    found: tuple[str, ...]
    missed: tuple[str, ...]

    def told(self) -> str:
        """Both in a sentence; empty where the model answer has no key terms."""
        named = f"named: {', '.join(self.found)}" if self.found else ""
        missed = f"not named: {', '.join(self.missed)}" if self.missed else ""
        return "; ".join(part for part in (named, missed) if part)


def model_answer(asked: Asked) -> str:
    """What an answer is held against, as it is shown: the answer, or that an essay has none."""
    return asked.answer or ("There is no model answer: judge it by your notes." if asked.kind == "recall" else "")


def compare(asked: Asked, response: str) -> Compared:
    """The key terms of a `recall` question in an answer; a term counts when all its words stand there in some form.

    A number counts by its value, in whatever unit.
    """
    text = clean(response[: longest("recall")])
    said = {word.stem for word in words(text)}
    numbers = [text[low:high] for low, high in quantities(text)]
    named = [
        (term, _is_given(term, numbers) if is_quantity(term) else {word.stem for word in words(term)} <= said)
        for term in asked.accepted
    ]
    return Compared(tuple(term for term, is_in in named if is_in), tuple(term for term, is_in in named if not is_in))


def self_mark(asked: Asked, response: str, verdict: Verdict) -> Mark:
    """The mark that the learner gives an answer after reading the model answer, with the terms as its reason."""
    told = compare(asked, response).told()
    return Mark(verdict, f"{verdict}: you marked it yourself" + (f"; {told}" if told else ""))


def propose(asked: Asked, response: str) -> Mark:
    """The mark by the key terms alone, for where nobody can be asked: all of them right, half of them nearly.

    The model answer word for word is right. Any other most of which is one word over and over is never right.
    """
    found = compare(asked, response)
    count = len(asked.accepted)
    if not clean(response).strip():
        return Mark("wrong", "wrong: nothing was written")
    is_model = _bare(response) == _bare(asked.answer) != ""
    if not count and is_model:
        return Mark("right", "right: the model answer, word for word")
    if not count:
        told = "compare it with the model answer" if asked.answer else "there is no model answer"
        return Mark("nearly", f"nearly: it cannot be marked by its words; {told}")
    is_right = is_model or not found.missed
    verdict: Verdict = "right" if is_right else "nearly" if len(found.found) * 2 >= count else "wrong"
    told = f"{len(found.found)} of {count} key terms; {found.told()}"
    if verdict == "right" and not is_model and _is_padded(response):
        verdict, told = "nearly", f"one word makes up most of the answer; {told}"
    return Mark(verdict, f"{verdict}: {told}")


def _is_given(term: str, numbers: list[str]) -> bool:
    """Whether one of the numbers has the value of a key term, be it with fewer figures or without its unit."""
    from studytool.quiz.marking.numeric import mark_numeric  # which is marked with key terms itself

    return any(mark_numeric([with_e(term)], with_e(number)).verdict != "wrong" for number in numbers)


def _bare(text: str) -> str:
    """A text without its case, its marks and its punctuation, on a line."""
    return " ".join(_POINTS.sub("", plain(clean(text))).casefold().split())


def _is_padded(response: str) -> bool:
    """Whether one word makes up more than half of an answer of ten words or more."""
    said = [word.stem for word in words(clean(response[: longest("recall")]))]
    return len(said) >= _PADDED and Counter(said).most_common(1)[0][1] * 2 > len(said)
