"""What to study next: learning steps that are due, then due reviews with new cards among them, within limits.

What a limit leaves over is not lost: reviews stay due and come tomorrow, the least certain first. New cards that were
not taken today do not add up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, Protocol

from studytool.memory.away import comes, lately
from studytool.memory.load import Load, Wishes
from studytool.memory.ranked import Ranked
from studytool.memory.turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from studytool.memory.away import Away
    from studytool.memory.events import Moment
    from studytool.memory.ranked import Entry
    from studytool.memory.remembered import Memory
    from studytool.memory.schedule import State

_TEXT = attrgetter("siblings")
LEARN_AHEAD_MS = 20 * 60_000
"""How early a learning step may come when nothing else is left: 20 minutes, as in Anki."""


class Candidate(NamedTuple):
    """A card that the learner could be shown. A tuple, because there may be a hundred thousand of them."""

    key: str
    topic: str
    siblings: int = 0
    """A number that the cards made from the same text share; 0 where it is the only one."""


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


class Priority(Protocol):
    """What should come before its turn, such as the syllabus of an exam. Asked once a card when a queue is built."""

    def of(self, key: str, state: State | None) -> float:
        """Cards of a higher number come first, equal ones as they would anyway; `state` is None for a new card."""

    def why(self, key: str) -> str:
        """Words to go before the card's reason, such as "exam on 15 December"; empty where there are none."""


@dataclass(slots=True)
class Held:
    """What does not come today although it is due or new, as it is when a queue is built."""

    siblings: int = 0
    """Cards whose text another card of today was made from: they come on another day."""
    away_now: int = 0
    """Cards that fell due in a holiday and come today."""
    away_later: int = 0
    """Cards that fell due in a holiday and come on one of the next days."""
    until: int = 0
    """The day on which the last of those comes."""
    is_full: bool = False
    """Whether new cards wait for another day because as many as may be have come today, in all libraries together."""


class Queue:
    """One day's cards in order. Built once by looking at every candidate; after that each step costs next to nothing.

    What is heard of other windows costs a look at the cards that it changed, and at those of the same text.

    Reviews come by recall, the least certain first; new cards keep the order they were given in, or take turns by
    topic, and are spread evenly among the reviews. A `priority` goes before both orders. Of cards made from the same
    text one comes a day; what waited since a holiday comes over several days. Learning steps always come. Cards that
    are to come `ahead` of their day count as due.
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
        self._cards = cards
        self._ahead = frozenset(ahead)
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
        self._text_of: dict[str, int] = {}  # the number of the text of each card that shares it with others
        self._texts: dict[int, list[str]] = {}  # each text of which a card comes today, with its cards that wait
        new, due = self._looked_through(enumerate(cards.values()), moment)
        self._load_of_others(cards, len(cards) - len(new))
        self._turning: frozenset[str] = frozenset()  # the new cards, where their places depend on all of them
        if self._wishes.new_topics > 1:
            turns = in_turns([cards[str(key)] for _, key in new], self._wishes.new_topics)
            new = [(turn, candidate.key) for turn, candidate in enumerate(turns)]
            self._turning = frozenset(candidate.key for candidate in turns)
        self._steps = [(when, key) for key, when in self._waiting.items()]  # entries that no longer hold are skipped
        heapify(self._steps)
        self._due = Ranked(self._apart(self._ranked(due)))
        self._new = Ranked(self._apart(self._ranked(new)))
        self._count_siblings(len(due), len(new))
        self._planned = (self.new_left(), self.due_left())

    def catch_up(self, moment: Moment, current: str | None = None) -> bool:
        """Put the cards that events have changed where a new queue would have them; False where it takes a new one.

        That is so on another day, for other parameters, holidays, and new cards of topics in turn. `current` was taken
        and not answered; it is here afterwards if it comes today.
        """
        changed = self._memory.changed_since(self._mark)
        if changed is None or moment.day(self._memory.rules.rollover) != self.day:
            return False
        changed.update(self._due.firsts, self._new.firsts, [current] if current is not None else [])
        again = self._with_siblings(changed)
        if self._turning and any(key in self._turning or self._memory.state(key) is None for key in again):
            return False
        for key in again:
            self._forget(key)
        for key in changed - again:
            self.load.count(key, None if self._memory.out(key, self.day) else self._memory.state(key))
        held, self.held = self.held, Held()
        numbers = self._numbers
        new, due = self._looked_through(sorted((numbers[key], self._cards[key]) for key in again), moment)
        self.held = held
        for key in again & self._waiting.keys():
            heappush(self._steps, (self._waiting[key], key))
        for waiting, found in ((self._due, due), (self._new, new)):
            for entry in self._apart(self._ranked(found)):
                waiting.put(entry)
        self._planned = (self.new_left(), self.due_left())
        self._mark = self._memory.mark()
        return True

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return dict(zip(self._cards, count(), strict=False))

    @cached_property
    def _by_text(self) -> list[Candidate]:
        return sorted(self._cards.values(), key=_TEXT)

    def _made_of(self, text: int) -> Iterable[str]:
        """The keys of the cards that share a text."""
        cards = self._by_text
        return (cards[at].key for at in range(*(side(cards, text, key=_TEXT) for side in (bisect_left, bisect_right))))

    def _with_siblings(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that are candidates here, with those whose places depend on them."""
        found = {key for key in keys if key in self._cards}
        if self._wishes.siblings_apart and (texts := {self._cards[key].siblings for key in found} - {0}):
            found.update(*map(self._made_of, texts))
        return found

    def _forget(self, key: str) -> None:
        """Nothing was seen of a candidate yet."""
        self._due.drop(key)
        self._new.drop(key)
        self._waiting.pop(key, None)
        self.load.count(key, None)
        self._text_of.pop(key, None)
        self._texts.pop(self._cards[key].siblings, None)

    def _looked_through(
        self, cards: Iterable[tuple[int, Candidate]], moment: Moment
    ) -> tuple[list[Entry], list[Entry]]:
        """The new cards as (number, key), and the due ones as (recall, number, key); the rest is noted on the way."""
        today, load, counted, apart = self.day, self.load.days, self.load.of, self._wishes.siblings_apart
        out, state_of, over = self._memory.out, self._memory.state, lately(self.away, today)
        new: list[Entry] = []
        due: list[Entry] = []
        for number, (key, _, text) in cards:
            if why := out(key, today):
                if text and apart and (why == "buried" or ((state := state_of(key)) and state.day == today)):
                    self._texts.setdefault(text, [])  # it was asked today, or its text is to wait until tomorrow
                continue
            state = state_of(key)
            if state is None:
                new.append((number, key))
            elif state.phase != "review":
                self._waiting[key] = state.due
            else:
                day = state.due_day
                load[day] = load.get(day, 0) + 1
                counted[key] = day
                comes_now = day <= today and not (over and self._is_held(day, over))
                if comes_now or (key in self._ahead and state.day < today):
                    due.append((state.retrievability(moment), number, key))
                elif state.day != today:
                    continue  # it does not come today, and keeps no sibling from coming
            if text and apart:
                self._text_of[key] = text
                if state is not None and (state.day == today or state.phase != "review"):
                    self._texts.setdefault(text, [])
        return new, due

    def _load_of_others(self, cards: Mapping[str, Candidate], known: int) -> None:
        """Count the cards that are no candidates here: the learner's day has room for all libraries and topics.

        `known` is how many of `cards` the log names at least.
        """
        if known == len(self._memory.named()):
            return  # there are no others
        for key in [key for key in self._memory.named() if key not in cards]:
            if not self._memory.out(key, self.day):
                self.load.count(key, self._memory.state(key))

    def _is_held(self, due_day: int, over: Sequence[Away]) -> bool:
        """Whether a due card waits for a later day because it fell due in a holiday; counts it."""
        day, held = comes(due_day, over), self.held
        if day > self.day:
            held.away_later += 1
            held.until = max(held.until, day)
        elif day > due_day:
            held.away_now += 1
        return day > self.day

    def _ranked(self, entries: list[Entry]) -> list[Entry]:
        """In order, by the priority first where there is one."""
        of, state_of = (self._priority.of if self._priority else None), self._memory.state
        if of is not None:
            entries = [(-of(key, state_of(key)), *entry) for entry in entries for key in [str(entry[-1])]]
        return sorted(entries)

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

    def _count_siblings(self, due: int, new: int) -> None:
        """How many cards wait for a sibling; of new ones, only as many as the limit would have let come today."""
        room = self._limits.new_per_day - self._memory.introduced(self.day) - len(self._new)
        self.held.siblings = due - len(self._due) + max(0, min(new - len(self._new), room))
        self.held.is_full = bool(self._new) and room + len(self._new) <= 0

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
            return self._new.take()
        if due:
            return self._due.take()
        if step_due is not None and step_due <= moment.ms + LEARN_AHEAD_MS:
            return self._take_step()
        return None

    def drop(self, key: str) -> None:
        """Take a card out wherever it waits: it is being shown already."""
        self._waiting.pop(key, None)
        for waiting in (self._new, self._due):
            waiting.drop(key)

    def put_back(self, key: str) -> None:
        """Return a card that was taken and not answered: it comes first among its kind."""
        state = self._memory.state(key)
        if state is None:
            self._new.put_first(key)
        elif state.phase == "review":
            self._due.put_first(key)
        else:
            self._wait(key, state)

    def answered(self, key: str) -> None:
        """Put a card that was answered where its new state belongs: most are done for today."""
        state = self._memory.state(key)
        if state is not None and state.phase != "review":
            self._wait(key, state)

    def set_aside(self, key: str) -> None:
        """A card was put out: one made from the same text may come today instead.

        Not if it was answered today, or buried: then they wait, as it does.
        """
        state, waiting = self._memory.state(key), self._texts.get(self._text_of.get(key, 0))
        buried = self._memory.out(key, self.day) == "buried"
        if waiting and not buried and (state is None or state.day != self.day):
            self.put_back(waiting.pop(0))

    def withdraw(self, key: str) -> None:
        """Undo what an answer, or putting the card out, has done to the queue: a sibling that came instead waits."""
        self._waiting.pop(key, None)
        card = self._cards.get(key)
        if card is None or not card.siblings or not self._wishes.siblings_apart:
            return
        self._text_of[key] = card.siblings
        came = [
            one for one in self._made_of(card.siblings) if one != key and (self._new.drop(one) or self._due.drop(one))
        ]
        self._texts[card.siblings] = [*came, *self._texts.get(card.siblings, ())]

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
        while (key := self._new.head()) is not None and (memory.state(key) is not None or memory.out(key, day)):
            self._new.take()
        while (key := self._due.head()) is not None:
            state = memory.state(key)
            if (
                state is not None
                and state.phase == "review"
                and (state.due_day <= day or (key in self._ahead and state.day < day))
                and not memory.out(key, day)
            ):
                return
            self._due.take()

    def _wait(self, key: str, state: State) -> None:
        self._waiting[key] = state.due
        heappush(self._steps, (state.due, key))

    def _take_step(self) -> str:
        _, key = heappop(self._steps)
        del self._waiting[key]
        return key
