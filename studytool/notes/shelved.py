"""A library whose notes are made when they are asked for: what a start, a queue and a screen need is known without."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import overload

from studytool.notes.codec import unpack_topic
from studytool.notes.index import Head
from studytool.notes.model import Diagnostic, Library, Note, Span, Topic
from studytool.notes.order import names_of

_KEY = 32
"""Characters of a card's key."""
_AT_HAND = 64
"""So many notes that were asked for last are kept."""


class Shelved(Library):
    """The notes of `heads`, in study order; `note_of` makes one and `body_of` reads its text (disk)."""

    def __init__(
        self,
        root: str,
        heads: Sequence[Head],
        troubles: Sequence[Diagnostic],
        note_of: Callable[[Head], Note],
        body_of: Callable[[Head], str],
    ) -> None:
        super().__init__(root, _Notes(len(heads), self._note), troubles)
        self._heads = heads
        self._note_of = note_of
        self._body_of = body_of
        self._at_hand: dict[int, Note] = {}

    @cached_property
    def entries(self) -> dict[str, int]:
        """The key of every card once, in study order, with the number of the note that holds it first."""
        found: dict[str, int] = {}
        for number, head in enumerate(self._heads):
            keys = head[4].hex()
            for at in range(0, len(keys), _KEY):
                found.setdefault(keys[at : at + _KEY], number)
        return found

    @property
    def titles(self) -> Sequence[str]:
        """The name of each note's topic."""
        return [name for _, _, name, _, _ in self._heads]

    @cached_property
    def topics(self) -> Sequence[Topic]:
        """The topic of each note."""
        return [unpack_topic(topic, path) for path, _, _, topic, _ in self._heads]

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Those of files that could not be read, then those of every note in the order of its lines."""
        return (*self._diagnostics, *_diagnostics(self.notes))

    def _note(self, number: int) -> Note:
        note = self._at_hand.get(number)
        if note is None:
            note = self._answered(self._note_of(self._heads[number]))
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.pop(next(iter(self._at_hand)), None)
            self._at_hand[number] = note
        return note

    @cached_property
    def _by_name(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, topic in enumerate(self.topics):
            for name in names_of(topic.path, topic):
                found.setdefault(name, number)
        return found

    def _answered(self, note: Note) -> Note:
        """The note, with the text of the linked note as answer where a question is a wikilink to one."""
        if not any(question.link for question in note.questions):
            return note
        questions = []
        for question in note.questions:
            number = self._by_name.get(wanted_name(question.link)) if question.link else None
            answer = self._body_of(self._heads[number]) if number is not None else ""
            own = number is not None and self.titles[number] == note.topic.name
            questions.append(replace(question, answer=answer) if answer and not own else question)
        return replace(note, questions=tuple(questions))


def wanted_name(link: str) -> str:
    """The name that a wikilink asks for, as `names_of` gives it."""
    return " ".join(link.partition("#")[0].rpartition("/")[2].split()).casefold()


class _Notes(Sequence[Note]):
    """As many notes as there are heads, each made when it is asked for."""

    def __init__(self, length: int, note: Callable[[int], Note]) -> None:
        self._length, self._note = length, note

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> Note: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Note]: ...
    def __getitem__(self, at: int | slice) -> Note | Sequence[Note]:
        if isinstance(at, slice):
            return [self._note(number) for number in range(*at.indices(self._length))]
        if not -self._length <= at < self._length:
            raise IndexError(at)
        return self._note(at % self._length)

    def __iter__(self) -> Iterator[Note]:
        return map(self._note, range(self._length))


def _diagnostics(notes: Sequence[Note]) -> Iterator[Diagnostic]:
    """What is to be said of each note, its duplicate cards among it."""
    seen: dict[str, Span] = {}
    for note in notes:
        found = list(note.diagnostics)
        for card in note.studied:
            first = seen.setdefault(card.key, card.span)
            if first is not card.span:
                told = f"This card says the same as the one at {first}; it is studied once."
                found.append(Diagnostic(card.span, "warning", "duplicate-card", told, "Delete one of them."))
        yield from sorted(found, key=lambda one: (one.span.line, one.span.column))
