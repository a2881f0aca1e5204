"""A sweep as it is asked for: two axes of values, what is measured, and the order of the pixels. No torch."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from studytool.demo.parameters import Choice, Float, Int, Parameter, nearest
from studytool.errors import UsageError

if TYPE_CHECKING:
    import numpy as np

SEED = "seed"
"""The name of the axis along which the seed changes."""

STEPS_TAKEN = "steps"
"""What is measured where it is how many steps a run took until it ended by itself."""

STEPS = 300
"""A run of a sweep has so many steps where nobody asks for another number and the demo's own is larger."""

MOST = 200
"""Pixels along an axis."""

# Each stride looks at one pixel of every so many, here counted from; each finds those of the stride before done.
_STRIDES = {4: 2, 2: 0, 1: 0}


@dataclass(frozen=True, slots=True)
class Axis:
    """`count` values of one parameter from `low` to `high`, in equal steps or, with `log`, in equal ratios."""

    name: str
    low: float
    high: float
    count: int
    log: bool = False
    whole: bool = False

    def value(self, k: int) -> float:
        """The middle of the part `k` of `count` equal ones, 0 the lowest; a whole number where the parameter is one."""
        low, high = (math.log(self.low), math.log(self.high)) if self.log else (self.low, self.high)
        middle = low + (k + 0.5) * (high - low) / self.count
        # The exponential of a logarithm may lie a little outside.
        value = min(max(math.exp(middle), self.low), self.high) if self.log else middle
        return float(math.floor(value)) if self.whole else value

    def zoomed(self, index: int, factor: float) -> Axis:
        """The axis around the value of one pixel, `factor` times as short, moved to lie within this one."""
        low, high = (math.log(self.low), math.log(self.high)) if self.log else (self.low, self.high)
        size = (high - low) / factor
        start = min(max(low + (index + 0.5) * (high - low) / self.count - size / 2, low), high - size)
        ends = (math.exp(start), math.exp(start + size)) if self.log else (start, start + size)
        return Axis(self.name, max(ends[0], self.low), min(ends[1], self.high), self.count, self.log, self.whole)


@dataclass(frozen=True, slots=True)
class Sweep:
    """Every pixel a run of `steps` steps: `x` goes to the right, `y` up.

    Measured is the last value of the series `measure` ("" is the demo's first), or, with `below`, the step at which
    that series was first so low. `single` does one run after the other, for demos that cannot do many at once.
    """

    x: Axis
    y: Axis
    steps: int
    measure: str = ""
    below: float | None = None
    single: bool = False

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Sweep:
        """The sweep of a request, as `dataclasses.asdict` has made it one."""
        given = {name: told[name] for name in cls.__slots__}
        return cls(**given | {"x": Axis(**given["x"]), "y": Axis(**given["y"])})

    @property
    def pixels(self) -> int:
        """How many runs there are."""
        return self.x.count * self.y.count

    def place(self, pixel: int) -> tuple[int, int]:
        """Column and row of a pixel: they are counted along x, beginning with the row of the lowest y."""
        return pixel % self.x.count, pixel // self.x.count

    def values(self, pixel: int) -> dict[str, float]:
        """The parameters that the run of this pixel has in place of the usual ones; perhaps the seed among them."""
        column, row = self.place(pixel)
        return {self.x.name: self.x.value(column), self.y.name: self.y.value(row)}

    def levels(self) -> Iterator[list[int]]:
        """The pixels in the order in which they are done: some far apart, then those between them, then all others."""
        done: set[int] = set()
        for stride, first in _STRIDES.items():
            columns, rows = (range(first, axis.count, stride) for axis in (self.x, self.y))
            level = [k for row in rows for column in columns if (k := row * self.x.count + column) not in done]
            done |= set(level)
            if level:
                yield level


def nearest_done(values: np.ndarray, done: np.ndarray) -> np.ndarray:
    """A picture [rows, columns] in which a pixel that is not `done` has the value of the coarser one it lies in."""
    import numpy as np

    shown = values.copy()
    missing = ~done
    for stride, first in reversed(_STRIDES.items()):
        places = []
        for size in values.shape:
            found = np.arange(size) // stride * stride + first
            places.append(np.where(found < size, found, np.maximum(found - stride, 0)))
        coarse = np.ix_(*places)
        filled = missing & done[coarse]
        shown[filled] = values[coarse][filled]
        missing &= ~filled
    shown[missing] = np.nan
    return shown


def axis(
    parameters: Mapping[str, Parameter],
    name: str,
    count: int,
    bounds: tuple[float, float] | None = None,
    *,
    single: bool = False,
) -> Axis:
    """The axis of a parameter, or of the seed, over `bounds` or else its whole range.

    Raises `UsageError` for a name that is not there, for what has no values in between, and for bounds beyond it.
    """
    if name == SEED:
        low, high = bounds or (0, count)
        if not 0 <= low < high <= 2**53:
            raise UsageError(f"The seed cannot go from {low:g} to {high:g}.", "The lower end comes first, 0 or more.")
        return Axis(SEED, low, high, count, whole=True)
    if name not in parameters:
        raise UsageError(f"This demo has no parameter `{name}`.", nearest(name, {**parameters, SEED: None}))
    parameter = parameters[name]
    if isinstance(parameter, Choice):
        raise UsageError(
            f"`{name}` cannot be swept: it is one of {', '.join(parameter.choices)}, with nothing in between.",
            f"Sweep two numbers, and choose it with --set {name}=….",
        )
    if isinstance(parameter, Int) and not single:
        raise UsageError(
            f"`{name}` cannot be swept at once: a whole number may change the shapes, and a batch has one.",
            "--single does one run after the other.",
        )
    low, high = (parameter.parse(name, end) for end in bounds or (parameter.low, parameter.high))
    if low >= high:
        raise UsageError(f"`{name}` cannot go from {low:g} to {high:g}.", "The lower end comes first.")
    if isinstance(parameter, Int):
        return Axis(name, low, high + 1, count, whole=True)
    return Axis(name, low, high, count, parameter.log and low > 0)


def swept_first(parameters: Mapping[str, Parameter], *, single: bool = False) -> list[str]:
    """The parameters that can be swept, in the order of the demo, and at last the seed."""
    kinds = (Float, Int) if single else (Float,)
    return [*(name for name, parameter in parameters.items() if isinstance(parameter, kinds)), SEED]
