"""What a sitting goes through: a card as it is shown, and what puts the cards in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from studytool.memory.events import Grade
from studytool.memory.reason import describe_interval

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studytool.memory.away import Away
    from studytool.memory.candidates import Candidate, Held
    from studytool.memory.events import Moment
    from studytool.memory.load import Load


@dataclass(frozen=True, slots=True)
class Shown:
    """A card to show, why it comes now, and how long each grade would put it off."""

    key: str
    topic: str
    phase: str
    """"new", "learning", "review" or "relearning"."""
    reason: str
    intervals: dict[Grade, int]
    """Milliseconds until the card would come back, for each grade; nothing where the schedule is left alone."""

    @property
    def outcomes(self) -> dict[Grade, str]:
        """What each grade leads to, in a word or two."""
        if not self.intervals:
            return {grade: "comes back" if grade == Grade.AGAIN else "done" for grade in Grade}
        return {grade: describe_interval(ms) for grade, ms in self.intervals.items()}


class Lineup(Protocol):
    """The cards of a sitting in order: `Queue`, or the round of a cram."""

    day: int
    cards: Mapping[str, Candidate]
    """Those that it is made of."""
    load: Load
    held: Held
    away: tuple[Away, ...]

    def make(self) -> Iterator[None]:
        """Put the cards in order, a piece at a time; before that there are none."""

    def ready(self) -> Iterator[None]:
        """Prepare, a piece at a time, what would take its time when it is needed first."""

    def is_behind(self) -> bool:
        """Whether anything was heard that has not taken its place."""

    def take(self, moment: Moment) -> str | None:
        """Take out the card to ask now; None when nothing is to be asked now."""

    def catch_up(self, moment: Moment, current: str | None = None) -> bool:
        """Have what was heard of other windows take its place; False where it takes another lineup."""

    def drop(self, key: str) -> None:
        """Take a card out wherever it waits."""

    def put_back(self, key: str) -> None:
        """Return a card that was taken and not answered."""

    def answered(self, key: str) -> None:
        """Put a card that was answered where it belongs now."""

    def set_aside(self, key: str) -> None:
        """A card was put out unanswered."""

    def withdraw(self, key: str) -> None:
        """Undo what an answer, or putting the card out, has done to the lineup."""

    def new_left(self) -> int:
        """New cards still to come."""

    def reviews_left(self) -> int:
        """Others still to come."""

    def steps_left(self, moment: Moment) -> tuple[int, int]:
        """Cards that come back: how many of them now, and how many later."""

    def next_step_due(self) -> int | None:
        """When a card comes back that is waited for, in UTC milliseconds."""
