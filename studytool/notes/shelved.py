"""A library whose notes are made when they are asked for: what a start, a queue and a screen need is known without."""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import compress, count
from operator import is_not
from typing import TYPE_CHECKING, Protocol, overload

from studytool.notes.alike import topic_in
from studytool.notes.codec import unpack_topic
from studytool.notes.index import Head
from studytool.notes.model import Card, Diagnostic, Library, Note, Span, Topic

if TYPE_CHECKING:  # they bring the dialects, 60 ms: not before they are needed
    from studytool.notes.embeds import Resolver
    from studytool.notes.targets import Targets

_KEY = 32
"""Characters of a card's key."""
_AT_HAND = 64
"""So many notes that were asked for last are kept."""


class Surroundings(Protocol):
    """The files around the notes of a library (disk)."""

    def place(self, path: str) -> str:
        """An absolute path from the root, with `/`; itself where it lies elsewhere."""

    def files(self) -> list[str] | None:
        """The places of all files below the root; None where that is not to be looked through."""

    def existing(self, notes: Iterable[Note]) -> Iterable[str]:
        """The places of the files that notes name by a path from their own folder."""

    def read(self, place: str) -> str:
        """The text of the file at a place, empty where it cannot be read."""


class Shelved(Library):
    """The notes of `heads`, in study order; `note_of` makes one, `surroundings` knows its files (disk).

    `before` is an earlier reading of the same notes, whose heads are the same objects where nothing has changed.
    """

    def __init__(
        self,
        root: str,
        heads: Sequence[Head],
        troubles: Sequence[Diagnostic],
        note_of: Callable[[Head], Note],
        surroundings: Surroundings,
        before: Shelved | None = None,
        roots: Mapping[str, str] | None = None,
    ) -> None:
        self._made = _Notes(heads, note_of, surroundings)
        super().__init__(root, self._made, troubles, roots)
        self.heads = heads
        self._note_of = note_of
        self._before = before if before and "keys" in before.__dict__ else None  # no chain of all that ever was
        self._edited: Shelved | None = None  # that library, until what it has of `entries` was taken over

    @cached_property
    def keys(self) -> list[list[str]]:
        """The keys of each note's cards; those of notes that the library before this one held too are its own."""
        before, self._before = self._before, None
        self._edited = before if before and "entries" in before.__dict__ else None
        if before and len(before.heads) == len(self.heads):
            found = before.keys.copy()
            for at in self._changed(before):
                found[at] = _split(self.heads[at][4].hex())
            return found
        known = dict(zip(map(id, before.heads), before.keys, strict=True)) if before else {}
        return [known.get(id(head)) or _split(head[4].hex()) for head in self.heads]

    def _changed(self, before: Shelved) -> list[int]:
        """The places at which there is not the same note as in a reading of as many."""
        return list(compress(count(), map(is_not, self.heads, before.heads)))

    @cached_property
    def entries(self) -> dict[str, int]:
        """The key of every card once, in no order, with the number of the note that holds it first."""
        keys, before, self._edited = self.keys, self._edited, None
        if before is None or len(before.heads) != len(keys) or len(before.entries) != sum(map(len, before.keys)):
            return super().entries
        entries = before.entries.copy()
        edited = self._changed(before)
        for at in edited:
            for key in before.keys[at]:
                del entries[key]
        brought = {key: at for at in edited for key in keys[at]}
        if brought.keys() & entries.keys() or len(brought) != sum(len(keys[at]) for at in edited):
            return super().entries  # a card stands in two notes, or twice in one
        entries.update(brought)
        return entries

    @property
    def marks(self) -> Sequence[object]:
        """The heads, which are the same objects where nothing has changed."""
        return self.heads

    def texts(self, number: int) -> Sequence[int]:
        """The `Note.siblings` of a note; nothing where no card has any."""
        return array("I", self.heads[number][6])

    def differs(self, before: Library) -> tuple[set[str], set[str]]:
        """The keys that are new since another reading of the same notes, and those that are gone."""
        if not isinstance(before, Shelved):
            return super().differs(before)
        if len(before.heads) == len(self.heads):
            changed = self._changed(before)
            came, left = ([one.keys[at] for at in changed] for one in (self, before))
        else:
            old, new = set(map(id, before.heads)), set(map(id, self.heads))
            came = [keys for head, keys in zip(self.heads, self.keys, strict=True) if id(head) not in old]
            left = [keys for head, keys in zip(before.heads, before.keys, strict=True) if id(head) not in new]
        return {key for keys in came for key in keys if key not in before.entries}, {
            key for keys in left for key in keys if key not in self.entries
        }

    @property
    def names(self) -> Sequence[str]:
        """The name of each note's topic."""
        return [f"{head[7]}/{head[2]}" if head[7] else head[2] for head in self.heads]

    @property
    def titles(self) -> Sequence[str]:
        """The title of each note's topic."""
        return [head[2] for head in self.heads]

    @property
    def files(self) -> Sequence[str]:
        """The absolute path of each note."""
        return [head[0] for head in self.heads]

    def as_written(self, number: int) -> Note:
        """A note as its own file has it: what it embeds is named and not put in place. It is not kept at hand."""
        return self._note_of(self.heads[number])

    def file_of(self, target: str, note: Note) -> str:
        """The absolute path of the file that a note refers to; empty where it is not among those of the library."""
        found = self._made.targets.resolve(target, note.place)
        return os.path.join(os.path.abspath(self.root), found) if found else ""

    def scheduled(self, numbers: Container[int] | None = None) -> Iterator[Card]:
        """The cards that carry another program's schedule, of all notes or of those of these numbers."""
        carrying = (at for at, head in enumerate(self.heads) if head[5] and (numbers is None or at in numbers))
        return (card for number in carrying for card in self.notes[number].cards if card.schedule is not None)

    @property
    def topics(self) -> Sequence[Topic]:
        """The topic of each note."""
        return self._made.topics

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Those of files that could not be read, then those of every note in the order of its lines."""
        notes = list(self.notes)
        lost: Sequence[Diagnostic] = ()
        if any(reference.kind != "demo" for note in notes for reference in note.references):
            from studytool.notes.dangling import dangling

            lost = dangling(notes, self._made.targets)
        return (*self._diagnostics, *_diagnostics(notes, lost))


def _split(keys: str) -> list[str]:
    return [keys[at : at + _KEY] for at in range(0, len(keys), _KEY)]


def _embeds(note: Note) -> bool:
    """Whether the cards of a note may hold something to put in place."""
    if any(question.link for question in note.questions):
        return True
    told = [text for card in note.studied for text in (card.front, card.back)]
    told += [option.why for question in note.questions for option in question.options]
    return any("![" in text or "<img" in text or "((" in text for text in told)


class _Notes(Sequence[Note]):
    """The note of each head, made when it is asked for, with what it embeds.

    It holds nothing of the library that it belongs to: one that is replaced goes when nobody has it any more, and does
    not wait for the garbage collector.
    """

    def __init__(self, heads: Sequence[Head], note_of: Callable[[Head], Note], surroundings: Surroundings) -> None:
        self._heads, self._note_of, self._surroundings = heads, note_of, surroundings
        self._at_hand: dict[int, Note] = {}

    def __len__(self) -> int:
        return len(self._heads)

    @overload
    def __getitem__(self, at: int) -> Note: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Note]: ...
    def __getitem__(self, at: int | slice) -> Note | Sequence[Note]:
        if isinstance(at, slice):
            return [self._note(number) for number in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self._note(at % len(self))

    def __iter__(self) -> Iterator[Note]:
        return map(self._note, range(len(self)))

    def _note(self, number: int) -> Note:
        note = self._at_hand.get(number)
        if note is None:
            note = self._note_of(self._heads[number])
            note = self._resolver.note(note) if _embeds(note) else note
            if len(self._at_hand) >= _AT_HAND:
                self._at_hand.pop(next(iter(self._at_hand)), None)
            self._at_hand[number] = note
        return note

    @cached_property
    def topics(self) -> Sequence[Topic]:
        """The topic of each note."""
        return [topic_in(unpack_topic(head[3], head[0]), head[7]) for head in self._heads]

    @cached_property
    def targets(self) -> Targets:
        """The files that notes may refer to: all below the root, else what those at hand name and the disk has."""
        from studytool.notes.targets import Targets

        places = _places(self._heads, self._surroundings)
        told = [Note(topic.path, topic, place=place) for topic, place in zip(self.topics, places, strict=True)]
        files = self._surroundings.files()
        if files is None:
            return Targets(self._surroundings.existing(map(self._note_of, self._heads)), told, complete=False)
        return Targets(files, told)

    @cached_property
    def _resolver(self) -> Resolver:
        from studytool.notes.embeds import Resolver

        return Resolver(self.targets, self._surroundings.read, partial(_outlines, self._heads, self._surroundings))


def _outlines(heads: Sequence[Head], surroundings: Surroundings) -> Iterable[str]:
    """The paths of all notes from the root, of the library or not; a graph's copies of them are left out."""
    files = surroundings.files() or ()
    others = (place for place in files if place.endswith(".md") and "/logseq/" not in f"/{place}")
    return dict.fromkeys([*others, *_places(heads, surroundings)])


def _places(heads: Sequence[Head], surroundings: Surroundings) -> list[str]:
    """The paths of the notes from the root."""
    return [surroundings.place(path) for path, *_ in heads]


def _diagnostics(notes: Sequence[Note], lost: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    """What is to be said of each note, its duplicate cards and what it refers to in vain among it."""
    seen: dict[str, Span] = {}
    nowhere: dict[str, list[Diagnostic]] = {}
    for one in lost:
        nowhere.setdefault(one.span.path, []).append(one)
    for note in notes:
        found = [*note.diagnostics, *nowhere.get(note.path, ())]
        for card in note.studied:
            first = seen.setdefault(card.key, card.span)
            if first is not card.span:
                told = f"This card says the same as the one at {first}; it is studied once."
                found.append(Diagnostic(card.span, "warning", "duplicate-card", told, "Delete one of them."))
        yield from sorted(found, key=lambda one: (one.span.line, one.span.column))
