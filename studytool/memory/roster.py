"""The cards of a library that could be asked, and how many there are, without a look at each of them.

Of a large library the log names few cards, and an edit changes one note. So cards are counted note by note, made into
candidates when they are asked for, and kept for the next reading of the same notes.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Mapping, ValuesView
from functools import cached_property, partial
from itertools import chain, compress, count, repeat
from operator import is_not
from typing import TYPE_CHECKING

from studytool.memory.candidates import Candidate
from studytool.memory.pieces import cut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import Protocol

    class Notes(Protocol):
        """What a roster needs to know of the notes of a library, all in study order."""

        @property
        def entries(self) -> Mapping[str, int]:
            """The key of every card once, with the number of the note that holds it first."""

        @property
        def order(self) -> Sequence[str]:
            """The key of every card once, in study order."""

        @property
        def names(self) -> Sequence[str]:
            """The topic of each note."""

        @property
        def keys(self) -> Sequence[Sequence[str]]:
            """The keys of the cards of each note."""

        @property
        def marks(self) -> Sequence[object]:
            """For each note an object, which is the same in another reading if the note is."""

        def texts(self, number: int) -> Sequence[int]:
            """For each card of a note the number of the text that it shares, 0 for its own; () where none shares."""


_FEW = 8
"""Where less than one card in so many is asked for, the others are not gone through."""

_SHORT = 64
"""In a note of so many cards it is not worth a table where each stands."""

_numbers = count(1)
_made = partial(tuple.__new__, Candidate)  # `Candidate(key, topic, siblings)`, without a call in Python


class Roster:
    """The cards of one reading of the notes; `before` is the roster of another reading, whose cards are taken over.

    A card that stands in two notes belongs to the first one.
    """

    def __init__(self, notes: Notes, before: Roster | None = None) -> None:
        self.notes, self.entries = notes, notes.entries
        self._marks = notes.marks
        self._pieces = self._cut(before)
        lengths = [len(piece.keys) for piece in self._pieces]
        self._doubled: dict[int, int] = {}  # of notes that hold cards of others: how many cards are their own
        if sum(lengths) != len(self.entries):
            owned = Counter(self.entries.values())
            self._doubled = {at: owned[at] for at, many in enumerate(lengths) if many != owned[at]}
            lengths = [self._doubled.get(at, many) for at, many in enumerate(lengths)]
        self.topics: dict[str, int] = {}
        """How many cards each topic has, in study order."""
        for piece, many in zip(self._pieces, lengths, strict=True):
            if many:
                self.topics[piece.topic] = self.topics.get(piece.topic, 0) + many

    def _cut(self, before: Roster | None) -> list[_Piece]:
        """The notes; those that did not change are those of the roster before."""
        names, keys, marks = self.notes.names, self.notes.keys, self._marks
        known: dict[int, _Piece] = {}

        def piece(at: int) -> _Piece:
            return known.get(id(marks[at])) or _Piece(names[at], keys[at], self.notes.texts(at))

        if before and len(before._marks) == len(marks):
            changed = list(compress(count(), map(is_not, marks, before._marks)))
            known.update((id(before._marks[at]), before._pieces[at]) for at in changed)
            found = before._pieces.copy()
            for at in changed:
                found[at] = piece(at)
            return found
        if before:
            known.update(zip(map(id, before._marks), before._pieces, strict=True))
        return list(map(piece, range(len(marks))))

    def __len__(self) -> int:
        return len(self.entries)

    @cached_property
    def shared(self) -> tuple[int, int]:
        """How many cards are made from a text of which others are made too, and of how many such texts."""
        whole = [piece for at, piece in enumerate(self._pieces) if at not in self._doubled]
        found = [card.siblings for at in self._doubled for card in self._own(at) if card.siblings]
        return sum(piece.shared for piece in whole) + len(found), sum(piece.texts for piece in whole) + len(set(found))

    @cached_property
    def all(self) -> list[Candidate]:
        """All cards in study order."""
        collecting = gc.isenabled()
        gc.disable()  # it would look through a hundred thousand tuples several times on the way
        found = list(chain.from_iterable(piece.cards for piece in self._pieces))
        if collecting:
            gc.enable()
        if not self._doubled:
            return found
        firsts: dict[str, Candidate] = {}
        for card in found:
            firsts.setdefault(card.key, card)
        return list(firsts.values())

    @property
    def by_key(self) -> Mapping[str, Candidate]:
        """The same by their keys."""
        return _ByKey(self)

    def ready(self) -> Iterator[None]:
        """Make all cards, a piece at a time."""
        for piece in cut(self._pieces):
            for one in piece:
                _ = one.cards
            yield
        _ = self.all

    def among(self, keys: Collection[str]) -> Iterator[Candidate]:
        """Those of the cards whose key is one of `keys`, in study order; each is looked for when it is asked for."""
        entries = self.entries
        if len(keys) * _FEW > len(entries):
            return map(self._card, filter(keys.__contains__, self.notes.order))
        held = [key for key in keys if key in entries]
        return map(self._card, sorted(held, key=lambda key: (entries[key], self._place(key))))

    def sharing(self, card: Candidate) -> int:
        """How many cards are made from the text of this one, which shares it."""
        return sum(each.siblings == card.siblings for each in self._own(self.entries[card.key]))

    def _own(self, number: int) -> Iterable[Candidate]:
        """The cards that belong to a note."""
        cards = self._pieces[number].cards
        if number not in self._doubled:
            return cards
        return {card.key: card for card in reversed(cards) if self.entries[card.key] == number}.values()

    def _place(self, key: str) -> int:
        return self._pieces[self.entries[key]].place(key)

    def _card(self, key: str) -> Candidate:
        return self._pieces[self.entries[key]].cards[self._place(key)]


class _ByKey(Mapping[str, Candidate]):
    """The cards of a roster by their keys: to make a table of a hundred thousand takes longer than a frame."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster

    def __getitem__(self, key: str) -> Candidate:
        return self._roster._card(key)

    def __contains__(self, key: object) -> bool:
        return key in self._roster.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._roster.notes.order)

    def __len__(self) -> int:
        return len(self._roster)

    def values(self) -> ValuesView[Candidate]:
        """All cards in study order."""
        return _Cards(self)

    @property
    def listed(self) -> list[Candidate]:
        """The same."""
        return self._roster.all


class _Cards(ValuesView[Candidate]):
    def __init__(self, by_key: _ByKey) -> None:
        super().__init__(by_key)
        self._listed = by_key.listed

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self._listed)


class _Piece:
    """The cards of a note, whatever the library around it."""

    __slots__ = ("_cards", "_numbers", "_places", "keys", "shared", "texts", "topic")

    def __init__(self, topic: str, keys: Sequence[str], numbers: Sequence[int]) -> None:
        self.topic, self.keys, self._numbers = topic, keys, numbers
        self._cards: Sequence[Candidate] | None = None
        self._places: dict[str, int] = {}
        self.texts = max(numbers, default=0)
        self.shared = len(numbers) - numbers.count(0)

    def place(self, key: str) -> int:
        """Where a card of the note stands in it."""
        if len(self.keys) <= _SHORT:
            return self.keys.index(key)
        if not self._places:
            self._places = {key: at for at, key in reversed(list(enumerate(self.keys)))}
        return self._places[key]

    @property
    def cards(self) -> Sequence[Candidate]:
        """As many as there are keys."""
        if self._cards is None:
            shared: Iterable[int] = repeat(0)
            if self.texts:
                note = next(_numbers) << 32  # so that no other note's text has the number
                shared = (number and note | number for number in self._numbers)
            self._cards = tuple(map(_made, zip(self.keys, repeat(self.topic), shared, strict=False)))
        return self._cards
