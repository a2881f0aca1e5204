"""From events to what is remembered: arithmetic over the log that can be thrown away and done again."""

from __future__ import annotations

from collections.abc import KeysView, Mapping
from typing import TYPE_CHECKING

from studytool.memory.away import Away, away_of, joined
from studytool.memory.entry import NOTHING
from studytool.memory.events import ANSWERS, Event, Moment
from studytool.memory.fsrs import Model
from studytool.memory.growing import Growing
from studytool.memory.schedule import Rules, State

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Sequence

    from studytool.memory.entry import Entry


class Memory(Growing):
    """What the events so far amount to; grows by `apply`, in whatever order the events arrive.

    Cards that a relink connects are derived together, from the events of all of them in the log's order, so that an
    undo or a late event costs as much as the history of that one card.

    It may begin with a `base`, the first rows of a long log, and take the events `since`: the histories of the cards
    there are read from the log when they are needed. The model is the one that the log was given last, unless the
    memory does not follow it.
    """

    def state(self, key: str) -> State | None:
        """The state of a card, None while it was never answered."""
        card = self._cards.get(key)
        if card is None:
            return self.base.state(key, self.rules)
        return card.settled(self.rules)

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

    def own(self, keys: Iterable[str]) -> list[Entry | None]:
        """What is said of each card beside its base; None where all of it is there."""
        return list(map(self._cards.get, keys))

    def cards(self) -> list[str]:
        """The keys of all cards that anything was ever said about."""
        found = [key for key, number in self.base.numbers.items() if self.base.told.flags[number]]
        return self._with_own(found, lambda card: card != NOTHING)

    def named(self) -> KeysView[str]:
        """The keys of all cards that the log names."""
        return (self.base.numbers | self._cards).keys() if self.base.rows else self._cards.keys()

    def learned(self) -> Sequence[str]:
        """The keys of all cards that have something to lose: an answer, one's own words, that they are put out."""
        mark, known = self._learned
        if mark != (now := self.mark()):
            changed = self._changed[mark[1] :] if mark[0] == now[0] else None
            if changed is None:
                known = tuple(self._with_own(self.base.learned(), lambda card: card.has_history))
            elif changed:
                found = dict.fromkeys(known)
                for key in changed:
                    if (card := self._cards.get(key)) is not None and card.has_history:
                        found[key] = None
                    elif card is not None:
                        found.pop(key, None)
                known = tuple(found)
            self._learned = now, known
        return known

    def is_learned(self, key: str) -> bool:
        """Whether a card is one of those."""
        card = self._cards.get(key)
        return self.base.is_learned(key) if card is None else card.has_history

    def _with_own(self, found: list[str], holds: Callable[[Entry], bool]) -> list[str]:
        """The keys `found` in the base without the cards that changed since, and those for which it `holds` now."""
        before = [key for key in found if key not in self._cards]
        own = list(self._cards.items())  # in one go: this may be asked in a thread while another card is answered
        return [*before, *(key for key, card in own if holds(card))]

    def after(self, key: str, moment: Moment) -> Moment:
        """`moment`, or just after the last event that concerns a card, where a clock was set back since.

        For events of which the latest counts, such as that a card is put out or comes back.
        """
        last = self.last(key)
        return moment if moment.ms > last else Moment(last + 1, moment.offset)

    @property
    def version(self) -> int:
        """A number that grows whenever an event has changed what is said here."""
        return len(self._ledger)

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

    def answers(self, key: str, without: Container[str] = ()) -> Iterator[Event]:
        """The answers that stand to a card, and to those whose history it has taken over: the latest first.

        Events with an id of `without` are taken as not standing.
        """
        for event in reversed(self._ledger.shares(self._told_of(key), without).get(key, [])):
            grade = event.payload.get("grade") if event.kind in ANSWERS else None
            if type(grade) is int and 1 <= grade <= 4:
                yield event

    def rests_on(self, key: str) -> list[Event]:
        """The events that stand and that a card's state comes from, in order: answers, schedules that were imported."""
        events = self._ledger.shares(self._history(key)).get(key, [])
        return [event for event in events if event.kind in ANSWERS]

    def imported(self, key: str) -> Mapping[str, object] | None:
        """The schedule another program had for the card, while it was not answered here."""
        card = self._cards.get(key)
        if card is None:
            return self.base.schedule(key)
        return card.schedule if card.trail is not None and card.trail.given is not None else None

    def parted(self) -> set[tuple[str, str]]:
        """The pairs of keys, before and after an edit, that were linked and whose link was undone."""
        return {pair for pair, events in self._relinks.items() if not all(map(self._stands, events))}

    def barred(self) -> set[str]:
        """The keys of cards whose link the learner undid, and that were not answered since: they are linked no more."""
        found = set()
        for (source, _), events in self._relinks.items():
            undone = [undo for event in events for undo in self._ledger.undoing(event) if "because" not in undo.payload]
            state = self.state(source) if undone else None
            if undone and (state is None or state.last <= max(undo.ms for undo in undone)):
                found.add(source)
        return found

    def links(self, sources: Container[str] | None = None) -> list[tuple[str, str, str]]:
        """The relinks that stand, or those of `sources`: the keys before and after, and the id of the event."""
        known = list(self._relinks.items())  # in one go, as `_with_own`
        if sources is not None:
            known = [(pair, events) for pair, events in known if pair[0] in sources]
        found = [(pair, event) for pair, events in known for event in events if self._stands(event)]
        return [(source, target, event.id) for (source, target), event in found]

    def parameters(self) -> list[Event]:
        """The events that set parameters, whether they stand or not."""
        return list(self._parameters)

    def out(self, key: str, day: int) -> str | None:
        """Why a card is not to be asked on `day`: "suspended", "rejected", "buried"; None when it may be."""
        card = self._cards.get(key)
        if card is None:
            return self.base.out(key, day, self.rules.rollover)
        return card.out(day)

    def put_out(self, day: int) -> list[str]:
        """The keys of the cards that are not to be asked on `day`, whyever."""
        return self._with_own(self.base.put_out(day, self.rules.rollover), lambda card: card.out(day) is not None)

    def introduced(self, day: int) -> int:
        """How many cards were answered for the first time on `day`."""
        return self._marks.introduced(day)

    def reviewed(self, day: int) -> int:
        """How many answers on `day` were given to cards that were due for review."""
        return self._marks.reviewed(day)

    def answered(self, day: int) -> int:
        """How many answers were given on `day`, learning steps and imported ones included."""
        return self._marks.answered(day)

    def streak(self, day: int) -> int:
        """How many days in a row, up to `day` or the day before it, had an answer or a quiz attempt."""
        return self._marks.streak(day)

    def attempted(self) -> tuple[int, ...]:
        """The days that had a quiz attempt."""
        return self._marks.attempted()

    def away(self) -> tuple[Away, ...]:
        """The learner's holidays, past and to come, in order; those that touch are one."""
        return joined(away for event in self._away if self._stands(event) and (away := away_of(event.payload)))

    def away_events(self) -> list[Event]:
        """The events that tell of them, as far as they stand."""
        return [event for event in self._away if self._stands(event) and away_of(event.payload)]


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
