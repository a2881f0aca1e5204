"""One card's answers in order, each with what it left behind: what its history and its forgetting curve show."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studytool.memory.remembered import replay
from studytool.memory.schedule import answered

if TYPE_CHECKING:
    from studytool.memory.events import Event, Moment
    from studytool.memory.remembered import Memory
    from studytool.memory.schedule import State


class Entry(NamedTuple):
    """An answer that stands, or a schedule that was taken over, which has no grade."""

    moment: Moment
    grade: int | None
    """1 to 4."""
    took_ms: int
    """Milliseconds, 0 where that is not known."""
    imported: bool
    """Whether another program has it."""
    state: State
    """What the card had come to after it."""

    @property
    def wait(self) -> int:
        """Milliseconds until the card fell due."""
        return self.state.due - self.state.last


def diary(memory: Memory, key: str) -> list[Entry]:
    """The answers to a card, and to those whose history it has taken over: the earliest first."""
    found: list[Entry] = []
    state: State | None = None
    for event in memory.rests_on(key):
        grade = _grade(event)
        after = _after(memory, state, event, grade)
        if after is not None:
            state = after
            took = event.payload.get("took_ms")
            took = max(took, 0) if type(took) is int else 0
            found.append(Entry(event.moment, grade, took, event.kind == "imported", after))
    return found


def _after(memory: Memory, state: State | None, event: Event, grade: int | None) -> State | None:
    """The state that an event has led to, None where it says nothing that counts."""
    rules = memory.rules
    if grade is not None:
        days = event.payload.get("days") if event.kind == "review" else None
        chosen = days if type(days) is int and days > 0 else None
        return answered(rules, state, grade, event.moment, str(event.card), chosen)
    if event.kind == "review" or state is not None:
        return None
    taken = replay(
        [event], desired_retention=rules.desired_retention, rollover=rules.rollover, model=rules.model, fuzz=rules.fuzz
    )
    return taken.state(str(event.card))


def _grade(event: Event) -> int | None:
    grade = event.payload.get("grade")
    return grade if type(grade) is int and 1 <= grade <= 4 else None


def recall_between(entries: list[Entry], until: Moment, steps: int = 24) -> tuple[list[float], list[float]]:
    """The forgetting curve: days since the first entry, and the recall (0 to 1) at each, up to `until`.

    Recall is 1 at each answer and falls until the next by the stability that the answer left; `steps` points each.
    """
    from studytool.memory.events import DAY_MS
    from studytool.memory.fsrs import retrievability

    days: list[float] = []
    recalls: list[float] = []
    if not entries:
        return days, recalls
    first = entries[0].moment.ms
    ends = [*(entry.moment.ms for entry in entries[1:]), until.ms]
    for entry, end in zip(entries, ends, strict=True):
        length = max(end - entry.moment.ms, 0) / DAY_MS
        for step in range(steps + 1):
            gone = length * step / steps
            days.append((entry.moment.ms - first) / DAY_MS + gone)
            recalls.append(retrievability(entry.state.rules.model, entry.state.stability, gone))
    return days, recalls
