"""Simulated learners: parameters drawn from the published spread, and logs of answers as such a learner would give.

A learner takes up new cards every day, answers what falls due (some days are skipped, some cards come late), repeats on
the same day what was forgotten or is new, and forgets by FSRS-6 with parameters of their own, or nearly so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from studytool.memory.fit.fitting import Log
from studytool.memory.fit.prior import HIGHEST, LOWEST
from studytool.memory.fsrs import DEFAULT_WEIGHTS, STABILITY_MAX, STABILITY_MIN

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DEFAULTS = np.array(DEFAULT_WEIGHTS)
PUBLISHED_SPREAD = np.array(
    (
        *(0.57, 0.28, 0.6, 0.12),
        *(0.39, 0.18, 0.33),
        *(0.3, 0.09, 0.16, 0.57),
        *(0.25, 1.03),
        *(0.31, 0.32, 0.14),
        0.27,
    )
)
"""Standard deviations of w4 to w20 over learners, as fsrs-rs has them."""


def drawn(draw: np.random.Generator, spread: float = 1.0) -> Floats:
    """The parameters of a learner; `spread` is how far learners are from the defaults, against the published spread."""
    weights = DEFAULTS.copy()
    weights[4:] += spread * PUBLISHED_SPREAD * draw.standard_normal(17)
    common, own = draw.standard_normal(), draw.standard_normal(4)
    weights[:4] = np.sort(DEFAULTS[:4] * np.exp(0.56 * spread * (common + own)))
    return np.asarray(np.clip(weights, LOWEST, HIGHEST))


_TOLD_BY_TWO = [8, 9, 10, 11, 12, 13, 14, 20]
"""Of w4 to w20 those that matter most to the answers of one who never answers "hard" or "easy"."""


def unlike(draw: np.random.Generator, nearest: float = 1.0, farthest: float = 2.5) -> Floats:
    """The parameters of a learner unlike others: those that matter most are so many published spreads away, each."""
    far = draw.uniform(nearest, farthest, 17) * draw.choice((-1, 1), 17)
    shifts = 1.2 * draw.standard_normal(17)
    at = np.array(_TOLD_BY_TWO) - 4
    shifts[at] = far[at]
    weights = DEFAULTS.copy()
    weights[4:] += PUBLISHED_SPREAD * shifts
    weights[:4] = np.sort(DEFAULTS[:4] * np.exp(0.8 * draw.standard_normal() + 0.6 * draw.standard_normal(4)))
    return np.asarray(np.clip(weights, LOWEST, HIGHEST))


@dataclass(frozen=True, slots=True)
class Learner:
    """How somebody learns."""

    weights: Floats
    later: Floats | None = None
    """The parameters that they come to in the end; by default they stay as they are."""
    buttons: int = 4
    """2 for one who never answers "hard" or "easy"."""
    retention: float = 0.9
    uneven: float = 0.0
    """How much cards differ in what FSRS knows nothing of: the spread of the logarithm of a factor of stability."""
    moody: float = 0.0
    """How much days differ: the spread of the logit of recall."""
    days: int = 100
    """In how many days the answers are given, about."""


@dataclass(slots=True)
class Cards:
    """Stabilities and difficulties, as they are and as the scheduler takes them to be."""

    size: int
    real: Floats = field(init=False)
    taken: Floats = field(init=False)
    last: Ints = field(init=False)
    due: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.real, self.taken = np.ones((2, self.size)), np.ones((2, self.size))
        self.last, self.due = np.zeros(self.size, np.int64), np.zeros(self.size, np.int64)


def log_of(learner: Learner, answers: int, seed: int) -> Log:
    """The first so many answers of a learner, all by an Anki-like schedule with the published parameters."""
    draw = np.random.default_rng(seed)
    cards = Cards(answers)
    uneven = np.exp(learner.uneven * draw.standard_normal(answers))
    firsts, grades = draw.dirichlet((2.9, 1.2, 6.6, 1.3)), draw.dirichlet((0.9, 12.6, 1.5))
    if learner.buttons == 2:
        firsts, grades = np.array((firsts[0], 0, firsts[1:].sum(), 0)), np.array((0.0, 1.0, 0.0))
    found: list[tuple[Ints, int, Ints]] = []
    many = known = day = 0
    while many < answers:
        day += 1
        if draw.random() < 0.07:
            continue
        moved = min(many / answers, 1.0)
        weights = learner.weights if learner.later is None else learner.weights * (1 - moved) + learner.later * moved
        fresh = np.arange(known, min(known + draw.poisson(max(answers / learner.days / 6, 1)), answers))
        due = np.flatnonzero((cards.due[:known] <= day) & (draw.random(known) > 0.1))
        known += len(fresh)
        recalled = _recalled(weights, cards, due, day, uneven, learner.moody * draw.standard_normal(), draw)
        due_grades = np.where(recalled, draw.choice((2, 3, 4), len(due), p=grades), 1)
        _answer(weights, cards, due, day, due_grades)
        fresh_grades = draw.choice((1, 2, 3, 4), len(fresh), p=firsts)
        _begin(weights, cards, fresh, day, fresh_grades)
        today = np.concatenate((due, fresh))
        given = np.concatenate((due_grades, fresh_grades))
        mixed = draw.permutation(len(today))
        found.append((today[mixed], day, given[mixed]))
        repeated = np.concatenate((due[due_grades == 1], fresh[(fresh_grades == 1) | (fresh_grades == 3)]))
        while len(repeated):
            given = np.where(draw.random(len(repeated)) < 0.85, 3, 1)
            _answer(weights, cards, repeated, day, given)
            found.append((repeated, day, given))
            many += len(repeated)
            repeated = repeated[given == 1]
        _schedule(cards, today, day, learner.retention, draw)
        many += len(today)
    columns = (
        np.concatenate([card for card, _, _ in found]),
        np.concatenate([np.full(len(card), day) for card, day, _ in found]),
        np.concatenate([given for _, _, given in found]),
    )
    card, days, given = (np.asarray(column[:answers], np.int64) for column in columns)
    return Log(card, days, given)


def _recalled(
    weights: Floats, cards: Cards, at: Ints, day: int, uneven: Floats, mood: float, draw: np.random.Generator
) -> NDArray[np.bool_]:
    recall = recall_after(weights, cards.real[0, at] * uneven[at], day - cards.last[at])
    logit = np.log(recall / (1 - recall)) + mood
    return draw.random(len(at)) < 1 / (1 + np.exp(-logit))


def recall_after(w: Floats, stability: Floats, days: Ints) -> Floats:
    """The probability of recall so many days after an answer; on the same day as after one."""
    found: Floats = (1 + (0.9 ** (-1 / w[20]) - 1) * np.maximum(days, 1) / stability) ** -w[20]
    return found


def _begin(weights: Floats, cards: Cards, at: Ints, day: int, grade: Ints) -> None:
    for w, known in ((weights, cards.real), (DEFAULTS, cards.taken)):
        known[0, at] = w[grade - 1]
        known[1, at] = np.clip(w[4] - np.exp(w[5] * (grade - 1)) + 1, 1, 10)
    cards.last[at] = day


def _answer(weights: Floats, cards: Cards, at: Ints, day: int, grade: Ints) -> None:
    for w, known in ((weights, cards.real), (DEFAULTS, cards.taken)):
        s, d = known[:, at]
        known[0, at] = np.clip(stability_after(w, s, d, day - cards.last[at], grade), STABILITY_MIN, STABILITY_MAX)
        damped = d + (10 - d) * -w[6] * (grade - 3) / 9
        known[1, at] = np.clip(w[7] * (w[4] - np.exp(3 * w[5]) + 1) + (1 - w[7]) * damped, 1, 10)
    cards.last[at] = day


def stability_after(w: Floats, s: Floats, d: Floats, days: Ints, grade: Ints) -> Floats:
    """The stability after an answer to a card of stability `s` and difficulty `d`, `days` after the one before."""
    forgetting = 1 - recall_after(w, s, days)
    bonus = np.array((0, 0, w[15], 1, w[16]))[grade]
    grown = s * (1 + np.exp(w[8]) * (11 - d) * s ** -w[9] * np.expm1(w[10] * forgetting) * bonus)
    left = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * np.exp(w[14] * forgetting)
    left = np.minimum(left, s / np.exp(w[17] * w[18]))
    short = np.exp(w[17] * (grade - 3 + w[18])) * s ** -w[19]
    same_day = s * np.where(grade > 1, np.maximum(short, 1), short)
    return np.asarray(np.where(days < 1, same_day, np.where(grade == 1, left, grown)))


def _schedule(cards: Cards, at: Ints, day: int, retention: float, draw: np.random.Generator) -> None:
    """Set when cards fall due: by what the published parameters make of them, spread a little, and some late."""
    decay = DEFAULTS[20]
    exact = cards.taken[0, at] / (0.9 ** (-1 / decay) - 1) * (retention ** (-1 / decay) - 1)
    days = np.clip(np.rint(exact), 1, STABILITY_MAX)
    spread = np.where(days < 3, 1.0, draw.uniform(0.88, 1.12, len(at)))
    late = (draw.random(len(at)) < 0.05) * draw.integers(0, 10, len(at))
    cards.due[at] = day + np.maximum(np.rint(days * spread), 1).astype(np.int64) + late
