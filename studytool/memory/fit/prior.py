"""What is known of FSRS-6's parameters before a learner's own log is looked at."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np

from studytool.memory.fsrs import DEFAULT_WEIGHTS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LOWEST = np.array(
    (*(0.001,) * 4, *(1, 0.001, 0.001, 0.001), *(0, 0, 0.001), *(0.001, 0.001, 0.001, 0), *(0.001, 1), *(0, 0, 0), 0.1)
)
HIGHEST = np.array((*(100,) * 4, *(10, 4, 4, 0.75), *(4.5, 0.8, 3.5), *(5, 0.25, 0.9, 4), *(1, 6), *(2, 2, 0.8), 0.8))
"""The bounds that py-fsrs 6.3.2 gives (`LOWER_BOUNDS_PARAMETERS`, `UPPER_BOUNDS_PARAMETERS`); w15 stays above 0 by the
same thousandth as others do, so that "hard" always adds something."""

SPREAD = np.array(
    (
        *(1.41, 1.41, 1.41, 1.41),
        *(0.57, 0.28, 0.6, 0.12),
        *(0.39, 0.18, 0.33),
        *(0.3, 0.09, 0.16, 0.57),
        *(0.25, 1.03),
        *(0.31, 0.32, 0.14),
        0.27,
    )
)
"""How much the parameters differ between learners, as standard deviations.

For w4 to w20 those published with fsrs-rs (`PARAMS_STDDEV`, https://github.com/open-spaced-repetition/fsrs-rs). Those
published for w0 to w3, 6 to 28 days, are larger than the values themselves: stabilities are not spread evenly but by
factors, so that their logarithms are taken here, and a factor of four either way.
"""

_STRENGTH = 2.0
"""Near the defaults, twice what fsrs-rs and srs-benchmark take off: with a thousand answers of an ordinary learner a
weaker prior follows chance."""

_HOLD = 1.5
"""The distance, in units, at which the pull is half of that. A learner who is far from the defaults in one way proves
so in others too, hence the distance of all parameters together counts. Both numbers were found on simulated learners,
those of the published spread and others much unlike them."""

_DAYS = slice(0, 4)  # w0 to w3, the stabilities that are taken by their logarithms


_DEFAULTS = np.array(DEFAULT_WEIGHTS)


def to_units(weights: Floats) -> Floats:
    """The parameters as distances from the published defaults, in units of `SPREAD`."""
    units: Floats = weights - _DEFAULTS
    units[_DAYS] = np.log(weights[_DAYS] / _DEFAULTS[_DAYS])
    units /= SPREAD
    return units


def to_weights(units: Floats) -> Floats:
    """The parameters at such distances: the inverse of `to_units`, and exactly the defaults at none."""
    shifts = units * SPREAD
    weights: Floats = shifts + _DEFAULTS
    weights[_DAYS] = _DEFAULTS[_DAYS] * np.exp(shifts[_DAYS])
    return weights


def gradient_in_units(weights: Floats, gradient: Floats) -> Floats:
    """The derivatives by the distances, from those by the parameters."""
    slopes = SPREAD.copy()
    slopes[_DAYS] *= weights[_DAYS]
    slopes *= gradient
    return slopes


def penalty(units: Floats) -> tuple[float, Floats]:
    """What the prior adds to the sum of log losses, and its gradient.

    It is that of a distribution with a heavy tail, as Student's: around the defaults a normal one with a standard
    deviation of SPREAD / 2, and far from them, where a log has shown its learner to be unlike others, hardly a hold.
    """
    reach = 1 + float(units @ units) / _HOLD**2
    return _STRENGTH * _HOLD**2 * log(reach), 2 * _STRENGTH / reach * units
