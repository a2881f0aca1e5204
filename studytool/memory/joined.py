"""What cards will be once relinks count: worked out beside what is remembered, to be taken over in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter
from typing import TYPE_CHECKING

from studytool.memory.ledger import keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from studytool.memory.entry import Entry
    from studytool.memory.events import Event

_by_time = attrgetter("ms", "device", "sequence", "id")  # as `events.order`, in C


def ends_of(relink: Event) -> tuple[str, str] | None:
    """The keys that a relink connects, before and after; None where it connects none."""
    target, source = relink.card, relink.payload.get("from")
    return (source, target) if target is not None and isinstance(source, str) and source != target else None


def with_relink(relink: Event, one: list[Event], other: list[Event]) -> list[Event]:
    """The history of two cards that a relink connects; they may have one already."""
    found = [*one, relink] if one is other else [*one, *other, relink]
    found.sort(key=_by_time)
    return found


@dataclass(slots=True)
class Joined:
    """Histories that relinks have put together, by the keys of all cards in them, and what each card comes to."""

    mark: tuple[int, int]
    """What had been said of cards by then."""
    relinks: dict[tuple[str, str], list[Event]] = field(default_factory=dict)
    """By the keys that they connect."""
    histories: dict[str, list[Event]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    _marks: list[tuple[list[Event], list[int], list[int]]] = field(default_factory=list)

    def connect(self, relink: Event, history: Callable[[str], list[Event]]) -> None:
        """Put two histories together; `history` gives that of a card that is not among them yet. It is not changed."""
        if (ends := ends_of(relink)) is None:
            return
        self.relinks.setdefault(ends, []).append(relink)
        one, other = (self.histories.get(key) or history(key) for key in ends)
        found = with_relink(relink, one, other)
        self.histories.update(dict.fromkeys((*ends, *keys_of(found)), found))

    def each(self) -> Iterable[list[Event]]:
        """Each history once."""
        return {id(history): history for history in self.histories.values()}.values()

    def take(self, history: list[Event], entries: Mapping[str, Entry], before: Iterable[Entry]) -> None:
        """What the cards of a history come to, in place of what they were `before`."""
        self.entries.update(entries)
        old, new = (sorted(mark for each in some for mark in each.marks) for some in (before, entries.values()))
        if old != new:
            self._marks.append((history, old, new))

    def without(self, changed: Collection[str]) -> Joined:
        """The same less the histories of cards that something else was said of since."""
        late = {id(history) for key in changed if (history := self.histories.get(key)) is not None}
        if not late:
            return self
        histories = {key: history for key, history in self.histories.items() if id(history) not in late}
        relinks = {ends: events for ends, events in self.relinks.items() if ends[0] in histories}
        entries = {key: entry for key, entry in self.entries.items() if key in histories}
        marks = [each for each in self._marks if id(each[0]) not in late]
        return Joined(self.mark, relinks, histories, entries, marks)

    def events(self) -> dict[str, Event]:
        """The relinks by their ids."""
        return {event.id: event for events in self.relinks.values() for event in events}

    def marks(self) -> Iterable[tuple[list[int], list[int]]]:
        """The marks that go, and those that come in their place."""
        return [(old, new) for _, old, new in self._marks]
