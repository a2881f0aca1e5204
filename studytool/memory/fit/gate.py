"""How far to go from the parameters in use towards fitted ones: no farther than later answers are sure to gain by it.

Each later answer was predicted by steps towards parameters fitted to what came before it. Its gain is by how much less
its log loss is than that of the parameters in use. What the mean of the gains says is uncertain, for the answers of one
card are alike, and so are those of one day: its standard error counts both as clusters, by cards plus by days less by
answers (Cameron, Gelbach and Miller, Robust Inference with Multiway Clustering, 2011), each by how the mean changes
when one cluster is left out (the jackknife; MacKinnon, Nielsen and Webb, Fast and Reliable Jackknife and Bootstrap
Methods for Cluster-Robust Inference, 2023). Of few clusters, or some that hold most answers, more errors are taken off.

Of the steps that are sure to gain the shortest is taken whose gain is within one standard error of the best one's, the
one-standard-error rule (Breiman, Friedman, Olshen and Stone, Classification and Regression Trees, 1984, section 3.4.3).
Learners change, and their cards come after longer and longer intervals: what was best for the answers so far is often a
little too far for those to come.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import expm1, inf, sqrt
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
"""Standard errors that are taken off a gain where they are known from many clusters: what is left is sure. On simulated
learners of many kinds 3 gives up a seventh of the fits, and with 2 some are adopted that gain hardly anything."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What a step gains on later answers."""

    step: float
    """How far it goes, from 0 to 1."""
    mean: float
    """By how much less the log loss is."""
    error: float
    """The standard error of that."""
    errors: float = _SURE
    """How many of them are taken off."""

    @property
    def is_sure(self) -> bool:
        """Whether it can hardly be chance."""
        return self.at_least > 0

    @property
    def at_least(self) -> float:
        """What of the gain is sure."""
        return self.mean - self.errors * self.error


def stepped(base: Floats, fit: Floats, step: float) -> Floats:
    """The parameters that lie a `step` of the way from `base` to `fit`: straight, in the units of the prior."""
    if step == 1:
        return fit
    start = prior.to_units(base)
    weights = prior.to_weights(start + step * (prior.to_units(fit) - start))
    return np.clip(weights, prior.LOWEST, prior.HIGHEST)


def decided(gains: Floats, card: Ints, day: Ints) -> Gain:
    """The step to take, or the whole way where none is sure to gain.

    Best is the step that is sure to gain most. The shortest one is taken that is sure to gain, and gains no less than
    the best one but for the standard error of that. `gains` has the shape (steps, n): those of n later answers by each
    of `STEPS`; `card` and `day` are the answers'.
    """
    errors = _standard_errors(gains, card, day).tolist()
    off = _taken_off(min(_effective(card), _effective(day)) - 1)
    found = [Gain(*one, off) for one in zip(STEPS, gains.mean(axis=1).tolist(), errors, strict=True)]
    best = max(found, key=lambda one: one.at_least)
    enough = best.mean - best.error
    return next((one for one in found if one.is_sure and one.mean >= enough), found[-1])


def _standard_errors(gains: Floats, card: Ints, day: Ints) -> Floats:
    """Those of the means of the gains."""
    apart = gains - gains.mean(axis=1, keepdims=True)
    by_card, by_day, alone = (_variances(apart, one) for one in (card, day, np.arange(len(card))))
    errors: Floats = np.sqrt(np.max((by_card + by_day - alone, by_card, by_day, alone), axis=0))
    return errors


def _variances(apart: Floats, cluster: Ints) -> Floats:
    """The variances of the means by the jackknife; `apart` is by how much the values differ from their means."""
    _, number, sizes = np.unique(cluster, return_inverse=True, return_counts=True)
    many = len(sizes)
    if many == 1:
        return np.full(len(apart), np.inf)
    shifts = np.array([np.bincount(number, row) for row in apart]) / (len(cluster) - sizes)
    found: Floats = (shifts**2).sum(axis=1) * ((many - 1) / many)
    return found


def _effective(cluster: Ints) -> float:
    """How many clusters of one size say as much as these of many sizes: n² over the sum of the squared sizes (Kish)."""
    sizes = np.unique(cluster, return_counts=True)[1]
    return float(len(cluster) ** 2 / (sizes**2).sum())


def _taken_off(freedom: float) -> float:
    """As many standard errors as are rarely exceeded as `_SURE` are by a normal distribution, by Student's t.

    Infinitely many where there are less than two degrees of freedom. The formula is that of Wallace (Bounds on normal
    approximations to Student's and the chi-square distributions, 1959) as Gaver and Kafadar (A retrievable recipe for
    inverse t, 1984) have it.
    """
    if freedom < 2:
        return inf
    share = (freedom - 5 / 6) / (freedom - 2 / 3 + 0.1 / freedom) ** 2
    return sqrt(freedom * expm1(share * _SURE**2))
