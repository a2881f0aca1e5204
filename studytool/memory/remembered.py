"""From events to what is remembered: arithmetic over the log that can be thrown away and done again."""

from __future__ import annotations

from collections.abc import KeysView, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import TYPE_CHECKING

from studytool.memory.away import Away, away_of, joined
from studytool.memory.base import BURIED, NO_BASE, REJECTED, SUSPENDED
from studytool.memory.events import Event, Moment, order
from studytool.memory.fit.event import standing, weights_in
from studytool.memory.fsrs import Model
from studytool.memory.imported import schedule_of, taken_over
from studytool.memory.schedule import Rules, State, Trail, advance, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from studytool.memory.base import Base

# What an event adds to its day: a mark is `day * 4 + kind`.
_NEW, _REVIEWED, _STEPPED, _ATTEMPTED = range(4)

_by_time = attrgetter("ms", "device", "sequence", "id")  # `order`, in C


@dataclass(slots=True)
class _Card:
    """All that the log says about one card. What is a number there is the row of the log that has it."""

    trail: Trail | None = None
    state: State | None = None
    """What `trail` has come to, worked out when it is asked for."""
    suspended: bool = False
    rejected: bool = False
    buried: int | None = None
    written: str | int | None = None
    text: Mapping[str, object] | int | None = None
    schedule: Mapping[str, object] | None = None
    """What the note said of another program's schedule, when it was imported last."""
    marks: list[int] = field(default_factory=list)

    @property
    def has_history(self) -> bool:
        """Whether the learner would miss anything if the card started anew."""
        out = self.suspended or self.rejected or self.buried is not None
        return self.trail is not None or out or self.written is not None


class Memory:
    """What the events so far amount to; grows by `apply`, in whatever order the events arrive.

    Cards that a relink connects are derived together, from the events of all of them in the log's order, so that an
    undo or a late event costs as much as the history of that one card.

    It may begin with a `base`, the first rows of a long log, and take the events `since`: the histories of the cards
    there are read from the log when they are needed. The model is the one that the log was given last, unless the
    memory does not follow it.
    """

    def __init__(
        self, rules: Rules | None = None, base: Base = NO_BASE, since: Iterable[Event] = (), *, follows: bool = True
    ) -> None:
        self.rules = rules or Rules()
        self.base = base
        """What the memory began with, an empty one where it was made event by event."""
        self._own_model = self.rules.model
        self._follows = follows
        self._cards: dict[str, _Card] = {}
        self._histories: dict[str, list[Event]] = {}  # a list is shared by all keys that relinks connect
        self._tails: dict[int, list[Event]] = {}  # of a group of the base whose history was not read, what came since
        self._read: set[int] = set()  # the groups of the base whose histories were read
        self._events: dict[str, Event] = {}
        self._undos: dict[str, list[str]] = {}  # the ids of the undo events that name an event
        self._relinks: dict[tuple[str, str], list[Event]] = {}
        self._parameters = [event for event in base.loose if event.kind == "parameters"]
        self._away = [event for event in base.loose if event.kind == "away"]
        for id_, target in base.undos:
            self._undos.setdefault(target, []).append(id_)
        for event in base.relinks:
            self._relinks.setdefault((str(event.payload["from"]), str(event.card)), []).append(event)
        self._begin(since)

    def _begin(self, since: Iterable[Event]) -> None:
        """Take the first events: those that say by which model the others count come before them."""
        events = sorted(since, key=_by_time)
        for event in events:
            if event.kind == "parameters" and isinstance(event.payload, Mapping) and not self.knows(event.id):
                self._events[event.id] = event
                self._parameters.append(event)
        self._follow()
        self.base.derive(self.rules)
        self._marks: dict[int, int] = dict(self.base.states.marks)
        for event in events:
            self.apply(event)

    # -- what it says -------------------------------------------------------------------------------------------

    def state(self, key: str) -> State | None:
        """The state of a card, None while it was never answered."""
        card = self._cards.get(key)
        if card is None:
            return self.base.state(key, self.rules)
        if card.trail is None:
            return None
        if card.state is None:
            card.state = settled(self.rules, card.trail)
        return card.state

    def written(self, key: str) -> str | None:
        """The learner's own latest answer to an open question."""
        card = self._cards.get(key)
        written = card.written if card else self.base.row(self.base.told.written, key)
        return self.base.written_at(written) if isinstance(written, int) else written

    def text(self, key: str) -> Mapping[str, object] | None:
        """The card's text as the log last had it: kept with a card's first event."""
        card = self._cards.get(key)
        text = card.text if card else self.base.row(self.base.told.text, key)
        return self.base.text_at(text) if isinstance(text, int) else text

    def knows_of(self, key: str) -> bool:
        """Whether anything was ever said about a card; most cards of a large library are ones of which nothing was."""
        return key in self._cards or key in self.base.numbers

    def changed(self, key: str) -> bool:
        """Whether what is said of a card may be something else than what its base has."""
        return key in self._cards

    def cards(self) -> list[str]:
        """The keys of all cards that anything was ever said about."""
        found = [key for key, number in self.base.numbers.items() if self.base.told.flags[number]]
        return self._with_own(found, lambda card: card != _NOTHING)

    def named(self) -> KeysView[str]:
        """The keys of all cards that the log names."""
        return (self.base.numbers | self._cards).keys() if self.base.rows else self._cards.keys()

    def learned(self) -> list[str]:
        """The keys of all cards that have something to lose: an answer, one's own words, that they are put out."""
        found = [key for key, number in self.base.numbers.items() if self.base.has_history(number)]
        return self._with_own(found, lambda card: card.has_history)

    def _with_own(self, found: list[str], holds: Callable[[_Card], bool]) -> list[str]:
        """The keys `found` in the base without the cards that changed since, and those for which it `holds` now."""
        before = [key for key in found if key not in self._cards]
        return [*before, *(key for key, card in self._cards.items() if holds(card))]

    def after(self, key: str, moment: Moment) -> Moment:
        """`moment`, or just after the last event that concerns a card, where a clock was set back since.

        For events of which the latest counts, such as that a card is put out or comes back.
        """
        last = self.last(key)
        return moment if moment.ms > last else Moment(last + 1, moment.offset)

    def last(self, key: str) -> int:
        """When the last event was that concerns a card, or one that relinks connect with it, in ms; 0 without any."""
        group = self.base.group(key)
        history = self._histories.get(key) or (self._tails.get(group) if group is not None else None)
        if history:
            return history[-1].ms
        return self.base.told.last[group] if group is not None else 0

    @property
    def version(self) -> int:
        """A number that grows whenever an event has changed what is said here."""
        return len(self._events)

    def states(self, keys: Iterable[str]) -> list[State | None]:
        """The state of each of many cards."""
        known, of_base = self._cards.get, self.base.state
        return [
            (
                of_base(key, self.rules)
                if card is None
                else None
                if card.trail is None
                else card.state or self.state(key)
            )
            for key, card in ((key, known(key)) for key in keys)
        ]

    def answers(self, key: str) -> Iterator[Event]:
        """The answers that stand to a card, and to those whose history it has taken over: the latest first."""
        own = {key}
        for event in reversed(self._history(key)):
            if event.kind == "relink" and self._stands(event):
                (own.add if event.card in own else own.discard)(str(event.payload["from"]))
            elif event.card in own and event.kind in ("review", "imported"):
                grade = event.payload.get("grade")
                if grade in (1, 2, 3, 4) and not isinstance(grade, bool) and self._stands(event):
                    yield event

    def imported(self, key: str) -> Mapping[str, object] | None:
        """The schedule another program had for the card, while it was not answered here."""
        card = self._cards.get(key)
        if card is None:
            return self.base.schedule(key)
        return card.schedule if card.trail is not None and card.trail.given is not None else None

    def knows(self, event: str) -> bool:
        """Whether the log holds the event of this id."""
        return self._find(event) is not None

    def _find(self, id_: str) -> Event | None:
        found = self._events.get(id_)
        if found is None and (found := self.base.source.event(id_)) is not None:
            self._events[id_] = found
        return found

    def parted(self) -> set[tuple[str, str]]:
        """The pairs of keys, before and after an edit, that were linked and whose link was undone."""
        return {pair for pair, events in self._relinks.items() if not all(map(self._stands, events))}

    def barred(self) -> set[str]:
        """The keys of cards whose link the learner undid, and that were not answered since: they are linked no more."""
        found = set()
        for (source, _), events in self._relinks.items():
            undone = [undo for event in events for undo in self._undoing(event) if "because" not in undo.payload]
            state = self.state(source) if undone else None
            if undone and (state is None or state.last <= max(undo.ms for undo in undone)):
                found.add(source)
        return found

    def _undoing(self, event: Event) -> list[Event]:
        """The undo events that stand and name the event."""
        undos = (self._find(name) for name in self._undos.get(event.id, ()))
        return [undo for undo in undos if undo is not None and self._stands(undo)]

    def links(self) -> list[tuple[str, str, str]]:
        """The relinks that stand: the keys before and after, and the id of the event."""
        found = [(pair, event) for pair, events in self._relinks.items() for event in events if self._stands(event)]
        return [(source, target, event.id) for (source, target), event in found]

    def parameters(self) -> list[Event]:
        """The events that set parameters, whether they stand or not."""
        return list(self._parameters)

    def stands(self, event: str) -> bool:
        """Whether the log holds the event of this id and no undo of it that stands."""
        found = self._find(event)
        return found is not None and self._stands(found)

    def out(self, key: str, day: int) -> str | None:
        """Why a card is not to be asked on `day`: "suspended", "rejected", "buried"; None when it may be."""
        card = self._cards.get(key)
        if card is None:
            return self.base.out(key, day, self.rules.rollover)
        if card.rejected:
            return "rejected"
        if card.suspended:
            return "suspended"
        return "buried" if card.buried is not None and day <= card.buried else None

    def introduced(self, day: int) -> int:
        """How many cards were answered for the first time on `day`."""
        return self._marks.get(day * 4 + _NEW, 0)

    def reviewed(self, day: int) -> int:
        """How many answers on `day` were given to cards that were due for review."""
        return self._marks.get(day * 4 + _REVIEWED, 0)

    def answered(self, day: int) -> int:
        """How many answers were given on `day`, learning steps included."""
        return sum(self._marks.get(day * 4 + kind, 0) for kind in (_NEW, _REVIEWED, _STEPPED))

    def away(self) -> tuple[Away, ...]:
        """The learner's holidays, past and to come, in order; those that touch are one."""
        return joined(away for event in self._away if self._stands(event) and (away := away_of(event.payload)))

    def away_events(self) -> list[Event]:
        """The events that tell of them, as far as they stand."""
        return [event for event in self._away if self._stands(event) and away_of(event.payload)]

    def streak(self, day: int) -> int:
        """How many days in a row, up to `day` or the day before it, had an answer or a quiz attempt."""
        last = day if self._has_study(day) else day - 1
        first = last
        while self._has_study(first):
            first -= 1
        return last - first

    def attempted(self) -> tuple[int, ...]:
        """The days that had a quiz attempt."""
        return tuple(mark // 4 for mark, times in self._marks.items() if times and mark % 4 == _ATTEMPTED)

    def _has_study(self, day: int) -> bool:
        return any(self._marks.get(day * 4 + kind, 0) for kind in (_NEW, _REVIEWED, _STEPPED, _ATTEMPTED))

    # -- how it grows -------------------------------------------------------------------------------------------

    def prepare(self, key: str, moment: Moment | None = None) -> None:
        """Read from the log what an event of a card at `moment` will need, or at any time: an undo of one, say.

        After this nothing is read when `apply` takes that event, so that it cannot fail once the event is written.
        """
        if moment is None or moment.ms <= self.last(key):
            waiting = list(self._history(key))
            while waiting:
                names = self._undos.get(waiting.pop().id, ())
                waiting += [undo for undo in map(self._find, names) if undo is not None]

    def apply(self, event: Event, *, is_new: bool = False) -> None:
        """Take one more event into account; one that is already known, or whose payload is none, changes nothing.

        `is_new` is for an event that was written just now: nobody needs to look whether it is known.
        """
        if not isinstance(event.payload, (dict, Mapping)) or (not is_new and self.knows(event.id)):
            return
        if event.kind == "undo":
            self._undo(event)
            return
        self._events[event.id] = event
        if event.kind == "parameters":
            self._parameters.append(event)
            self._follow()
            return
        if event.kind == "away":
            self._away.append(event)
        if event.kind == "relink":
            self._connect(event)
        elif event.card is not None:
            self._add(event.card, event)

    def _add(self, key: str, event: Event) -> None:
        """Put an event of a card where it belongs: mostly after all others."""
        group = self.base.group(key)
        if group is not None and group not in self._read:
            tail = self._tails.setdefault(group, [])
            newest = order(tail[-1]) < order(event) if tail else self.base.told.last[group] < event.ms
            if newest and event.id not in self._undos:
                tail.append(event)
                self._take(self._card(key), event)
                return
            self._read_history(key)
        history = self._histories.setdefault(key, [])
        newest = not history or history[-1].ms < event.ms or order(history[-1]) < order(event)
        history.append(event)
        if newest and event.id not in self._undos:
            self._take(self._card(key), event)
        else:
            history.sort(key=_by_time)
            self._derive(history)

    def _connect(self, relink: Event) -> None:
        """Join the histories of both keys of a relink, and derive them again."""
        target, source = relink.card, relink.payload.get("from")
        if target is None or not isinstance(source, str) or source == target:
            return
        self._relinks.setdefault((source, target), []).append(relink)
        one, other = self._history(target), self._history(source)
        joined = one if one is other and one else [*one, *other]
        joined.append(relink)
        joined.sort(key=_by_time)
        for key in (target, source, *_keys(joined)):
            self._histories[key] = joined
        self._derive(joined)

    def _undo(self, undo: Event) -> None:
        """Take an undo into account: of a card's event, of parameters, of another undo."""
        target = undo.payload.get("event")
        ending = self._ending(target) if isinstance(target, str) else None
        card = ending.card if ending is not None else None
        history = self._history(card) if card is not None else []  # read as it was before this undo
        self._events[undo.id] = undo
        if isinstance(target, str):
            self._undos.setdefault(target, []).append(undo.id)
        if ending is not None and ending.kind == "parameters":
            self._follow()
        elif history:
            self._derive(history)

    def _ending(self, target: str) -> Event | None:
        """The event `target`, or the one that its chain of undos ends at."""
        event = self._find(target)
        seen: set[str] = set()
        while event is not None and event.kind == "undo" and event.id not in seen:
            seen.add(event.id)
            event = self._find(str(event.payload.get("event")))
        return event

    def _history(self, key: str) -> list[Event]:
        """The events of a card and of all that relinks connect with it."""
        group = self.base.group(key)
        if group is not None and group not in self._read:
            self._read_history(key)
        return self._histories.get(key, [])

    def _read_history(self, key: str) -> None:
        """Read the events of a group of the base, as if they had been applied one by one."""
        group = self.base.group(key)
        assert group is not None
        events = self.base.history(group)
        self._read.add(group)
        self._events.update((event.id, event) for event in events)
        joined = [*events, *self._tails.pop(group, ())]
        for name, share in self._shares(events).items():
            card, since = _Card(), self._cards.get(name)
            for event in share:
                self._take(card, event)
            for mark in card.marks:  # the base has counted them
                self._marks[mark] -= 1
            if since is None:
                self._cards[name] = card
            else:
                since.marks[:0] = card.marks
            self._histories[name] = joined

    def _follow(self) -> None:
        """Count by the model that the log was given last."""
        found = standing(self._parameters, self.stands) if self._follows else []
        weights = weights_in(found[-1].payload) if found else None
        model = self._own_model if weights is None else Model(weights)
        if model == self.rules.model:
            return
        self.rules = replace(self.rules, model=model)
        for tail in list(self._tails.values()):
            self._history(str(tail[0].card))
        if self.base.numbers:
            self.base.derive(self.rules)
        for history in {id(history): history for history in self._histories.values()}.values():
            self._derive(history)

    def _derive(self, history: list[Event]) -> None:
        for key, events in self._shares(history).items():
            for mark in self._card(key).marks:
                self._marks[mark] -= 1
            card = self._cards[key] = _Card()
            for event in events:
                self._take(card, event)

    def shares(self) -> dict[str, list[Event]]:
        """The events that stand and make each card what it is, in order, relinks followed.

        Cards of the base of which nothing was said since are left out.
        """
        for tail in list(self._tails.values()):
            self._history(str(tail[0].card))
        found: dict[str, list[Event]] = {}
        for history in {id(history): history for history in self._histories.values()}.values():
            found.update(self._shares(history))
        return found

    def _shares(self, history: list[Event]) -> dict[str, list[Event]]:
        shares: dict[str, list[Event]] = {key: [] for key in _keys(history)}
        for event in filter(self._stands, history):
            key = str(event.card)
            if event.kind == "relink":
                source = str(event.payload["from"])
                shares[key] = sorted([*shares[source], *shares[key]], key=_by_time)
                shares[source] = []
            shares[key].append(event)
        return shares

    def _stands(self, event: Event) -> bool:
        """Whether no undo that itself stands names the event. Each undo names one event, so this is a tree."""
        return not (self._undos.get(event.id) and self._undoing(event))

    def _card(self, key: str) -> _Card:
        card = self._cards.get(key)
        if card is None:
            number = self.base.numbers.get(key)
            card = self._cards[key] = _Card() if number is None else self._of_base(key, number)
        return card

    def _of_base(self, key: str, number: int) -> _Card:
        """A card as the base has it. What it adds to the days is known when its history is read."""
        base, flags = self.base, self.base.told.flags[number]
        return _Card(
            trail=base.trail(number),
            suspended=bool(flags & SUSPENDED),
            rejected=bool(flags & REJECTED),
            buried=base.buried(number, self.rules.rollover) if flags & BURIED else None,
            written=base.row(base.told.written, key),
            text=base.row(base.told.text, key),
            schedule=base.schedule(key),
        )

    def _take(self, card: _Card, event: Event) -> None:
        """What one event says about its card. Kinds of a newer version say nothing that is understood here."""
        kind, payload = event.kind, event.payload
        text = payload.get("text")
        told = payload.get("card_text") if kind == "note" else text
        if isinstance(told, dict):
            card.text = told
        if kind in ("review", "imported"):
            self._answer(card, event)
        elif kind == "attempt":
            self._mark(card, event.moment.day(self.rules.rollover) * 4 + _ATTEMPTED)
        elif kind == "note":
            card.written = text if isinstance(text, str) else card.written
        elif kind == "suspend":
            card.suspended = True
        elif kind == "reject":
            card.rejected = True
        elif kind == "bury":
            card.buried = event.moment.day(self.rules.rollover)
        elif kind == "resume":
            card.suspended = card.rejected = False
            card.buried = None

    def _answer(self, card: _Card, event: Event) -> None:
        grade = event.payload.get("grade")
        if event.kind == "imported" and grade is None:
            self._import(card, event)
            return
        if not isinstance(grade, int) or isinstance(grade, bool) or not 1 <= grade <= 4:
            return
        trail = card.trail
        if trail is None:
            kind, trail = _NEW, Trail()
            card.trail = trail
        else:
            kind = _REVIEWED if trail.phase == "review" else _STEPPED
        days = event.payload.get("days") if event.kind == "review" else None
        advance(self.rules, trail, grade, event.moment, str(event.card), days if type(days) is int else None)
        card.state = None
        if event.kind == "review":
            self._mark(card, trail.day * 4 + kind)

    def _import(self, card: _Card, event: Event) -> None:
        """Begin where another program was; an answer given here, or imported as such, counts for more."""
        schedule = schedule_of(event.payload)
        if schedule is not None and (card.trail is None or card.trail.given is not None):
            card.trail = taken_over(self.rules, schedule, event.moment, str(event.card))
            card.schedule, card.state = schedule, None

    def _mark(self, card: _Card, mark: int) -> None:
        card.marks.append(mark)
        self._marks[mark] = self._marks.get(mark, 0) + 1


_NOTHING = _Card()


def _keys(history: Iterable[Event]) -> set[str]:
    found = {str(event.card) for event in history}
    return found | {str(event.payload["from"]) for event in history if event.kind == "relink"}


def replay(
    events: Iterable[Event],
    *,
    desired_retention: float = 0.9,
    rollover: int = 4,
    model: Model | None = None,
    fuzz: bool = True,
) -> Memory:
    """The memory that `events`, in any order, amount to.

    The model is the one that the log was given last, unless one is given here. `desired_retention` is the recall at
    which a card falls due, `rollover` the local hour at which the day turns; `fuzz` spreads the due dates a little
    (always the same way for the same log).
    """
    rules = Rules(desired_retention, rollover, model or Model(), fuzz=fuzz)
    return Memory(rules, since=events, follows=model is None)
