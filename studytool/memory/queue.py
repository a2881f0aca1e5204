"""What to study next: learning steps that are due, then due reviews with new cards among them, within limits."""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytool.memory.events import Moment
    from studytool.memory.remembered import Memory
    from studytool.memory.schedule import State

LEARN_AHEAD_MS = 20 * 60_000
"""How early a learning step may come when nothing else is left: 20 minutes, as in Anki."""


class Candidate(NamedTuple):
    """A card that the learner could be shown. A tuple, because there may be a hundred thousand of them."""

    key: str
    topic: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be asked on one of the learner's days, all topics together."""

    new_per_day: int = 20
    reviews_per_day: int = 200
    """Cards due for review; learning steps always come."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is left for today, the card on the screen included, and what was answered in this sitting."""

    new: int
    learning: int
    due: int
    done: int


class Queue:
    """One day's cards in order. Built once by looking at every candidate; after that each step costs next to nothing.

    Reviews come by recall, the least certain first; new cards keep the order they were given in and are spread evenly
    among the reviews.
    """

    def __init__(self, keys: Iterable[str], memory: Memory, limits: Limits, moment: Moment) -> None:
        self.day = moment.day(memory.rules.rollover)
        self._memory = memory
        self._limits = limits
        self._new: deque[str] = deque()
        self._steps: list[tuple[int, str]] = []  # a heap of (due ms, key); entries that no longer hold are skipped
        self._waiting: dict[str, int] = {}  # key -> due ms: which entries of the heap hold
        due: list[tuple[float, int, str]] = []
        for number, key in enumerate(keys):
            if memory.out(key, self.day):
                continue
            state = memory.state(key)
            if state is None:
                self._new.append(key)
            elif state.phase != "review":
                self._waiting[key] = state.due
            elif state.due_day <= self.day:
                due.append((state.retrievability(moment), number, key))
        self._steps = [(when, key) for key, when in self._waiting.items()]
        heapify(self._steps)
        self._due = deque(key for _, _, key in sorted(due))
        self._planned = (self.new_left(), self.due_left())

    def new_left(self) -> int:
        """New cards still to come today."""
        return max(0, min(len(self._new), self._limits.new_per_day - self._memory.introduced(self.day)))

    def due_left(self) -> int:
        """Due reviews still to come today."""
        return max(0, min(len(self._due), self._limits.reviews_per_day - self._memory.reviewed(self.day)))

    def learning_left(self) -> int:
        """Cards in learning or relearning, whenever their step falls due."""
        return len(self._waiting)

    def next_step_due(self) -> int | None:
        """When the next learning step falls due, in UTC milliseconds."""
        while self._steps and not self._holds(*self._steps[0]):
            due, key = heappop(self._steps)
            if self._waiting.get(key) == due:
                del self._waiting[key]
        return self._steps[0][0] if self._steps else None

    def take(self, moment: Moment) -> str | None:
        """Take out the card to ask now; None when nothing is to be asked now."""
        self._drop_stale()
        step_due = self.next_step_due()
        if step_due is not None and step_due <= moment.ms:
            return self._take_step()
        new, due = self.new_left(), self.due_left()
        planned_new, planned_due = self._planned
        # The kind of which the larger part is still to do goes next; a review where both are even.
        if new and (not due or new * planned_due > due * planned_new):
            return self._new.popleft()
        if due:
            return self._due.popleft()
        if step_due is not None and step_due <= moment.ms + LEARN_AHEAD_MS:
            return self._take_step()
        return None

    def drop(self, key: str) -> None:
        """Take a card out wherever it waits: it is being shown already."""
        self._waiting.pop(key, None)
        for waiting in (self._new, self._due):
            with suppress(ValueError):
                waiting.remove(key)

    def put_back(self, key: str) -> None:
        """Return a card that was taken and not answered: it comes first among its kind."""
        state = self._memory.state(key)
        if state is None:
            self._new.appendleft(key)
        elif state.phase == "review":
            self._due.appendleft(key)
        else:
            self._wait(key, state)

    def answered(self, key: str) -> None:
        """Put a card that was answered where its new state belongs: most are done for today."""
        state = self._memory.state(key)
        if state is not None and state.phase != "review":
            self._wait(key, state)

    def withdraw(self, key: str) -> None:
        """Take a card out of the learning steps, where an answer that was undone has put it."""
        self._waiting.pop(key, None)

    def _holds(self, due: int, key: str) -> bool:
        """Whether an entry of the steps is still what the memory says of its card."""
        state = self._memory.state(key)
        return (
            self._waiting.get(key) == due
            and state is not None
            and state.phase != "review"
            and state.due == due
            and not self._memory.out(key, self.day)
        )

    def _drop_stale(self) -> None:
        """Drop what comes next as long as it was put out or answered from elsewhere, such as a list of all cards."""
        memory, day = self._memory, self.day
        while self._new and (memory.state(self._new[0]) is not None or memory.out(self._new[0], day)):
            self._new.popleft()
        while self._due:
            state = memory.state(self._due[0])
            if (
                state is not None
                and state.phase == "review"
                and state.due_day <= day
                and not memory.out(self._due[0], day)
            ):
                return
            self._due.popleft()

    def _wait(self, key: str, state: State) -> None:
        self._waiting[key] = state.due
        heappush(self._steps, (state.due, key))

    def _take_step(self) -> str:
        _, key = heappop(self._steps)
        del self._waiting[key]
        return key
