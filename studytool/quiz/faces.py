"""What the quiz knows of a card: its prompt and answer as they read, their kind and shape, and its siblings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from heapq import nsmallest
from itertools import accumulate, islice, zip_longest
from typing import TYPE_CHECKING

from studytool.quiz.marking.notation import formula
from studytool.quiz.openings import asked_term, opening
from studytool.quiz.prose import atoms, has_image, paragraphs, plain, sentences, single_line
from studytool.quiz.truths import other_truth
from studytool.quiz.words import UNSPACED, fold, is_stop_word, stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studytool.notes.model import Card, Library, Question

_NUMBER = re.compile(r"[-+−±~≈]?\s*[\d.,]+(?:\s*(?:e|×\s*10\^?)[-+−]?\d+)?\s*(\S{0,12})$", re.IGNORECASE)
# An answer that comes first and is then explained: "391, since …", "$p - y$, the …", "Nothing changes: …".
_HEAD = re.compile(r"(\$[^$]+\$|-?\d[\d.,]*(?<!\d[.,])|(?:[^\W\d_]+ ){0,2}[^\W\d_]+(?=:))[,:;.]\s+\S")
SHORT = 6
"""An answer of up to this many words can be typed."""
_SIBLINGS = 48  # enough to choose from; more would only cost time in a folder of ten thousand cards


@dataclass(frozen=True)
class Face:
    """A card as the quiz sees it; what is costly to know is worked out when it is first asked for."""

    card: Card
    place: int
    """Its number in study order."""

    @cached_property
    def front(self) -> str:
        """The prompt as it reads, on one line."""
        return plain(self.card.front)

    @cached_property
    def opening(self) -> str:
        """The kind of its prompt, as `openings.opening` has it."""
        return opening(self.front)

    @cached_property
    def term(self) -> str:
        """The thing the card defines: its front, or what a "What is …?" asks about. Empty when there is none."""
        found = asked_term(self.front) or (self.front if self.opening == "term" and not self.is_section else "")
        known = [word for word in found.split() if not is_stop_word(word.strip(",.:;()"))]
        return found if 0 < len(known) <= 4 and len(found.split()) <= 6 else ""

    @property
    def is_plain(self) -> bool:
        """Whether it is a card and no question, so that others may take a wrong option from it."""
        return self.card.kind in ("basic", "cloze")

    @property
    def is_section(self) -> bool:
        """Whether its front is the name of a section ("Pooling: Example"), which says little about what it holds."""
        return self.card.dialect in ("callout", "compare")

    @property
    def is_label(self) -> bool:
        """Whether its front is the topic with the label of a section, which tells nobody which words are wanted."""
        return self.is_section and self.card.front.startswith((f"{self.card.title}: ", f"{self.card.title} › "))

    @cached_property
    def subject(self) -> frozenset[str]:
        """The stems of what the prompt is about."""
        return stems(self.front)

    @cached_property
    def said(self) -> frozenset[str]:
        """The stems of the answer."""
        return stems(plain(self.card.back))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the answer's running text, as they read."""
        found = paragraphs(self.card.back)
        cut = [sentence for paragraph in found for sentence in sentences(paragraph)]
        if not cut and len(found) == 1:
            cut = [found[0]] if found[0][-1:] not in ":,;" else []
        return tuple(cut)

    @cached_property
    def short(self) -> str:
        """The answer when it is a few words that can be typed, else empty. What explains it is not part of it."""
        line = None if self.is_label else single_line(self.card.back)
        if line is None:
            return ""
        if (head := _HEAD.match(line)) and not is_stop_word(head[1].split()[-1]):
            if len(head[1]) == 1 and head[1].isascii() and head[1].isalpha():
                return ""  # "B: it grows" names an option that is not here
            line = head[1]
        if not (_is_few_words(line) or _is_typed_formula(line)):
            return ""
        if self.term and len(line.split()) > 3:
            return ""  # a definition, which can be said in many ways
        return line.strip().removesuffix(".") if not line.endswith("..") else line

    @cached_property
    def shape(self) -> tuple[str, ...]:
        """What a short answer looks like; only answers of one shape stand beside each other as options.

        Empty where looks do not tell what kind of thing it is: the gap of a cloze card, unless it is a name.
        """
        text = self.short
        asked = "gap" if self.card.kind == "cloze" else " ".join(fold(self.front).split()[:2])
        if match := _NUMBER.fullmatch(text):
            return ("number", asked, fold(match[1]))
        if "$" in text or "\\" in text:
            return ("formula", asked, fold(text.partition("$")[0]))
        if text.startswith("`"):
            return ("code", asked)
        if other_truth(text, self.front):
            return ("yes or no",)
        if asked == "gap" and not text[:1].isupper():
            return ()
        count = min(len(text.split()), 3)
        last = fold(text.split()[-1]) if text else ""
        ending = next((end for end in ("ing", "ion", "ity", "ed", "ly", "s") if last.endswith(end)), "")
        return ("words", asked, str(count), ending)

    @cached_property
    def showable(self) -> bool:
        """Whether a terminal can show the whole of it."""
        return not has_image(self.card.front) and bool(self.front) and bool(self.card.back.strip())


class Shelf:
    """The cards of a library as the quiz sees them. A note is opened when one of its cards is needed, not before."""

    def __init__(self, library: Library) -> None:
        self._notes = library.notes
        self._keys = library.order
        self._ends = _ends(map(library.entries.__getitem__, self._keys), len(library.names))
        self._names = library.names
        self._numbers: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            if self._of_note(number):
                self._numbers.setdefault(name, []).append(number)
        self._opened: dict[int, tuple[list[Face], dict[str, Question]]] = {}
        self._around: dict[str, list[Face]] = {}
        self._plain: dict[str, tuple[list[Face], list[bytes]]] = {}  # of each topic, with their keys
        self._last: tuple[int, list[Face]] = -1, []

    @property
    def topics(self) -> list[str]:
        """The topics that have cards, in study order."""
        return list(self._numbers)

    def keys(self, topics: Iterable[str] = ()) -> Iterator[tuple[str, int]]:
        """The key and the number of every card, in study order; of these `topics` alone, where there are any."""
        wanted = set(topics)
        for number, name in enumerate(self._names):
            if not wanted or name in wanted:
                yield from ((self._keys[place], place) for place in self._of_note(number))

    def face(self, place: int) -> Face:
        """The card with this number."""
        number = bisect_right(self._ends, place)
        return self._open(number)[0][place - self._of_note(number).start]

    def question(self, face: Face) -> Question | None:
        """What its author wrote as a question, if the card is one."""
        return self._open(bisect_right(self._ends, face.place))[1].get(face.card.key)

    def siblings(self, face: Face) -> list[Face]:
        """Cards to take wrong options from: those of the topic, then those that stand nearest in study order."""
        if self._last[0] != face.place:  # each form asks for them anew
            others = self._sample(face.card.key, face.card.topic)
            self._last = face.place, [other for other in others if other.card.key != face.card.key]
        return self._last[1]

    def _sample(self, key: str, topic: str) -> list[Face]:
        """The cards around one, itself perhaps among them."""
        if topic not in self._plain:
            own = [face for number in self._numbers[topic] for face in self._open(number)[0] if face.is_plain]
            self._plain[topic] = own, [face.card.key.encode() for face in own]
        own, keys = self._plain[topic]
        if len(own) > _SIBLINGS:
            # A sample that does not depend on the other cards: the nearest by a hash of both keys.
            before = f"{key}\0".encode()
            digests = [blake2b(before + other, digest_size=16).digest() for other in keys]
            return [own[at] for at in nsmallest(_SIBLINGS, range(len(own)), key=digests.__getitem__)]
        return self._with_near(topic, own) if len(own) < len(self._keys) else own

    def _with_near(self, topic: str, own: list[Face]) -> list[Face]:
        """The cards of a topic with those that stand nearest to it, as many as there is room for."""
        if topic not in self._around:
            numbers = self._numbers[topic]
            before = range(self._of_note(numbers[0]).start - 1, -1, -1)[: 2 * _SIBLINGS]
            after = range(self._of_note(numbers[-1]).stop, len(self._keys))[: 2 * _SIBLINGS]
            places = (place for pair in zip_longest(before, after) for place in pair if place is not None)
            near = (self.face(place) for place in places)
            others = (other for other in near if other.is_plain and other.card.topic != topic)
            self._around[topic] = [*own, *islice(others, _SIBLINGS - len(own))]
        return self._around[topic]

    def _of_note(self, number: int) -> range:
        """The numbers of the cards of a note."""
        return range(self._ends[number - 1] if number else 0, self._ends[number])

    def _open(self, number: int) -> tuple[list[Face], dict[str, Question]]:
        """The cards of a note, and its questions by their keys."""
        if number not in self._opened:
            note = self._notes[number]
            cards: dict[str, Card] = {}
            for card in note.studied:
                cards.setdefault(card.key, card)
            faces = [Face(cards[self._keys[place]], place) for place in self._of_note(number)]
            self._opened[number] = faces, {question.key: question for question in note.questions}
        return self._opened[number]


def _ends(numbers: Iterable[int], notes: int) -> list[int]:
    """For each note how many cards there are up to its end; `numbers` are those of the cards' notes, in order."""
    counts = Counter(numbers)
    return list(accumulate(counts[number] for number in range(notes)))


def _is_few_words(line: str) -> bool:
    """Whether a text is short enough to be typed: six words, or twelve characters where words have no blanks."""
    if UNSPACED.search(line):
        return len(line) <= 2 * SHORT
    return len(line) <= 60 and len(line.split()) <= SHORT


def _is_typed_formula(line: str) -> bool:
    """Whether a text is one formula of at most 26 characters as one would type it."""
    bare = line.removesuffix(".")
    return atoms(bare) == [(0, len(bare))] and bare.startswith("$") and len(formula(bare)) <= 26


def shuffled(keys: Iterable[tuple[str, int]], seed: int) -> list[tuple[str, int]]:
    """Keys with their numbers in an order that the seed and each key alone decide: that of `digest(seed, key)`."""
    before = f"{seed}\0".encode()
    return sorted(keys, key=lambda card: blake2b(before + card[0].encode(), digest_size=16).digest())


def digest(*parts: object) -> bytes:
    """Bytes that depend on the parts alone, the same on every machine: an order nobody can see a pattern in."""
    return blake2b("\0".join(map(str, parts)).encode(), digest_size=16).digest()
