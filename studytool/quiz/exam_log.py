"""What the log holds of an exam: the events that began exams and that follow them, and what they come to."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from studytool.memory.events import Event
from studytool.quiz.model import Attempt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studytool.memory.store.sqlite import Store

Ending = Literal["handed in", "time was up", "given up"]


@dataclass(slots=True)
class Standing:
    """How an exam stands by the events that follow it."""

    attempts: dict[int, Attempt] = field(default_factory=dict)
    """The answers that hold, by the number of their question, counted from 0."""
    written: dict[int, Event] = field(default_factory=dict)
    """The events that gave them."""
    flags: set[int] = field(default_factory=set)
    ended: Ending | None = None
    used_ms: int = 0
    """Milliseconds that were used by the last event, or by the end."""
    is_left: bool = False
    """Whether the last of them says that it was left."""
    latest: int = 0
    """When that was, in ms."""
    sat: str = ""
    """The id of the event by which it was resumed last."""
    since: int = 0
    """When that was, in ms."""
    resumed: dict[str, int] = field(default_factory=dict)
    """What was used when it was resumed, by the id of the event."""
    given: dict[str, int] = field(default_factory=dict)
    """What was used in the window that lost it, by the id of the event that took it."""
    how: list[Mapping[str, Any]] = field(default_factory=list)
    """What the events say of how it is sat, in their order."""

    @classmethod
    def of(cls, events: Iterable[Event], stands: Callable[[str], bool]) -> Standing:
        """By all events that follow it and all attempts at it, in whatever order; `stands` says which are not undone.

        Raises `KeyError`, `TypeError` or `ValueError` where a newer version wrote them in another form.
        """
        found = cls()
        used = [0]
        for event in sorted(events, key=lambda one: (one.ms, one.sequence)):
            found.latest = event.ms
            used.append(event.payload.get("used_ms", 0))
            found._take(event, stands)
        found.used_ms = found.used_ms or max(used)
        return found

    def _take(self, event: Event, stands: Callable[[str], bool]) -> None:
        payload = event.payload
        if "given_over" in payload:
            self.given[payload["given_over"]] = payload["used_ms"]
            return
        self.is_left = "left" in payload
        if event.kind == "attempt" and stands(event.id):
            self.attempts[payload["number"]] = Attempt.from_payload(payload)
            self.written[payload["number"]] = event
        elif "flag" in payload:
            (self.flags.add if payload["on"] else self.flags.discard)(payload["flag"])
        elif "ended" in payload and self.ended is None:
            self.ended, self.used_ms = payload["ended"], payload.get("used_ms") or 0
        elif "resumed" in payload:
            self.sat, self.since = event.id, event.ms
            self.resumed[event.id] = payload["used_ms"]
            self.how.append(payload)


def notes_of(begun: Event) -> tuple[str, ...]:
    """The absolute paths of the notes that were named for the exam that an event began; none of an older version."""
    notes = begun.payload.get("notes")
    return tuple(map(str, notes)) if isinstance(notes, list) else ()


def rows_of(store: Store, kind: str, having: str = "{", after: int = 0) -> list[tuple[Any, ...]]:
    """The events of a kind whose payload has a text, in the log's order, as rows for `event_of`; those `after` one."""
    return store.query(
        "SELECT id, ms, offset, device, sequence, kind, card, payload, version FROM events "
        "WHERE rowid > ? AND kind = ? AND instr(payload, ?) ORDER BY ms, device, sequence, id",
        (after, kind, having),
    )


def event_of(row: tuple[Any, ...]) -> Event | None:
    """The event of a row; None where what it holds is no table."""
    id_, ms, offset, device, sequence, kind, card, payload, version = row
    told = json.loads(payload)
    return Event(id_, ms, offset, device, sequence, kind, card, told, version) if isinstance(told, dict) else None


def events_of(store: Store, kind: str, having: str, after: int = 0) -> list[Event]:
    """The events of such rows."""
    return [event for row in rows_of(store, kind, having, after) if (event := event_of(row)) is not None]


def written(store: Store) -> tuple[int, int]:
    """Which file of the log is open, and its last row."""
    return store.reopened, int(store.query("SELECT COALESCE(MAX(rowid), 0) FROM events")[0][0])
