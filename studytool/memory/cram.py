"""Cramming: given cards once through, before an exam or out of curiosity, without touching their schedule."""

from __future__ import annotations

from collections import Counter, deque
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any
from zlib import crc32

from studytool.memory.candidates import Candidate, Counts, Held, Limits
from studytool.memory.events import Grade
from studytool.memory.lineup import Shown
from studytool.memory.load import Load
from studytool.memory.pieces import cut, in_order
from studytool.memory.reason import leech_of
from studytool.memory.session import Session, once
from studytool.text import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from studytool.memory.away import Away
    from studytool.memory.candidates import Candidates
    from studytool.memory.events import Event, Moment
    from studytool.memory.remembered import Memory
    from studytool.memory.session import Pace
    from studytool.memory.store.sqlite import Store

BETWEEN = 7
"""So many other cards come before one that was not known comes back, if there are so many left."""


class Round:
    """The cards of a cram that are not known yet, in order: a `Lineup`."""

    def __init__(
        self,
        cards: Mapping[str, Candidate],
        memory: Memory,
        day: int,
        seed: int,
        known: Callable[[], set[str]],
        back: Callable[[], dict[str, int]],
    ) -> None:
        """`seed` decides the order; `known` says which cards come no more, `back` what `coming_back` has told."""
        self.cards = cards
        self.day = day
        self.load = Load()
        self.held = Held()
        self.away: tuple[Away, ...] = ()
        self._memory = memory
        self._seed = seed
        self._known = known
        self._back = back
        self._order: deque[str] = deque()
        self._again: set[str] = set()
        self._coming_back = 0  # how many of the cards in order are among those

    def make(self) -> Iterator[None]:
        """Put the cards in order that may be asked and are not known by then."""
        found: list[tuple[int, int, str]] = []
        for piece in cut(enumerate(self.cards)):
            found += [(crc32(f"{self._seed}/{key}".encode()), at, key) for at, key in piece]
            yield
        found = yield from in_order(found)
        # From here on nothing is done in between: what was put out, or taken back, meanwhile is so by now.
        out, known, back = set(self._memory.put_out(self.day)), self._known(), self._back()
        self._again = set(back)
        self.held.aside = len(out & self.cards.keys())
        placed = known | self._again | out
        others = iter([key for _, _, key in found if key not in placed])
        for before, key in sorted((before, key) for key, before in back.items()):
            if key in self.cards and key not in known and key not in out:
                self._order.extend(islice(others, max(0, before - len(self._order))))
                self._order.append(key)
                self._coming_back += 1
        self._order.extend(others)

    def coming_back(self) -> dict[str, int]:
        """The cards that were not known when they came last, with how many others come before each that is left."""
        places = ((key, at) for at, key in enumerate(self._order) if key in self._again)
        return dict.fromkeys(self._again, 0) | dict(islice(places, self._coming_back))

    def ready(self) -> Iterator[None]:
        """There is nothing to prepare."""
        return iter(())

    def is_behind(self) -> bool:
        """What was answered elsewhere changes nothing here, and make has heard of the rest."""
        return False

    def take(self, moment: Moment) -> str | None:
        """Take out the next card; what was put out meanwhile is passed over."""
        while self._order:
            key = self._order.popleft()
            self._coming_back -= key in self._again
            if not self._memory.out(key, self.day):
                return key
        return None

    def catch_up(self, moment: Moment, current: str | None = None) -> bool:
        """What was answered elsewhere changes nothing here."""
        return True

    def drop(self, key: str) -> None:
        """Take a card out."""
        with suppress(ValueError):
            self._order.remove(key)
            self._coming_back -= key in self._again

    def put_back(self, key: str) -> None:
        """Return a card that was taken and not answered."""
        self._order.appendleft(key)
        self._coming_back += key in self._again

    def answered(self, key: str) -> None:
        """Have a card that was not known come back."""
        self._again.add(key)
        self._order.insert(min(BETWEEN, len(self._order)), key)
        self._coming_back += 1

    def set_aside(self, key: str) -> None:
        """Nothing waits for a card to be put out."""

    def withdraw(self, key: str) -> None:
        """Take back that a card was answered."""
        self.drop(key)
        self._again.discard(key)

    def is_again(self, key: str) -> bool:
        """Whether the card was not known when it came last."""
        return key in self._again

    def new_left(self) -> int:
        """None: here all cards are alike."""
        return 0

    def reviews_left(self) -> int:
        """Cards that have not come yet."""
        return len(self._order) - self._coming_back

    def steps_left(self, moment: Moment) -> tuple[int, int]:
        """Cards that come back because they were not known: after others, whatever the time."""
        return 0, self._coming_back

    def next_step_due(self) -> int | None:
        """Nothing is waited for."""
        return None


class Cram(Session):
    """A sitting over all of `candidates`, due or not, each until it is known; nothing of it changes a due date.

    The order is decided by `seed`. Suspended, rejected and buried cards are left out. An answer is an `attempt` event
    with `cram`: it counts as study on its day and says nothing of the card's memory. Undo, writing an answer and
    putting a card out work as in any sitting.
    """

    _queue: Round

    def __init__(
        self,
        candidates: Candidates,
        memory: Memory,
        store: Store,
        moment: Moment,
        seed: int = 0,
        pace: Pace | None = None,
    ) -> None:
        self._seed = seed
        self._known: set[str] = set()  # the cards that were known in this sitting
        super().__init__(candidates, memory, store, Limits(), moment, pace=pace)
        self._over = {key: card.topic for key, card in self._cards.items()}  # those out of the notes for a while, too
        self._instead: Counter[str] = Counter()  # how many cards came in the place of others, by their topics

    def answer(
        self,
        grade: Grade,
        moment: Moment,
        *,
        took_ms: int = 0,
        text: Mapping[str, object] | None = None,
        yields: bool = False,
    ) -> Event:
        """Note how well the current card was known; "again" has it come back, after some others.

        It stands beside the answers of other windows, also one that `yields`.
        """
        key = self._showing(moment)
        payload: dict[str, Any] = {"cram": True, "grade": int(grade), "took_ms": took_ms}
        event = self._append("attempt", payload, moment, text)
        if grade == Grade.AGAIN:
            self._queue.answered(key)
        else:
            self._known.add(key)
        return event

    def undo(self, moment: Moment) -> str | None:
        """Take the last answer or change of this sitting back; see `Session.undo`."""
        last = self._history[-1].event if self._history else None
        key = super().undo(moment)
        if last is not None and _knew(last):
            self._known = self._known_so_far()
        return key

    def counts(self, moment: Moment) -> Counts:
        """What is left, the current card included, and the answers of this sitting that stand."""
        (_, later), due = self._queue.steps_left(moment), self._queue.reviews_left()
        if self._current is not None:
            again = self._queue.is_again(self._current)
            later, due = later + again, due + (not again)
        return Counts(0, later, due, self._done["attempt"])

    def renew(self, candidates: Candidates, moment: Moment, renamed: Mapping[str, str] | None = None) -> None:
        """Go on over what is left of the same cards after notes were edited; see `Session.renew`.

        What is new does not come, but in the place of a card of its topic that has gone and was not known yet: most
        likely it is that one, in other words.
        """
        there = once(candidates)
        for old, new in (renamed or {}).items():
            if old in self._over:
                self._over[new] = self._over.pop(old)
        self._over.update({key: there[key].topic for key in self._over if key in there})
        missing = Counter(topic for key, topic in self._over.items() if key not in there and key not in self._known)
        room = missing - self._instead
        for key, card in there.items() if room else ():
            if key not in self._over and room[card.topic] > 0:
                self._over[key] = card.topic
                room[card.topic] -= 1
                self._instead[card.topic] += 1
        super().renew([card for key, card in there.items() if key in self._over], moment, renamed)

    def _is_done_elsewhere(self, key: str, moment: Moment) -> bool:
        return self._is_out(key, moment)

    def _described(self, key: str, moment: Moment) -> Shown:
        state, known = self.memory.state(key), len(self._known)
        _, again = self._queue.steps_left(moment)
        total = known + again + self._queue.reviews_left() + 1
        place = "again" if self._queue.is_again(key) else f"{known + again + 1} of {total}"
        recall = f"recall {percent(state.retrievability(moment))}" if state else "new"
        told = (f"cram {place}", recall, leech_of(state))
        return Shown(
            key=key,
            topic=self._cards[key].topic,
            phase=state.phase if state else "new",
            reason=" · ".join(part for part in told if part),
            intervals={},
        )

    def _known_so_far(self) -> set[str]:
        return {self.key_now(str(event.card)) for event, _ in self._history if _knew(event)}

    def _come_no_more(self) -> set[str]:
        return self._known if self._current is None else {*self._known, self._current}

    def _coming_back(self) -> dict[str, int]:
        return {self.key_now(key): at for key, at in self._queue.coming_back().items()}

    def _lineup(self, moment: Moment) -> Round:
        self._known = self._known_so_far()
        day = moment.day(self.memory.rules.rollover)
        return Round(self._cards, self.memory, day, self._seed, self._come_no_more, self._coming_back)


def _knew(event: Event) -> bool:
    return event.kind == "attempt" and bool(event.payload["grade"] > Grade.AGAIN)
