"""How the learner stands: what each topic holds, what today and the next days will ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from studytool.memory.queue import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytool.memory.events import Moment
    from studytool.memory.remembered import Memory
    from studytool.memory.schedule import State

FORECAST_DAYS = 14


class TopicLoad(NamedTuple):
    """One topic's cards. Suspended and rejected ones count in `total` only, buried ones wait for tomorrow."""

    topic: str
    new: int
    """Cards never answered, whatever today's limit."""
    due: int
    learning: int
    total: int
    recall: float | None
    """The mean probability of recall now over the cards answered at least once; None where there is none."""


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
    """Cards that fall due on each of the coming 14 days: first today with what is overdue, then tomorrow."""


@dataclass(slots=True)
class _Sum:
    new: int = 0
    due: int = 0
    learning: int = 0
    total: int = 0
    recall: float = 0.0
    known: int = 0


def overview(candidates: Iterable[tuple[str, str]], memory: Memory, moment: Moment, limits: Limits) -> Overview:
    """Count `candidates`, pairs of key and topic, by topic at `moment`.

    A card that is given twice counts once, for its first topic.
    """
    today = moment.day(memory.rules.rollover)
    topics: dict[str, _Sum] = {}
    forecast = [0] * FORECAST_DAYS
    seen: set[str] = set()
    name, topic = None, _Sum()
    for key, of in candidates:
        if key in seen:
            continue
        seen.add(key)
        if of != name:  # the cards of a topic mostly stand together
            name, topic = of, topics.setdefault(of, _Sum())
        topic.total += 1
        if not memory.knows_of(key):
            topic.new += 1
            continue
        out, state = memory.out(key, today), memory.state(key)
        if out in ("suspended", "rejected"):
            continue
        if state is not None:
            topic.recall += state.retrievability(moment)
            topic.known += 1
            ahead = max(state.due_day - today, 1 if out else 0)
            if ahead < FORECAST_DAYS:
                forecast[max(ahead, 0)] += 1
        if not out:
            _count(topic, state, today)
    loads = tuple(
        TopicLoad(name, s.new, s.due, s.learning, s.total, s.recall / s.known if s.known else None)
        for name, s in topics.items()
    )
    return Overview(
        topics=loads,
        new=max(0, min(sum(load.new for load in loads), limits.new_per_day - memory.introduced(today))),
        due=max(0, min(sum(load.due for load in loads), limits.reviews_per_day - memory.reviewed(today))),
        learning=sum(load.learning for load in loads),
        total=len(seen),
        streak=memory.streak(today),
        today=memory.answered(today),
        forecast=tuple(forecast),
    )


def _count(topic: _Sum, state: State | None, today: int) -> None:
    if state is None:
        topic.new += 1
    elif state.phase != "review":
        topic.learning += 1
    elif state.due_day <= today:
        topic.due += 1
