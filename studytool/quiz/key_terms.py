"""The key terms of a model answer, by which an answer in the learner's own words is held against it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from studytool.quiz.prose import addresses, atoms, covered, paragraphs, plain
from studytool.quiz.quantities import quantities
from studytool.quiz.words import fold, is_general, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.quiz.faces import Face
    from studytool.quiz.terms import Terms

_FEW, _MOST = 5, 8  # that a model answer is looked through for


def key_terms(face: Face, terms: Terms, siblings: Sequence[Face]) -> tuple[str, ...]:
    """The terms of an answer that whoever knows it would name, at most eight, in the order they stand in.

    Known terms count first; where they are few the words that stand there most often, longer ones first.
    """
    weights: dict[str, tuple[int, str]] = {}
    for sentence in paragraphs(face.card.back) or [plain(face.card.back)]:
        for weight, run in terms.within(sentence, face, siblings):
            text = sentence[run[0].start : run[-1].end]
            weights.setdefault(" ".join(word.stem for word in run), (weight + 10, text))
    text = plain(face.card.back)
    if len(weights) < _FEW:
        known = {part for key in weights for part in key.split()}
        for key, count, word in _most_often(text, face, known)[: 2 * _FEW]:
            if len(weights) < _FEW:
                weights.setdefault(key, (count, word))
    best = sorted(weights.values(), key=lambda pair: -pair[0])[:_MOST]
    return tuple(sorted(dict.fromkeys(term for _, term in best), key=text.find))


def _most_often(text: str, face: Face, known: set[str]) -> list[tuple[str, int, str]]:
    """The words of meaning in a text, each time they stand there, as (stem, how often, word), the most frequent first.

    A number is one word with its power of ten and its unit. Left out are words of the front, those in a formula, which
    is compared by eye, or in an address, and stems that are `known`.
    """
    formulas = atoms(text) + addresses(text)
    is_formula = covered(formulas)
    numbers = [(low, high) for low, high in quantities(text) if not is_formula(low)]
    is_covered = covered(formulas + numbers)
    found = [
        word
        for word in words(text)
        if word.content and word.stem not in face.subject and not is_general(word.stem) and not is_covered(word.start)
    ]
    counts = Counter(word.stem for word in found)
    more = [
        (word.stem, counts[word.stem], text[word.start : word.end])
        for word in found
        if word.stem not in known and not word.stem.isdigit() and len(word.stem) > 2
    ]
    asked = plain(face.card.front)
    written = [text[low:high] for low, high in numbers if text[low:high] not in asked]
    often = Counter(written)
    more += [(fold(number), often[number], number) for number in written]
    return sorted(more, key=lambda term: (-term[1], -len(term[2])))
