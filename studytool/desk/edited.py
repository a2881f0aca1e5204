"""What the edits of a sitting took away and brought, and which card of today goes on as which that went."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from studytool.desk.gone import Gone
from studytool.memory.pieces import cut
from studytool.text import counted

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Mapping, Sequence, Set

    from studytool.desk.gone import Places
    from studytool.memory import Memory
    from studytool.memory.pieces import Aside
    from studytool.notes.model import Library
    from studytool.notes.relink import Relink

    Links = Generator[str | None, None, list[Relink]]

_LATEST = 1_000
"""So many cards are remembered that went, and as many that came: more are no cut and paste, and the next opening
compares them."""
_FEW = 5_000
"""Of more cards than that, only those of the notes that hold brought ones are looked through: the others stood beside
the card that went, and so are hardly its edited form."""
_PLACES = 50
"""Of so many cards it is looked up in one piece where they stood."""


@dataclass(frozen=True, slots=True)
class Edit:
    """How one reading of the notes differs from the one before it, in cards."""

    came: Set[str] = frozenset()
    went: Set[str] = frozenset()
    """The keys of the new cards, and of those that are gone."""
    back: Set[str] = frozenset()
    """Those of the new ones that have a history: they were in the notes before."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """In which note each new card stands, and each stood that is gone; nothing where not all was read before."""
    renamed: Mapping[str, str] = field(default_factory=dict)
    """The keys of cards whose history goes on under another key."""
    lost: Mapping[str, str] = field(default_factory=dict)
    """What cards ask that were answered, are gone, and go on as no other, though their notes still have it or another
    one has the like, by their keys; nothing where very many are gone."""

    @property
    def new(self) -> int:
        """How many cards are new."""
        return len(self.came)

    @property
    def gone(self) -> int:
        """How many cards are gone."""
        return len(self.went)

    @property
    def takes_none(self) -> bool:
        """Whether there are no fewer cards by it, but for those that came back."""
        return self.gone <= self.new - len(self.back)

    def __str__(self) -> str:
        """ "2 cards changed, 1 back, 3 new": a card gone from a note and one new in it make a changed one.

        So do two of which one goes on as the other, wherever they stand.
        """
        fresh = self.came - self.back
        linked = {old: key for old, key in self.renamed.items() if old in self.went and key in fresh}
        others = self.went - linked.keys(), fresh - set(linked.values())
        left, put = (Counter(self.notes.get(key, "") for key in keys) for keys in others)
        changed = len(fresh) - len(others[1]) + (left & put).total()
        back, new, gone = len(self.back), len(fresh) - changed, self.gone - changed
        told = [(n, word) for n, word in ((changed, "changed"), (back, "back"), (new, "new"), (gone, "gone")) if n]
        if not told:
            return ""
        number, word = told.pop(0)
        return ", ".join([f"{counted(number, 'card')} {word}", *(f"{more:,} {word}" for more, word in told)])


class Edited(NamedTuple):
    """What an edit that was just made has done, and what those before it in this sitting did that still holds."""

    new: Collection[str]
    """The keys that this one brought."""
    stood: Mapping[str, str]
    """In which note each card stood that is gone."""
    beside: Mapping[str, Collection[str]]
    """The keys of all cards of those notes as they were."""
    came: Collection[str]
    """The keys of the cards that were brought and are there."""
    is_whole: bool
    """Whether the library is all of the notes; of a part of them, only cards that `stood` in it are gone."""

    @property
    def tells(self) -> bool:
        """Whether there is anything that a history might go on as, or that might come back."""
        return bool(self.new or (self.is_whole and self.stood and self.came))


@dataclass(slots=True)
class Edits:
    """The cards that went and those that came by the edits of a sitting, the latest of them."""

    _stood: dict[str, str] = field(default_factory=dict)
    _beside: dict[str, set[str]] = field(default_factory=dict)
    _came: dict[str, None] = field(default_factory=dict)

    def with_one(
        self, new: Collection[str], gone: Collection[str], before: Library, now: Library, *, is_whole: bool
    ) -> Edited:
        """What holds after one more edit, by which a library became another."""
        files, entries = before.files, before.entries
        stood = {key: path for key, path in self._stood.items() if key not in now.entries}
        stood |= {key: files[entries[key]] for key in gone}
        beside = {path: self._beside.get(path, set()) for path in stood.values()}
        for at in {entries[key] for key in gone}:
            beside[files[at]] = beside[files[at]].union(before.keys[at])
        came = [key for key in self._came if key in now.entries and key not in new]
        return Edited(new, stood, beside, [*came, *new], is_whole)

    def keep(self, edited: Edited) -> None:
        """Remember what holds after an edit."""
        self._stood = dict(islice(edited.stood.items(), max(len(edited.stood) - _LATEST, 0), None))
        self._beside = {path: set(edited.beside[path]) for path in self._stood.values()}
        self._came = dict.fromkeys(islice(edited.came, max(len(edited.came) - _LATEST, 0), None))


def in_their_notes(
    gone: Sequence[Gone], edited: Edited, library: Library, places: Places
) -> Generator[str | None, None, list[Gone]]:
    """Of the cards that are gone, those that can go on in the notes where they stood, by an edit just made."""
    numbers = {library.entries[key] for key in edited.new}
    found = []
    for at, one in enumerate(gone):
        if (at + 1) % _PLACES == 0:
            yield None
        if one.card.key in edited.stood or edited.is_whole:
            placed = _where_it_stood(one, edited, places)
            if places.number(placed.card.path) in numbers:
                found.append(Gone(placed.card, anywhere=False))
    return found


def _where_it_stood(one: Gone, edited: Edited, places: Places) -> Gone:
    """The log may know of an earlier note."""
    path = edited.stood.get(one.card.key)
    if not path or (real := places.real(path)) == one.card.path:
        return one
    return replace(one, card=replace(one.card, path=real))


def links_in_their_notes(
    gone: Sequence[Gone], edited: Edited, places: Places, library: Library, memory: Memory, aside: Aside
) -> Links:
    """Which cards of the notes where they stood those go on as that went `in_their_notes`."""
    from studytool.desk.linking import finding_links

    near = _near(edited, edited.beside, edited.new, library)
    return (yield from finding_links(gone, places, library, memory, near=near, aside=aside))


def links_anywhere(
    gone: Sequence[Gone],
    edited: Edited,
    links: Sequence[Relink],
    places: Places,
    library: Library,
    memory: Memory,
    aside: Aside,
) -> Links:
    """As which cards those go on that edits took away and that have no link: as an opening finds it for all `gone`.

    What was cut from one note may have been put into another in other words, before or after. Whether a card may be
    that is asked of those that edits brought; whether it is, of all where they are few, for another may be as like it.
    """
    from studytool.desk.judged import is_large
    from studytool.desk.linking import finding_links

    sources, targets = {link.source for link in links}, {link.target for link in links}
    placed: list[Gone] = []
    for piece in cut(gone):
        placed += [_where_it_stood(one, edited, places) for one in piece]
        yield None
    went = [one for one in placed if one.card.key in edited.stood and one.card.key not in sources]
    came = {key for key in edited.came if key not in targets and not memory.is_learned(key)}
    if not went or not came:
        return []
    yield None
    near = _near(edited, {edited.stood[one.card.key] for one in went}, came, library)
    numbers = {library.entries[key] for key in came}
    if not (yield from finding_links(went, places, library, memory, numbers, only=came, near=near, aside=aside)):
        return []
    among = numbers if len(library.entries) > _FEW or is_large(library) else None
    found = yield from finding_links(placed, places, library, memory, among, near=near, aside=aside)
    own = {one.card.key for one in went}
    return [link for link in found if link.source in own and link.target not in targets]


def _near(edited: Edited, paths: Iterable[str], new: Iterable[str], library: Library) -> dict[str, str]:
    """The cards that can have stood beside those that are gone, there or in the notes of new ones: by its key, where.

    Where one stood that came in this sitting is empty.
    """
    files, came = library.files, set(edited.came)
    numbers = {library.entries[key] for key in new}
    near = {key: "" if key in came else files[at] for at in numbers for key in library.keys[at]}
    return near | {key: path for path in paths for key in edited.beside[path]}
