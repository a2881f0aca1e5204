"""The schedules of other programs that notes carry: where a card begins that was never answered here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.desk.log import card_text
from studytool.memory.pieces import cut

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from studytool.memory import Memory, Store
    from studytool.memory.store.sqlite import Draft
    from studytool.notes.model import Card


def bringing_schedules(cards: Iterable[Card], store: Store, memory: Memory) -> Generator[None, None, int]:
    """One event for each card that carries another program's schedule and was never answered here; returns how many.

    They are written a piece at a time.
    """
    count = 0
    for piece in cut(cards):
        drafts = [draft for card in piece if (draft := _imported(card, memory)) is not None]
        for event in store.append_all(drafts) if drafts else ():
            memory.apply(event)
            count += 1
        yield
    return count


def _imported(card: Card, memory: Memory) -> Draft | None:
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
