"""FSRS-6 for arrays of cards of any one shape, with grades and days that are no log's: what a simulation asks for.

The formulas and their source are those of `studytool.memory.fsrs`; stability in days, difficulty from 1 to 10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studytool.memory import fsrs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from studytool.memory.fsrs import Model

    Floats = NDArray[np.float64]
    Whole = NDArray[np.signedinteger]


def recall(model: Model, stability: Floats, days: NDArray[np.floating] | Whole | float) -> Floats:
    """The probability of recall `days` after the last answer."""
    found: Floats = np.exp(model.decay * np.log1p(model.factor * days / stability))
    return found


def intervals(model: Model, stability: Floats, desired_retention: Floats | float) -> Whole:
    """Whole days until recall has fallen to `desired_retention`, one at least."""
    exact = stability * ((desired_retention ** (1 / model.decay) - 1) / model.factor)
    found: Whole = np.clip(np.rint(exact), 1, fsrs.STABILITY_MAX).astype(np.int64)
    return found


def firsts(model: Model) -> tuple[Floats, Floats]:
    """Stability and difficulty after a first answer, by grade less one."""
    stability, difficulty = zip(*(fsrs.first(model, grade) for grade in (1, 2, 3, 4)), strict=True)
    return np.array(stability), np.array(difficulty)


def after_recall(model: Model, stability: Floats, difficulty: Floats, recalled: Floats, grade: Whole | int) -> Floats:
    """Stability after an answer of `grade` 2 to 4 on a later day, when recall was `recalled`."""
    w = model.weights
    factor = np.array([np.nan, np.nan, w[15], 1.0, w[16]])[grade]
    growth = np.exp(w[8] - w[9] * np.log(stability)) * (11 - difficulty) * np.expm1((1 - recalled) * w[10]) * factor
    return _bounded(stability * (1 + growth))


def after_forgetting(model: Model, stability: Floats, difficulty: Floats, recalled: Floats) -> Floats:
    """Stability after "again" on a later day, when recall was `recalled`."""
    w = model.weights
    left = w[11] * difficulty ** -w[12] * np.expm1(w[13] * np.log1p(stability)) * np.exp((1 - recalled) * w[14])
    return _bounded(np.minimum(left, stability / np.exp(w[17] * w[18])))


def after_step(model: Model, stability: Floats) -> Floats:
    """Stability after a "good" on the same day as the answer before it."""
    w = model.weights
    return _bounded(stability * np.maximum(np.exp(w[17] * w[18] - w[19] * np.log(stability)), 1.0))


def difficulty_after(model: Model, difficulty: Floats, grade: Whole | int) -> Floats:
    """Difficulty after an answer of `grade`."""
    w = model.weights
    easiest = w[4] - np.exp(w[5] * 3) + 1
    damped = difficulty + (10.0 - difficulty) * (-w[6] * (grade - 3)) / 9.0
    found: Floats = np.clip(w[7] * easiest + (1 - w[7]) * damped, 1.0, 10.0)
    return found


def _bounded(stability: Floats) -> Floats:
    return np.clip(stability, fsrs.STABILITY_MIN, fsrs.STABILITY_MAX)
