"""How the learner stands: what each topic holds, what today and the next days will ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from studytool.memory.away import ahead, comes, foreseen, lately
from studytool.memory.candidates import Held, Limits
from studytool.memory.pieces import PIECE, finished

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Mapping

    from studytool.memory.events import Moment
    from studytool.memory.remembered import Memory
    from studytool.memory.roster import Roster
    from studytool.memory.schedule import State

FORECAST_DAYS = 14


class TopicLoad(NamedTuple):
    """One topic's cards. Suspended and rejected ones count in `total` only, buried ones wait for tomorrow."""

    topic: str
    new: int
    """Cards never answered, whatever today's limit."""
    due: int
    """Cards that come today, whatever the limit: none that waits for another day (`memory.away`, siblings)."""
    learning: int
    total: int
    recall: float | None
    """The mean probability of recall now over the cards answered at least once; None where there is none."""
    seen: int = 0
    """Cards answered at least once, without those put out for good."""


@dataclass(frozen=True, slots=True)
class Overview:
    """All topics, in the order their cards were given, and today."""

    topics: tuple[TopicLoad, ...]
    new: int
    """New cards still allowed today."""
    due: int
    """Due reviews still allowed today."""
    learning: int
    total: int
    streak: int
    """Days in a row with an answer or a quiz, up to today or, while today has none, yesterday."""
    today: int
    """Answers given today."""
    forecast: tuple[int, ...]
    """Cards that come on each of the coming 14 days: first today with what is overdue, then tomorrow.

    What falls due in a holiday comes after it.
    """
    held: Held = field(default_factory=Held)


@dataclass(slots=True)
class _Sum:
    """What the cards that the log names add to their topic."""

    named: int = 0
    new: int = 0
    due: int = 0
    learning: int = 0
    recall: float = 0.0
    known: int = 0


@dataclass(slots=True)
class _Text:
    """The cards made from one text that could come today."""

    taken: bool = False
    """Whether one of them came today already, or will as a learning step."""
    due: list[_Sum] = field(default_factory=list)
    """The topic of each due one."""
    new: int = 0
    cards: int = 0
    """All that were made from it."""


@dataclass(frozen=True, slots=True)
class _Counts:
    """What the cards that the log names come to."""

    topics: dict[str, _Sum] = field(default_factory=dict)
    texts: dict[int, _Text] = field(default_factory=dict)
    """The texts that more than one card was made from; none where siblings are not kept apart."""
    forecast: list[int] = field(default_factory=lambda: [0] * FORECAST_DAYS)
    held: Held = field(default_factory=Held)


def overview(cards: Roster, memory: Memory, moment: Moment, limits: Limits, *, siblings_apart: bool = True) -> Overview:
    """Count `cards` by topic at `moment`: those that the log names one by one, of the others how many there are.

    With `siblings_apart` one card a text comes a day.
    """
    return finished(counting(cards, memory, moment, limits, siblings_apart=siblings_apart))


def counting(
    cards: Roster, memory: Memory, moment: Moment, limits: Limits, *, siblings_apart: bool = True
) -> Generator[None, None, Overview]:
    """The same a piece at a time. What the memory hears meanwhile may be in it or not."""
    today = moment.day(memory.rules.rollover)
    found = yield from _counted(cards, memory, moment, siblings_apart=siblings_apart)
    room = limits.new_per_day - memory.introduced(today)
    fresh = len(cards) + sum(topic.new - topic.named for topic in found.topics.values())
    waiting = _waiting(cards, found.texts.values()) if siblings_apart else 0
    yield
    new = _hold_back(found.texts.values(), found.held, fresh, room, waiting)
    found.held.is_full = new > 0 >= room
    loads = _loads(cards.topics, found.topics)
    all_due = sum(load.due for load in loads)
    due = max(0, min(all_due, limits.reviews_per_day - memory.reviewed(today)))
    found.held.over = all_due - due
    return Overview(
        topics=loads,
        new=max(0, min(new, room)),
        due=due,
        learning=sum(load.learning for load in loads),
        total=len(cards),
        streak=memory.streak(today),
        today=memory.answered(today),
        forecast=tuple(found.forecast),
        held=found.held,
    )


def _counted(cards: Roster, memory: Memory, moment: Moment, *, siblings_apart: bool) -> Generator[None, None, _Counts]:
    """Count the cards that the log names, one by one; a hundred thousand may be, so they are counted in one loop."""
    today = moment.day(memory.rules.rollover)
    over, holidays = lately(memory.away(), today), ahead(memory.away(), today)
    found = _Counts()
    texts, topics, held, forecast = found.texts, found.topics, found.held, found.forecast
    name, topic = None, _Sum()
    named = memory.named()
    yield
    for number, card in enumerate(cards.among(named)):
        if number % PIECE == 0:
            yield
        key, of, text = card
        if of != name:  # the cards of a topic mostly stand together
            name, topic = of, topics.setdefault(of, _Sum())
        topic.named += 1
        if text and siblings_apart:
            if text not in texts:
                many = cards.sharing(card)
                texts[text] = _Text(new=many, cards=many)
            texts[text].new -= 1
        waits = False
        out, state = memory.out(key, today), memory.state(key)
        if out in ("suspended", "rejected"):
            continue
        if state is not None:
            topic.recall += state.retrievability(moment)
            topic.known += 1
            day = comes(state.due_day, over) if state.phase == "review" else state.due_day
            waits = day > today >= state.due_day  # since a holiday
            if not out:
                _note_away(held, state.due_day, day, today)
            if holidays:
                day = foreseen(state.due_day, holidays, today, step=state.phase != "review")
            left = max(day - today, 1 if out else 0)
            if left < FORECAST_DAYS:
                forecast[left] += 1
        if not out and not waits:
            _count(topic, state, today)
            if text and siblings_apart:
                _share(texts[text], topic, state, today)
    return found


def _waiting(cards: Roster, named: Collection[_Text]) -> int:
    """How many cards of texts that the log does not name come another day: of each text all but one."""
    shared, of_texts = cards.shared
    return shared - sum(text.cards for text in named) - (of_texts - len(named))


def _loads(totals: Mapping[str, int], topics: Mapping[str, _Sum]) -> tuple[TopicLoad, ...]:
    """The load of every topic; of one that the log does not name all cards are new."""
    return tuple(
        _load(name, total, topics[name]) if name in topics else TopicLoad(name, total, 0, 0, total, None)
        for name, total in totals.items()
    )


def _load(name: str, total: int, topic: _Sum) -> TopicLoad:
    recall = topic.recall / topic.known if topic.known else None
    return TopicLoad(name, total - topic.named + topic.new, topic.due, topic.learning, total, recall, topic.known)


def _note_away(held: Held, due_day: int, day: int, today: int) -> None:
    """Count a card that is due and comes on another `day` because it fell due in a holiday."""
    if due_day <= today and day > due_day:
        waits = day > today
        held.away_later, held.away_now = held.away_later + waits, held.away_now + (not waits)
        held.until = max(held.until, day if waits else 0)


def _count(topic: _Sum, state: State | None, today: int) -> None:
    if state is None:
        topic.new += 1
    elif state.phase != "review":
        topic.learning += 1
    elif state.due_day <= today:
        topic.due += 1


def _share(text: _Text, topic: _Sum, state: State | None, today: int) -> None:
    if state is None:
        text.new += 1
    elif state.day == today or state.phase != "review":
        text.taken = True
    elif state.due_day <= today:
        text.due.append(topic)


def _hold_back(texts: Iterable[_Text], held: Held, new: int, room: int, waiting: int) -> int:
    """Take the due cards that wait for a sibling out of their topics; returns how many of the `new` ones may come.

    `held` learns how many wait, `waiting` ones of other texts too; of new cards only as many as have `room` today.
    """
    for text in texts:
        for topic in text.due[0 if text.taken else 1 :]:
            topic.due -= 1
            held.siblings += 1
        waiting += text.new if text.taken or text.due else max(0, text.new - 1)
    held.siblings += max(0, min(waiting, room - (new - waiting)))
    return new - waiting
