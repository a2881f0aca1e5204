"""What of a card, and of its siblings, may stand in a question: it reads well, and gives no answer away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.quiz.distractors import also_right
from studytool.quiz.masks import Secrets
from studytool.quiz.openings import LEANING
from studytool.quiz.prose import atoms
from studytool.quiz.words import UNSPACED, stems, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studytool.quiz.faces import Face

_SENTENCE = (30, 320)  # characters of a sentence that can be read as an option or an excerpt
_FRONT = 120  # characters of a front that still reads as an option
_FREELY = ("in your own words", "in eigenen worten", "con tus propias palabras", "avec vos propres mots")


def is_option(face: Face) -> bool:
    """Whether the front of a card can stand among options: short, in one paragraph, about something of its own.

    A prompt for free recall cannot: it is never the right one, since its card is asked in no other way.
    """
    return (
        0 < len(face.front) <= _FRONT
        and not face.is_section
        and "\n\n" not in face.card.front
        and face.showable
        and bool(face.subject)
        and not asks_freely(face)
    )


def asks_freely(face: Face) -> bool:
    """Whether a prompt asks for free recall: no other form is what its author meant."""
    return any(words in face.front.casefold() for words in _FREELY)


def unmasked(excerpt: str) -> str:
    """The words of an excerpt that no mask will cover, whatever the options are."""
    return " ".join(excerpt[word.start : word.end] for word in words(excerpt) if not word.content)


def is_readable(sentence: str) -> bool:
    """Whether a sentence says something of its own, in words: no question, no aside, not mainly a formula or code."""
    if not _SENTENCE[0] <= len(sentence) <= _SENTENCE[1] or sentence[-1] in "?？":
        return False
    if sentence.endswith((":", ":)")) or (sentence[0] == "(" and sentence[-1] == ")"):
        return False
    inside = sum(high - low for low, high in atoms(sentence))
    return 2 * inside < len(sentence) and (len(sentence.split()) >= 6 or bool(UNSPACED.search(sentence)))


def statements(face: Face, telling: frozenset[str], among: Iterable[str] | None = None) -> Iterator[str]:
    """The sentences of the answer that stand alone and name nothing that would tell whose they are.

    Only those `among` some of its sentences, in their order, where these are given. Each is looked at when it is asked
    for, since most of a card's siblings are never needed.
    """
    if not face.showable or face.short:
        return
    secrets: Secrets | None = None
    for text in face.sentences if among is None else among:
        if not is_readable(text) or LEANING.match(text) or stems(text) & telling:
            continue
        secrets = secrets or Secrets([face.front])
        if not any(secrets.tells(text[word.start : word.end], word) for word in words(text)):
            yield text


def look(text: str) -> tuple[bool, bool, bool]:
    """What sets a sentence apart at a glance: a small letter first, no full stop, a formula."""
    return text[:1].islower(), text[-1:] in ".!?", "$" in text


def asks_for(face: Face) -> str:
    """How a card's front opens; a term alone asks what it is."""
    return "what" if face.opening == "term" else face.opening


def is_other_thing(face: Face, other: Face) -> bool:
    """Whether two cards ask about things apart: neither subject within the other, and not two sides of one card."""
    if face.card.span == other.card.span or not other.showable or other.card.kind == "cloze" or other.is_section:
        return False
    if not other.subject or other.subject <= face.subject or face.subject <= other.subject:
        return False
    return not also_right(face.front, other.front)


def touches(face: Face, other: Face) -> bool:
    """Whether what is said of one may hold for the other: a common word on the fronts, or one names the other."""
    return bool(face.subject & other.subject) or names(face.said, other) or names(other.said, face)


def names(said: frozenset[str], face: Face) -> bool:
    """Whether a text with these stems names what the card is about."""
    term = stems(face.term) if face.term else face.subject
    return bool(term) and term <= said


def is_foreign(text: str, said: frozenset[str]) -> bool:
    """Whether less than half of a text's words of meaning stand in the answer with these stems."""
    own = stems(text)
    return len(own & said) < 0.5 * len(own)
