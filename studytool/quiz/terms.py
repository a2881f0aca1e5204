"""Which words of a sentence are worth asking for: known names, what the author set off, phrases that recur."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from studytool.quiz.prose import addresses, atoms, covered, plain
from studytool.quiz.quantities import quantities
from studytool.quiz.words import Word, can_be_term, fold, is_general, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studytool.notes.model import Library
    from studytool.quiz.faces import Face

_SET_OFF = re.compile(
    r"\*\*([^*\n]{2,40})\*\*|__([^_\n]{2,40})__|==([^=\n]{2,40})==|\[\[(?:[^\[\]|]*\|)?([^\[\]|]{2,40})\]\]"
)
_LONGEST = 4  # words
# A note with more names than these gathers things rather than naming one: its aliases do not stand for each other.
_NAMES = 3


class Terms:
    """The terms of a library. Its topics' names count everywhere, other words near the card they stand on."""

    def __init__(self, library: Library) -> None:
        self.names: dict[tuple[str, ...], tuple[str, ...]] = {}
        for topic in library.topics:
            names = (topic.title, *topic.aliases)
            for name in names:
                if key := key_of(name):
                    close = name == topic.title and len(names) <= _NAMES
                    others = [other for other in names if other != name and (close or _same_name(name, other))]
                    self.names.setdefault(key, tuple(others))
        self._repeated: dict[str, frozenset[tuple[str, ...]]] = {}

    def synonyms(self, text: str) -> tuple[str, ...]:
        """Other names of what `text` names, from the name and the aliases of its note."""
        return self.names.get(key_of(text), ())

    def within(self, sentence: str, face: Face, siblings: Sequence[Face]) -> list[tuple[int, list[Word]]]:
        """The terms in a sentence of the card's answer, best first, each as (weight, its words).

        A term never shares a word with the card's front, which is shown beside the gap. Terms inside a formula, code
        or a number do not count.
        """
        found = words(sentence)
        is_inside = covered(atoms(sentence) + quantities(sentence) + addresses(sentence))
        names = {key_of(other.term) for other in siblings if other.term} - {()}
        marked = _set_off(face.card.back)
        repeated = self._phrases(face, siblings)
        terms: list[tuple[int, list[Word]]] = []
        low = 0
        while low < len(found):
            length = 1
            for high in range(min(low + _LONGEST, len(found)), low, -1):
                run = found[low:high]
                if not _can_be_asked(run, sentence, face, is_inside):
                    continue
                key = tuple(word.stem for word in run)
                weight = 3 if key in self.names or key in names else 2 if key in marked else 0
                if not weight:
                    weight = int(high - low > 1 and all(pair in repeated for pair in pairwise(key)))
                if not weight and high - low == 1 and _acronym(sentence[run[0].start : run[0].end]):
                    weight = 1
                if weight:
                    terms.append((weight, run))
                    length = high - low  # a part of a longer term is none
                    break
            low += length
        return sorted(terms, key=lambda pair: -pair[0])

    def _phrases(self, face: Face, siblings: Sequence[Face]) -> frozenset[tuple[str, ...]]:
        """Pairs of words that stand side by side in the answers of at least two cards of the topic."""
        topic = face.card.topic
        if topic not in self._repeated:
            counted: Counter[tuple[str, ...]] = Counter()
            for other in (face, *siblings):
                if other.card.topic == topic:
                    counted.update(set(_pairs(plain(other.card.back))))
            self._repeated[topic] = frozenset(pair for pair, times in counted.items() if times > 1)
        return self._repeated[topic]


@lru_cache(maxsize=4096)  # the names of a topic are looked for in each of its sentences
def key_of(name: str) -> tuple[str, ...]:
    """The stems of a name in order, a name's bracketed part left aside; empty when nothing in it carries meaning."""
    found = words(re.sub(r"\s*\([^()]*\)\s*$", "", name))
    return tuple(word.stem for word in found) if any(word.content for word in found) else ()


def _same_name(name: str, other: str) -> bool:
    """Whether two names are plainly one: initials of each other, or one a shorter form of the other."""
    short, long = sorted((fold(name), fold(other)), key=len)
    if short.removesuffix("s") == "".join(word[0] for word in long.split()):
        return True
    return key_of(name) == key_of(other) or (len(short) >= 5 and " " not in long and long.startswith(short))


def _set_off(markdown: str) -> set[tuple[str, ...]]:
    """What the author made bold, highlighted or linked, as keys."""
    return {key_of(next(filter(None, match.groups()))) for match in _SET_OFF.finditer(markdown)} - {()}


def _pairs(text: str) -> Iterable[tuple[str, str]]:
    found = words(text)
    for one, two in pairwise(found):
        if (
            one.content
            and two.content
            and can_be_term(one.stem, two.stem)
            and text[one.end : two.start] in (" ", "-")
            and not text.endswith("ly", 0, one.end)
        ):
            yield one.stem, two.stem


def _can_be_asked(run: Sequence[Word], sentence: str, face: Face, is_inside: Callable[[int], bool]) -> bool:
    """Whether these words hang together, begin and end with a word of meaning, and are not on the front.

    One of them at least is no word that any answer may have.
    """
    if all(is_general(word.stem) for word in run if word.content):
        return False
    if not (run[0].content and run[-1].content) or any(word.stem in face.subject for word in run if word.content):
        return False
    if len(sentence[run[0].start : run[-1].end]) < 3 or any(word.stem.isdigit() for word in run):
        return False
    if any(sentence[a.end : b.start] not in (" ", "-", "") for a, b in pairwise(run)):
        return False
    return not any(is_inside(word.start) for word in run)


def _acronym(word: str) -> bool:
    return len(word) > 1 and sum(letter.isupper() for letter in word) > 1 and word.isascii()
