"""How a queue is made: a look at every card that could come today, a piece at a time."""

from __future__ import annotations

from heapq import heapify
from typing import TYPE_CHECKING

from studytool.memory.candidates import Held, Part
from studytool.memory.load import Load, Wishes
from studytool.memory.pieces import cut, in_order
from studytool.memory.ranked import Ranked
from studytool.memory.stands import Stands
from studytool.memory.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Iterator, Mapping

    from studytool.memory.candidates import Candidate, Limits, Priority
    from studytool.memory.events import Moment
    from studytool.memory.ranked import Entry
    from studytool.memory.remembered import Memory

    Pieces = Generator[None, None, list[Entry]]


class Making:
    """What a queue knows of its cards. It has none before `make` has ended.

    The memory may change meanwhile: what was heard then takes its place as any other news does.
    """

    def __init__(
        self,
        cards: Mapping[str, Candidate],
        memory: Memory,
        limits: Limits,
        moment: Moment,
        wishes: Wishes | None = None,
        priority: Priority | None = None,
        ahead: Collection[str] = (),
    ) -> None:
        self._mark = memory.mark()
        self.cards = cards
        self._ahead = frozenset(ahead)
        self._moment = moment
        self.day = moment.day(memory.rules.rollover)
        self.load = Load()
        """The cards of the whole memory by the day on which they fall due."""
        self.held = Held()
        self.away = memory.away()
        """The learner's holidays."""
        self._memory = memory
        self._limits = limits
        self._wishes = wishes or Wishes()
        self._priority = priority
        self._waiting: dict[str, int] = {}  # key -> due ms: which entries of the heap hold
        self._steps: list[tuple[int, str]] = []  # those of `_waiting`, and entries that no longer hold
        self._text_of: dict[str, int] = {}  # the number of the text of each card that shares it with others
        self._texts: dict[int, list[str]] = {}  # each text of which a card comes today, with its cards that wait
        beside = cards.beside if isinstance(cards, Part) and self._wishes.siblings_apart else ()
        self._beside = {card.key: card.siblings for card in beside}  # the texts of siblings that are not asked here
        self._turning: frozenset[str] = frozenset()  # the new cards, where their places depend on all of them
        self._due, self._new = Ranked(()), Ranked(())
        self._planned = (0, 0)

    def make(self) -> Iterator[None]:
        """Look at every card and put it where it belongs."""
        new: list[Entry] = []
        due: list[Entry] = []
        for siblings in cut(self._beside):
            self._take_texts(siblings, self._moment)
            yield
        for piece in cut(enumerate(self.cards.values())):
            of_piece = self._looked_through(piece, self._moment)
            new += of_piece[0]
            due += of_piece[1]
            yield
        yield from self._load_of_others(len(self.cards) - len(new))
        if self._wishes.new_topics > 1:
            new = yield from self._turned(new)
        self._steps = [(when, key) for key, when in self._waiting.items()]
        heapify(self._steps)
        yield
        self._due = Ranked((yield from self._placed(due)))
        self._new = Ranked((yield from self._placed(new)))
        self._count_held(len(due), len(new))
        self._planned = (self.new_left(), self.reviews_left())

    def _take_texts(self, beside: Iterable[str], moment: Moment) -> None:
        """Have the cards wait whose text one of these siblings has taken, which is not asked here."""
        stands = Stands(self._memory, moment)
        for key in beside:
            if stands.takes_its_text(self._memory.state(key), self._memory.out(key, self.day)):
                self._texts.setdefault(self._beside[key], [])

    def _turned(self, new: list[Entry]) -> Pieces:
        """The new cards so that their topics come in turn."""
        given = [self.cards[str(key)] for _, key in new]
        yield
        found: list[Entry] = []
        for piece in cut(enumerate(in_turns(given, self._wishes.new_topics))):
            found += [(turn, candidate.key) for turn, candidate in piece]
            yield
        self._turning = frozenset(str(key) for _, key in found)
        return found

    def _placed(self, entries: list[Entry]) -> Pieces:
        """What of these comes today, in order."""
        ranked: list[Entry] = []
        for piece in cut(entries):
            ranked += self._ranked(piece)
            if self._priority:
                yield
        ranked = yield from in_order(ranked)
        found: list[Entry] = []
        for piece in cut(ranked):
            found += self._apart(piece)
            if self._text_of:
                yield
        return found

    def _looked_through(
        self, cards: Iterable[tuple[int, Candidate]], moment: Moment
    ) -> tuple[list[Entry], list[Entry]]:
        """The new cards as (number, key), and the due ones as (recall, number, key); the rest is noted on the way."""
        today, load, counted, apart = self.day, self.load.days, self.load.of, self._wishes.siblings_apart
        out, state_of, stands = self._memory.out, self._memory.state, Stands(self._memory, moment)
        new: list[Entry] = []
        due: list[Entry] = []
        for number, (key, _, text) in cards:
            why, state = out(key, today), state_of(key)
            if text and apart and stands.takes_its_text(state, why):
                self._texts.setdefault(text, [])
            if why:
                continue
            if state is None:
                new.append((number, key))
            elif state.phase != "review":
                self._waiting[key] = state.due
            else:
                day = state.due_day
                load[day] = load.get(day, 0) + 1
                counted[key] = day
                coming = day
                if stands.over:
                    coming = stands.day_of(state)
                    self.held.note_away(day, coming, today)
                if coming <= today or (key in self._ahead and state.day < today):
                    due.append((state.retrievability(moment), number, key))
                elif state.day != today:
                    continue  # it does not come today, and keeps no sibling from coming
            if text and apart:
                self._text_of[key] = text
        return new, due

    def _load_of_others(self, known: int) -> Iterator[None]:
        """Count the cards that are no candidates here: the learner's day has room for all libraries and topics.

        `known` is how many of the cards the log names at least.
        """
        named = self._memory.named()
        if known == len(named):
            return  # there are no others
        for piece in cut(list(named)):
            yield
            for key in piece:
                if key not in self.cards and not self._memory.out(key, self.day):
                    self.load.count(key, self._memory.state(key))

    def _ranked(self, entries: list[Entry]) -> list[Entry]:
        """What they go by: the priority first where there is one."""
        of, state_of = (self._priority.of if self._priority else None), self._memory.state
        if of is None:
            return entries
        return [(-of(key, state_of(key)), *entry) for entry in entries for key in [str(entry[-1])]]

    def _apart(self, entries: list[Entry]) -> list[Entry]:
        """Leave one card a text, the first one; of texts of which a card came today already, none."""
        if not self._text_of:
            return entries
        found = []
        for entry in entries:
            key = str(entry[-1])
            text = self._text_of.get(key)
            if text is None or text not in self._texts:
                found.append(entry)
                if text is not None:
                    self._texts[text] = []
            else:
                self._texts[text].append(key)
        return found

    def _count_held(self, due: int, new: int) -> None:
        """How many of the cards that are due and new wait for another day."""
        comes_due, comes_new = len(self._due), len(self._new)
        self.held.count(comes_due, due - comes_due, comes_new, new - comes_new, self._due_room(), self._new_room())

    def _new_room(self) -> int:
        return self._limits.new_per_day - self._memory.introduced(self.day)

    def _due_room(self) -> int:
        return self._limits.reviews_per_day - self._memory.reviewed(self.day)

    def new_left(self) -> int:
        """New cards still to come today."""
        return max(0, min(len(self._new), self._new_room()))

    def reviews_left(self) -> int:
        """Due cards still to come today, but for learning steps."""
        return max(0, min(len(self._due), self._due_room()))
