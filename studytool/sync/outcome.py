"""What a synchronisation did, and what it takes to bring events from elsewhere into the log."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studytool.memory.store.contents import held, same
from studytool.memory.store.lines import Row, from_line, to_line
from studytool.text import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.memory.store.sqlite import Store


@dataclass(slots=True)
class Outcome:
    """What was done so far, told at the end."""

    sent: int = 0
    received: int = 0
    devices: set[str] = field(default_factory=set)
    """The devices that wrote the events received."""
    problems: list[str] = field(default_factory=list)
    """Sentences about what could not be done or read: all the rest was."""
    notices: list[str] = field(default_factory=list)
    """Sentences about what will be done next time, or costs nothing."""
    different: int = 0
    """How many events were met that are known with other contents."""

    def __str__(self) -> str:
        """ "12 sent, 30 received from 2 devices"."""
        number = len(self.devices)
        source = f" from {counted(number, 'device')}" if number else ""
        return f"{self.sent:,} sent, {self.received:,} received{source}"

    def differs(self, place: str, row: Row) -> None:
        """Tell that an event is known with other contents: the first few one by one, the others in one sentence."""
        self.different += 1
        if self.different <= _NAMED:
            told = f"{place}: event {row.id} is known with other contents. What was known first was kept."
            self.problems.append(told)
            return
        if self.different > _NAMED + 1:
            self.problems.remove(_more(self.different - 1))
        self.problems.append(_more(self.different))


_NAMED = 3
"""How many events that are known with other contents are named one by one."""


def _more(different: int) -> str:
    return f"More events that are known with other contents: {different - _NAMED:,}. What was known first was kept."


def take(store: Store, found: Sequence[tuple[str, Row]], outcome: Outcome) -> None:
    """Add the events of `found`, each with the place where it was read, that the log does not hold; all or none.

    An event whose id is there with other contents is told, and the one that was there first stays.
    """
    known = {row.id: row for row in held(store, {row.id for _, row in found})}
    new: dict[str, Row] = {}
    for place, row in found:
        kept = known.get(row.id) or new.get(row.id)
        if kept is None:
            new[row.id] = row
        elif not same(kept, row):
            outcome.differs(place, row)
    outcome.received += store.merge_rows(new.values())
    outcome.devices.update(row.device for row in new.values())


def passable(row: Row, outcome: Outcome) -> str | None:
    """The event as a line that any device will read; None for one that no line can hold, which is told."""
    try:
        line = to_line(row)
        if "\0" in f"{row.id}{row.device}{row.kind}{row.card}":
            raise ValueError("a name in it holds a NUL character")
        if from_line(line).payload != row.payload and "\n" not in row.payload and "\r" not in row.payload:
            raise ValueError("its payload cannot be kept as it is")
        return line
    except ValueError as error:
        outcome.problems.append(f"Event {row.id} of this log cannot be passed on: {error}. It stays in this log.")
        return None
