"""The forms a card can be asked in. Each is a function of a card that gives a fair question, or None.

    choice of answers      prompt: the card's front           options: short answers of siblings
    choice of statements   prompt: the card's front           options: a sentence of its answer, and of siblings'
    choice of prompts      prompt: a sentence of the answer   options: its front, and fronts of siblings
    typed                  prompt: the card's front           the short answer is typed
    gap                    prompt: front and a sentence       a term of the sentence is typed
    named                  prompt: a sentence of the answer   the term it defines is typed
    recall                 prompt: the card's front           the answer in the learner's own words

In a choice no word of meaning of the right option stands in the prompt; where one would, it is masked or the form is
not used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from studytool.notes.gaps import filled
from studytool.notes.model import Option
from studytool.quiz.distractors import OPTIONS, draw
from studytool.quiz.fair import (
    asks_for,
    is_foreign,
    is_option,
    is_other_thing,
    is_readable,
    look,
    names,
    statements,
    touches,
    unmasked,
)
from studytool.quiz.key_terms import key_terms
from studytool.quiz.marking.notation import formula
from studytool.quiz.masks import hide
from studytool.quiz.model import GAP, Asked, AskedKind
from studytool.quiz.openings import LEANING
from studytool.quiz.truths import is_true, other_truth
from studytool.quiz.words import Word, fold, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from random import Random

    from studytool.quiz.faces import Face, Shelf
    from studytool.quiz.terms import Terms

_LEFT = 6  # words of meaning that a masked excerpt must keep to say something
_NAME = 3  # words of a term that one can be asked to name
_ENOUGH = 6  # siblings with the same kind of prompt, from which on others are not needed
_ALTERNATIVE = re.compile(r"\b(?:or|oder|ou|versus|vs)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Desk:
    """What a form works with: the cards, the known terms, and randomness that depends on seed and card alone."""

    shelf: Shelf
    terms: Terms
    rng: Random


def choose_answer(face: Face, desk: Desk) -> Asked | None:
    """The front, and short answers of sibling cards that are asked for alike and look alike."""
    if not face.short or not face.shape or (face.subject & stems(face.short)):
        return None
    if other := other_truth(face.short, face.front):
        return _choice(face, face.card.front, [face.short, other], desk, shuffled=False)
    spoken = " ".join(fold(face.front).split())
    wrong = [
        other.short
        for other in desk.shelf.siblings(face)
        if other.short
        and other.shape == face.shape
        and other.subject != face.subject
        and not stems(other.short) & face.subject
        and fold(other.short) not in spoken
        and other.card.span != face.card.span
    ]
    drawn = draw(face.short, wrong, face.front, desk.rng)
    return _choice(face, face.card.front, [face.short, *drawn], desk) if drawn else None


def choose_statement(face: Face, desk: Desk) -> Asked | None:
    """The front, and one sentence each from its answer and from answers about other things to prompts of its kind."""
    if face.card.kind == "cloze" or face.short or face.is_section:
        return None
    own = list(statements(face, face.subject))
    if not own:
        return None
    right = desk.rng.choice(own)
    drawn = draw(right, _statements_of_others(face, right, desk), face.front, desk.rng)
    if not drawn:
        return None
    question = "Which of these is said of it?" if face.opening == "term" else "Which of these belongs to the answer?"
    front = f"**{face.front}**" if face.opening == "term" else face.card.front
    return _choice(face, f"{front}\n\n{question}", [right, *drawn], desk)


def _statements_of_others(face: Face, right: str, desk: Desk) -> Iterator[str]:
    """Of each sibling that is asked for alike the sentence that is most like the right one in length."""
    for other in desk.shelf.siblings(face):
        if asks_for(other) != asks_for(face) or not is_other_thing(face, other) or touches(face, other):
            continue
        alike = [text for text in other.sentences if look(text) == look(right) and is_foreign(text, face.said)]
        alike.sort(key=lambda text: abs(len(text) - len(right)))
        if (nearest := next(statements(other, other.subject | face.subject, alike), None)) is not None:
            yield nearest


def choose_prompt(face: Face, desk: Desk) -> Asked | None:
    """A sentence of the answer with the options' words masked, and the fronts of sibling cards."""
    if face.card.kind == "cloze" or face.short or not is_option(face):
        return None
    readable = [text for text in face.sentences if is_readable(text)]
    excerpts = [text for text in readable if not LEANING.match(text)] or readable
    if not excerpts:
        return None
    # What is said first of a term defines it; what follows may well hold for its relatives, too.
    excerpt = excerpts[0] if face.opening == "term" else desk.rng.choice(excerpts)
    said = stems(excerpt)
    others = (
        other
        for other in desk.shelf.siblings(face)
        if is_option(other)
        and not other.short
        and (other.opening == "term") == (face.opening == "term")
        and is_other_thing(face, other)
        and not names(said, other)
        and is_foreign(excerpt, other.said)
    )
    wrong = (other.front for other in _alike(face, others))
    drawn = draw(face.front, wrong, unmasked(excerpt), desk.rng)
    masked = hide(excerpt, [face.front, *drawn]) if drawn else None
    if not drawn or not masked or masked[2] < _LEFT or masked[1] > masked[2]:
        return None
    asks = "What is described here?" if face.opening == "term" else "Which question does this answer?"
    return _choice(face, f"{asks}\n\n> {masked[0]}", [face.front, *drawn], desk)


def _alike(face: Face, others: Iterator[Face]) -> Iterator[Face]:
    """Those that open like the card, where there are enough of them; else all."""
    looked_at: list[Face] = []
    alike: list[Face] = []
    for other in others:
        looked_at.append(other)
        if other.opening == face.opening:
            alike.append(other)
            if len(alike) == _ENOUGH:
                return chain(alike, (one for one in others if one.opening == face.opening))
    return iter(looked_at)


def type_answer(face: Face, desk: Desk) -> Asked | None:
    """The front; its short answer is typed."""
    if not face.short or not any(letter.isalnum() for letter in face.short):
        return None
    hides = GAP in face.card.front
    known = stems(face.short)
    in_prompt = formula(face.short) in formula(face.front) if face.shape == ("formula",) else known <= face.subject
    if not hides and known and in_prompt and not _ALTERNATIVE.search(face.front):
        return None  # it stands in the prompt
    if "\\" in face.short and len(formula(face.short)) > 26:
        return None  # nobody types that much LaTeX
    accepted = (*_variants(face.short), *desk.terms.synonyms(face.short))
    return _typed("cloze" if hides else "typed", face, face.card.front, face.short, accepted)


def fill_in(face: Face) -> Asked | None:
    """The front of a cloze card with its gap, whose few words are typed."""
    is_long = "\\" in face.short and len(formula(face.short)) > 26
    if is_long or not any(letter.isalnum() for letter in face.short):
        return None
    return _typed("cloze", face, face.card.front, face.short, _variants(face.short))


def fill_gap(face: Face, desk: Desk) -> Asked | None:
    """The front and a sentence of the answer; a term of it is typed, its first letters being given."""
    if face.card.kind == "cloze" or face.short:
        return None
    siblings = desk.shelf.siblings(face)
    found: list[tuple[int, str, list[Word]]] = []
    for sentence in face.sentences:
        if is_readable(sentence):
            found += [(weight, sentence, run) for weight, run in desk.terms.within(sentence, face, siblings)]
    if not found:
        return None
    best = max(weight for weight, _, _ in found)
    _, sentence, run = desk.rng.choice([item for item in found if item[0] == best])
    answer = sentence[run[0].start : run[-1].end]
    gapped = _gap(sentence, run, answer)
    if gapped is None:
        return None
    accepted = (*_variants(answer), *desk.terms.synonyms(answer))
    return _typed("cloze", face, f"{face.card.front}\n\n> {gapped}", answer, accepted)


def name_it(face: Face, desk: Desk) -> Asked | None:
    """A sentence of the answer with the card's own term blanked; the term is typed, its first letters being given."""
    term = face.term
    if not term or len(term.split()) > _NAME or face.card.kind == "cloze" or face.short:
        return None
    for sentence in face.sentences:
        masked = hide(sentence, [term]) if is_readable(sentence) else None
        if not masked or masked[2] < _LEFT or masked[1] > masked[2]:
            continue
        shown = re.sub(r"\s*\([^()]*\)", "", term).strip() or term
        accepted = (*_variants(term), *desk.terms.synonyms(shown))
        prompt = f"Which term is described here? {_hint(shown)}\n\n> {masked[0]}"
        return _typed("typed", face, prompt, shown, accepted)
    return None


def recall(face: Face, desk: Desk) -> Asked | None:
    """The front, answered in one's own words and held against the back; its key terms are named then."""
    if face.card.kind == "cloze" or not face.showable:
        return None
    terms = key_terms(face, desk.terms, desk.shelf.siblings(face))
    asked = _asked("recall", face, face.card.front, face.card.back.strip(), accepted=terms)
    return replace(asked, explanation="")


CHOICES = (choose_prompt, choose_statement, choose_answer)
TYPED = (type_answer, fill_gap, name_it)
LAST = (recall,)
"""What every card that can be shown can be asked for, and no other way is as sure: the learner marks it."""


# -- putting it together ------------------------------------------------------------------------


def _choice(face: Face, prompt: str, texts: Sequence[str], desk: Desk, *, shuffled: bool = True) -> Asked | None:
    """A question with the first of `texts` right, its options in an order drawn by the seed; else of two, yes first."""
    options = [Option(text, index == 0) for index, text in enumerate(texts)]
    if shuffled:
        assert len(options) == OPTIONS
        desk.rng.shuffle(options)
    else:
        options.sort(key=lambda option: not is_true(option.text))
    return _asked("choice" if shuffled else "truth", face, prompt, texts[0], options=tuple(options))


def _typed(kind: AskedKind, face: Face, prompt: str, answer: str, accepted: Iterable[str]) -> Asked:
    others = tuple(dict.fromkeys(text for text in accepted if text and text != answer))
    return _asked(kind, face, prompt, answer, accepted=others)


def _asked(
    kind: AskedKind,
    face: Face,
    prompt: str,
    answer: str,
    *,
    options: tuple[Option, ...] = (),
    accepted: tuple[str, ...] = (),
) -> Asked:
    card = face.card
    return Asked(
        kind=kind,
        prompt=prompt,
        options=options,
        answer=answer,
        accepted=accepted,
        explanation=_explanation(face),
        card=card.key,
        path=card.span.path,
        line=card.span.line,
        topic=card.topic,
    )


def _explanation(face: Face) -> str:
    """The whole card, as the author wrote it; a cloze card with its gap filled."""
    card = face.card
    if GAP in card.front:
        return filled(card.front, card.back.strip())
    if face.opening == "term":
        return f"**{face.front}**: {card.back}"
    return f"{card.front}\n\n{card.back}"


def _gap(sentence: str, run: Sequence[Word], answer: str) -> str | None:
    """The sentence with a gap and its hint for `run`, other places of the same words masked."""
    sign = f"{GAP} {_hint(answer)}"
    before = hide(sentence[: run[0].start], [answer])
    after = hide(sentence[run[-1].end :], [answer])
    if before is None or after is None:
        return None
    return f"{before[0]}{sign}{after[0]}"


def _hint(answer: str) -> str:
    """The first letter of each word: `(m… p…)`. An acronym gives none."""
    return "(" + " ".join(f"{word[0]}…" for word in re.findall(r"\w+", answer)) + ")"


def _variants(text: str) -> Iterable[str]:
    """`convolutional network (CNN)` may be typed as either of its names, `$x = 2$` and `By $a \\approx 2$` as `2`."""
    if match := re.fullmatch(r"(.{2,}?)\s*\(([^()]{2,})\)", text):
        return match.groups()
    sides = re.fullmatch(r"(?:\w+ )?\$?([^=≈$]+?)\s*(=|≈|\\approx)\s*([^=≈$]+?)\$?", text)
    if not sides:
        return ()
    return (sides[3],) if sides[2] == "=" else (sides[1], sides[3])
