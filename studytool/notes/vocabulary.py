"""The words of some notes: a word that stands nowhere else, a letter from one that does, is a slip of the pen."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.notes.relink import Known

_WORD = re.compile(r"[^\W\d_]+")
_OFTEN = 2
"""Cards from which a word is one of the notes, where the card itself does not have it in its answer."""
_TERM = 3
"""Words up to which a prompt, or an answer, names a thing."""
_SPELT_ALIKE = {"s", "z"}


class Vocabulary:
    """The words of the cards that are there after an edit, read when they are first asked for."""

    def __init__(self, cards: Sequence[Known]) -> None:
        self._cards = cards

    @cached_property
    def _counted(self) -> Counter[str]:
        """In how many cards each word stands, title and headings included."""
        return Counter(word for card in self._cards for word in _all(card))

    @cached_property
    def _terms(self) -> frozenset[str]:
        """The words that name a thing somewhere: in a title, a heading, or a prompt or an answer of a few words."""
        brief = (text for card in self._cards for text in (card.front, card.back) if len(text.split()) <= _TERM)
        named = {text for card in self._cards for text in (card.topic, card.context)}
        return frozenset(_words(" ".join((*named, *brief))))

    def term(self, word: str) -> bool:
        """Whether a word names a thing somewhere."""
        return word in self._terms

    def slip(self, one: str, other: str, before: Known, now: Known) -> bool:
        """Whether one of two words that look alike is known here, and the other stands in no text but a prompt.

        A word is known that stands in the answer, in the title or in a heading of the card, or in several others.
        """
        told = _words(f"{before.back} {now.back} {now.topic} {now.context}")
        beside = [self._counted[word] - (word in _all(now)) for word in (one, other)]
        if (one in told) != (other in told):
            return beside[one in told] == 0
        return one not in told and min(beside) == 0 and max(beside) >= _OFTEN

    def alone(self, word: str, now: Known) -> bool:
        """Whether no card but one has a word, if that has it."""
        return self._counted[word] == (word in _all(now))

    def both(self, one: str, other: str) -> bool:
        """Whether two words that look alike name a thing each."""
        return {*one} ^ {*other} != _SPELT_ALIKE and one in self._terms and other in self._terms


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold()))


def _all(card: Known) -> set[str]:
    return _words(f"{card.front} {card.back} {card.topic} {card.context}")
