"""The events of a log that are known one by one, and which of them stand for which card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.memory.changes import Moves, stands
from studytool.memory.events import Event, order

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from studytool.memory.base import Base


class Ledger:
    """Events by their ids; those of the base are looked up in the log when they are needed."""

    def __init__(self, base: Base) -> None:
        self._source = base.source
        self._events: dict[str, Event] = {}
        self._undos: dict[str, list[str]] = {}  # the ids of the undo events that name an event
        for id_, target in base.undos:
            self._undos.setdefault(target, []).append(id_)

    def __len__(self) -> int:
        return len(self._events)

    def add(self, event: Event) -> None:
        """One more event; each once, as an undo is known by what it names too."""
        self._events[event.id] = event
        target = event.payload.get("event") if event.kind == "undo" else None
        if isinstance(target, str):
            self._undos.setdefault(target, []).append(event.id)

    def add_relinks(self, events: Mapping[str, Event]) -> None:
        """Many at once, by their ids."""
        self._events.update(events)

    def find(self, id_: str) -> Event | None:
        """The event of this id; None where the log has none."""
        found = self._events.get(id_)
        if found is None and (found := self._source.event(id_)) is not None:
            self._events[id_] = found
        return found

    def undoing(self, event: Event) -> list[Event]:
        """The undo events that stand and name the event."""
        return [undo for undo in self.naming(event.id) if self.stands(undo)]

    def naming(self, event: str) -> list[Event]:
        """The undo events that name the event of this id, whether they stand or not."""
        return [undo for undo in map(self.find, self._undos.get(event, ())) if undo is not None]

    def is_named(self, event: str) -> bool:
        """Whether an undo names the event of this id."""
        return event in self._undos

    def ending(self, target: str) -> Event | None:
        """The event `target`, or the one that its chain of undos ends at."""
        event = self.find(target)
        seen: set[str] = set()
        while event is not None and event.kind == "undo" and event.id not in seen:
            seen.add(event.id)
            event = self.find(str(event.payload.get("event")))
        return event

    def shares(self, history: list[Event], without: Container[str] = ()) -> dict[str, list[Event]]:
        """Of a history in order, the events that stand by the card for which each counts, relinks followed.

        Events with an id of `without` are taken as not standing.
        """
        shares: dict[str, list[Event]] = {key: [] for key in keys_of(history)}
        standing = [event for event in history if event.id not in without and self.stands(event)]
        relinks = (event for event in standing if event.kind == "relink")
        moves = Moves((order(event), str(event.payload["from"]), str(event.card)) for event in relinks)
        for event in standing:
            shares[moves.owner(str(event.card), order(event))].append(event)
        return shares

    def stands(self, event: Event) -> bool:
        """Whether no undo that itself stands names the event."""
        return event.id not in self._undos or stands(event.id, lambda one: [undo.id for undo in self.naming(one)])


def keys_of(history: Iterable[Event]) -> set[str]:
    """The keys of all cards that events are about."""
    found = {str(event.card) for event in history}
    return found | {str(event.payload["from"]) for event in history if event.kind == "relink"}
