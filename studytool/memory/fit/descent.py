"""The minimum of a smooth function between bounds: L-BFGS with projection, for a few dozen variables.

The search direction is that of L-BFGS (Nocedal and Wright, Numerical Optimization, 2nd edition, algorithm 7.4) over
the variables that are free to move; one that stands at a bound and would leave it is held ("two-metric projection",
Bertsekas 1982). Steps are cut back along the projected path until the function falls enough (Armijo).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Function = Callable[[Floats], tuple[float, Floats]]
    """From the variables to a value and its gradient."""

_MEMORY = 12  # pairs of steps and changes of the gradient that are remembered
_ENOUGH = 1e-4  # of the fall that the gradient promises
_CUTS = 20


@dataclass(frozen=True, slots=True)
class Point:
    """Where a descent has come to."""

    at: Floats
    value: float
    gradient: Floats


def descent(
    function: Function, start: Floats, low: Floats, high: Floats, *, tolerance: float, most: int
) -> Iterator[Point]:
    """The points of a descent from `start`, moved between the bounds: each lower than the one before, the last lowest.

    It ends when a step has gained less than `tolerance` twice in a row, when there is no way down, or after `most`
    steps. A value that is not finite counts as infinitely high.
    """
    at = np.clip(start, low, high)
    value, gradient = function(at)
    point = Point(at, value, gradient)
    yield point
    steps: list[Floats] = []
    changes: list[Floats] = []
    small = 0
    for _ in range(most):
        held = (point.at <= low) & (point.gradient > 0) | (point.at >= high) & (point.gradient < 0)
        free = ~held
        direction = -_turned(point.gradient * free, [s * free for s in steps], [c * free for c in changes]) * free
        if direction @ point.gradient >= 0:
            steps, changes, direction = [], [], -point.gradient * free
        found = _lower(function, point, direction if steps else _short(direction), low, high)
        if found is None:
            if not steps:
                return
            steps, changes = [], []
            continue
        step, change = found.at - point.at, found.gradient - point.gradient
        if step @ change > 1e-10 * float(change @ change):
            steps, changes = [*steps, step][-_MEMORY:], [*changes, change][-_MEMORY:]
        small = small + 1 if point.value - found.value < tolerance else 0
        point = found
        yield point
        if small == 2:
            return


def _short(direction: Floats) -> Floats:
    """The direction with a length of at most one: how far it goes well is not known yet."""
    length = float(direction @ direction) ** 0.5
    shortened: Floats = direction / max(length, 1.0)
    return shortened


def _turned(gradient: Floats, steps: list[Floats], changes: list[Floats]) -> Floats:
    """The gradient times the inverse of the curvature that earlier steps have shown ("two-loop recursion")."""
    direction = gradient.copy()
    pairs = [(s, c, float(s @ c)) for s, c in zip(steps, changes, strict=True) if s @ c > 0]
    shares = []
    for step, change, product in reversed(pairs):
        share = float(step @ direction) / product
        direction -= share * change
        shares.append(share)
    if pairs:
        _, change, product = pairs[-1]
        direction *= product / float(change @ change)
    for (step, change, product), share in zip(pairs, reversed(shares), strict=True):
        direction += (share - float(change @ direction) / product) * step
    return direction


def _lower(function: Function, point: Point, direction: Floats, low: Floats, high: Floats) -> Point | None:
    """A point along `direction` that is lower by enough; None where there is none."""
    scale = 1.0
    for _ in range(_CUTS):
        at = np.clip(point.at + scale * direction, low, high)
        promised = float(point.gradient @ (at - point.at))
        if promised >= 0:
            return None
        value, gradient = function(at)
        if np.isfinite(value) and value <= point.value + _ENOUGH * promised:
            return Point(at, value, gradient)
        # The lowest point of the parabola through what is known, within bounds.
        curvature = value - point.value - promised
        best = -promised / (2 * curvature) if np.isfinite(curvature) and curvature > 0 else 0.1
        scale *= min(max(best, 0.1), 0.5)
    return None
