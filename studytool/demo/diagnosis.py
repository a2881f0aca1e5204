"""What is wrong with a run, in sentences with their evidence: found from its series, and from a look at its ReLUs.

Four things are looked for: a number that is none any more, a loss that stays where guessing puts it, ReLUs that are
off for every input, and a number that grows without end. A run that only has not arrived yet gets no sentence.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from studytool.demo.panels import Line, Panel

if TYPE_CHECKING:
    from studytool.demo.series import Series
    from studytool.demo.units import Layer

# A loss is stuck when the values of the last quarter, from so many up to so many, all lie within this share of ln K.
_STUCK, _LONG = 20, 1000
_NEAR = 0.022

# Numbers of classes that a guess is worth naming for; more would leave no loss that is near none of them.
_CLASSES = (2, 3, 4, 5, 10, 100, 1000)

# Growth, in powers of ten: a hundred times the beginning and above a hundred is no fluctuation. A power of the step
# grows less than ten times while a run doubles. It has to go on over the last values, at least so many.
_GROWN, _DOUBLED = 2.0, 1.0
_GROWING = 12

# A series without a single number may begin later than its run; not this much later.
_GAP = 12

# Steps between two that are watched, at least.
_APART = 20

# From this share of a layer on, its dead units are worth a sentence.
_DEAD = 0.5


@dataclass(slots=True)
class _Seen:
    """How far a series has been read for numbers that are none, and what was found."""

    read: int = 0
    last: float = math.nan
    broken: int | None = None
    value: float = 0.0


class Diagnosis:
    """Looks at one run again and again; what it has read once it does not read again."""

    first = 20
    """The first step whose layers are looked at: in a run that is over before, each step would pay for the look."""

    def __init__(self) -> None:
        self._seen: dict[str, _Seen] = {}
        self._layers: tuple[int, list[Layer]] = (0, [])

    def saw(self, step: int, layers: list[Layer]) -> int:
        """Take what the ReLUs of the watched `step` returned; how many steps there are before the next to watch.

        A watched step takes two or three times as long, a short one seven times. So they are rare, the rarer the longer
        a run goes on; the more so where there are no ReLUs.
        """
        self._layers = step, layers
        return (max(step + _APART, int(step * 1.25)) if layers else 100 * step) - 1

    def sentences(self, series: Mapping[str, Series], panels: tuple[Panel, ...]) -> list[str]:
        """What is wrong now, the gravest first; empty when nothing is."""
        charts = {name: panel for panel in panels if isinstance(panel, Line) for name in panel.series}
        broken = [told for name in charts if (told := self._broken(name, series[name]))]
        stuck = [told for name, chart in charts.items() if (told := _stuck(name, chart, series[name]))]
        growing = [told for name, chart in charts.items() if (told := _growing(name, chart, series[name]))]
        return [*broken, *stuck, *growing, *self._dead()]

    def _broken(self, name: str, series: Series) -> str:
        """Since when a series is NaN or ∞; −∞ is no fault, it is the logarithm of a zero."""
        import numpy as np

        seen = self._seen.setdefault(name, _Seen())
        if seen.broken is None and seen.read < len(series):
            steps, values = series.since(seen.read)
            bad = np.isnan(values) | (values == np.inf)
            if bad.any():
                at = int(bad.argmax())
                seen.broken, seen.value = int(steps[at]), float(values[at])
                seen.last = float(values[at - 1]) if at else seen.last
            else:
                seen.read, seen.last = len(series), float(values[-1])
        if seen.broken is None:
            return ""
        if math.isfinite(series.last()):  # it was a gap
            seen.broken, seen.read, seen.last = None, len(series), series.last()
            return ""
        if math.isnan(seen.last) and len(series) < _GAP:  # it may not have begun
            return ""
        kind = "not a number (NaN)" if math.isnan(seen.value) else "infinite"
        before = f"; the value before was {_number(seen.last)}" if math.isfinite(seen.last) else ""
        return f"{_name(name)} is {kind} since step {seen.broken:,}{before}."

    def _dead(self) -> list[str]:
        """The layer with the largest share of units that are 0 for all inputs."""
        step, layers = self._layers
        worst = max(layers, key=lambda layer: layer.off / layer.units, default=None)
        if worst is None or worst.off < _DEAD * worst.units:
            return []
        return [
            f"Dead ReLUs: at step {step:,}, {worst.off:,} of the {worst.units:,} units of a layer are 0 for all "
            f"{worst.inputs:,} inputs; no gradient passes them."
        ]


def _stuck(name: str, chart: Line, series: Series) -> str:
    """Whether a loss stays at ln K, where a network is that says the same for every input."""
    told = f"{name} {chart.title}".lower()
    if not ("loss" in told or "entropy" in told) or "log₁₀" in told or not _over_time(chart):
        return ""
    count = min(max(_STUCK, len(series) // 4), _LONG)
    if len(series) < count + 1:
        return ""
    steps, values = series.since(-count)
    low, high = float(values.min()), float(values.max())
    for classes in _CLASSES:
        level = math.log(classes)
        floor, ceiling = level * (1 - _NEAR), level * (1 + _NEAR)
        if floor < low and high < ceiling and values[0] - values[-1] < 0.005:  # and it is not about to leave
            steps, values = series.since(0)
            inside = (floor < values) & (values < ceiling)
            since = int(steps[0 if inside.all() else len(steps) - int(inside[::-1].argmin())])
            return (
                f"{_name(name)} is stuck near ln {classes} = {level:.2f}, at {values[-1]:.3f}, since step {since:,}: "
                f"a guess among {classes} classes."
            )
    return ""


def _growing(name: str, chart: Line, series: Series) -> str:
    """Whether a number, or what it is the logarithm of, grows by a factor again and again."""
    if not _over_time(chart) or len(series) < _GROWING:
        return ""
    is_log = "log" in f"{name} {chart.title}".lower()
    last = len(series) - 1
    count = max(_GROWING, len(series) // 4) - 1
    places = [0, last // 2, *(last - count + k * count // 3 for k in range(4))]
    steps, (first, half, *parts) = zip(*(series.at(place) for place in places), strict=True)
    if not all(math.isfinite(v) for v in (first, half, *parts)):
        return ""
    if not is_log:
        first, half, *parts = (math.log10(max(abs(v), 1e-6)) for v in (first, half, *parts))
    rises = [b - a for a, b in pairwise(parts)]
    if parts[-1] < _GROWN or parts[-1] - first < _GROWN or parts[-1] - half < _DOUBLED:
        return ""
    if min(rises) <= 0.05 or rises[-1] < 0.5 * rises[0]:  # it has stopped, or is about to
        return ""
    factor = 10 ** (sum(rises) / (steps[-1] - steps[2]))
    return (
        f"{_name(name)} grows without end: {_power(first)} at first, {_power(parts[-1])} at step {steps[-1]:,}, "
        f"{factor:.3g} times larger with each step since step {steps[2]:,}."
    )


def _over_time(chart: Line) -> bool:
    """Whether the values of a chart follow each other while something learns, and not over sizes of a model."""
    return any(word in chart.axis for word in ("step", "epoch", "batch", "correction", "update"))


def _name(name: str) -> str:
    return f"`{name.replace('_', ' ')}`"


def _power(exponent: float) -> str:
    return _number(10**exponent) if -4 < exponent < 300 else f"10^{exponent:.0f}"


def _number(value: float) -> str:
    return f"{value:.4g}".replace("-", "−")
