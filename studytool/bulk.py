"""Events for many cards at once: to put them out or back, to forget their answers, and to take all of that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from studytool.desk import Desk
    from studytool.memory import Draft, Event, Moment

Kind = Literal["suspend", "bury", "resume"]
_OUT = {"suspend": ("suspended", "rejected"), "bury": ("suspended", "rejected", "buried")}


def wanting(desk: Desk, kind: Kind, keys: Iterable[str], moment: Moment) -> list[str]:
    """Those of `keys` for which an event of this kind would change anything."""
    memory, day = desk.memory, moment.day(desk.memory.rules.rollover)
    if kind == "resume":
        return [key for key in keys if memory.out(key, day)]
    return [key for key in keys if memory.out(key, day) not in _OUT[kind]]


def put(desk: Desk, kind: Kind, keys: Sequence[str], moment: Moment) -> list[Event]:
    """Put cards out or back: all of them or, where the store raises `StudytoolError`, none."""
    from studytool.memory import Draft

    memory, rollover, drafts = desk.memory, desk.memory.rules.rollover, []
    for key in keys:
        when = memory.after(key, moment)
        if kind == "bury" and when.day(rollover) != moment.day(rollover):
            when = moment  # it is out until the day after that of its event
        card = desk.card(key) if kind != "resume" and memory.text(key) is None else None
        payload = {"text": desk.text_of(card)} if card else {}
        memory.prepare(key, when)
        drafts.append(Draft(kind, key, payload, when))
    return _written(desk, drafts)


def forget(desk: Desk, keys: Sequence[str], moment: Moment) -> list[Event]:
    """Have cards start anew by undoing each answer that they rest on; the log keeps those. All of them or none."""
    return _undone(desk, [event for key in keys for event in desk.memory.rests_on(key)], moment)


def take_back(desk: Desk, events: Sequence[Event], moment: Moment) -> list[Event]:
    """Undo events that `put` or `forget` has written, the last first: all of them or none."""
    return _undone(desk, events[::-1], moment)


def _undone(desk: Desk, events: Sequence[Event], moment: Moment) -> list[Event]:
    from studytool.memory import Draft

    for key in {str(event.card) for event in events}:
        desk.memory.prepare(key)
    return _written(desk, [Draft("undo", event.card, {"event": event.id}, moment) for event in events])


def _written(desk: Desk, drafts: Sequence[Draft]) -> list[Event]:
    events = desk.store.append_all(drafts) if drafts else []
    for event in events:
        desk.memory.apply(event, is_new=True)
    return events
