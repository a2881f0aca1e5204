"""What a run is made of beside its seed: the values it began with, and what was changed while it ran."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from studytool.demo.parameters import Value

# More steps than any run has.
_FAR = 2**62


@dataclass(frozen=True, slots=True)
class Change:
    """A `Float` that was given another value after `step` steps, before the next one."""

    step: int
    name: str
    value: float


class Past:
    """The values at the start and the changes since, oldest first; with the seed they repeat a run exactly."""

    def __init__(self, start: Mapping[str, Value], changes: Iterable[Change] = ()) -> None:
        self.start = dict(start)
        self.changes = list(changes)

    def note(self, change: Change) -> None:
        """Remember a change; of several of one parameter between two steps the last one counts."""
        if self.changes and self.changes[-1].step == change.step and self.changes[-1].name == change.name:
            self.changes[-1] = change
        else:
            self.changes.append(change)

    def first(self, count: int) -> Past:
        """The same past with only its first `count` changes: what had happened when a picture was made."""
        return Past(self.start, self.changes[:count])

    def values(self) -> dict[str, Value]:
        """Every parameter as it is after all changes."""
        return self.start | {change.name: change.value for change in self.changes}

    def replay(self) -> Replay:
        """The changes, to be handed out again at the steps at which they were made."""
        return Replay(self.changes)


class Replay:
    """Changes that are still to come in a run that is repeated."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._ahead = list(changes)[::-1]

    def until_next(self, step: int) -> int:
        """How many steps may be taken after `step` until the next change is due; very many where none is to come."""
        return max(self._ahead[-1].step - step, 1) if self._ahead else _FAR

    def due(self, step: int) -> Iterator[Change]:
        """The changes that were made when `step` steps had been taken; each is handed out once."""
        while self._ahead and self._ahead[-1].step <= step:
            yield self._ahead.pop()
