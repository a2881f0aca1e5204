"""One card's schedule: learning steps in minutes, then intervals in days, as Anki and py-fsrs have it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal
from zlib import crc32

from studytool.memory import fsrs
from studytool.memory.events import DAY_MS, Moment

Phase = Literal["learning", "review", "relearning"]

_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Rules:
    """All that a schedule depends on besides the answers."""

    desired_retention: float = 0.9
    """The probability of recall at which a card falls due."""
    rollover: int = 4
    """The hour, local time, at which the learner's day turns."""
    model: fsrs.Model = field(default_factory=fsrs.Model)
    learning_steps: tuple[int, ...] = (1 * _MINUTE, 10 * _MINUTE)
    """Milliseconds between the first answers of a new card; one step at least."""
    relearning_steps: tuple[int, ...] = (10 * _MINUTE,)
    """The same after a card was forgotten."""
    maximum_interval: int = 36_500
    """Days."""
    fuzz: bool = True
    """Spread intervals a little, so that cards learned together do not stay together for ever."""


@dataclass(frozen=True, slots=True)
class State:
    """What is remembered of one card, and when to ask again."""

    stability: float
    """Days until recall falls to 90 %."""
    difficulty: float
    """1 (easy) to 10."""
    due: int
    """UTC milliseconds. In the review phase the whole of the learner's `due_day` counts as due."""
    last: int
    """UTC milliseconds of the last answer."""
    reviews: int
    """Answers so far."""
    lapses: int
    """How often the card was forgotten after it had been learned."""
    phase: Phase
    step: int
    """Which learning step is waited for, from 0; 0 in the review phase."""
    day: int
    """The learner's day (`Moment.day`) of the last answer."""
    due_day: int
    """The learner's day on which the card falls due."""
    rules: Rules

    def retrievability(self, moment: Moment) -> float:
        """The probability of recall at `moment`, by whole days of the learner's calendar as FSRS counts them."""
        days = max(0, moment.day(self.rules.rollover) - self.day)
        return fsrs.retrievability(self.rules.model, self.stability, days)


@dataclass(slots=True)
class Trail:
    """A card on the way through its answers: a `State` without the due date, which only the last answer needs."""

    stability: float = 0.0
    difficulty: float = 0.0
    phase: Phase = "learning"
    step: int = 0
    reviews: int = 0
    lapses: int = 0
    last: int = 0
    offset: int = 0
    day: int = 0
    wait: int | None = None
    """Milliseconds of the learning step that follows; None where an interval in days does."""
    given: int | None = None
    """Days until it falls due as another program has set them; None once it was answered here."""
    chosen: int | None = None
    """Days that were chosen when the answer was given, for a day with little to do; they hold within the fuzz."""
    seed: str = ""
    """With the number of answers it decides the fuzz, so that the same log always gives the same due date."""


def advance(rules: Rules, trail: Trail, grade: int, moment: Moment, seed: str, days: int | None = None) -> None:
    """Take `trail` on by an answer of `grade` (1 to 4). A clock that was set back counts as no time passed.

    `days` is the interval that was chosen when the answer was given: see `interval_within`.
    """
    day = moment.day(rules.rollover)
    if trail.reviews == 0:
        trail.stability, trail.difficulty = fsrs.first(rules.model, grade)
    else:
        trail.stability, trail.difficulty = fsrs.step(
            rules.model, trail.stability, trail.difficulty, day - trail.day, grade
        )
    if trail.phase == "review" and grade == 1:
        trail.lapses += 1
    trail.phase, trail.step, trail.wait = _next_step(rules, trail.phase, trail.step, grade)
    trail.reviews += 1
    trail.given, trail.chosen = None, days
    trail.last, trail.offset, trail.day, trail.seed = moment.ms, moment.offset, day, seed


def settled(rules: Rules, trail: Trail) -> State:
    """The state that `trail` has come to, with its due date."""
    wait = trail.wait
    if wait is None:
        days = trail.given
        if days is None:
            days = interval_within(rules, trail.stability, trail.seed, trail.reviews - 1, trail.chosen)
        wait, due_day = days * DAY_MS, trail.day + days
    else:
        due_day = Moment(trail.last + wait, trail.offset).day(rules.rollover)
    return State(
        stability=trail.stability,
        difficulty=trail.difficulty,
        due=trail.last + wait,
        last=trail.last,
        reviews=trail.reviews,
        lapses=trail.lapses,
        phase=trail.phase,
        step=trail.step,
        day=trail.day,
        due_day=due_day,
        rules=rules,
    )


def answered(
    rules: Rules, state: State | None, grade: int, moment: Moment, seed: str, days: int | None = None
) -> State:
    """The state after an answer of `grade` (1 to 4) to a card in `state`, None for a new one; `seed` is its key.

    `days` is the interval chosen for it, as in `advance`.
    """
    return settled(rules, taken_on(rules, state, grade, moment, seed, days))


def taken_on(
    rules: Rules, state: State | None, grade: int, moment: Moment, seed: str, days: int | None = None
) -> Trail:
    """The same without the due date."""
    trail = Trail()
    if state is not None:
        trail.stability, trail.difficulty, trail.day = state.stability, state.difficulty, state.day
        trail.phase, trail.step, trail.reviews, trail.lapses = state.phase, state.step, state.reviews, state.lapses
    advance(rules, trail, grade, moment, seed, days)
    return trail


def _next_step(rules: Rules, phase: Phase, step: int, grade: int) -> tuple[Phase, int, int | None]:
    """Phase, step and wait in milliseconds after an answer; no wait where an interval in days follows."""
    if phase == "review":
        if grade != 1 or not rules.relearning_steps:
            return "review", 0, None
        return "relearning", 0, rules.relearning_steps[0]
    steps = rules.learning_steps if phase == "learning" else rules.relearning_steps
    if not steps or grade == 4 or (step >= len(steps) and grade != 1):
        return "review", 0, None
    if grade == 1:
        return phase, 0, steps[0]
    if grade == 2:
        return phase, step, _hard_wait(steps, step)
    if step + 1 >= len(steps):
        return "review", 0, None
    return phase, step + 1, steps[step + 1]


def _hard_wait(steps: tuple[int, ...], step: int) -> int:
    """ "Hard" repeats the step; at the first one it waits between that and the next, as Anki does."""
    if step > 0:
        return steps[step]
    return (steps[0] + steps[1]) // 2 if len(steps) > 1 else steps[0] * 3 // 2


def exact_interval(rules: Rules, stability: float) -> int:
    """Whole days until recall has fallen to what is desired: no fuzz, at least one day."""
    exact = fsrs.interval(rules.model, stability, rules.desired_retention)
    return min(max(round(exact), 1), rules.maximum_interval)


def interval_within(rules: Rules, stability: float, seed: str, count: int, chosen: int | None = None) -> int:
    """Whole days until the card falls due: those `chosen` where the fuzz allows them, else by the seeded fuzz.

    `seed` and `count`, the answers before this one, decide the fuzz; rules without fuzz give the exact interval.
    """
    days = exact_interval(rules, stability)
    if not rules.fuzz:
        return days
    low, high = fuzz_range(days, rules.maximum_interval)
    if chosen is not None and low <= chosen <= high:
        return chosen
    # The same fraction for all four grades of one answer: "good" never comes out below "hard" by luck.
    fraction = crc32(f"{seed}/{count}".encode()) / 2**32
    return low + int(fraction * (high - low + 1))


@lru_cache(maxsize=4096)  # four grades of each card that is shown ask for it, and their days are mostly the same few
def fuzz_range(days: int, maximum: int = 36_500) -> tuple[int, int]:
    """The shortest and longest interval that `days` may become: one day either way, and a share of what is longer.

    15 % of what lies between 2.5 and 7 days, 10 % between 7 and 20, 5 % beyond, as in Anki and py-fsrs; none below
    2.5 days.
    """
    if days < 2.5:
        return days, days
    delta = 1.0
    for start, end, share in ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05)):
        delta += share * max(min(days, end) - start, 0.0)
    high = min(round(days + delta), maximum)
    return min(max(2, round(days - delta)), high), high
