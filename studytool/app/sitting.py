"""One sitting as the study screen drives it: what it is over, what was answered in it, and how it goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError
from studytool.memory import Grade, told_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from studytool.desk import Desk, Edit
    from studytool.memory import Counts, Moment, Session, Shown
    from studytool.memory.candidates import Candidates
    from studytool.memory.session import Pace
    from studytool.notes.model import Card

_LONGEST = 300_000
"""Milliseconds of an answer that count as time of study: who takes longer has gone for a coffee."""
_GONE = "No card of this sitting is in your notes any more."


@dataclass(frozen=True, slots=True)
class Answered:
    """A card with the grade that it was given, and how long that took in milliseconds."""

    card: Card
    grade: int
    took_ms: int


class Sitting:
    """A session over some topics, what a search finds, chosen cards, or everything.

    `trail` holds what was done, of a card that was set aside what that is called. Every change is in the log before a
    method returns; `StudytoolError` leaves all as it was.
    """

    def __init__(
        self,
        desk: Desk,
        moment: Moment,
        topics: Sequence[str] | None,
        search: str = "",
        *,
        cram: bool = False,
        exam: Session | None = None,
        session: Session | None = None,
        found: Collection[str] | None = None,
        pace: Pace | None = None,
    ) -> None:
        """`found` are the cards that were chosen one by one, or that the search has found just now; `session` is what
        this one is to drive, where it was made just now. `pace` says how the cards are put in order, see `Session`.
        """
        self._desk, self._topics, self._search = desk, topics, search
        self._kind = "Cram" if cram else "For the exam" if exam else "Study"
        # The cards that were chosen one by one, or that the search has found, at the beginning or since.
        self._found: set[str] | None = None if found is None else set(found)
        if search and found is None:
            self._found = set(desk.search(search, moment))
        begin = desk.cram if cram else desk.session
        made = exam or session
        self.session: Session = made or begin(moment, topics, self._found, pace=pace)
        if made and pace:
            made.pace = pace
        if exam:
            self._found = set(exam.keys)
        # Of some topics: what topics there were at the last reading, and of which of those asked for each card was.
        self._names: Collection[str] = () if topics is None else desk.roster.topics
        self._had: dict[str, str] = {}
        self._was_edited = False
        self.trail: list[Answered | str] = []

    @property
    def title(self) -> str:
        """What it is over, in a line."""
        chosen = [*(self._topics or ()), *filter(None, [self._search])]
        return f"{self._kind} · {', '.join(chosen)}" if chosen else self._kind

    def left(self, counts: Counts) -> str:
        """What is left, in words: of one that asks cards whether they are due or not, how many these are in all."""
        if self._kind == "Study":
            return f"{counts.due} due · {counts.later} later · {counts.new} new"
        again = "again" if self._kind == "Cram" else "later"
        parts = [f"{number} {word}" for number, word in ((counts.new, "new"), (counts.later, again)) if number]
        among = f" ({', '.join(parts)})" if parts else ""
        return f"{counts.left} left{among}"

    @property
    def is_of_search(self) -> bool:
        """Whether it is over what a search finds."""
        return bool(self._search)

    @property
    def held(self) -> list[str]:
        """Sentences about what is held back for today, as it was when the cards were put in order last."""
        is_over = self._was_edited and not self.session.keys
        return [_GONE] if is_over else told_of(self.session.held())

    @property
    def is_held_late(self) -> bool:
        """Whether cards wait for a later day since a holiday."""
        return self.session.held().away_later > 0

    @property
    def answered(self) -> list[Answered]:
        """The answers, in their order."""
        return [one for one in self.trail if isinstance(one, Answered)]

    @property
    def minutes(self) -> int:
        """The time that the answers have taken."""
        return sum(min(one.took_ms, _LONGEST) for one in self.answered) // 60_000

    def shown(self, moment: Moment) -> Shown | None:
        """The card to show now; None when there is nothing to ask now."""
        return self.session.shown(moment)

    def answer(self, card: Card, grade: int, moment: Moment, took_ms: int) -> None:
        """Grade the card that is shown; `Overtaken` where another window has done so in the same moment."""
        self._check(card)
        self.session.answer(Grade(grade), moment, took_ms=took_ms, text=self._desk.text_of(card), yields=True)
        self.trail.append(Answered(card, grade, took_ms))

    def set_aside(self, card: Card, act: Callable[..., object], moment: Moment, told: str) -> None:
        """Put the card that is shown out, by one of the session's ways to do so; `told` is what that is called."""
        self._check(card)
        act(moment, text=self._desk.text_of(card))
        self.trail.append(told)

    def _check(self, card: Card) -> None:
        """An answer is given to the card that is seen, or to none."""
        if self.session.current != card.key:
            raise StudytoolError("This card is not asked any more.")

    def undo(self, moment: Moment) -> str:
        """Take the last of it back; returns what that was called, empty where there is nothing."""
        if self.session.undo(moment) is None:
            return ""
        last = self.trail.pop()
        return last if isinstance(last, str) else Grade(last.grade).name.capitalize()

    def renew(self, before: Card | None, edit: Edit, moment: Moment) -> Card | None:
        """Go on with another reading of the notes; the card that was shown as it is now, None where it has gone."""
        desk, renamed = self._desk, dict(edit.renamed)
        is_gone = before is not None and before.key not in renamed and desk.card(before.key) is None
        if before and is_gone and (now := desk.successor(before, edit.came)):
            renamed[before.key] = now.key
        if self._found is not None:
            before_it = self._found & renamed.keys()
            self._found -= before_it
            self._found.update(map(renamed.__getitem__, before_it))
        self._was_edited = True
        if self._topics is not None:
            self._follow_topics(renamed)
        if self._kind == "Study":
            self.session.limits = desk.limits  # which may have been changed meanwhile
        self.session.renew(self._candidates(), moment, renamed)
        return desk.card(renamed.get(before.key, before.key)) if before else None

    def _follow_topics(self, renamed: Mapping[str, str]) -> None:
        """Go on over a topic by the name that it has now: its note was renamed, or has another heading or title.

        A name that another topic had before is none of its own: that one was not asked for. Nor is one that has come
        and has its name now, while its cards go by another.
        """
        roster, before, asked = self._desk.roster, self._names, dict.fromkeys(self._topics or ())
        for key, card in self.session.cards.items():
            if card.topic in asked:
                self._had.setdefault(key, card.topic)
        for old, key in renamed.items():
            if old in self._had:
                self._had[key] = self._had.pop(old)
        self._names, cards = roster.topics, roster.by_key
        stay = {cards[key].topic for key in self._had if key in cards}
        now: dict[str, dict[str, None]] = {topic: {} for topic in asked if topic not in stay}
        for key, topic in self._had.items() if now else ():
            if topic in now and key in cards and (name := cards[key].topic) not in before:
                now[topic][name], self._had[key] = None, name
        self._topics = [*dict.fromkeys(name for topic in asked for name in now.get(topic) or [topic])]

    def _candidates(self) -> Candidates:
        """The cards that it is over; of some topics, one that was among them stays wherever it stands now."""
        desk, topics, found = self._desk, self._topics, self._found
        if topics is None:
            return desk.chosen(topics, found)
        return desk.candidates(None, self._had.keys() | {card.key for card in desk.candidates(topics, found)})

    def searching(self, moment: Moment) -> Iterator[None]:
        """Take up what the search finds in notes that were edited, a piece at a time."""
        if self._found is None:
            return
        searcher = self._desk.searcher
        yield
        searcher.texts()  # those of the notes that were edited
        yield
        found = self._desk.search(self._search, moment)
        yield
        if not self._found.issuperset(found):
            self._found.update(found)
            yield
            self.session.renew(self._candidates(), moment)
