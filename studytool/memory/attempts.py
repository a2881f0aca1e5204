"""Answers of a quiz in the log, each beside the review that it amounts to, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studytool.memory.events import Event, Grade, Moment
from studytool.memory.followed import followed
from studytool.memory.load import Load, Wishes
from studytool.memory.plan import planned
from studytool.memory.store.sqlite import Draft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.memory.remembered import Memory
    from studytool.memory.schedule import State
    from studytool.memory.store.sqlite import Store


@dataclass(frozen=True, slots=True)
class Written:
    """An attempt in the log, with the review that it counted as; None where it counted as none."""

    attempt: Event
    review: Event | None = None
    before: State | None = None
    """The state of the card before that review."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An attempt that is in the log already and counts now: its event, its grade, the milliseconds it took."""

    attempt: Event
    grade: Grade
    took_ms: int = 0


class Attempts:
    """Writes attempts, and with each the `review` event that names it in `attempt`.

    A review is written only for a card that was answered before and is not put out. If the store raises
    `StudytoolError` nothing has changed.
    """

    def __init__(self, memory: Memory, store: Store, wishes: Wishes | None = None) -> None:
        self._memory = memory
        self._store = store
        self._wishes = wishes or Wishes()
        self._load: Load | None = None
        self._linked: tuple[int, dict[str, str]] | None = None  # the edits of a version of the memory

    def key_now(self, key: str | None) -> str | None:
        """The key that a card has now, by the links in the log that stand: its note may have been edited since."""
        if key is None or self._memory.state(key) is not None:
            return key
        if self._linked is None or self._linked[0] != self._memory.version:
            following = {source: target for source, target, _ in self._memory.links()}
            self._linked = self._memory.version, following
        return followed(key, self._linked[1], lambda form: self._memory.state(form) is not None)

    def write(
        self,
        card: str | None,
        payload: Mapping[str, Any],
        moment: Moment,
        grade: Grade | None = None,
        *,
        took_ms: int = 0,
        instead: Written | None = None,
        now: Moment | None = None,
    ) -> Written:
        """Write an attempt about a card (None: about none), and the review of `grade` that it counts as, if any.

        Both are at `moment`, when it was answered. What it comes `instead` of is undone, with its review, `now`: at
        the same moment where that is not said.
        """
        key = self.key_now(card)
        drafts = _undos(instead, now or moment) if instead else []
        undone, id_ = len(drafts), self._store.new_id(moment)
        drafts.append(Draft("attempt", key, payload, moment, id_))
        state = self._memory.state(key) if key else None
        was = instead.review if instead else None
        if instead and instead.before and was and state and state.last == was.ms:
            state = instead.before  # the card was not answered since
        if key and grade is not None and (review := self._review(key, state, grade, moment, took_ms, id_)):
            drafts.append(review)
        written = self._written(drafts, (key, *_cards_of(instead)))
        return Written(written[undone], written[undone + 1] if len(written) > undone + 1 else None, state)

    def undo(self, written: Written, moment: Moment, *also: Draft) -> None:
        """Take an attempt back, and with it its review; other events are written with it."""
        self._written([*_undos(written, moment), *also], _cards_of(written))

    def count(self, attempts: Sequence[Counted], *also: Draft) -> list[Written]:
        """Write the reviews that attempts amount to, each at the moment of its attempt, and other events; all or none.

        Returns the attempts, each with its review.
        """
        drafts: list[Draft | None] = []
        states = []
        for one in attempts:
            key = self.key_now(one.attempt.card)
            states.append(self._memory.state(key) if key else None)
            about = (one.grade, one.attempt.moment, one.took_ms, one.attempt.id)
            drafts.append(self._review(key, states[-1], *about) if key else None)
        reviews = [draft for draft in drafts if draft is not None]
        events = iter(self._written([*reviews, *also], [draft.card for draft in reviews]))
        found = [next(events) if draft is not None else None for draft in drafts]
        together = zip(attempts, found, states, strict=True)
        return [Written(one.attempt, review, state) for one, review, state in together]

    def _review(
        self, key: str, state: State | None, grade: Grade, moment: Moment, took_ms: int, attempt: str
    ) -> Draft | None:
        """The review that an attempt counts as; None for a card never answered, and for one that is put out."""
        rules = self._memory.rules
        if state is None or self._memory.out(key, moment.day(rules.rollover)):
            return None
        if moment.ms < state.last and not any(answer.ms < moment.ms for answer in self._memory.answers(key)):
            return None  # it was first answered since: this would come before its beginning
        plan = planned(rules, key, state, moment, self._days(), self._wishes, self._memory.away())
        payload = plan.payload(grade, took_ms)
        if moment.ms <= state.last:
            payload.pop("days", None)  # it was answered since: what follows from this one nobody has chosen
        return Draft("review", key, {**payload, "attempt": attempt}, moment)

    def _days(self) -> Load:
        """How many cards fall due on each day."""
        if self._load is None:
            self._load = Load()
            keys = list(self._memory.named())
            for key, state in zip(keys, self._memory.states(keys), strict=True):
                self._load.count(key, state)
        return self._load

    def _written(self, drafts: Sequence[Draft], cards: Sequence[str | None]) -> list[Event]:
        """Events that are in the log and in the memory, or in neither."""
        memory = self._memory
        keys = {key for key in cards if key}
        for key in keys:
            memory.prepare(key)
        events = self._store.append_all(drafts)
        for event in events:
            memory.apply(event, is_new=True)
        if self._load is not None:
            for key in keys:
                self._load.count(key, memory.state(key))
        return events


def _undos(written: Written, moment: Moment) -> list[Draft]:
    events = [event for event in (written.review, written.attempt) if event is not None]
    return [Draft("undo", event.card, {"event": event.id}, moment) for event in events]


def _cards_of(written: Written | None) -> list[str | None]:
    return [written.attempt.card] if written else []
