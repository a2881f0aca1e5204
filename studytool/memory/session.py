"""One sitting: the card to show, the answer, undo. The app and the plain mode both drive it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studytool.memory.events import Grade
from studytool.memory.queue import Candidate, Counts, Limits, Queue
from studytool.memory.reason import reason
from studytool.memory.schedule import answered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studytool.memory.events import Event, Moment
    from studytool.memory.remembered import Memory
    from studytool.memory.store_sqlite import Store


@dataclass(frozen=True, slots=True)
class Shown:
    """A card to show, why it comes now, and how long each grade would put it off."""

    key: str
    topic: str
    phase: str
    """"new", "learning", "review" or "relearning"."""
    reason: str
    intervals: dict[Grade, int]
    """Milliseconds until the card would come back, for each grade."""


class Session:
    """One sitting over `candidates`, in study order. Every change is in the store before a method returns.

    A card that is shown stays the current one until it is answered, put out or an undo brings another back, however
    often `shown` is called. If the store raises `StudytoolError` the session is as it was before the call.
    """

    def __init__(
        self, candidates: Iterable[Candidate], memory: Memory, store: Store, limits: Limits, moment: Moment
    ) -> None:
        self.memory = memory
        self.limits = limits
        self._store = store
        self._topics: dict[str, str] = {}
        for candidate in candidates:
            self._topics.setdefault(candidate.key, candidate.topic)  # the same card in two notes is one card
        self._queue = Queue(self._topics, memory, limits, moment)
        self._current: str | None = None
        self._renamed: dict[str, str] = {}
        self._history: list[Event] = []

    def shown(self, moment: Moment) -> Shown | None:
        """The card to show now; None when there is nothing to ask now."""
        key = self._current
        if key is None:
            if moment.day(self.memory.rules.rollover) != self._queue.day:
                self._queue = Queue(self._topics, self.memory, self.limits, moment)
            key = self._current = self._queue.take(moment)
        if key is None:
            return None
        state = self.memory.state(key)
        rules = self.memory.rules
        return Shown(
            key=key,
            topic=self._topics[key],
            phase=state.phase if state else "new",
            reason=reason(key, self.memory, self.limits, moment),
            intervals={g: answered(rules, state, g, moment, key).due - moment.ms for g in Grade},
        )

    def answer(
        self, grade: Grade, moment: Moment, *, took_ms: int = 0, text: Mapping[str, object] | None = None
    ) -> Event:
        """Grade the current card; durable when it returns. `text`, the card's own, is kept with its first event."""
        event = self._append("review", {"grade": int(grade), "took_ms": took_ms}, moment, text)
        self._queue.answered(str(event.card))
        return event

    def undo(self, moment: Moment) -> str | None:
        """Take the last answer or change of this sitting back; its card is the current one again.

        Returns that card's key, None when there is nothing to take back. The log keeps both: undo is an event.
        """
        if not self._history:
            return None
        last = self._history[-1]
        key = self.key_now(str(last.card))
        undo = self._store.append("undo", str(last.card), {"event": last.id}, moment)
        self._history.pop()
        if self._current is not None and self._current != key:
            self._queue.put_back(self._current)
        self.memory.apply(undo)
        self._queue.withdraw(key)
        self._current = key if key in self._topics else None  # its note may have gone meanwhile
        return key

    def suspend(self, moment: Moment, *, text: Mapping[str, object] | None = None) -> Event:
        """Put the current card out until it is resumed. `text` is the card's own, as in `answer`."""
        return self._append("suspend", {}, moment, text)

    def bury(self, moment: Moment, *, text: Mapping[str, object] | None = None) -> Event:
        """Put the current card out until the learner's next day."""
        return self._append("bury", {}, moment, text)

    def reject(self, moment: Moment, *, text: Mapping[str, object] | None = None) -> Event:
        """Say of the current card that it is none: it never comes again unless it is resumed."""
        return self._append("reject", {}, moment, text)

    def write(self, key: str, answer: str, moment: Moment, *, text: Mapping[str, object] | None = None) -> Event:
        """Keep the learner's own answer to an open question, which may have got another key while it was written.

        `text` is that of the card as it was asked, and kept if nothing was said of the card before.
        """
        now = self.key_now(key)
        payload: dict[str, Any] = {"text": answer}
        if text is not None and now == key and self.memory.text(key) is None:
            payload["card_text"] = dict(text)
        event = self._store.append("note", now, payload, moment)
        self.memory.apply(event)
        return event

    def renew(self, candidates: Iterable[Candidate], moment: Moment, renamed: Mapping[str, str] | None = None) -> None:
        """Go on over other candidates, those of notes that were edited; the current card stays if it is among them.

        `renamed` has the new keys of cards that go on under another one.
        """
        self._renamed.update(renamed or {})
        self._topics = {}
        for candidate in candidates:
            self._topics.setdefault(candidate.key, candidate.topic)
        self._queue = Queue(self._topics, self.memory, self.limits, moment)
        current = self.key_now(self._current) if self._current is not None else None
        self._current = current if current in self._topics else None
        if self._current is not None:
            self._queue.drop(self._current)

    def key_now(self, key: str) -> str:
        """The key that a card has now."""
        seen = {key}
        while key not in self._topics and (following := self._renamed.get(key)) is not None and following not in seen:
            key = following
            seen.add(key)
        return key

    def counts(self, moment: Moment) -> Counts:
        """What is left for today, the current card included, and the answers of this sitting that stand."""
        new, learning, due = self._queue.new_left(), self._queue.learning_left(), self._queue.due_left()
        if self._current is not None:
            state = self.memory.state(self._current)
            if state is None:
                new = min(new + 1, max(1, self.limits.new_per_day - self.memory.introduced(self._queue.day)))
            elif state.phase == "review":
                due = min(due + 1, max(1, self.limits.reviews_per_day - self.memory.reviewed(self._queue.day)))
            else:
                learning += 1
        return Counts(new, learning, due, sum(event.kind == "review" for event in self._history))

    def next_due_in(self, moment: Moment) -> int | None:
        """Milliseconds until the next learning step falls due, 0 if it is; None when no card is waiting for one."""
        due = self._queue.next_step_due()
        return None if due is None else max(0, due - moment.ms)

    def _showing(self, moment: Moment) -> str:
        if self._current is None and self.shown(moment) is None:
            raise LookupError("There is no card to answer.")
        return str(self._current)

    def _append(self, kind: str, payload: dict[str, Any], moment: Moment, text: Mapping[str, object] | None) -> Event:
        if text is not None and self.memory.text(self._showing(moment)) is None:
            payload["text"] = dict(text)
        event = self._store.append(kind, self._showing(moment), payload, moment)
        self.memory.apply(event)
        self._history.append(event)
        self._current = None
        return event
