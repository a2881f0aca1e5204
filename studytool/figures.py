"""What statistics and forecasts are worked out from: the log as arrays beside the cards that there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory.away import Away, ahead
from studytool.memory.columns import from_memory
from studytool.memory.due_dates import due_dates, foreseen
from studytool.memory.events import Moment
from studytool.memory.fit.event import fitted_to, standing
from studytool.memory.followed import followed
from studytool.memory.habits import Habits, habits
from studytool.memory.lockstep import replayed
from studytool.memory.simulate import Deck
from studytool.memory.stands import FOR_GOOD
from studytool.memory.stats.together import Answers, Period, Standing, Statistics, answers, statistics

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from numpy.typing import NDArray

    from studytool.desk import Request
    from studytool.desk.sittings import Sittings
    from studytool.memory.columns import Reviews
    from studytool.memory.schedule import Rules
    from studytool.notes.model import Library

_NEARLY = 0.9
"""The share of today's answers from which on a fit to so many of them counts as one to all."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A log's answers and a library's cards on one day."""

    reviews: Reviews
    answers: Answers
    keys: tuple[str, ...]
    """The cards of the library in study order, without those put aside for good."""
    cards: Standing
    """How they stand."""
    topics: tuple[str, ...]
    topic: NDArray[np.int32]
    """The topic's number of each of `keys`."""
    out: NDArray[np.int32]
    """The same of each card put aside for good."""
    topic_of: NDArray[np.int32]
    """The same of each card of the log; -1 where it is in no note of the library."""
    also: tuple[int, ...]
    """Days with a quiz."""
    asked_on: tuple[tuple[int, int], ...]
    """Each of these with the topic's number of a card that it asked; -1 where that is in no note of the library."""
    rules: Rules
    fitted: int = 0
    """To how many answers the model was fitted last; 0 where nobody knows."""
    tried: int = 0
    """To how many answers another fit was tested that gains nothing sure; 0 where none was."""
    away: tuple[Away, ...] = ()
    """The learner's holidays in days from today, as far as cards wait for their end."""

    @property
    def is_fitted(self) -> bool:
        """Whether another fit would find little more to go by than the last one."""
        return self._are_nearly_all(self.fitted)

    @property
    def is_tried(self) -> bool:
        """Whether a fit to nearly as many answers gained nothing sure."""
        return self._are_nearly_all(self.tried)

    def _are_nearly_all(self, answers: int) -> bool:
        return answers >= _NEARLY * max(int(self.answers.asked.sum()), 1)

    @property
    def today(self) -> int:
        """The learner's day."""
        return self.cards.as_of

    def statistics(
        self, period: Period = "all", topics: Collection[str] | None = None, *, here: bool = False
    ) -> Statistics:
        """All statistics; only of some `topics`, or `here`: only of cards that the library has."""
        chosen, held, out, also = self.answers, np.ones(len(self.keys), bool), self.out, self.also
        if topics is not None:
            wanted = np.array([*(title in topics for title in self.topics), False])
            chosen, held, out = chosen.of(wanted[self.topic_of]), wanted[self.topic], out[wanted[out]]
            also = tuple(day for day, number in self.asked_on if wanted[number])
        elif here:
            chosen = chosen.of(self.topic_of >= 0)
            also = tuple(day for day, number in self.asked_on if number >= 0)
        return statistics(
            chosen,
            self.cards.chosen(held),
            self.rules.model,
            topic_of=self.topic_of,
            topic=self.topic[held],
            topics=len(self.topics),
            out=out,
            period=period,
            also=also,
        )

    def deck(self) -> Deck:
        """The library's cards for a simulation."""
        cards = self.cards
        return Deck(cards.stability, cards.difficulty, cards.last - self.today, cards.due - self.today)

    def habits(self) -> Habits:
        """How the learner answers, by the whole log."""
        log = self.reviews
        return habits(log.card, log.day, log.grade, log.took)

    def minutes(self, days: int = 30) -> float | None:
        """The mean minutes of study on the days with any, of the last ones; None where there was none."""
        recent = self.answers.chosen(self.answers.day > self.today - days)
        studied = len(np.unique(recent.day[recent.took > 0]))
        return float(recent.took.sum()) / 60_000 / studied if studied else None


def figures_beside(request: Request, library: Library, moment: Moment) -> Figures:
    """The same over a log of its own: see `beside`."""
    from studytool.desk.sittings import beside

    with beside(request, library) as desk:
        return figures(desk, moment)


def figures(desk: Sittings, moment: Moment) -> Figures:
    """Work out everything that statistics need from an open desk."""
    memory, rules = desk.memory, desk.memory.rules
    today = moment.day(rules.rollover)
    log = from_memory(memory)
    replay = replayed(log, rules.model, rules)
    due, holidays = due_dates(log, replay.cards, rules), ahead(memory.away(), today)
    days = foreseen(due.day, replay.cards.wait >= 0, holidays, today)
    titles: dict[str, int] = {}
    topic_by_key: dict[str, int] = {}
    for candidate in desk.candidates():
        topic_by_key.setdefault(candidate.key, titles.setdefault(candidate.topic, len(titles)))
    aside = {key: memory.out(key, today) for key in memory.put_out(today)}
    keys = [key for key in topic_by_key if aside.get(key) not in FOR_GOOD]
    buried = np.array([aside.get(key) == "buried" for key in keys], bool)
    numbers = {key: number for number, key in enumerate(log.keys)}
    at = np.array([numbers.get(key, -1) for key in keys], np.int64)
    known = at >= 0
    last = np.zeros(len(log.keys), np.int64)
    last[log.card] = log.day  # of rows with the same card, the last one stays

    def of(column: NDArray[np.generic], otherwise: float) -> NDArray[np.float64]:
        found = np.full(len(keys), otherwise, np.float64)
        found[known] = column[at[known]]
        return found

    comes = of(days, today).astype(np.int64)
    cards = Standing(
        of(replay.cards.stability, np.nan),
        of(replay.cards.difficulty, np.nan),
        of(last, today).astype(np.int64),
        np.where(buried, np.maximum(comes, today + 1), comes),
        today,
        buried,
    )
    return Figures(
        reviews=log,
        answers=answers(log, replay, today),
        keys=tuple(keys),
        cards=cards,
        topics=tuple(titles),
        topic=np.array([topic_by_key[key] for key in keys], np.int32),
        out=np.array([number for key, number in topic_by_key.items() if aside.get(key) in FOR_GOOD], np.int32),
        topic_of=np.array([topic_by_key.get(key, -1) for key in log.keys], np.int32),
        also=memory.attempted(),
        asked_on=_asked_on(desk, topic_by_key),
        rules=rules,
        fitted=fitted_to(standing(memory.parameters(), memory.stands)),
        away=tuple(Away(one.start - today, one.until - today) for one in holidays),
    )


def _asked_on(desk: Sittings, topic_by_key: Mapping[str, int]) -> tuple[tuple[int, int], ...]:
    """The days with a quiz, each with the topic's number of a card that it asked, as that is by now."""
    memory, rollover = desk.memory, desk.memory.rules.rollover
    if not memory.attempted():
        return ()
    following = {source: target for source, target, _ in memory.links()}
    rows = desk.store.query("SELECT id, ms, offset, card FROM events WHERE kind = 'attempt' AND card IS NOT NULL")
    found = set()
    for id_, ms, offset, card in rows:
        if memory.stands(id_):
            now = followed(card, following, topic_by_key.__contains__)
            found.add((Moment(ms, offset).day(rollover), topic_by_key.get(now, -1)))
    return tuple(found)
