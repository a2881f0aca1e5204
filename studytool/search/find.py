"""From a query to cards: masks of one byte a card, the cheap parts of a query first, each over what is left."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import compress, repeat
from operator import contains
from typing import TYPE_CHECKING

from studytool.notes.shelved import Shelved
from studytool.search import kept, recall
from studytool.search.fields import FLAGS
from studytool.search.fold import SHORT, fold, fold_name, holds, pattern, standing
from studytool.search.grammar import parse
from studytool.search.masks import SPARSE, Mask, Picked, both, either, numbers, scattered, without
from studytool.search.query import And, Compare, Flag, Name, Not, Or, Query, Text
from studytool.search.texts import Columns, Facet, Facets, Piece, columns, piece_of

if TYPE_CHECKING:
    from pathlib import Path

    from studytool.memory.events import Moment
    from studytool.memory.remembered import Memory
    from studytool.memory.schedule import State
    from studytool.notes.model import Library

_MOST_MASKS = 64
"""So many answers to parts of queries are kept, 100 kB each for a library of 100,000 cards."""
_WORTH_KEEPING = 50
"""The texts are written down where more than one note in so many is not in the file yet."""


class Searcher:
    """Searches one library after another, as its notes are edited, with what the memory says at the time of asking.

    `file` is where the folded texts are kept, without one they are made anew; they are made, or read, when a query
    first asks for them. Not for several threads at once.
    """

    def __init__(self, library: Library, memory: Memory, file: Path | None = None) -> None:
        self.library, self.memory, self._file = library, memory, file
        self._known: dict[int, Piece] = {}  # by the id of the head
        self._heads: Sequence[object] = ()  # the heads of those ids, so that these stay theirs
        self._facets = Facets()
        self._masks: dict[Query, Mask] = {}
        self._remembers = -1  # the version of the memory when it was asked for all states
        self._last_states: list[State | None] = []

    def adopt(self, library: Library) -> None:
        """Go on with another reading of the same notes: only those that have changed are looked at anew."""
        if library is self.library:
            return
        self.library = library
        self._masks.clear()
        self._remembers = -1
        for name in ("_keys", "_numbers", "_columns", "_short", "_trails", "_places", "_tags"):
            self.__dict__.pop(name, None)

    def find(self, query: Query | str, moment: Moment) -> list[str]:
        """The keys of the cards that a query finds at `moment`, in study order; raises `QueryError`."""
        return list(self.picked(parse(query) if isinstance(query, str) else query, moment))

    def picked(self, query: Query, moment: Moment) -> Picked:
        """The same keys, each looked up when it is asked for."""
        return Picked(self._keys, self._search(query, b"\1" * len(self._keys), moment))

    def texts(self) -> Iterable[tuple[str, str]]:
        """The key of each card, in study order, with its folded text: front, back, topic."""
        return zip(self._keys, self._columns.texts, strict=True)

    def names(self, field: str) -> Iterable[str]:
        """What a field may be called in this library: its topics with their aliases and folders, its tags, …"""
        if field == "topic":
            folders = {part for place in self._places for part in place.split("/")[:-1]}
            return [*(name for topic in self.library.topics for name in (topic.title, *topic.aliases)), *folders]
        if field in ("path", "note"):
            return self._places if field == "path" else map(_stem, self._places)
        facets = self._facets.all if self._columns else []
        if field == "tag":
            return self._tags
        return {facet.demo if field == "demo" else facet.dialect for facet in facets}

    # -- the parts of a query ------------------------------------------------------------------------------------

    def _search(self, query: Query, within: Mask, moment: Moment) -> Mask:
        """Those of the cards `within` that the query finds."""
        if isinstance(query, And):
            for part in sorted(query.parts, key=_cost):
                within = self._search(part, within, moment)
            return within
        if isinstance(query, Or):
            found = bytes(len(within))
            for part in sorted(query.parts, key=_cost):
                found = either(found, self._search(part, without(within, found), moment))
            return found
        if isinstance(query, Not):
            return without(within, self._search(query.part, within, moment))
        if 1 not in within:
            return within
        if isinstance(query, Compare) or (isinstance(query, Flag) and recall.is_remembered(query)):
            return self._remembered(query, within, moment)
        found = self._told(query, within)
        if query == Flag("has", "answer"):  # an open question's may be the learner's own
            written = (self.memory.written(key) is not None for key in self._keys)
            found = either(found, both(within, bytes(written)))
        return found

    def _remembered(self, leaf: Flag | Compare, within: Mask, moment: Moment) -> Mask:
        """What the memory says; never kept, for it changes with every answer and with time."""
        keys, states = list(compress(self._keys, within)), compress(self._states(), within)
        found = recall.matching(leaf, keys, states, self.memory, moment)
        return scattered(compress(numbers(within), found), len(within))

    def _told(self, leaf: Text | Name | Flag, within: Mask) -> Mask:
        """What the notes say."""
        known = self._masks.get(leaf)
        if known is None and isinstance(leaf, Text):
            if within.count(1) * SPARSE < len(within):
                return self._texts(leaf, within)
            known = self._texts(leaf, self._narrower(leaf))
        elif known is None and isinstance(leaf, Name):
            known = self._of_name(leaf)
        elif known is None and isinstance(leaf, Flag):
            known = self._of_facets(_flag_test(leaf))
        assert known is not None
        self._masks.pop(leaf, None)
        if len(self._masks) >= _MOST_MASKS:
            del self._masks[next(iter(self._masks))]
        self._masks[leaf] = known
        return both(within, known)

    def _narrower(self, leaf: Text) -> Mask:
        """The fewest cards that are known to hold all that `leaf` finds: those of a word that it goes on from."""
        best = b"\1" * len(self._keys)
        word = fold(leaf.text)
        for other, mask in self._masks.items():
            if (
                isinstance(other, Text)
                and not (other.wild or leaf.wild)
                and other.side in ("", leaf.side)
                and fold(other.text) in word
                and mask.count(1) < best.count(1)
            ):
                best = mask
        return best

    def _texts(self, leaf: Text, within: Mask) -> Mask:
        parts = [fold(part) for part in leaf.text.split("*")] if leaf.wild else [fold(leaf.text)]
        parts = [part for part in parts if part] or [""]  # a star at an end says nothing
        if len(parts) != 2 or leaf.side:
            within = self._holding(parts, within)
            return self._standing(within, standing(parts, leaf.side)) if leaf.side or len(parts) > 1 else within
        short = both(within, self._short)  # a regular expression is quicker there than to look for the parts
        long = self._holding(parts, without(within, short))
        if len(parts[0]) == 1:  # which stands in a text so often that the other is looked for again and again
            short = self._holding(parts, short)
        found = self._standing(short, pattern(parts).search)
        return either(found, self._standing(long, standing(parts, "")))

    def _holding(self, parts: Iterable[str], within: Mask) -> Mask:
        """The cards `within` whose text holds all parts, wherever."""
        texts = self._columns.texts
        for part in sorted(set(parts), key=len, reverse=True):
            count = within.count(1)
            if count * SPARSE < len(within):
                within = scattered((number for number in numbers(within) if part in texts[number]), len(within))
                continue
            # Done in C. A text that does not hold the part takes longest: those that are not asked for are left out.
            found = bytes(map(contains, texts if count == len(within) else compress(texts, within), repeat(part)))
            if 0 in found:
                within = found if count == len(within) else scattered(compress(numbers(within), found), len(within))
        return within

    def _standing(self, within: Mask, stands: Callable[[str], object]) -> Mask:
        """The cards `within` whose text `stands` says yes of."""
        found = map(stands, compress(self._columns.texts, within))
        return scattered(compress(numbers(within), found), len(within))

    def _of_name(self, leaf: Name) -> Mask:
        pattern = fold(leaf.pattern)
        if leaf.field == "topic":
            below = f"/{pattern.strip('/')}/".split("*")
            return self._of_notes(any(holds(below, trail) for trail in trails) for trails in self._trails)
        if leaf.field == "path":
            parts = pattern.split("*")
            return self._of_notes(holds(parts, place) for place in self._places)
        if leaf.field == "tag":
            return self._tagged(f"\n{pattern.lstrip('#').rstrip('/')}/".split("*"))
        whole = f"\n{pattern}\n".split("*")
        if leaf.field == "note":
            return self._of_notes(holds(whole, f"\n{_stem(place)}\n") for place in self._places)
        if leaf.field == "demo":
            return self._of_facets(lambda facet: bool(facet.demo) and holds(whole, f"\n{facet.demo}\n"))
        return self._of_facets(lambda facet: holds(whole, f"\n{facet.dialect}\n"))

    def _of_notes(self, flags: Iterable[bool]) -> Mask:
        """The cards of the notes of which the flag is true."""
        return bytes(map(bytes(flags).__getitem__, self._numbers))

    def _of_facets(self, says: Callable[[Facet], bool]) -> Mask:
        column = self._columns.facets
        return bytes(map(bytes(map(says, self._facets.all)).__getitem__, column))

    def _tagged(self, below: Sequence[str]) -> Mask:
        """The cards with a tag in which the parts stand, where a tag is written as a line that ends in `/`."""
        column = self._columns.facets
        flags = bytearray(len(self._facets.all))
        for tag, facets in self._tags.items():
            if holds(below, f"\n{tag}/"):
                for facet in facets:
                    flags[facet] = 1
        return bytes(map(flags.__getitem__, column))

    # -- what is known of the library ----------------------------------------------------------------------------

    @cached_property
    def _short(self) -> Mask:
        """The cards whose text is short."""
        return bytes(map(SHORT.__gt__, map(len, self._columns.texts)))

    @cached_property
    def _keys(self) -> list[str]:
        return self.library.order

    def _states(self) -> Sequence[State | None]:
        """What is remembered of each card; asked for anew after every event."""
        if self._remembers != self.memory.version:
            self._remembers, self._last_states = self.memory.version, self.memory.states(self._keys)
        return self._last_states

    @cached_property
    def _numbers(self) -> list[int]:
        """The note of each card."""
        return list(map(self.library.entries.__getitem__, self._keys))

    @cached_property
    def _places(self) -> list[str]:
        """The path of each note from the root of the library, folded."""
        root = os.path.join(os.path.abspath(self.library.root), "")
        files = (file[len(root) :] if file.startswith(root) else file for file in self.library.files)
        return ["/".join(map(fold_name, file.replace(os.sep, "/").split("/"))) for file in files]

    @cached_property
    def _trails(self) -> list[tuple[str, ...]]:
        """Where each note stands in the tree of topics, by its name and by each alias: "/vision/cnn/pooling/"."""
        trails = []
        for topic, place in zip(self.library.topics, self._places, strict=True):
            folders = f"/{place.rpartition('/')[0]}".rstrip("/")
            own = [f"{folders}/{fold(name)}/" for name in (topic.title, *topic.aliases)]
            trails.append((*own, f"/{fold(topic.name)}/") if topic.folder else tuple(own))
        return trails

    @cached_property
    def _tags(self) -> dict[str, list[int]]:
        """The facets of each tag."""
        found: dict[str, list[int]] = {}
        for number, facet in enumerate(self._facets.all):
            for tag in facet.tags:
                found.setdefault(tag, []).append(number)
        return found

    @cached_property
    def _columns(self) -> Columns:
        library = self.library
        if not isinstance(library, Shelved):
            self._facets, self._known = Facets(), {}
            pieces = [piece_of(note, self._facets) for note in library.notes]
            keys = ([card.key for card in note.studied] for note in library.notes)
            return columns(keys, pieces, len(self._keys))
        return columns(library.keys, self._pieces(library), len(self._keys))

    def _pieces(self, library: Shelved) -> list[Piece]:
        """What is known of each note: from before, from the file, else from the note itself."""
        pieces: list[Piece | None] = [self._known.get(id(head)) for head in library.heads]
        missing = [number for number, piece in enumerate(pieces) if piece is None]
        stamps: dict[int, bytes] = {}
        if not self._known and self._file:
            kept_pieces, self._facets = kept.load(self._file)
            stamps = {number: kept.stamp(library.heads[number]) for number in missing}
            for number in missing:
                pieces[number] = kept_pieces.get(stamps[number])
            missing = [number for number in missing if pieces[number] is None]
        for number in missing:
            pieces[number] = piece_of(library.as_written(number), self._facets)
        whole = [piece for piece in pieces if piece is not None]
        if self._file and len(missing) * _WORTH_KEEPING > len(whole):
            kept.save(self._file, map(kept.stamp, library.heads), whole, self._facets)
        self._heads = library.heads
        self._known = dict(zip(map(id, library.heads), whole, strict=True))
        return whole


def _cost(query: Query) -> int:
    """Which part of a query to look at first: what notes say in few words, then texts, then the memory."""
    if isinstance(query, Name | Flag):
        if isinstance(query, Name) or not recall.is_remembered(query):
            return 0
        return 5 if query.field == "graded" else 3
    if isinstance(query, Text):
        return 2 if query.wild or query.side else 1
    if isinstance(query, Compare):
        return 5 if query.field == "introduced" else 3
    parts: Iterable[Query] = (query.part,) if isinstance(query, Not) else query.parts
    return max(map(_cost, parts), default=0)


def _flag_test(leaf: Flag) -> Callable[[Facet], bool]:
    """Whether cards of a facet are as `leaf` says."""
    value = leaf.value
    if leaf.field == "level":
        return lambda facet: facet.level == value
    if leaf.field == "kind" or value in FLAGS["kind"]:
        return lambda facet: facet.kind == value
    if value in ("tag", "demo"):
        return lambda facet: bool(facet.tags if value == "tag" else facet.demo)
    return lambda facet: value in facet.marks


def _stem(place: str) -> str:
    name = place.rpartition("/")[2]
    return name.rpartition(".")[0] or name
