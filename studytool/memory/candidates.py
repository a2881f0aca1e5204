"""What a queue is made of: the cards that could come, how much may, and what is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studytool.memory.schedule import State

    Candidates = Iterable["Candidate"] | Mapping[str, "Candidate"]


class Candidate(NamedTuple):
    """A card that the learner could be shown. A tuple, because there may be a hundred thousand of them."""

    key: str
    topic: str
    siblings: int = 0
    """A number that the cards made from the same text share; 0 where it is the only one."""


class Part(dict[str, Candidate]):
    """Some of the cards of a library by their keys, and `beside` them others that were made from the same texts."""

    def __init__(self, cards: Iterable[Candidate], beside: Iterable[Candidate] = ()) -> None:
        super().__init__((card.key, card) for card in cards)
        self.beside = tuple(beside)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be asked on one of the learner's days, all topics together."""

    new_per_day: int = 20
    reviews_per_day: int = 200
    """Cards due for review; learning steps always come."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What is left for today, the card on the screen included, and what was answered in this sitting.

    The words are those of `stands`; in a cram, due are cards that have not come yet, later those that come back.
    """

    new: int
    later: int
    due: int
    done: int

    @property
    def left(self) -> int:
        """All that is left."""
        return self.new + self.later + self.due


class Priority(Protocol):
    """What should come before its turn, such as the syllabus of an exam. Asked once a card when a queue is built."""

    def of(self, key: str, state: State | None) -> float:
        """Cards of a higher number come first, equal ones as they would anyway; `state` is None for a new card."""

    def why(self, key: str) -> str:
        """Words to go before the card's reason, such as "exam on 15 December"; empty where there are none."""


@dataclass(slots=True)
class Held:
    """What does not come today although it is due or new, as it is when a queue is built.

    A card is counted once: by its holiday, else by the text that it shares, else by the limit.
    """

    siblings: int = 0
    """Cards whose text another card of today was made from: they come on another day.

    Of new cards as many as the limit would have let come.
    """
    away_now: int = 0
    """Cards that fell due in a holiday and come today."""
    away_later: int = 0
    """Cards that fell due in a holiday and come on one of the next days."""
    until: int = 0
    """The day on which the last of those comes."""
    over: int = 0
    """Cards that are due beyond the reviews that a day may have."""
    aside: int = 0
    """Cards of a cram that were put aside: suspended, buried or called no card."""
    is_full: bool = False
    """Whether new cards wait for another day because as many as may be have come today, in all libraries together."""

    @property
    def waiting(self) -> int:
        """All that wait for another day, but for the new cards of the next days."""
        return self.siblings + self.away_later + self.over

    def note_away(self, due_day: int, day: int, today: int) -> None:
        """Count a card that fell due on `due_day`; where that was in a holiday, it comes on another `day`."""
        if due_day <= today and day > due_day:
            waits = day > today
            self.away_later, self.away_now = self.away_later + waits, self.away_now + (not waits)
            self.until = max(self.until, day if waits else 0)

    def count(self, due: int, due_apart: int, new: int, new_apart: int, due_room: int, new_room: int) -> None:
        """Count what waits of one card a text, of which `due` and `new` cards are left beside those kept apart.

        There is room for so many of them today.
        """
        self.siblings = due_apart + max(0, min(new_apart, new_room - new))
        self.is_full = new > 0 >= new_room
        self.over = due - max(0, min(due, due_room))
