"""What an opening brings into the log: the histories of cards that were edited, the schedules that notes carry."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from studytool.memory import Memory, Moment, Store
    from studytool.memory.store_sqlite import Draft
    from studytool.notes.model import Card, Library
    from studytool.notes.relink import Known, Relink


@dataclass(frozen=True, slots=True)
class Relinked:
    """An edited card that keeps its history: its key before and now, and the id of the event that says so."""

    source: str
    target: str
    event: str


def catch_up(
    paths: Sequence[Path], library: Library, store: Store, memory: Memory, moment: Moment
) -> tuple[Relinked, ...]:
    """Link edited cards with their histories and import the schedules of cards that have none; the first are returned.

    A log that cannot be written just now is left as it is: the next opening finds the same.
    """
    found: tuple[Relinked, ...] = ()
    with suppress(StudytoolError):
        found = _relink(_Places(paths, library), library, store, memory, moment)
        _import(library, store, memory)
    return found


def told(count: int) -> str:
    """What to say to the learner about `count` edited cards."""
    return f"{count} edited card keeps its history." if count == 1 else f"{count} edited cards keep their history."


class _Places:
    """Which notes the library was read from."""

    def __init__(self, paths: Sequence[Path], library: Library) -> None:
        self._roots = tuple(os.path.realpath(path) for path in paths)
        self._library = library
        self._real: dict[str, str] = {}
        self._folders: set[str] = set()

    def real(self, path: str) -> str:
        """The absolute path of a note, links resolved."""
        if path not in self._real:
            self._real[path] = os.path.realpath(path)
        return self._real[path]

    def hold(self, path: str) -> bool:
        """Whether a note of this path is, or was, one of those that were read."""
        if not os.path.isabs(path):  # as early logs have it: relative to a folder that nobody knows any more
            return any(file.endswith(f"{os.sep}{path}") for file in self._library.files)
        if any(path == root or path.startswith(f"{root.rstrip(os.sep)}{os.sep}") for root in self._roots):
            return True
        if not self._folders:
            self._folders = {self.real(folder) for folder in set(map(os.path.dirname, self._library.files))}
        return os.path.isdir(self._roots[0]) and os.path.dirname(path) in self._folders

    def known(self, key: str, text: Mapping[str, object] | None) -> Known | None:
        """A card as the log has kept it; None for one of other notes, or of which too little is known."""
        from studytool.notes.relink import Known

        front, path, line = (text or {}).get("front"), (text or {}).get("path"), (text or {}).get("line")
        if text is None or not isinstance(front, str) or not isinstance(path, str) or not path or not self.hold(path):
            return None
        if not os.path.isabs(path):
            path = next(self.real(file) for file in self._library.files if file.endswith(f"{os.sep}{path}"))
        kind, back, topic, context = (str(text.get(name, "")) for name in ("kind", "back", "topic", "context"))
        return Known(key, kind, front, back, path, topic, line if isinstance(line, int) else 0, context)

    def placed(self, card: Card) -> Card:
        """The card with the absolute path of its note."""
        return replace(card, span=replace(card.span, path=self.real(card.span.path)))


def vanished(places: _Places, library: Library, memory: Memory) -> list[Known]:
    """The cards with a history that these notes held and hold no longer."""
    held = library.entries
    gone = [key for key in memory.learned() if key not in held]
    return [card for key in gone if (card := places.known(key, memory.text(key))) is not None]


def lost_and_linked(paths: Sequence[Path], library: Library, memory: Memory) -> tuple[list[Known], list[Relink]]:
    """The cards with a history that are gone from the notes, and of them those that a card of today goes on."""
    places = _Places(paths, library)
    gone = vanished(places, library, memory)
    return gone, _links(gone, places, library, memory)


def _links(gone: Sequence[Known], places: _Places, library: Library, memory: Memory) -> list[Relink]:
    if not gone:
        return []
    from studytool.notes.relink import relink  # 6 ms, and rapidfuzz when texts are compared

    cards = library.studied()
    fresh = [places.placed(card) for card in cards if memory.state(card.key) is None]
    affected = {card.path for card in gone}
    kept = [
        (before, places.placed(card))
        for card in cards
        if memory.state(card.key) is not None
        and (before := places.known(card.key, memory.text(card.key))) is not None
        and before.path in affected
    ]
    return relink(gone, fresh, kept, memory.parted())


def _relink(places: _Places, library: Library, store: Store, memory: Memory, moment: Moment) -> tuple[Relinked, ...]:
    links = _links(vanished(places, library, memory), places, library, memory)
    if not links:
        return ()
    from studytool.desk import card_text
    from studytool.memory import Draft

    drafts = []
    for link in links:
        card, state = library.card(link.target), memory.state(link.source)
        assert card is not None, "links lead to cards of the library"
        # A clock that was set back must not put the link before what it moves.
        when = replace(moment, ms=max(moment.ms, state.last + 1 if state else 0))
        drafts.append(Draft("relink", link.target, {"from": link.source, "text": card_text(card)}, when))
    events = store.append_all(drafts)
    for event in events:
        memory.apply(event)
    return tuple(Relinked(str(event.payload["from"]), str(event.card), event.id) for event in events)


def _import(library: Library, store: Store, memory: Memory) -> None:
    """One event for each card that carries another program's schedule and was never answered here."""
    drafts = [draft for card in library.scheduled() if (draft := _imported(card, memory)) is not None]
    for event in store.append_all(drafts) if drafts else ():
        memory.apply(event)


def _imported(card: Card, memory: Memory) -> Draft | None:
    from studytool.desk import card_text
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
