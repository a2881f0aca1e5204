"""What to study next: learning steps that are due, then due reviews with new cards among them, within limits.

What a limit leaves over is not lost: reviews stay due and come tomorrow, the least certain first. New cards that were
not taken today do not add up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from heapq import heappop, heappush
from itertools import count
from operator import attrgetter
from typing import TYPE_CHECKING

from studytool.memory.candidates import Held
from studytool.memory.making import Making
from studytool.memory.pieces import cut
from studytool.memory.stands import Stands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studytool.memory.candidates import Candidate
    from studytool.memory.events import Moment
    from studytool.memory.schedule import State

_TEXT = attrgetter("siblings")
LEARN_AHEAD_MS = 20 * 60_000
"""How early a learning step may come when nothing else is left: 20 minutes, as in Anki."""


class Queue(Making):
    """One day's cards in order. Made once by looking at every candidate; after that each step costs next to nothing.

    What is heard of other windows costs a look at the cards that it changed, and at those of the same text.

    Reviews come by recall, the least certain first; new cards keep the order they were given in, or take turns by
    topic, and are spread evenly among the reviews. A `priority` goes before both orders. Of cards made from the same
    text one comes a day; what waited since a holiday comes over several days. Learning steps always come. Cards that
    are to come `ahead` of their day count as due.
    """

    def ready(self) -> Iterator[None]:
        """Make what `catch_up` and an undo look cards up in, which otherwise the first of them does."""
        for one in (self._due, self._new):
            one.ready()
            yield
        numbers: dict[str, int] = {}
        for piece in cut(zip(self.cards, count(), strict=False)):
            numbers.update(piece)
            yield
        self._numbers = numbers
        shared: list[Candidate] = []
        for cards in cut(self.cards.values()):
            shared += filter(_TEXT, cards)
            yield
        shared.sort(key=_TEXT)
        self._by_text = shared

    def is_behind(self) -> bool:
        """Whether anything was heard that has not taken its place."""
        return self._memory.changed_since(self._mark) != set()

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
        texts = {self.cards[key].siblings for key in again}
        self._take_texts([key for key, text in self._beside.items() if text in texts], moment)
        held, self.held = self.held, Held()
        numbers = self._numbers
        new, due = self._looked_through(sorted((numbers[key], self.cards[key]) for key in again), moment)
        self.held = held
        for key in again & self._waiting.keys():
            heappush(self._steps, (self._waiting[key], key))
        for waiting, found in ((self._due, due), (self._new, new)):
            for entry in self._apart(sorted(self._ranked(found))):
                waiting.put(entry)
        self._planned = (self.new_left(), self.reviews_left())
        self._mark = self._memory.mark()
        return True

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return dict(zip(self.cards, count(), strict=False))

    @cached_property
    def _by_text(self) -> list[Candidate]:
        """The cards that share their text, those of a text together."""
        return sorted(filter(_TEXT, self.cards.values()), key=_TEXT)

    def _made_of(self, text: int) -> Iterable[str]:
        """The keys of the cards that share a text."""
        cards = self._by_text
        return (cards[at].key for at in range(*(side(cards, text, key=_TEXT) for side in (bisect_left, bisect_right))))

    def _with_siblings(self, keys: Iterable[str]) -> set[str]:
        """Those of the keys that are candidates here, with those whose places depend on them."""
        keys = set(keys)
        found = {key for key in keys if key in self.cards}
        if self._wishes.siblings_apart:
            texts = {self.cards[key].siblings for key in found}.union(
                map(self._beside.__getitem__, keys & self._beside.keys())
            )
            found.update(*map(self._made_of, texts - {0}))
        return found

    def _forget(self, key: str) -> None:
        """Nothing was seen of a candidate yet."""
        self._due.drop(key)
        self._new.drop(key)
        self._waiting.pop(key, None)
        self.load.count(key, None)
        self._text_of.pop(key, None)
        self._texts.pop(self.cards[key].siblings, None)

    def steps_left(self, moment: Moment) -> tuple[int, int]:
        """Cards in learning steps: how many are due, and how many come later."""
        due = sum(map(moment.ms.__ge__, self._waiting.values()))
        return due, len(self._waiting) - due

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
        new, due = self.new_left(), self.reviews_left()
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
        """Put a card that was answered where its new state belongs: most are done for today.

        One made from the same text waits, also where it was to come beside this one, as that was shown already.
        """
        if self._takes_its_text(key):
            self._have_others_wait(key)
        state = self._memory.state(key)
        if state is not None and state.phase != "review" and not self._memory.out(key, self.day):
            self._wait(key, state)

    def set_aside(self, key: str) -> None:
        """A card was put out: one made from the same text may come today instead, where no other of them comes.

        Not if this or another was answered today, buried or is a learning step: then they wait, as it does.
        """
        waiting = self._texts.get(self._text_of.get(key, 0))
        if self._takes_its_text(key):
            self._have_others_wait(key)
        elif waiting and not self._has_other(key):
            self.put_back(waiting.pop(0))

    def withdraw(self, key: str) -> None:
        """Undo what an answer, or putting the card out, has done to the queue: a sibling that came instead waits.

        The card is in no place: where another window had taken the same back it was in one already.
        """
        self.drop(key)
        card = self.cards.get(key)
        if card is not None and card.siblings and self._wishes.siblings_apart:
            self._text_of[key] = card.siblings
            self._have_others_wait(key)

    def _have_others_wait(self, key: str) -> None:
        """Have those wait that are made from the text of a card and were to come today."""
        card = self.cards.get(key)
        if card is None or not card.siblings or not self._wishes.siblings_apart:
            return
        came = [
            one for one in self._made_of(card.siblings) if one != key and (self._new.drop(one) or self._due.drop(one))
        ]
        self._texts[card.siblings] = [*came, *self._texts.get(card.siblings, ())]

    def _has_other(self, key: str) -> bool:
        """Whether one of the others made from the text of a card comes today, or has taken it."""
        text = self.cards[key].siblings
        others = [*self._made_of(text), *(one for one, of in self._beside.items() if of == text)]
        return any(one in self._new or one in self._due or self._takes_its_text(one) for one in others if one != key)

    def _takes_its_text(self, key: str) -> bool:
        """See `Stands.takes_its_text`."""
        stands = Stands(self._memory, self._moment)
        return stands.takes_its_text(self._memory.state(key), self._memory.out(key, self.day))

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
