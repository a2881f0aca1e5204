"""What happened, and when: the events that are the only truth about a learner's memory.

Kinds and what their payloads hold (a missing or odd value costs the event its effect, never its place in the log):

| kind | payload |
|---|---|
| `review` | `grade` 1 to 4, `took_ms`, `days` if an interval was chosen; with a card's first event its `text`; with \
`attempt`, the id of one, it is what that attempt counted as |
| `attempt` | a quiz question's outcome, as the quiz wrote it; with `cram` an answer that leaves the schedule alone |
| `exam` | without a card: its `paper` and `minutes` where it begins; `of`, the id of that, in all that follows: see \
`quiz.exam` |
| `undo` | `event`: the id of the event that counts no longer, an undo maybe; `because` if not the learner's |
| `suspend`, `reject`, `resume` | nothing of its own: out until resumed; "this is not a card"; back in |
| `bury` | nothing of its own: out until the learner's next day |
| `relink` | `from`: the key whose history so far moves to `card`; the `text` of `card` |
| `note` | `text`: the learner's own answer to an open question; `card_text` for the card's `text` |
| `parameters` | without a card: the `weights` of the memory model in use from now on (`memory.fit.event`) |
| `imported` | a review done in another program: its `grade`; or the `schedule` it had for a card (`memory.imported`) |
| `away` | a holiday: `from` and `until`, the first day away and the first one back, as ISO dates; no card |
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

KINDS = frozenset(
    (
        *("review", "attempt", "undo", "suspend", "resume", "bury", "reject", "relink", "note", "imported"),
        *("parameters", "away", "exam"),
    )
)
"""The kinds this version gives a meaning to; others, from a newer version, are kept and passed on."""
ANSWERS = ("review", "imported")
"""The kinds that a card's state rests on: answers given here, answers and schedules of other programs."""

EVENT_VERSION = 1
"""The version of the payloads that this program writes."""

DAY_MS = 86_400_000
_MINUTE_MS = 60_000
_HOUR_MS = 3_600_000
EPOCH_ORDINAL = 719_163
"""1970-01-01 as `date.toordinal` counts days."""


class Grade(IntEnum):
    """How well the answer was recalled, in the learner's own judgement."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as the learner's clock showed it."""

    ms: int
    """Milliseconds since 1970 in UTC."""
    offset: int
    """The local time's distance from UTC in minutes, east positive."""

    @classmethod
    def at(cls, when: datetime) -> Moment:
        """The moment of an aware `datetime`; `ValueError` for a naive one, whose offset nobody knows."""
        offset = when.utcoffset()
        if offset is None:
            raise ValueError("A moment needs a datetime with a time zone.")
        return cls(round(when.timestamp() * 1000), int(offset.total_seconds() // 60))

    def day(self, rollover: int) -> int:
        """The learner's calendar day as a `date` ordinal; it turns at `rollover` o'clock local time."""
        local = self.ms + self.offset * _MINUTE_MS - rollover * _HOUR_MS
        return local // DAY_MS + EPOCH_ORDINAL


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the log. `id` is a UUIDv7 in 32 hexadecimal digits; `sequence` counts up on its `device`."""

    id: str
    ms: int
    offset: int
    device: str
    sequence: int
    kind: str
    card: str | None
    payload: Mapping[str, Any]
    version: int = EVENT_VERSION

    @property
    def moment(self) -> Moment:
        """When it happened."""
        return Moment(self.ms, self.offset)


def order(event: Event) -> tuple[int, str, int, str]:
    """The place of an event in the log, the same on every device whatever order the events arrived in."""
    return (event.ms, event.device, event.sequence, event.id)


def uuid7(ms: int, random: bytes) -> str:
    """A UUID of version 7 (RFC 9562, section 5.7) from `ms` and ten random bytes, as 32 hexadecimal digits."""
    bits = int.from_bytes(random, "big")  # 80, of which 74 are used
    high = (max(ms, 0) & 0xFFFF_FFFF_FFFF) << 16 | 0x7000 | (bits >> 62) & 0x0FFF
    low = 0x8000_0000_0000_0000 | bits & 0x3FFF_FFFF_FFFF_FFFF
    return f"{high:016x}{low:016x}"
