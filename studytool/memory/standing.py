"""How the learner stands: what each topic holds, what today and the next days will ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from studytool.memory.away import ahead, foreseen
from studytool.memory.candidates import Held, Limits
from studytool.memory.pieces import PIECE, finished
from studytool.memory.stands import FOR_GOOD, Stands

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Mapping

    from studytool.memory.events import Moment
    from studytool.memory.remembered import Memory
    from studytool.memory.roster import Roster
    from studytool.memory.stands import Word

FORECAST_DAYS = 14


class TopicLoad(NamedTuple):
    """One topic's cards, in the words of `stands`, whether they come today or wait for another day."""

    topic: str
    new: int
    due: int
    later: int
    total: int
    """All of them, those that were put aside, too."""
    recall: float | None
    """The mean probability of recall now over the cards seen; None where there is none."""
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """All topics, in the order their cards were given, and today."""

    topics: tuple[TopicLoad, ...]
    new: int
    """New cards that come today."""
    due: int
    """Due cards that come today."""
    later: int
    total: int
    streak: int
    """Days in a row with an answer or a quiz, up to today or, while today has none, yesterday."""
    today: int
    """Answers given today."""
    forecast: tuple[int, ...]
    """Cards that fall due on each of the coming 14 days: first today with what is overdue, then tomorrow.

    What falls due in a holiday comes after it, what is buried tomorrow.
    """
    held: Held = field(default_factory=Held)
    next_step: int | None = None
    """When the next of the cards that come later is due, in UTC milliseconds; None where there is none."""

    def is_past(self, moment: Moment) -> bool:
        """Whether a card that came later is due by now, so that all is to be counted again."""
        return self.next_step is not None and self.next_step <= moment.ms

    @property
    def all_due(self) -> int:
        """Due cards, those that wait for another day, too."""
        return sum(load.due for load in self.topics)


@dataclass(slots=True)
class _Sum:
    """What the cards that the log names add to their topic."""

    named: int = 0
    new: int = 0
    due: int = 0
    later: int = 0
    recall: float = 0.0
    seen: int = 0


@dataclass(slots=True)
class _Text:
    """The cards made from one text that could come today."""

    is_taken: bool = False
    """Whether none of them comes any more: see `Stands.takes_its_text`."""
    due: int = 0
    new: int = 0
    cards: int = 0
    """All that were made from it."""


@dataclass(slots=True)
class _Counts:
    """What the cards that the log names come to."""

    topics: dict[str, _Sum] = field(default_factory=dict)
    texts: dict[int, _Text] = field(default_factory=dict)
    """The texts that more than one card was made from; none where siblings are not kept apart."""
    forecast: list[int] = field(default_factory=lambda: [0] * FORECAST_DAYS)
    held: Held = field(default_factory=Held)
    steps: int = 0
    """Learning steps among the cards that are due."""
    next_step: int | None = None


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
    untold = _untold(cards, found.texts.values()) if siblings_apart else 0
    yield
    waiting = sum(text.new if text.is_taken or text.due else max(0, text.new - 1) for text in found.texts.values())
    new = fresh - waiting - untold
    loads = _loads(cards.topics, found.topics)
    apart = sum(text.due if text.is_taken else max(0, text.due - 1) for text in found.texts.values())
    reviews = sum(load.due for load in loads) - found.steps - apart
    held = found.held
    held.count(reviews, apart, new, waiting + untold, limits.reviews_per_day - memory.reviewed(today), room)
    return Overview(
        topics=loads,
        new=max(0, min(new, room)),
        due=reviews - held.over + found.steps,
        later=sum(load.later for load in loads),
        total=len(cards),
        streak=memory.streak(today),
        today=memory.answered(today),
        forecast=tuple(found.forecast),
        held=held,
        next_step=found.next_step,
    )


def _counted(cards: Roster, memory: Memory, moment: Moment, *, siblings_apart: bool) -> Generator[None, None, _Counts]:
    """Count the cards that the log names, one by one; a hundred thousand may be, so they are counted in one loop."""
    stands = Stands(memory, moment)
    today, holidays = stands.day, ahead(memory.away(), stands.day)
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
        out, state = memory.out(key, today), memory.state(key)
        word = stands.word(state, out)
        _count(topic, word)
        is_step = state is not None and state.phase != "review"
        found.steps += is_step and word == "due"
        if text and siblings_apart:
            if text not in texts:
                many = cards.sharing(card)
                texts[text] = _Text(new=many, cards=many)
            _share(texts[text], word, is_taken=stands.takes_its_text(state, out), is_step=is_step)
        if state is None or out in FOR_GOOD:
            continue
        if word == "later":
            found.next_step = min(state.due, found.next_step or state.due)
        day = stands.day_of(state)
        if not out:
            topic.recall += state.retrievability(moment)
            topic.seen += 1
            held.note_away(state.due_day, day, today)
        if holidays:
            day = foreseen(state.due_day, holidays, today, step=is_step)
        left = max(day - today, 1 if out else 0)
        if left < FORECAST_DAYS:
            forecast[left] += 1
    return found


def _untold(cards: Roster, named: Collection[_Text]) -> int:
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
    recall = topic.recall / topic.seen if topic.seen else None
    new = total - topic.named + topic.new
    return TopicLoad(name, new, topic.due, topic.later, total, recall, topic.seen)


def _count(topic: _Sum, word: Word) -> None:
    if word == "new":
        topic.new += 1
    elif word == "due":
        topic.due += 1
    elif word == "later":
        topic.later += 1


def _share(text: _Text, word: Word, *, is_taken: bool, is_step: bool) -> None:
    """Count a card that the log names: until it did, it was counted as new."""
    text.new -= word != "new"
    text.is_taken |= is_taken
    text.due += word == "due" and not is_step
