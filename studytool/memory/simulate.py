"""A learner over the days to come, simulated: the answers are drawn from what FSRS-6 expects of each card.

Several runs go side by side, as rows of the arrays, so that what chance does shows; the same seed gives the same runs.
Days count from 0, today. On each day a policy says which cards are worth asking and in which order, and cards are
asked until the learner's minutes are spent: the card that goes over them is finished, and the next day is shorter by as
much; on a holiday none is. The learning steps of a day are taken as answered "good", in the time that `habits` has
measured for them. Fuzz, easy days and siblings that wait for one another are left out: over many cards they even out.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from studytool.memory import many
from studytool.memory.away import is_away, lately
from studytool.memory.due_dates import comes
from studytool.memory.fsrs import Model
from studytool.memory.habits import Habits

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studytool.memory.away import Away
    from studytool.memory.many import Floats, Whole

MOST_CARDS = 2_000
"""Larger decks are simulated by an even sample of their cards, with minutes in proportion."""


@dataclass(frozen=True, slots=True)
class Deck:
    """Cards in study order, as arrays of one length."""

    stability: Floats
    """In days; nan for a card that was never answered."""
    difficulty: Floats
    last: Whole
    """The day of the last answer, counted from today: 0 or less."""
    due: Whole
    """The day on which the card falls due, counted from today."""

    def __len__(self) -> int:
        return len(self.stability)

    def chosen(self, which: Whole | NDArray[np.bool_]) -> Deck:
        """The cards that an index or a mask chooses."""
        return Deck(self.stability[which], self.difficulty[which], self.last[which], self.due[which])

    def sample(self, most: int = MOST_CARDS) -> tuple[Whole, float]:
        """At most `most` places of cards, evenly spread over the study order, and the share of all that they are."""
        if len(self) <= most:
            return np.arange(len(self)), 1.0
        return np.linspace(0, len(self) - 1, most).round().astype(np.int64), most / len(self)


def runs_for(cards: int) -> int:
    """How many runs show what chance does to so many cards: the more cards, the less it does to their mean."""
    return min(max(16_000 // max(cards, 1), 8), 32)


def new_deck(cards: int) -> Deck:
    """So many cards that were never answered."""
    return Deck(np.full(cards, np.nan), np.full(cards, np.nan), np.zeros(cards, np.int64), np.zeros(cards, np.int64))


@dataclass(frozen=True, slots=True)
class Table:
    """All runs as they stand: arrays of runs × cards, changed in place from day to day."""

    model: Model
    stability: Floats
    difficulty: Floats
    last: Whole
    due: Whole

    def recall(self, day: float, unseen: float = 0.0) -> Floats:
        """The probability of recall of each card on `day`; `unseen` for those that were never answered."""
        known = many.recall(self.model, self.stability, np.maximum(day - self.last, 0))
        return np.where(np.isnan(self.stability), unseen, known)


@dataclass(frozen=True, slots=True)
class Course:
    """What the runs came to. Arrays of runs × days, but for the tables."""

    table: Table
    """The cards after the last day, as the schedule knows them."""
    truth: Table
    """The same as they are: another table only where the learner's memory is not the model's."""
    seconds: Floats
    reviews: Floats
    """Cards that were asked and not new."""
    new: Floats
    recalled: Floats
    """Cards among `reviews` that were recalled."""


class Policy(Protocol):
    """Which cards to ask on a day: for each run and card a number, the largest first; -inf for a card not asked."""

    def __call__(self, table: Table, day: int) -> Floats: ...


@dataclass(frozen=True, slots=True)
class Plain:
    """The everyday queue: what is due, the least certain first, new cards spread evenly among it, within limits."""

    new_per_day: float = 20
    reviews_per_day: float = 200
    away: tuple[Away, ...] = ()
    """Holidays, in days from today: nothing is asked then, and what waited comes back a little at a time."""

    def scaled(self, share: float) -> Plain:
        """The limits for a sample of the cards; less than one a day is one every few days."""
        return replace(self, new_per_day=self.new_per_day * share, reviews_per_day=self.reviews_per_day * share)

    def __call__(self, table: Table, day: int) -> Floats:
        """Rank by the share of its kind that comes before a card."""
        if is_away(self.away, day):
            return np.full(table.stability.shape, -np.inf)
        most_new, most = (int((day + 1) * each) - int(day * each) for each in (self.new_per_day, self.reviews_per_day))
        new = np.isnan(table.stability)
        due = ~new & (comes(table.due, lately(self.away, day)) <= day)
        score = np.full(new.shape, -np.inf)
        for run in range(len(score)):
            asked = np.flatnonzero(due[run])
            lag = (day - table.last[run, asked]) / table.stability[run, asked]  # recall falls as this grows
            asked = asked[np.argsort(-lag, kind="stable")][:most]
            fresh = np.flatnonzero(new[run])[:most_new]
            for kind, after in ((asked, 0.0), (fresh, 1e-9)):  # a review where both are even
                score[run, kind] = -after - np.arange(1, len(kind) + 1) / max(len(kind), 1)
        return score


def simulate(
    deck: Deck,
    policy: Policy,
    days: int,
    minutes: float,
    *,
    habits: Habits | None = None,
    model: Model | None = None,
    truth: Model | None = None,
    desired_retention: float | Floats = 0.9,
    runs: int = 8,
    seed: int = 0,
    rescheduled: bool = False,
) -> Course:
    """Study `deck` for `days` days of at most `minutes` each, `runs` times.

    `model` is what the schedule assumes, `truth` what the learner's memory does, where that is not the same; the cards'
    states so far are taken as true. `minutes` may be infinite: then the policy alone says when a day ends.
    `desired_retention` may be an array, one for each run; `rescheduled` makes it hold for the cards as they are too.
    """
    habits, model = habits or Habits(), model or Model()
    rng = np.random.default_rng(seed)
    aims = np.broadcast_to(np.asarray(desired_retention, np.float64), (runs,))
    table = _laid(deck, model, runs)
    real = table if truth is None else _laid(deck, truth, runs)
    if rescheduled:
        seen = ~np.isnan(table.stability)
        table.due[seen] = (table.last + many.intervals(model, np.nan_to_num(table.stability), aims[:, None]))[seen]
    seconds, reviews, new, recalled = (np.zeros((runs, days)) for _ in range(4))
    over = np.zeros(runs)
    for day in range(days):
        score = policy(table, day)
        asked = _first(score, minutes * 60, habits)
        grade, fresh, took = _answers(rng, real, asked, day, habits)
        allowed = minutes * 60 - over[:, None]
        spent = np.cumsum(took, axis=1)
        done = (spent - took < allowed) & np.isfinite(np.take_along_axis(score, asked, 1))
        for each in (table,) if real is table else (table, real):
            _learn(each, asked, done, grade, day, habits, aims)
        seconds[:, day] = (took * done).sum(1)
        over = np.maximum(seconds[:, day] - allowed[:, 0], 0) if np.isfinite(minutes) else over
        new[:, day] = (done & fresh).sum(1)
        reviews[:, day] = (done & ~fresh).sum(1)
        recalled[:, day] = (done & ~fresh & (grade > 1)).sum(1)
    return Course(table, real, seconds, reviews, new, recalled)


def _laid(deck: Deck, model: Model, runs: int) -> Table:
    shape = (runs, 1)
    return Table(
        model,
        *(np.tile(deck.stability, shape), np.tile(deck.difficulty, shape)),
        *(np.tile(deck.last, shape), np.tile(deck.due, shape)),
    )


def _first(score: Floats, seconds: float, habits: Habits) -> Whole:
    """The cards that a day may come to, by rank: as many as fit if each takes the least time that any does."""
    least = min(*habits.first_seconds, *habits.seconds)
    most = int(np.isfinite(score).sum(1).max(initial=0))
    if np.isfinite(seconds):
        most = min(most, int(seconds / least) + 1)
    if most == 0:
        return np.zeros((len(score), 0), np.int64)
    if most < score.shape[1]:
        top = np.argpartition(-score, most - 1, axis=1)[:, :most]
    else:
        top = np.tile(np.arange(score.shape[1]), (len(score), 1))
    ranked = np.argsort(-np.take_along_axis(score, top, 1), axis=1, kind="stable")
    return np.take_along_axis(top, ranked, 1)


def _answers(
    rng: np.random.Generator, real: Table, asked: Whole, day: int, habits: Habits
) -> tuple[Whole, NDArray[np.bool_], Floats]:
    """The grade of each answer, whether its card is new, and the seconds it takes."""
    stability = np.take_along_axis(real.stability, asked, 1)
    fresh = np.isnan(stability)
    past = np.maximum(day - np.take_along_axis(real.last, asked, 1), 0)
    recalled = rng.random(asked.shape) < np.where(fresh, 1.0, many.recall(real.model, stability, past))
    luck = rng.random(asked.shape)
    grade = np.where(
        fresh,
        1 + np.searchsorted(np.cumsum(habits.first)[:3], luck, side="right"),
        np.where(recalled, 1 + np.searchsorted(np.cumsum(habits.passed)[:3], luck, side="right"), 1),
    )
    took = np.where(fresh, np.array(habits.first_seconds)[grade - 1], np.array(habits.seconds)[grade - 1])
    return grade, fresh, took


def _learn(
    table: Table, asked: Whole, done: NDArray[np.bool_], grade: Whole, day: int, habits: Habits, aims: Floats
) -> None:
    """Write the answers that were given into the table."""
    run, place = np.nonzero(done)
    card, grade = asked[run, place], grade[run, place]
    stability, difficulty, steps = answered(
        table.model, table.stability[run, card], table.difficulty[run, card], day - table.last[run, card], grade, habits
    )
    for _ in range(max(*habits.steps, habits.relearning) if len(card) else 0):
        stability = np.where(steps > 0, many.after_step(table.model, stability), stability)
        steps = steps - 1
    table.stability[run, card], table.difficulty[run, card] = stability, difficulty
    table.last[run, card] = day
    table.due[run, card] = day + many.intervals(table.model, stability, aims[run])


def answered(
    model: Model, stability: Floats, difficulty: Floats, days: Whole, grade: Whole, habits: Habits
) -> tuple[Floats, Floats, Whole]:
    """Stability and difficulty after the first answer of a day, and how many same-day steps follow it.

    A stability of nan is a new card. An answer on the day of the last one counts as a same-day "good".
    """
    first_stability, first_difficulty = many.firsts(model)
    fresh, same = np.isnan(stability), days < 1
    recalled = many.recall(model, stability, np.maximum(days, 0))
    passed = many.after_recall(model, stability, difficulty, recalled, grade)
    failed = many.after_forgetting(model, stability, difficulty, recalled)
    known = np.where(same, many.after_step(model, stability), np.where(grade > 1, passed, failed))
    steps = np.where(fresh, np.array(habits.steps)[grade - 1], np.where((grade == 1) & ~same, habits.relearning, 0))
    return (
        np.where(fresh, first_stability[grade - 1], known),
        np.where(fresh, first_difficulty[grade - 1], many.difficulty_after(model, difficulty, grade)),
        steps,
    )
