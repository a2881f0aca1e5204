"""An exam on a day: the recall to expect then, and which cards to ask now so that it is as high as the minutes allow.

The everyday schedule keeps recall above a threshold for ever. Before an exam one day counts. What an answer today is
worth is then

    gain = (recall on the day if the card is asked now - recall on the day if it is not) / seconds that it takes

A card that is not asked now may still be asked later, so both recalls are a mixture: with the probability `chance` the
card is asked once more, `sweep` days before the exam. With A answers that the minutes left will hold, and N cards,

    chance = min(1, A / 2N)        sweep = the time that two rounds through all cards take, at most half of what is left

Days of a holiday hold no answers: they count neither for A nor for the time left, and `sweep` reaches over them.

Far from the exam this favours answers that build stability; close to it, those that are still worth something on the
day; and where there are more cards than minutes, cards that cost little and are not yet lost. The two constants were
chosen by simulation: tests/bench/deadline.py, docs/exam.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory import many
from studytool.memory.away import days_of_study, is_away
from studytool.memory.fsrs import Model
from studytool.memory.habits import Habits
from studytool.memory.simulate import Deck, Plain, Policy, runs_for, simulate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.memory.away import Away
    from studytool.memory.many import Floats, Whole
    from studytool.memory.simulate import Course, Table

SAFE = 0.8
"""A card whose recall is at least this counts as one that will be known."""
MINUTES = (10, 20, 40)
"""The minutes a day that are tried where nothing else is asked for."""
_ROUNDS = 2  # answers for each card that the time left should hold before a later one is certain
_OUTSIDE = 1.645  # standard deviations that leave out 5 % on either side


@dataclass(frozen=True, slots=True)
class Aim:
    """The policy for an exam: what adds most to the recall on that day per second comes first; after it, the usual."""

    exam: int
    """The day of the exam, counted from today; nothing is asked on it for its own sake."""
    minutes: float
    """A day, for the cards of the syllabus."""
    habits: Habits = field(default_factory=Habits)
    after: Policy = field(default_factory=Plain)
    away: tuple[Away, ...] = ()
    """Holidays, in days from today."""

    def __call__(self, table: Table, day: int) -> Floats:
        """Gains by run and card; -inf for what was asked today already, and for everything on a holiday."""
        if day >= self.exam:
            return self.after(table, day)
        if is_away(self.away, day):
            return np.full(table.stability.shape, -np.inf)
        left = days_before(self.exam, day, self.away)
        elapsed, days = day - table.last, self.exam - day
        return gains(table.model, self.habits, table.stability, table.difficulty, elapsed, days, self.minutes, left)


def days_before(exam: int, today: int = 0, away: Sequence[Away] = ()) -> Floats:
    """The days of study between `today` and the exam, neither of them counted, as days before the exam: 1, 2, …"""
    return exam - np.array(days_of_study(away, today + 1, exam)[::-1], np.float64)


def gains(
    model: Model,
    habits: Habits,
    stability: Floats,
    difficulty: Floats,
    elapsed: Whole,
    left: int,
    minutes: float,
    days: Floats | None = None,
) -> Floats:
    """What asking each card now adds to its recall `left` days from now, a second: see the module.

    `days` are those of study until then (`days_before`), all of them if it is None. The last axis is the cards, in
    study order; a stability of nan is a new card. -inf where `elapsed` is no day. Equal new cards keep their order.
    """
    fresh = np.isnan(stability)
    usual = _seconds(habits, 0.9)
    answers = minutes * 60 / usual
    cards = stability.shape[-1]
    wanted = fresh.sum(-1, keepdims=True) * float(np.dot(habits.first, habits.first_seconds)) / usual
    days = days_before(left) if days is None else days
    chance = np.clip((answers * len(days) - wanted) / max(_ROUNDS * cards, 1), 0, 1)
    sweep = max(1.0, min(len(days) / 2, _ROUNDS * cards / answers if answers else np.inf))
    if len(days):
        later = _Later(model, chance, float(np.interp(sweep, np.arange(1, len(days) + 1), days)))
    else:
        later = _Later(model, np.zeros_like(chance), 1.0)

    since = np.maximum(elapsed, 0)
    recalled = many.recall(model, stability, since)
    harder = many.difficulty_after(model, difficulty, 1)
    asked = recalled * later.recall(_good(model, stability, difficulty, recalled), difficulty, 0, left)
    asked += (1 - recalled) * later.recall(_again(model, stability, difficulty, recalled), harder, 0, left)
    gain = (asked - later.recall(stability, difficulty, since, left)) / _seconds(habits, recalled)

    begun, how_hard = started(model, habits)
    worth = (np.array(habits.first) * later.recall(begun, how_hard, 0, left)).sum(-1, keepdims=True)
    cost = float(np.dot(habits.first, habits.first_seconds))
    found: Floats = np.where(fresh, worth / cost - 1e-12 * np.arange(cards), np.where(elapsed < 1, -np.inf, gain))
    return found


def started(model: Model, habits: Habits) -> tuple[Floats, Floats]:
    """Stability and difficulty of a new card at the end of its first day, by the grade of its first answer."""
    stability, difficulty = many.firsts(model)
    for step in range(max(habits.steps)):
        stability = np.where(np.array(habits.steps) > step, many.after_step(model, stability), stability)
    return stability, difficulty


def expected_seconds(model: Model, habits: Habits, stability: Floats, elapsed: Whole) -> Floats:
    """What each card is expected to take if it is asked now."""
    known = _seconds(habits, many.recall(model, stability, np.maximum(elapsed, 0)))
    return np.where(np.isnan(stability), float(np.dot(habits.first, habits.first_seconds)), known)


@dataclass(frozen=True, slots=True)
class _Later:
    """What may happen between today's answers and the exam: one more, `sweep` days before it, with a `chance`."""

    model: Model
    chance: Floats
    sweep: float

    def recall(self, stability: Floats, difficulty: Floats, elapsed: Whole | int, left: int) -> Floats:
        """The recall to expect `left` days from now of cards last answered `elapsed` days ago."""
        untouched = many.recall(self.model, stability, elapsed + left)
        then = many.recall(self.model, stability, elapsed + left - self.sweep)
        good = many.recall(self.model, _good(self.model, stability, difficulty, then), self.sweep)
        again = many.recall(self.model, _again(self.model, stability, difficulty, then), self.sweep)
        asked = np.maximum(then * good + (1 - then) * again, untouched)
        found: Floats = untouched + self.chance * (asked - untouched)
        return found


def _good(model: Model, stability: Floats, difficulty: Floats, recalled: Floats) -> Floats:
    return many.after_recall(model, stability, difficulty, recalled, 3)


def _again(model: Model, stability: Floats, difficulty: Floats, recalled: Floats) -> Floats:
    return many.after_step(model, many.after_forgetting(model, stability, difficulty, recalled))


def _seconds(habits: Habits, recalled: Floats | float) -> Floats | float:
    """What a card that is not new is expected to take."""
    return recalled * float(np.dot(habits.passed, habits.seconds)) + (1 - recalled) * habits.seconds[0]


@dataclass(frozen=True, slots=True)
class Range:
    """A mean over simulated runs, and bounds that nine of ten such runs keep to."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outlook:
    """What to expect of the exam's day with so many minutes of study on each day before it."""

    minutes: float
    """A day, at most; 0 when nothing more is done."""
    spent: float
    """Minutes a day that there was something to do for, over the days that are in no holiday."""
    recall: Range
    """The mean probability of recall over all cards of the syllabus, those never seen included."""
    safe: float
    """The share of cards whose recall is at least `SAFE`."""
    seen: float
    """The share of cards answered at least once by then."""
    topics: tuple[float | None, ...]
    """The mean recall by topic; None where the simulated sample holds none of its cards."""


def outlook(
    deck: Deck,
    topic: Whole,
    exam: int,
    minutes: float,
    *,
    habits: Habits | None = None,
    model: Model | None = None,
    everyday: Plain | None = None,
    desired_retention: float = 0.9,
    unseen: float = 0.0,
    away: tuple[Away, ...] = (),
    runs: int | None = None,
    seed: int = 0,
) -> Outlook:
    """Simulate the days until the exam, `exam` days from now, with `minutes` a day.

    The schedule is `Aim`, or the `everyday` one where its limits are given; `away` are holidays, in days from today.
    `topic` numbers each card's topic from 0; `unseen` is the recall that a card never answered counts with. The range
    is that of chance, for a memory that is as the model says; what the model gets wrong comes on top.
    """
    habits, model = habits or Habits(), model or Model()
    topics = int(topic.max(initial=-1)) + 1
    nothing = minutes <= 0 or exam <= 0 or not len(deck)
    chosen, share = (np.arange(len(deck)), 1.0) if nothing else deck.sample()
    deck, topic = deck.chosen(chosen), topic[chosen]
    runs = 1 if nothing else runs or runs_for(len(deck))
    policy = replace(everyday, away=away).scaled(share) if everyday else Aim(exam, minutes * share, habits, away=away)
    course = simulate(
        deck,
        policy,
        0 if nothing else exam,
        minutes * share,
        habits=habits,
        model=model,
        desired_retention=desired_retention,
        runs=runs,
        seed=seed,
    )
    studied = len(days_of_study(away, 0, course.seconds.shape[1]))
    spent = float(course.seconds.sum(1).mean()) / 60 / share / max(studied, 1)
    return _summed(course, topic, topics, exam, minutes, spent, unseen)


def _summed(
    course: Course, topic: Whole, topics: int, exam: int, minutes: float, spent: float, unseen: float
) -> Outlook:
    recall = course.truth.recall(max(exam, 0), unseen)
    counts = np.bincount(topic, minlength=topics)
    sums = np.bincount(topic, recall.mean(0), minlength=topics)
    return Outlook(
        minutes=minutes,
        spent=spent,
        recall=_range(recall.mean(1)) if recall.size else Range(0.0, 0.0, 0.0),
        safe=float((recall >= SAFE).mean()) if recall.size else 0.0,
        seen=float((~np.isnan(course.table.stability)).mean()) if recall.size else 0.0,
        topics=tuple(float(s / n) if n else None for s, n in zip(sums, counts, strict=True)),
    )


def _range(values: Floats) -> Range:
    mean, spread = float(values.mean()), float(values.std(ddof=1)) * _OUTSIDE if len(values) > 1 else 0.0
    return Range(mean, max(mean - spread, 0.0), min(mean + spread, 1.0))
