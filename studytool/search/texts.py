"""What a search looks at: one folded text a card, and what kind of card it is. Made note by note, kept as columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from studytool.search.fold import SEPARATOR, fold, fold_name

if TYPE_CHECKING:
    from studytool.notes.model import Card, Note

_IMAGE = re.compile(r"!\[|<img\b", re.IGNORECASE)
_MATH = re.compile(r"\$[^$]+\$|\\\(|\\\[")
_CODE = re.compile(r"`|~~~")


class Facet(NamedTuple):
    """What cards have in common: most cards of a note have one facet."""

    kind: str
    dialect: str
    level: str
    tags: tuple[str, ...]
    """Folded."""
    demo: str
    """The demo that the card or its topic links to; empty without one."""
    marks: tuple[str, ...]
    """Those of "question", "answer", "image", "math", "code" that hold."""


class Piece(NamedTuple):
    """The cards of one note, in the order of its text: front, back and topic of each, folded, and its facet."""

    texts: tuple[str, ...]
    facets: tuple[int, ...]


class Facets:
    """All facets, by number."""

    def __init__(self, known: Sequence[Facet] = ()) -> None:
        self.all = list(known)
        self._numbers = {facet: number for number, facet in enumerate(self.all)}

    def number(self, facet: Facet) -> int:
        """The number of a facet, a new one where it is new."""
        number = self._numbers.setdefault(facet, len(self.all))
        if number == len(self.all):
            self.all.append(facet)
        return number


def piece_of(note: Note, facets: Facets) -> Piece:
    """What a search needs of a note."""
    asked = {question.key for question in note.questions}
    topics: dict[str, str] = {}
    texts, numbers = [], []
    for card in note.studied:
        topic = topics.get(card.topic)
        if topic is None:
            topic = topics[card.topic] = fold(card.topic)
        texts.append(f"{fold(card.front)}{SEPARATOR}{fold(card.back)}{SEPARATOR}{topic}")
        numbers.append(facets.number(_facet(card, note, is_question=card.key in asked)))
    return Piece(tuple(texts), tuple(numbers))


def _facet(card: Card, note: Note, *, is_question: bool) -> Facet:
    told = f"{card.front}\n{card.back}"
    marks = (
        ("question", is_question),
        ("answer", bool(card.back)),
        ("image", _IMAGE.search(told) is not None),
        ("math", _MATH.search(told) is not None),
        ("code", _CODE.search(told) is not None),
    )
    demo = card.demo or note.topic.demo
    return Facet(
        card.kind,
        card.dialect,
        card.level,
        tuple(fold_name(tag.lstrip("#")) for tag in card.tags),
        fold_name(demo.name) if demo else "",
        tuple(name for name, holds in marks if holds),
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """All cards of a library by number, in study order: one entry of each column a card."""

    texts: list[str] = field(default_factory=list)
    facets: list[int] = field(default_factory=list)


def columns(keys: Iterable[Sequence[str]], pieces: Sequence[Piece], count: int) -> Columns:
    """The columns of `count` different cards; `keys` are those of each note.

    A card that stands in several places counts where it is first.
    """
    texts = list(chain.from_iterable(piece.texts for piece in pieces))
    facets = list(chain.from_iterable(piece.facets for piece in pieces))
    if len(texts) == count:
        return Columns(texts, facets)
    seen: set[str] = set()
    first = []
    for key in chain.from_iterable(keys):
        first.append(key not in seen)
        seen.add(key)
    kept = [number for number, is_first in enumerate(first) if is_first]
    return Columns([texts[number] for number in kept], [facets[number] for number in kept])
