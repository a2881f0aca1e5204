"""How sure a share is that was counted."""

from __future__ import annotations

from math import sqrt

_Z = 1.96  # leaves out 2.5 % on either side


def wilson(hits: int, count: int) -> tuple[float, float]:
    """Where the true share lies with 95 % confidence, after `hits` of `count` (1 at least).

    It is the score interval of Wilson, Probable Inference, 1927: right for few and for shares near 0 and 1, too.
    """
    p = hits / count
    middle, spread = p + _Z**2 / (2 * count), _Z * sqrt(p * (1 - p) / count + _Z**2 / (4 * count * count))
    return max((middle - spread) / (1 + _Z**2 / count), 0.0), min((middle + spread) / (1 + _Z**2 / count), 1.0)
