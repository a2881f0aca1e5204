"""What is said of a card at a moment, in the words that every screen and every command counts by.

new    it was never answered
due    its time has come: the day of one that has been learned, if it does not wait since a holiday, or the minutes of a
       learning step
later  it is in learning steps, and its minutes have not run out
known  it has been learned, and its day has not come
aside  it was put aside: suspended, buried until tomorrow, or called no card

Each card is one of these: one that was put aside is none of the others, whatever its answers. *Cards* are all of them,
*seen* are those that are due, later or known. Not every card that is due or new comes today: `candidates.Held` says
which wait for another day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from studytool.memory.away import comes, lately

if TYPE_CHECKING:
    from studytool.memory.events import Moment
    from studytool.memory.remembered import Memory
    from studytool.memory.schedule import State

Word = Literal["new", "due", "later", "known", "aside"]
FOR_GOOD = ("suspended", "rejected")
"""The ways in which a card is put aside until it is resumed."""
ASIDE = (*FOR_GOOD, "buried")
"""All ways in which it is."""
IN_WORDS = {"suspended": "suspended", "buried": "buried", "rejected": "not a card"}
"""What each is called."""


class Stands:
    """Says of cards how they stand at one moment, as the `memory` has it now."""

    __slots__ = ("day", "ms", "over")

    def __init__(self, memory: Memory, moment: Moment) -> None:
        self.day = moment.day(memory.rules.rollover)
        self.ms = moment.ms
        self.over = lately(memory.away(), self.day)
        """The holidays that cards still wait since."""

    def word(self, state: State | None, out: str | None) -> Word:
        """The word for a card in this state; `out` is the way in which it was put aside, if it was."""
        if out:
            return "aside"
        if state is None:
            return "new"
        if state.phase != "review":
            return "due" if state.due <= self.ms else "later"
        return "due" if self.day_of(state) <= self.day else "known"

    def day_of(self, state: State) -> int:
        """The day on which a card comes: the one it fell due on, or one after the holiday which that was in."""
        return comes(state.due_day, self.over) if self.over and state.phase == "review" else state.due_day

    def takes_its_text(self, state: State | None, out: str | None) -> bool:
        """Whether no other card that was made from the same text comes today.

        So it is where this one was answered today, comes as a learning step, or was buried: then they wait as it does.
        """
        if out:
            return out == "buried" or (state is not None and state.day == self.day)
        return state is not None and (state.day == self.day or state.phase != "review")
