"""All that a log says about one card, and how each event adds to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from studytool.memory.base import BURIED, REJECTED, SUSPENDED, TOLD_OF
from studytool.memory.events import ANSWERS
from studytool.memory.imported import schedule_of, taken_over
from studytool.memory.marks import ATTEMPTED, ELSEWHERE, KINDS, NEW, REVIEWED, STEPPED
from studytool.memory.schedule import State, Trail, advance, settled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studytool.memory.base import Base
    from studytool.memory.events import Event
    from studytool.memory.schedule import Rules


UNREAD = -1
_SETTLING = Lock()
"""Held while a state is worked out and kept, and while an answer makes it another: a search asks in a thread."""


@dataclass(slots=True)
class Entry:
    """All that the log says about one card. What is a number there is the row of the log that has it."""

    trail: Trail | None = None
    state: State | None = None
    """What `trail` has come to, worked out when it is asked for."""
    suspended: bool = False
    rejected: bool = False
    buried: int | None = None
    written: str | int | None = None
    text: Mapping[str, object] | int | None = None
    schedule: Mapping[str, object] | None = None
    """What the note said of another program's schedule, when it was imported last."""
    marks: list[int] = field(default_factory=list)
    introduced: int = 0
    """The learner's day of the first answer, 0 without one; `UNREAD` where only the log knows if there is one."""
    graded: int = 0
    """The grade of the last one."""

    @property
    def has_history(self) -> bool:
        """Whether the learner would miss anything if the card started anew."""
        out = self.suspended or self.rejected or self.buried is not None
        return self.trail is not None or out or self.written is not None

    def settled(self, rules: Rules) -> State | None:
        """The state of the card, None while it was never answered."""
        state = self.state
        if state is None and self.trail is not None:
            with _SETTLING:
                state = self.state = settled(rules, self.trail)
        return state

    def out(self, day: int) -> str | None:
        """Why the card is not to be asked on `day`, as `Memory.out` has it."""
        if self.rejected:
            return "rejected"
        if self.suspended:
            return "suspended"
        return "buried" if self.buried is not None and day <= self.buried else None

    def take(self, event: Event, rules: Rules) -> None:
        """What one event says about its card. Kinds of a newer version say nothing that is understood here."""
        kind, payload = event.kind, event.payload
        text = payload.get("text")
        told = payload.get("card_text") if kind == "note" else text
        if isinstance(told, dict):
            self.text = told
        if kind in ANSWERS:
            self._answer(event, rules)
        elif kind == "attempt":
            self.marks.append(event.moment.day(rules.rollover) * KINDS + ATTEMPTED)
        elif kind == "note":
            self.written = text if isinstance(text, str) else self.written
        elif kind == "suspend":
            self.suspended = True
        elif kind == "reject":
            self.rejected = True
        elif kind == "bury":
            self.buried = event.moment.day(rules.rollover)
        elif kind == "resume":
            self.suspended = self.rejected = False
            self.buried = None

    def _answer(self, event: Event, rules: Rules) -> None:
        grade = event.payload.get("grade")
        if event.kind == "imported" and grade is None:
            self._import(event, rules)
            return
        if not isinstance(grade, int) or isinstance(grade, bool) or not 1 <= grade <= 4:
            return
        days = event.payload.get("days") if event.kind == "review" else None
        with _SETTLING:
            trail = self.trail or Trail()
            kind = NEW if self.trail is None else REVIEWED if trail.phase == "review" else STEPPED
            advance(rules, trail, grade, event.moment, str(event.card), days if type(days) is int else None)
            self.trail, self.state, self.graded = trail, None, grade
        self.introduced = self.introduced or trail.day
        self.marks.append(trail.day * KINDS + (kind if event.kind == "review" else ELSEWHERE))

    def _import(self, event: Event, rules: Rules) -> None:
        """Begin where another program was; an answer given here, or imported as such, counts for more."""
        schedule = schedule_of(event.payload)
        if schedule is not None and (self.trail is None or self.trail.given is not None):
            with _SETTLING:
                self.trail = taken_over(rules, schedule, event.moment, str(event.card))
                self.schedule, self.state = schedule, None


NOTHING = Entry()


def of_base(base: Base, key: str, number: int, rollover: int) -> Entry:
    """A card as a base has it. What it adds to the days is known when its history is read."""
    flags = base.told.flags[number]
    return Entry(
        trail=base.trail(number),
        suspended=bool(flags & SUSPENDED),
        rejected=bool(flags & REJECTED),
        buried=base.buried(number, rollover) if flags & BURIED else None,
        written=base.row(base.told.written, key),
        text=base.row(base.told.text, key),
        schedule=base.schedule(key),
        introduced=UNREAD if flags & TOLD_OF else 0,
    )
