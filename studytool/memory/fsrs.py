"""FSRS-6, one answer at a time: how stability and difficulty of a memory change.

The formulas are those published at https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm
("FSRS-6"), where `w0` to `w20` are the 21 parameters, S the stability in days (the time after which recall has fallen
to 90 %), D the difficulty from 1 to 10, R the probability of recall, and G the grade from 1 (again) to 4 (easy).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp

DEFAULT_WEIGHTS = (
    *(0.212, 1.2931, 2.3065, 8.2956),  # w0 to w3: stability after a first answer of each grade
    *(6.4133, 0.8334, 3.0194, 0.001),  # w4 to w7: difficulty
    *(1.8722, 0.1666, 0.796),  # w8 to w10: growth after recall
    *(1.4835, 0.0614, 0.2629, 1.6483),  # w11 to w14: what is left after forgetting
    *(0.6014, 1.8729),  # w15, w16: hard penalty, easy bonus
    *(0.5425, 0.0912, 0.0658),  # w17 to w19: answers on the same day
    0.1542,  # w20: how steeply the forgetting curve decays
)
"""The published defaults, fitted to several hundred million reviews of about ten thousand learners."""

STABILITY_MIN = 0.001
STABILITY_MAX = 36_500.0
"""Bounds of stability in days: about a minute and a half, and a hundred years."""


@dataclass(frozen=True, slots=True)
class Model:
    """The parameters with the name and version of the model they belong to."""

    weights: tuple[float, ...] = DEFAULT_WEIGHTS
    name: str = "FSRS"
    version: int = 6
    decay: float = field(init=False)
    """The exponent of the forgetting curve, -w20."""
    factor: float = field(init=False)
    """What makes recall 90 % after one stability: 0.9^(1/decay) - 1."""

    def __post_init__(self) -> None:
        if len(self.weights) != len(DEFAULT_WEIGHTS):
            raise ValueError(f"FSRS-6 has {len(DEFAULT_WEIGHTS)} parameters, not {len(self.weights)}.")
        object.__setattr__(self, "decay", -self.weights[20])
        object.__setattr__(self, "factor", 0.9 ** (1 / -self.weights[20]) - 1)


def retrievability(model: Model, stability: float, days: float) -> float:
    """The probability of recall after `days`: R(t, S) = (1 + factor · t / S)^decay ("forgetting curve")."""
    return float((1 + model.factor * days / stability) ** model.decay)


def interval(model: Model, stability: float, desired_retention: float) -> float:
    """The days until recall has fallen to `desired_retention`: the forgetting curve solved for t."""
    return float(stability / model.factor * (desired_retention ** (1 / model.decay) - 1))


def first(model: Model, grade: int) -> tuple[float, float]:
    """Stability and difficulty after a first answer: S0(G) = w[G-1], D0(G) = w4 - e^(w5 · (G-1)) + 1."""
    difficulty = _initial_difficulty(model.weights, grade)
    return _stability(model.weights[grade - 1]), min(max(difficulty, 1.0), 10.0)


def step(model: Model, stability: float, difficulty: float, days: int, grade: int) -> tuple[float, float]:
    """Stability and difficulty after an answer `days` of the learner's calendar after the one before.

    Less than one day, or less than none where a clock was set back, is the same day.
    """
    w = model.weights
    if days < 1:
        changed = _same_day(w, stability, grade)
    else:
        recall = retrievability(model, stability, days)
        if grade == 1:
            changed = _after_forgetting(w, stability, difficulty, recall)
        else:
            changed = _after_recall(w, stability, difficulty, recall, grade)
    return _stability(changed), _next_difficulty(w, difficulty, grade)


def from_sm2(model: Model, ease: float, interval: float) -> tuple[float, float]:
    """Stability and difficulty of a card that SM-2 had at the factor `ease` (2.5) and `interval` days.

    The published conversion at a recall of 90 %: S = interval, and the D whose growth after "good" would be the factor:
    D = 11 - (ease - 1) / (e^w8 · S^-w9 · (e^(w10·0.1) - 1)).
    """
    w, stability = model.weights, _stability(interval)
    difficulty = 11 - (ease - 1) / (exp(w[8]) * stability ** -w[9] * (exp(0.1 * w[10]) - 1))
    return stability, min(max(difficulty, 1.0), 10.0)


def bounded(stability: float, difficulty: float) -> tuple[float, float]:
    """The nearest stability and difficulty that a card can have."""
    return _stability(stability), min(max(difficulty, 1.0), 10.0)


def _stability(days: float) -> float:
    return min(max(days, STABILITY_MIN), STABILITY_MAX)


def _initial_difficulty(w: tuple[float, ...], grade: int) -> float:
    return w[4] - exp(w[5] * (grade - 1)) + 1


def _next_difficulty(w: tuple[float, ...], difficulty: float, grade: int) -> float:
    """D' = D + (10 - D)/9 · ΔD with ΔD = -w6 · (G-3), then drawn to D0(4): w7 · D0(4) + (1 - w7) · D'."""
    damped = difficulty + (10.0 - difficulty) * (-w[6] * (grade - 3)) / 9.0
    return min(max(w[7] * _initial_difficulty(w, 4) + (1 - w[7]) * damped, 1.0), 10.0)


def _after_recall(w: tuple[float, ...], stability: float, difficulty: float, recall: float, grade: int) -> float:
    """S'r = S · (e^w8 · (11-D) · S^-w9 · (e^(w10·(1-R)) - 1) · w15 (hard) · w16 (easy) + 1)."""
    growth = exp(w[8]) * (11 - difficulty) * stability ** -w[9] * (exp((1 - recall) * w[10]) - 1)
    if grade == 2:
        growth *= w[15]
    elif grade == 4:
        growth *= w[16]
    return float(stability * (1 + growth))


def _after_forgetting(w: tuple[float, ...], stability: float, difficulty: float, recall: float) -> float:
    """S'f = w11 · D^-w12 · ((S+1)^w13 - 1) · e^(w14·(1-R)), at most S / e^(w17·w18)."""
    left = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * exp((1 - recall) * w[14])
    return float(min(left, stability / exp(w[17] * w[18])))


def _same_day(w: tuple[float, ...], stability: float, grade: int) -> float:
    """S' = S · e^(w17 · (G-3+w18)) · S^-w19, where only "again" may shorten it ("same-day reviews")."""
    growth = exp(w[17] * (grade - 3 + w[18])) * stability ** -w[19]
    return float(stability * (growth if grade == 1 else max(growth, 1.0)))
