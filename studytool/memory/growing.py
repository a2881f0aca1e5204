"""How what is remembered grows, event by event, in whatever order they arrive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from studytool.memory.base import NO_BASE
from studytool.memory.entry import Entry, of_base
from studytool.memory.events import Event, Moment, order
from studytool.memory.fit.event import standing, weights_in
from studytool.memory.fsrs import Model
from studytool.memory.joined import Joined, ends_of, with_relink
from studytool.memory.ledger import Ledger, keys_of
from studytool.memory.marks import Marks
from studytool.memory.pieces import here
from studytool.memory.schedule import Rules

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from studytool.memory.base import Base
    from studytool.memory.pieces import Aside

_by_time = attrgetter("ms", "device", "sequence", "id")  # `order`, in C


class Foreseen(NamedTuple):
    """What cards will be by another model."""

    model: Model | None
    mark: tuple[int, int]
    """What had been said of cards by then."""
    of: Mapping[int, tuple[list[Event], Mapping[str, Entry]]]
    """The histories, by their ids, with the cards that they are about."""


NOTHING_FORESEEN = Foreseen(None, (0, 0), {})


class Growing:
    """What is kept of each card and its events, and how another event changes it: see `Memory`, which tells of it."""

    def __init__(
        self, rules: Rules | None = None, base: Base = NO_BASE, since: Iterable[Event] = (), *, follows: bool = True
    ) -> None:
        self.rules = rules or Rules()
        self.base = base
        """What the memory began with, an empty one where it was made event by event."""
        self._own_model = self.rules.model
        self._follows = follows
        self._cards: dict[str, Entry] = {}
        self._histories: dict[str, list[Event]] = {}  # a list is shared by all keys that relinks connect
        self._tails: dict[int, list[Event]] = {}  # of a group of the base whose history was not read, what came since
        self._read: set[int] = set()  # the groups of the base whose histories were read
        self._looked_up: dict[int, list[Event]] = {}  # what the base has of others that were only asked about
        self._ledger = Ledger(base)
        self._stands = self._ledger.stands
        self._relinks: dict[tuple[str, str], list[Event]] = {}
        self._parameters = [event for event in base.loose if event.kind == "parameters"]
        self._away = [event for event in base.loose if event.kind == "away"]
        for event in base.relinks:
            self._relinks.setdefault((str(event.payload["from"]), str(event.card)), []).append(event)
        self._changed: list[str] = []  # the cards of which something else was said, in that order
        self._turns = 0  # how often something was said that changes all of them
        self._foreseen = NOTHING_FORESEEN
        self._learned: tuple[tuple[int, int], tuple[str, ...]] = (-1, -1), ()  # as it was asked for last
        self._begin(since)
        self._changed.clear()

    def _begin(self, since: Iterable[Event]) -> None:
        """Take the first events: those that say by which model the others count come before them."""
        events = sorted(since, key=_by_time)
        for event in events:
            if event.kind == "parameters" and isinstance(event.payload, Mapping) and not self.knows(event.id):
                self._ledger.add(event)
                self._parameters.append(event)
        self._follow()
        self.base.derive(self.rules)
        self._marks = Marks(self.base.states.marks)
        for event in events:
            self.apply(event)

    def knows(self, event: str) -> bool:
        """Whether the log holds the event of this id."""
        return self._ledger.find(event) is not None

    def stands(self, event: str) -> bool:
        """Whether the log holds the event of this id and no undo of it that stands."""
        found = self._ledger.find(event)
        return found is not None and (not self._ledger.is_named(event) or self._stands(found))

    def mark(self) -> tuple[int, int]:
        """What has been taken into account by now, for `changed_since`."""
        return self._turns, len(self._changed)

    def changed_since(self, mark: tuple[int, int]) -> set[str] | None:
        """The keys of the cards that may be other since a `mark`; None where all may be, and the days as well."""
        turns, begin = mark
        return set(self._changed[begin:]) if turns == self._turns else None

    def last(self, key: str) -> int:
        """When the last event was that concerns a card, or one that relinks connect with it, in ms; 0 without any."""
        group = self.base.group(key)
        history = self._histories.get(key) or (self._tails.get(group) if group is not None else None)
        if history:
            return history[-1].ms
        return self.base.told.last[group] if group is not None else 0

    def prepare(self, key: str, moment: Moment | None = None) -> None:
        """Read from the log what an event of a card at `moment` will need, or at any time: an undo of one, say.

        After this nothing is read when `apply` takes that event, so that it cannot fail once the event is written.
        """
        if moment is None or moment.ms <= self.last(key):
            waiting = list(self._history(key))
            while waiting:
                waiting += self._ledger.naming(waiting.pop().id)

    def apply(self, event: Event, *, is_new: bool = False) -> None:
        """Take one more event into account; one that is already known, or whose payload is none, changes nothing.

        `is_new` is for an event that was written just now: nobody needs to look whether it is known.
        """
        if not isinstance(event.payload, (dict, Mapping)) or (not is_new and self.knows(event.id)):
            return
        if event.kind == "undo":
            self._undo(event)
            return
        self._ledger.add(event)
        if event.kind == "parameters":
            self._parameters.append(event)
            self._follow()
            return
        if event.kind == "away":
            self._away.append(event)
            self._turns += 1
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
            if newest and not self._ledger.is_named(event.id):
                tail.append(event)
                self._take(key, event)
                return
            self._read_history(key)
        history = self._histories.setdefault(key, [])
        newest = not history or history[-1].ms < event.ms or order(history[-1]) < order(event)
        history.append(event)
        if newest and not self._ledger.is_named(event.id):
            self._take(key, event)
        else:
            history.sort(key=_by_time)
            self._derive(history)

    def _connect(self, relink: Event) -> None:
        """Join the histories of both keys of a relink, and derive them again."""
        if (ends := ends_of(relink)) is None:
            return
        source, target = ends
        self._relinks.setdefault(ends, []).append(relink)
        joined = with_relink(relink, self._history(target), self._history(source))
        for key in (target, source, *keys_of(joined)):
            self._histories[key] = joined
        self._derive(joined)

    def joining(self, relinks: Iterable[Event]) -> Generator[None, None, Joined]:
        """Work out, a piece at a time, what cards will be once these relinks count, for `join`. Nothing is changed."""
        joined = Joined(self.mark())
        for relink in relinks:
            joined.connect(relink, self._history)
            yield
        for history in joined.each():
            entries = {key: _taken(events, self.rules) for key, events in self._ledger.shares(history).items()}
            joined.take(history, entries, [self._card(key) for key in entries])
            yield
        return joined

    def join(self, relinks: Iterable[Event], joined: Joined | None, *, is_new: bool = False) -> None:
        """Take relinks into account as `apply` does, all at once: most of what they come to is worked out by now.

        Those of cards that something was said of meanwhile are applied one by one, as are all without it.
        """
        changed = self.changed_since(joined.mark) if joined else None
        joined = joined.without(changed) if joined and changed is not None else Joined(self.mark())
        events = joined.events()
        self._ledger.add_relinks(events)
        for ends in self._relinks.keys() & joined.relinks.keys():
            self._relinks[ends] += joined.relinks.pop(ends)
        self._relinks.update(joined.relinks)
        self._histories.update(joined.histories)
        self._cards.update(joined.entries)
        self._changed += joined.entries
        for old, new in joined.marks():
            self._marks.add(old, -1)
            self._marks.add(new)
        for relink in relinks:
            if relink.id not in events:
                self.apply(relink, is_new=is_new)

    def _undo(self, undo: Event) -> None:
        """Take an undo into account: of a card's event, of parameters, of another undo."""
        target = undo.payload.get("event")
        ending = self._ledger.ending(target) if isinstance(target, str) else None
        card = ending.card if ending is not None else None
        history = self._history(card) if card is not None else []  # read as it was before this undo
        self._ledger.add(undo)
        if ending is not None and ending.kind == "parameters":
            self._follow()
        elif card is None:
            self._turns += 1
        elif history:
            self._derive(history)

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
        events = self._looked_up.pop(group, None) or self.base.history(group)
        for event in events:
            self._ledger.add(event)
        shares = self._ledger.shares(events)  # which may fail: up to here nothing counts as read
        joined = [*events, *self._tails.get(group, ())]
        for name, share in shares.items():
            card, since = Entry(), self._cards.get(name)
            for event in share:
                card.take(event, self.rules)  # the base has counted its marks
            if since is None:
                self._cards[name] = card
            else:
                since.marks[:0] = card.marks
            self._histories[name] = joined
        self._read.add(group)
        self._tails.pop(group, None)

    def _told_of(self, key: str) -> list[Event]:
        """The same as `_history`, of which nothing counts as read: a thread may ask while another one takes events."""
        group = self.base.group(key)
        tail = self._tails.get(group, ()) if group is not None else ()  # before it may go to the history
        if group is None or group in self._read:
            return list(self._histories.get(key, ()))
        known = self._looked_up.get(group)
        if known is None:
            known = self._looked_up[group] = self.base.history(group)
        return [*known, *tail]

    def _follow(self) -> None:
        """Count by the model that the log was given last."""
        model = self._model_of(self._parameters, self.stands)
        if model == self.rules.model:
            return
        foreseen, self._foreseen = self._foreseen, NOTHING_FORESEEN
        changed = self.changed_since(foreseen.mark) if foreseen.model == model else None
        self.rules = replace(self.rules, model=model)
        self._turns += 1
        self._read_tails()
        if self.base.numbers:
            self.base.derive(self.rules)
        for history in self._each_history():
            _, entries = foreseen.of.get(id(history), (history, {})) if changed is not None else (history, {})
            if entries and changed is not None and changed.isdisjoint(entries):
                self._go_over(entries)
            else:
                self._derive(history)

    def _go_over(self, entries: Mapping[str, Entry]) -> None:
        """Have cards be as they were foreseen."""
        for key, entry in entries.items():
            before = self._card(key)
            if entry.marks != before.marks:
                self._marks.add(before.marks, -1)
                self._marks.add(entry.marks)
            self._cards[key] = entry

    def _model_of(self, parameters: Iterable[Event], stands: Callable[[str], bool]) -> Model:
        """The model by which the log counts with these parameters."""
        found = standing(parameters, stands) if self._follows else []
        weights = weights_in(found[-1].payload) if found else None
        return self._own_model if weights is None else Model(weights)

    def _model_after(self, event: Event) -> Model:
        """The model by which the log will count after one more event, most likely; what comes of it is not wrong
        where it does not.
        """
        if not isinstance(event.payload, Mapping):
            return self.rules.model
        if event.kind == "parameters":
            return self._model_of([*self._parameters, event], lambda one: one == event.id or self.stands(one))
        target = event.payload.get("event") if event.kind == "undo" else None
        ending = self._ledger.ending(target) if isinstance(target, str) else None
        if ending is None or ending.kind != "parameters":
            return self.rules.model
        return self._model_of(self._parameters, lambda one: self.stands(one) != (one == ending.id))

    def foreseeing(self, event: Event, aside: Aside = here) -> Generator[str | None, None, None]:
        """Work out, a piece at a time, what cards will be after an event that has all of them count by another model.

        Nothing is changed: `apply` has less to do then. What is said of a card meanwhile is heeded. The states of the
        base are worked out `aside`.
        """
        model = self._model_after(event)
        if model == self.rules.model:
            return
        rules = replace(self.rules, model=model)
        if self.base.numbers:
            yield from aside(partial(self.base.foresee, rules))
        for _ in self._reading_tails():
            yield None
        mark = self.mark()
        found: dict[int, tuple[list[Event], dict[str, Entry]]] = {}
        for history in list(self._each_history()):
            shares = self._ledger.shares(history)
            found[id(history)] = history, {key: _taken(events, rules) for key, events in shares.items()}
            yield None
        self._foreseen = Foreseen(model, mark, found)

    def _read_tails(self) -> None:
        for _ in self._reading_tails():
            pass

    def _reading_tails(self) -> Iterator[None]:
        """Read the histories of the cards of the base of which something was said since."""
        for tail in list(self._tails.values()):
            self._history(str(tail[0].card))
            yield

    def _each_history(self) -> Iterable[list[Event]]:
        return {id(history): history for history in self._histories.values()}.values()

    def _derive(self, history: list[Event]) -> None:
        for key, events in self._ledger.shares(history).items():
            self._changed.append(key)
            self._marks.add(self._card(key).marks, -1)
            card = self._cards[key] = _taken(events, self.rules)
            self._marks.add(card.marks)

    def shares(self) -> dict[str, list[Event]]:
        """The events that stand and make each card what it is, in order, relinks followed.

        Cards of the base of which nothing was said since are left out.
        """
        self._read_tails()
        found: dict[str, list[Event]] = {}
        for history in self._each_history():
            found.update(self._ledger.shares(history))
        return found

    def _card(self, key: str) -> Entry:
        card = self._cards.get(key)
        if card is None:
            number = self.base.numbers.get(key)
            rollover = self.rules.rollover
            card = self._cards[key] = Entry() if number is None else of_base(self.base, key, number, rollover)
        return card

    def _take(self, key: str, event: Event) -> None:
        """Have a card take an event that is later than all others of its history."""
        self._changed.append(key)
        card = self._card(key)
        known = len(card.marks)
        card.take(event, self.rules)
        self._marks.add(card.marks[known:])


def _taken(events: Iterable[Event], rules: Rules) -> Entry:
    """What the events of a card amount to."""
    card = Entry()
    for event in events:
        card.take(event, rules)
    return card
