"""How far to go from the parameters in use towards fitted ones: no farther than later answers are sure to gain by it.

Each later answer was predicted by steps towards parameters fitted to what came before it. Its gain is by how much less
its log loss is than that of the parameters in use. What the mean of the gains says is uncertain, for the answers of one
card are alike, and so are those of one day: its standard error counts both as clusters, by cards plus by days less by
answers (Cameron, Gelbach and Miller, Robust Inference with Multiway Clustering, 2011).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory.fit import prior

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

STEPS = tuple(tenth / 10 for tenth in range(3, 11))
"""How far a step may go, as a share of the whole way. Shorter ones gain little, and chance more often looks like it."""

_SURE = 2.5
"""Standard errors that are taken off a gain: what is left is sure. On simulated learners of many kinds 2 lets a few be
worse off that are hard to tell from the average, and 3 gives up half as much again of what is to be gained."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a step gains on later answers."""

    step: float
    """How far it goes, from 0 to 1."""
    mean: float
    """By how much less the log loss is."""
    error: float
    """The standard error of that."""

    @property
    def is_sure(self) -> bool:
        """Whether it can hardly be chance."""
        return self.at_least > 0

    @property
    def at_least(self) -> float:
        """What of the gain is sure."""
        return self.mean - _SURE * self.error


def stepped(base: Floats, fit: Floats, step: float) -> Floats:
    """The parameters that lie a `step` of the way from `base` to `fit`: straight, in the units of the prior."""
    if step == 1:
        return fit
    start = prior.to_units(base)
    weights = prior.to_weights(start + step * (prior.to_units(fit) - start))
    return np.clip(weights, prior.LOWEST, prior.HIGHEST)


def decided(gains: Floats, card: Ints, day: Ints) -> Gain:
    """The step that is sure to gain most, or the whole way where none is sure to gain.

    `gains` has the shape (steps, n): those of n later answers by each of `STEPS`; `card` and `day` are the answers'.
    """
    errors = _errors(gains, card, day)
    found = [Gain(*one) for one in zip(STEPS, gains.mean(axis=1).tolist(), errors.tolist(), strict=True)]
    best = max(found, key=lambda one: one.at_least)
    return best if best.is_sure else found[-1]


def _errors(gains: Floats, card: Ints, day: Ints) -> Floats:
    """The standard errors of the means of the gains."""
    apart = gains - gains.mean(axis=1, keepdims=True)
    alone = (apart**2).sum(axis=1)
    by_card, by_day = (_between(apart, cluster) for cluster in (card, day))
    largest = np.max((by_card + by_day - alone, by_card, by_day, alone), axis=0)
    errors: Floats = np.sqrt(largest) / gains.shape[1]
    return errors


def _between(apart: Floats, cluster: Ints) -> Floats:
    """The sum of the squares of the sums over each cluster, a little more where clusters are few."""
    _, number = np.unique(cluster, return_inverse=True)
    many = int(number.max()) + 1
    if many == 1:
        return np.full(len(apart), np.inf)
    sums = np.array([np.bincount(number, row) for row in apart])
    found: Floats = (sums**2).sum(axis=1) * (many / (many - 1))
    return found
