"""What an opening brings into the log: the histories of cards that were edited, the schedules that notes carry.

A card that is not in the library is not therefore gone: another folder may hold it, its note may be one that cannot be
read today. Only a card that its note, or the whole of the notes, certainly holds no longer gives its history away.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from studytool import __version__
from studytool import places as folders
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from studytool.desk import Request
    from studytool.memory import Memory, Moment, Store
    from studytool.memory.store.sqlite import Draft
    from studytool.notes.model import Card, Library
    from studytool.notes.relink import Known, Relink


@dataclass(frozen=True, slots=True)
class Relinked:
    """An edited card that keeps its history: its key before and now, and the id of the event that says so."""

    source: str
    target: str
    event: str
    front: str = ""
    """What the card asks now."""


@dataclass(frozen=True, slots=True)
class Gone:
    """A card with a history that the notes hold no longer."""

    card: Known
    anywhere: bool
    """Whether it may go on in any note; else only in its own."""


def catch_up(
    wanted: Request,
    library: Library,
    store: Store,
    memory: Memory,
    moment: Moment,
    new: Collection[str] | None = None,
    stood: Mapping[str, str] | None = None,
) -> tuple[Relinked, ...]:
    """Link edited cards with their histories and import the schedules of cards that have none; the first are returned.

    After an edit that was just made, `new` are the keys it brought: histories then go on within the notes of these
    only, for what was cut from one note may yet be put into another; `stood` tells in which note a card that is gone
    stood before the edit, by its key, where the log knows of an earlier one. A card that is there again, unchanged,
    takes its history back. A log that cannot be written just now is left as it is: the next opening finds the same.
    """
    found: tuple[Relinked, ...] = ()
    if new is not None and not new:
        return found
    with suppress(StudytoolError):
        _return(library, store, memory, moment)
        places = _Places(wanted, library)
        gone = vanished(places, library, memory)
        judged = _Judged(wanted, library) if new is None and gone else None
        if new is None:
            cards: Iterable[Card] = library.scheduled()
        else:
            numbers = {library.entries[key] for key in new}
            gone = [_stood(one, stood or {}, places) for one in gone]
            gone = [one for one in gone if places.number(one.card.path) in numbers]
            notes = map(library.notes.__getitem__, sorted(numbers))
            cards = (card for note in notes for card in note.cards if card.schedule is not None)
        found = _relink(_links(gone, places, library, memory, judged), places, library, store, memory, moment)
        if judged:
            judged.keep(gone)
        _import(cards, store, memory)
    return found


def _stood(gone: Gone, stood: Mapping[str, str], places: _Places) -> Gone:
    """A card that an edit just made took away: it may go on in the note where it stood."""
    path = stood.get(gone.card.key)
    return Gone(replace(gone.card, path=places.real(path)) if path else gone.card, anywhere=False)


def _return(library: Library, store: Store, memory: Memory, moment: Moment) -> None:
    """Undo the links of cards that are in the notes again, beside those that were taken for their edited forms."""
    from studytool.memory import Draft

    links = memory.links()
    following = {source: target for source, target, _ in links}
    drafts = []
    for source, target, event in links:
        if source not in library.entries:
            continue
        seen = {source}
        while target not in library.entries and target in following and target not in seen:
            seen.add(target)
            target = following[target]
        if target in library.entries and target not in seen:
            drafts.append(Draft("undo", target, {"event": event, "because": "returned"}, moment))
    for undo in store.append_all(drafts) if drafts else ():
        memory.apply(undo, is_new=True)


def told(count: int) -> str:
    """What to say to the learner about `count` edited cards."""
    return f"{count} edited card keeps its history." if count == 1 else f"{count} edited cards keep their history."


class _Places:
    """Which notes the library was read from, and which of them a card of the log stood in."""

    def __init__(self, wanted: Request, library: Library) -> None:
        self._library = library
        self._roots = [os.path.realpath(path) for path in wanted.paths]
        self._root = os.path.realpath(library.root)
        self._whole = self._root in self._roots and wanted.settings.makes_all
        self._real: dict[str, str] = {}

    def real(self, path: str) -> str:
        """The absolute path of a note, links resolved."""
        if path not in self._real:
            self._real[path] = os.path.realpath(path)
        return self._real[path]

    def place(self, card: Card) -> str:
        """The path of the card's note from the root of the library; empty where it lies elsewhere."""
        path = self.real(card.span.path)
        return path[len(self._root) :].lstrip(os.sep) if _is_below(path, self._root) else ""

    @cached_property
    def _numbers(self) -> dict[str, int]:
        """The number of each note that was read, by its path with the links of its folder resolved."""
        folders = {folder: os.path.realpath(folder) for folder in set(map(os.path.dirname, self._library.files))}
        found: dict[str, int] = {}
        for number, path in enumerate(self._library.files):
            folder, name = os.path.split(path)
            found[os.path.join(folders[folder], name)] = number
        return found

    @cached_property
    def _linked(self) -> dict[str, int]:
        """The same for the notes that are links to files."""
        return {self.real(path): at for path, at in self._numbers.items() if os.path.islink(path)}

    def number(self, path: str) -> int | None:
        """The number of the note that was read from a path with links resolved; None when none was."""
        number = self._numbers.get(path)
        return self._linked.get(path) if number is None else number

    def known(self, key: str, text: Mapping[str, object] | None) -> Known | None:
        """A card as the log has kept it; None for one of other notes, or of which too little is known."""
        from studytool.notes.relink import Known

        front, path, line = (text or {}).get("front"), (text or {}).get("path"), (text or {}).get("line")
        if text is None or not isinstance(front, str) or not isinstance(path, str) or not path or "\0" in path:
            return None
        found = self._found(path, text.get("place"))
        if found is None:
            return None
        kind, back, topic, context = (str(text.get(name, "")) for name in ("kind", "back", "topic", "context"))
        return Known(key, kind, front, back, found, topic, line if isinstance(line, int) else 0, context)

    def _found(self, path: str, place: object) -> str | None:
        """The path today of a note that is, or was, one of those that were read; None for another."""
        if not os.path.isabs(path):  # as early logs have it: relative to a folder that nobody knows any more
            return next((real for real in self._numbers if real.endswith(f"{os.sep}{path}")), None)
        if any(_is_below(path, root) for root in self._roots) or self.number(path) is not None:
            return path
        if not isinstance(place, str) or not place or "\0" in place:
            return None
        here, folder = os.path.join(self._root, place), _root_of(path, place)
        moved = folder and not os.path.lexists(folder) and self.number(here) is not None
        return here if moved else None

    def gone(self, key: str, text: Mapping[str, object] | None) -> Gone | None:
        """A card that is not in the library, if it is certain that these notes hold it no longer."""
        card = self.known(key, text)
        if card is None:
            return None
        place = (text or {}).get("place")
        root = _root_of(card.path, place) if isinstance(place, str) else ""
        wider = bool(root) and root != self._root and _is_below(self._root, root)
        anywhere = self._whole and not wider and any(_is_below(card.path, root) for root in self._roots)
        if self.number(card.path) is None:
            # What is there and was not read is unreadable or left out. What is nowhere may be so only for these paths.
            return None if os.path.lexists(card.path) else Gone(card, anywhere)
        # An empty file is one that is being written.
        return Gone(card, anywhere) if _size(card.path) else None

    def placed(self, card: Card) -> Card:
        """The card with the absolute path of its note."""
        return replace(card, span=replace(card.span, path=self.real(card.span.path)))


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(f"{root.rstrip(os.sep)}{os.sep}")


def _root_of(path: str, place: str) -> str:
    """The folder that `path` is at `place` from; empty when it is none."""
    return path[: -len(place)].rstrip(os.sep) if place and path.endswith(f"{os.sep}{place}") else ""


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def vanished(places: _Places, library: Library, memory: Memory) -> list[Gone]:
    """The cards with a history that these notes held and certainly hold no longer."""
    held, barred = library.entries, memory.barred()
    gone = [key for key in memory.learned() if key not in held and key not in barred]
    return [card for key in gone if (card := places.gone(key, memory.text(key))) is not None]


def lost_and_linked(wanted: Request, library: Library, memory: Memory) -> tuple[list[Known], list[Relink]]:
    """The cards with a history that are gone from the notes, and of them those that a card of today goes on."""
    places = _Places(wanted, library)
    gone = vanished(places, library, memory)
    return [one.card for one in gone], _links(gone, places, library, memory)


class _Apart:
    """The pairs of keys that are not to be linked: undone before, or in other notes than those that may be."""

    def __init__(self, parted: set[tuple[str, str]], notes: Mapping[str, set[str]], cards: Mapping[str, Card]) -> None:
        self._parted, self._notes, self._cards = parted, notes, cards

    def __contains__(self, pair: object) -> bool:
        if not isinstance(pair, tuple):
            return False
        source, target = pair
        notes = self._notes.get(source)
        return pair in self._parted or (notes is not None and self._cards[target].span.path not in notes)


class _Judged:
    """The cards that are gone and that no card of the library goes on, as the opening before found (disk).

    They need not be compared with the same cards again. What cannot be read or written is done without.
    """

    def __init__(self, wanted: Request, library: Library) -> None:
        paths = [os.path.realpath(path) for path in wanted.paths]
        name = hashlib.sha256(repr((__version__, paths, library.root, wanted.settings.made)).encode()).hexdigest()
        self._path = folders.cache_folder() / f"{name[:32]}.judged.json"
        self._library = library
        self._known: tuple[list[str], str] = ([], "")
        with suppress(OSError, ValueError, TypeError, KeyError):
            kept = json.loads(self._path.read_text("ascii"))
            self._known = [str(one) for one in kept["gone"]], str(kept["keys"])

    def new(self, gone: Sequence[Gone], memory: Memory) -> set[int] | None:
        """The numbers of the notes that may hold cards which `gone` were not compared with; None for all notes.

        In a large library, a note that is older than all that is known of a card does not hold its edited form.
        """
        sources, keys = self._known
        judged = set(sources)
        unknown = [one for one in gone if _sign(one) not in judged]
        if unknown and len(self._library.files) <= _MANY:
            return None
        known = {keys[at : at + _ENOUGH] for at in range(0, len(keys), _ENOUGH)}
        found = set()
        if len(unknown) < len(gone):
            found = {number for key, number in self._library.entries.items() if key[:_ENOUGH] not in known}
        if unknown:
            since = min(memory.last(one.card.key) for one in unknown) - _UNSURE
            found |= {number for number, path in enumerate(self._library.files) if _changed(path) >= since}
        return found

    def keep(self, gone: Sequence[Gone]) -> None:
        """Write down that `gone` were compared with every card of the library."""
        found = sorted(map(_sign, gone)), "".join(key[:_ENOUGH] for key in self._library.entries)
        if found == self._known:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_suffix(f".{os.getpid()}")
            beside.write_text(json.dumps({"gone": found[0], "keys": found[1]}), "ascii")
            beside.replace(self._path)


_ENOUGH = 16
"""So many characters of a key tell it from all others of a library."""
_MANY = 2000
"""Of more notes than that, those which did not change since a card was last answered are not looked through for it."""
_UNSURE = 3_600_000
"""Milliseconds by which the clocks of the log and of the disk may differ."""


def _changed(path: str) -> float:
    """When a file was written, moved here or renamed last, in milliseconds."""
    try:
        status = os.stat(path)
    except OSError:
        return 0
    return max(status.st_mtime, status.st_ctime) * 1000


def _sign(gone: Gone) -> str:
    return f"{gone.card.key} {gone.anywhere:d} {hashlib.sha256(gone.card.path.encode('utf-8', 'replace')).hexdigest()}"


def _links(
    gone: Sequence[Gone], places: _Places, library: Library, memory: Memory, judged: _Judged | None = None
) -> list[Relink]:
    """Which of the cards that are gone go on as which card that nothing was said of."""
    new = judged.new(gone, memory) if judged else None
    if not gone or (new is not None and not new):
        return []
    kept = _kept({one.card.path for one in gone}, places, library, memory)
    notes: dict[str, set[str]] = {}
    for one in gone:
        if not one.anywhere:
            # A note that is gone and whose other cards are all in one note now was renamed.
            renamed = {now.span.path for before, now in kept if before.path == one.card.path}
            notes[one.card.key] = {one.card.path} if places.number(one.card.path) is not None else renamed
    if all(one.card.key in notes for one in gone):
        paths = set().union(*notes.values())
        numbers: Iterable[int] = sorted(number for path in paths if (number := places.number(path)) is not None)
    else:
        numbers = range(len(library.notes))
    if new is not None:
        links = _compared(gone, kept, notes, new.intersection(numbers), places, library, memory)
        if not links or len(library.files) > _MANY:
            return links
    return _compared(gone, kept, notes, numbers, places, library, memory)  # rivals among cards that were known count


def _kept(paths: set[str], places: _Places, library: Library, memory: Memory) -> list[tuple[Known, Card]]:
    """The cards with a history that stood in notes of these paths, as they were and as they are."""
    found = []
    for key in memory.learned():
        if key in library.entries and (before := places.known(key, memory.text(key))) and before.path in paths:
            now = library.card(key)
            if now is not None:
                found.append((before, places.placed(now)))
    return found


def _compared(
    gone: Sequence[Gone],
    kept: Sequence[tuple[Known, Card]],
    notes: Mapping[str, set[str]],
    numbers: Iterable[int],
    places: _Places,
    library: Library,
    memory: Memory,
) -> list[Relink]:
    learned = set(memory.learned())
    fresh = {
        card.key: places.placed(card)
        for number in numbers
        for card in library.notes[number].studied
        if card.key not in learned and library.entries[card.key] == number
    }
    if not fresh:
        return []
    from studytool.notes.relink import relink  # 6 ms, and rapidfuzz when texts are compared

    return relink([one.card for one in gone], fresh.values(), kept, _Apart(memory.parted(), notes, fresh))


def _relink(
    links: Sequence[Relink], places: _Places, library: Library, store: Store, memory: Memory, moment: Moment
) -> tuple[Relinked, ...]:
    if not links:
        return ()
    from studytool.desk.log import card_text
    from studytool.memory import Draft

    drafts = []
    for link in links:
        card = library.card(link.target)
        assert card is not None, "links lead to cards of the library"
        # A clock that was set back must not put the link before what it moves.
        when = memory.after(link.source, moment)
        text = card_text(card, places.place(card))
        drafts.append(Draft("relink", link.target, {"from": link.source, "text": text}, when))
    events = store.append_all(drafts)
    for event in events:
        memory.apply(event, is_new=True)
    return tuple(
        Relinked(link.source, link.target, event.id, str(event.payload["text"]["front"]))
        for link, event in zip(links, events, strict=True)
    )


def _import(cards: Iterable[Card], store: Store, memory: Memory) -> None:
    """One event for each card that carries another program's schedule and was never answered here."""
    drafts = [draft for card in cards if (draft := _imported(card, memory)) is not None]
    for event in store.append_all(drafts) if drafts else ():
        memory.apply(event)


def _imported(card: Card, memory: Memory) -> Draft | None:
    from studytool.desk.log import card_text
    from studytool.memory import Draft
    from studytool.memory.imported import import_id, last_review

    assert card.schedule is not None
    fields = ("due", "interval", "ease", "stability", "difficulty")
    schedule = {name: value for name in fields if (value := getattr(card.schedule, name)) is not None}
    if memory.state(card.key) is not None and memory.imported(card.key) in (None, schedule):
        return None
    if any(isinstance(value, float) and abs(value) >= 1e12 for value in schedule.values()):
        return None
    moment = last_review(schedule)
    if moment is None:
        return None
    name = import_id(card.key, schedule, moment)
    if memory.knows(name):
        return None
    return Draft("imported", card.key, {"schedule": schedule, "text": card_text(card)}, moment, name)
