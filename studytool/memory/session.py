"""One sitting: the card to show, the answer, undo. The app and the plain mode both drive it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from studytool.memory.candidates import Candidate, Counts, Held, Limits
from studytool.memory.events import DAY_MS, Grade, Moment
from studytool.memory.followed import followed
from studytool.memory.leech import names_leech
from studytool.memory.lineup import Lineup, Shown
from studytool.memory.load import Wishes
from studytool.memory.plan import Plan, planned
from studytool.memory.queue import Queue
from studytool.memory.reason import reason

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from studytool.memory.candidates import Candidates, Priority
    from studytool.memory.events import Event
    from studytool.memory.remembered import Memory
    from studytool.memory.store.sqlite import Store

    Pace = Callable[[Iterator[None]], object]


_KEY = itemgetter(0)


class Given(NamedTuple):
    """An answer or a change of a sitting, which an undo takes back."""

    event: Event
    since: int
    """When its card had been answered last as it came, in UTC milliseconds; 0 for never."""


class Session:
    """One sitting over `candidates`, in study order or by their keys; those of `ahead` come before their day, too.

    Every change is in the store before a method returns.

    A card that is shown stays the current one until it is answered, put out or an undo brings another back, however
    often `shown` is called. If the store raises `StudytoolError` the sitting is as it was before the call.

    The lineup is made at once, or as `pace` has it: until then no card comes. On another day, and for other notes,
    rules or holidays it is made anew; the one before goes on meanwhile, and what is done then counts.
    """

    def __init__(
        self,
        candidates: Candidates,
        memory: Memory,
        store: Store,
        limits: Limits,
        moment: Moment,
        wishes: Wishes | None = None,
        priority: Priority | None = None,
        ahead: Collection[str] = (),
        pace: Pace | None = None,
    ) -> None:
        self.memory = memory
        self.limits = limits
        self.leech: int | None = None
        """How often the card of the last answer was forgotten, where that is a number to name it a leech at."""
        self.outlived = False
        """Whether an answer given elsewhere stands to the card whose answer the last undo took back."""
        self._store = store
        self._wishes = wishes or Wishes()
        self._priority = priority
        self._ahead = ahead
        self._plan: Plan | None = None
        self._current: str | None = None
        self._since = 0  # when the current card had been answered last as it came
        self._is_outdone = False  # whether another window has answered it since, as far as was heard
        self._renamed: dict[str, str] = {}
        self._history: list[Given] = []
        self._done: Counter[str] = Counter()  # how many of the history are of each kind
        self._cards = once(candidates)
        self.pace: Pace = pace or _at_once
        """What goes through the pieces in which a lineup is made."""
        self._making: Lineup | None = None
        self._queue = self._lineup(moment)  # in which there is nothing until another one is made
        self._has_lineup = False
        self._line_up(moment)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the cards that this sitting is over."""
        return frozenset(self._cards)

    @property
    def cards(self) -> Mapping[str, Candidate]:
        """The same by their keys."""
        return self._cards

    @property
    def current(self) -> str | None:
        """The key of the card that was shown last, and is answered next."""
        return self._current

    def shown(self, moment: Moment) -> Shown | None:
        """The card to show now; None when there is nothing to ask now."""
        key = self._current
        if key is None:
            self.take_up(moment)
            self._show(self._taken(moment))
            key = self._current
        return None if key is None else self._described(key, moment)

    def take_up(self, moment: Moment) -> bool:
        """Go over to the lineup of a day that has begun; whether that is done already."""
        before = self._queue
        if moment.day(self.memory.rules.rollover) != before.day:
            self._line_up(moment)
        return self._queue is not before

    def _taken(self, moment: Moment) -> str | None:
        """The next card that is there: of the lineup before an edit, some may have gone."""
        while (key := self._queue.take(moment)) is not None and key not in self._cards:
            pass
        return key

    def _show(self, key: str | None) -> None:
        self._current, self._since = key, self._answered_at(key) if key is not None else 0
        self._is_outdone = False

    def _answered_at(self, key: str) -> int:
        state = self.memory.state(key)
        return state.last if state else 0

    def catch_up(self, moment: Moment) -> None:
        """Go by what the memory has heard of other windows: a card that one has undone comes again.

        Before the first lineup that has to wait: what makes it goes by the news at its end.
        """
        if not self._has_lineup:
            return
        if not self._queue.catch_up(moment, self._current):
            self._line_up(moment)
        if self._current is not None:
            self._queue.drop(self._current)
            self._is_outdone = self._answered_at(self._current) > self._since

    def passed(self, moment: Moment) -> bool:
        """Whether the current card was answered or put out elsewhere since it came; then it is not asked any more."""
        key = self._current
        if key is None or not self._is_done_elsewhere(key, moment):
            return False
        self._current = None
        if self._is_outdone:  # the others go by that already
            if not self._is_out(key, moment):
                self._queue.answered(key)
        else:
            self.catch_up(moment)
        return True

    def _is_done_elsewhere(self, key: str, moment: Moment) -> bool:
        return self._answered_at(key) > self._since or self._is_out(key, moment)

    def _is_out(self, key: str, moment: Moment) -> bool:
        return self.memory.out(key, moment.day(self.memory.rules.rollover)) is not None

    def _described(self, key: str, moment: Moment) -> Shown:
        plan = self._planned(key, moment)
        why = self._priority.why(key) if self._priority else ""
        return Shown(
            key=key,
            topic=self._cards[key].topic,
            phase=plan.state.phase if plan.state else "new",
            reason=reason(key, self.memory, self.limits, moment, why, self._queue.away),
            intervals=dict(plan.waits),
        )

    def answer(
        self,
        grade: Grade,
        moment: Moment,
        *,
        took_ms: int = 0,
        text: Mapping[str, object] | None = None,
        yields: bool = False,
    ) -> Event:
        """Grade the current card; durable when it returns. `text`, the card's own, is kept with its first event.

        An answer that `yields` is not kept where another window has answered the card since the log was looked at:
        `Overtaken`.
        """
        key = self._showing(moment)
        plan = self._planned(key, moment)
        event = self._append("review", plan.payload(grade, took_ms), self._in_order(key, moment), text, yields)
        state = self.memory.state(key)
        self._queue.load.count(key, state)
        self._queue.answered(key)
        self.leech = state.lapses if names_leech(plan.state, state) and state else None
        return event

    def undo(self, moment: Moment) -> str | None:
        """Take the last answer or change of this sitting back; its card is the current one again.

        Returns that card's key, None when there is nothing to take back. The log keeps both: undo is an event. A card
        that was answered elsewhere since it came is not asked: that answer stands.
        """
        if not self._history:
            return None
        last, since = self._history[-1]
        key = self.key_now(str(last.card))
        self.memory.prepare(str(last.card))
        undo = self._store.append("undo", str(last.card), {"event": last.id}, moment)
        self._done[self._history.pop().event.kind] -= 1
        if self._current is not None and self._current != key:
            self._queue.put_back(self._current)
        self.memory.apply(undo, is_new=True)
        self._queue.load.count(key, self.memory.state(key))
        self._queue.withdraw(key)
        self.outlived = last.kind == "review" and self._answered_at(key) > since
        if self.outlived:
            self._queue.answered(key)
        self._show(key if key in self._cards and not self.outlived else None)  # its note may have gone meanwhile
        self.leech = None
        return key

    def suspend(self, moment: Moment, *, text: Mapping[str, object] | None = None) -> Event:
        """Put the current card out until it is resumed. `text` is the card's own, as in `answer`."""
        return self._put_out("suspend", moment, text)

    def bury(self, moment: Moment, *, text: Mapping[str, object] | None = None) -> Event:
        """Put the current card out until the learner's next day."""
        return self._put_out("bury", moment, text)

    def reject(self, moment: Moment, *, text: Mapping[str, object] | None = None) -> Event:
        """Say of the current card that it is none: it never comes again unless it is resumed."""
        return self._put_out("reject", moment, text)

    def write(self, key: str, answer: str, moment: Moment, *, text: Mapping[str, object] | None = None) -> Event:
        """Keep the learner's own answer to an open question.

        `text` is that of the card, and kept if nothing was said of the card before.
        """
        payload: dict[str, Any] = {"text": answer}
        if text is not None and self.memory.text(key) is None:
            payload["card_text"] = dict(text)
        return self._written("note", key, payload, self.memory.after(key, moment))

    def renew(self, candidates: Candidates, moment: Moment, renamed: Mapping[str, str] | None = None) -> None:
        """Go on over other candidates, those of notes that were edited; the current card stays if it is among them.

        `renamed` has the new keys of cards that go on under another one.
        """
        self._renamed.update(renamed or {})
        self._cards = once(candidates)
        current = self.key_now(self._current) if self._current is not None else None
        self._current = current if current in self._cards else None
        if self._current is not None and not self._is_outdone:
            self._since = self._answered_at(self._current)  # what an edit has joined to it was not answered just now
        self._line_up(moment)

    def key_now(self, key: str) -> str:
        """The key that a card has now."""
        return followed(key, self._renamed, self._cards.__contains__)

    def counts(self, moment: Moment) -> Counts:
        """What is left for today, the current card included, and the answers of this sitting that stand."""
        new, due = self._queue.new_left(), self._queue.reviews_left()
        steps, later = self._queue.steps_left(moment)
        if self._current is not None:
            state = self.memory.state(self._current)
            if state is None:
                new = min(new + 1, max(1, self.limits.new_per_day - self.memory.introduced(self._queue.day)))
            elif state.phase == "review":
                due = min(due + 1, max(1, self.limits.reviews_per_day - self.memory.reviewed(self._queue.day)))
            else:
                is_due = state.due <= moment.ms
                steps, later = steps + is_due, later + (not is_due)
        return Counts(new, later, due + steps, self._done["review"])

    def next_due_in(self, moment: Moment) -> int | None:
        """Milliseconds until the next learning step falls due, 0 if it is; None when no card is waiting for one."""
        due = self._queue.next_step_due()
        return None if due is None else max(0, due - moment.ms)

    def held(self) -> Held:
        """What does not come today although it is due or new, and what comes that waited since a holiday."""
        return self._queue.held

    @property
    def is_lining_up(self) -> bool:
        """Whether another lineup is being made."""
        return self._making is not None

    def ready(self) -> Iterator[None]:
        """Prepare, a piece at a time, what would take its time when it is needed first."""
        return self._queue.ready()

    def _line_up(self, moment: Moment) -> None:
        """Have a lineup made of the cards as they are now, unless one is being made already."""
        made, day = self._making, moment.day(self.memory.rules.rollover)
        if made is None or made.day != day or made.cards is not self._cards:
            self._making = made = self._lineup(moment)
            self.pace(self._made(made, moment))

    def _made(self, lineup: Lineup, moment: Moment) -> Iterator[None]:
        """Make a lineup, and go over to it once all that was heard meanwhile has its place there, too."""
        for _ in chain(lineup.make(), lineup.ready()):
            yield
            if self._making is not lineup:
                return  # another one is wanted by now
        self._making = None
        if lineup.is_behind() and not lineup.catch_up(moment, self._current):
            self._line_up(moment)
            return
        if self._current is not None:
            lineup.drop(self._current)
        self._queue, self._has_lineup = lineup, True

    def _lineup(self, moment: Moment) -> Lineup:
        """The lineup of the cards as they are now, to be made."""
        return Queue(self._cards, self.memory, self.limits, moment, self._wishes, self._priority, self._ahead)

    def _planned(self, key: str, moment: Moment) -> Plan:
        """What each grade would do now, worked out once as long as nothing changes: it is shown, then written."""
        plan, state, rules = self._plan, self.memory.state(key), self.memory.rules
        day = moment.day(rules.rollover)
        if plan is not None and plan.key == key and plan.state is state and plan.day == day:
            return plan
        self._plan = planned(rules, key, state, moment, self._queue.load, self._wishes, self._queue.away)
        return self._plan

    def _in_order(self, key: str, moment: Moment) -> Moment:
        """When an answer counts: after the card's last one, where the clock was set back by less than a day since.

        Put before it, it would change nothing, and the card would be asked until the clock has caught up. An answer
        from farther ahead was given by a clock that was wrong then, and the present one is right.
        """
        last = self.memory.last(key)
        return Moment(last + 1, moment.offset) if 0 < last - moment.ms < DAY_MS else moment

    def _put_out(self, kind: str, moment: Moment, text: Mapping[str, object] | None) -> Event:
        rollover, when = self.memory.rules.rollover, self.memory.after(self._showing(moment), moment)
        if kind == "bury" and when.day(rollover) != moment.day(rollover):
            when = moment  # it is out until the day after that of its event
        event = self._append(kind, {}, when, text)
        self._queue.set_aside(str(event.card))
        return event

    def _showing(self, moment: Moment) -> str:
        if self._current is None and self.shown(moment) is None:
            raise LookupError("There is no card to answer.")
        return str(self._current)

    def _append(
        self,
        kind: str,
        payload: dict[str, Any],
        moment: Moment,
        text: Mapping[str, object] | None,
        yields: bool = False,
    ) -> Event:
        key = self._showing(moment)
        if text is not None and self.memory.text(key) is None:
            payload["text"] = dict(text)
        event = self._written(kind, key, payload, moment, yields)
        self._history.append(Given(event, self._since))
        self._done[kind] += 1
        self._current = None
        return event

    def _written(self, kind: str, key: str, payload: dict[str, Any], moment: Moment, yields: bool = False) -> Event:
        """An event that is in the log and in the memory, or in neither: nothing is read once it is in the log."""
        self.memory.prepare(key, moment)
        event = self._store.append(kind, key, payload, moment, self.memory.knows if yields else None)
        self.memory.apply(event, is_new=True)
        return event


def _at_once(pieces: Iterator[None]) -> None:
    for _ in pieces:
        pass


def once(candidates: Candidates) -> Mapping[str, Candidate]:
    """The candidates by their keys; the same card in two notes is one card."""
    if isinstance(candidates, Mapping):
        return candidates
    given = list(candidates)
    found = dict(zip(map(_KEY, given), given, strict=True))
    if len(found) < len(given):  # the first one counts
        found = {}
        for candidate in given:
            found.setdefault(candidate[0], candidate)
    return found
