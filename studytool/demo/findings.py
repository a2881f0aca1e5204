"""What a sweep has found so far: the values of its pixels as a picture, and each of them in words. No torch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from studytool.demo.sweep import SEED, STEPS_TAKEN, Axis, nearest_done
from studytool.text import counted, percent

if TYPE_CHECKING:
    import numpy as np

    from studytool.demo.sweep import Sweep


class Findings:
    """The pixels of one sweep that are done, as arrays [rows, columns] with the lowest y first."""

    def __init__(self, sweep: Sweep, measure: str = "") -> None:
        import numpy as np

        self.sweep = sweep
        self.measure = measure or sweep.measure
        self.logs: frozenset[str] = frozenset()
        """The series that are drawn as logarithms to base 10."""
        shape = sweep.y.count, sweep.x.count
        self.done = np.zeros(shape, bool)
        self.values = np.full(shape, np.nan)
        self.broken = np.zeros(shape, int)
        """The step since which a run is no number; 0 where it is one."""

    def take(self, pixels: np.ndarray, values: np.ndarray, broken: np.ndarray, reached: np.ndarray) -> None:
        """What came of some pixels [k] more."""
        import numpy as np

        places = pixels.astype(int)
        if self.sweep.below is not None:
            values = np.where(reached > 0, reached, np.inf)
        self.done.flat[places] = True
        self.values.flat[places] = values
        self.broken.flat[places] = broken

    @property
    def diverged(self) -> int:
        """How many runs are no number at the end."""
        return int((self.done & (self.broken > 0)).sum())

    @property
    def is_even(self) -> bool:
        """Whether all runs are done and have come to the same, so that the picture shows nothing."""
        return bool(self.done.all() and not self.broken.any() and (self.values == self.values.flat[0]).all())

    def introduced(self, told: Mapping[str, Any]) -> None:
        """Take from the first message of a sweep what is measured, and which series are logarithms."""
        self.measure = str(told["measure"])
        self.logs = frozenset(map(str, told["logs"]))

    @property
    def _named(self) -> str:
        """What is measured, with what it is the logarithm of."""
        return f"log₁₀ {self.measure}" if self.measure in self.logs else self.measure

    @property
    def title(self) -> str:
        """What is measured."""
        sweep = self.sweep
        if self.measure == STEPS_TAKEN:
            return "steps until done"
        if sweep.below is not None:
            return f"steps until {self._named} ≤ {sweep.below:g}".replace("-", "−")
        return f"{self._named} after {counted(sweep.steps, 'step')}"

    def panel(self, cursor: tuple[int, int] | None = None) -> dict[str, Any]:
        """The picture as `draw` takes it, coarse where it is not fine; `cursor` is a column and a row from below."""
        from math import log10

        import numpy as np

        axes = self.sweep.x, self.sweep.y
        signs = nearest_done(np.where(self.done, self.broken > 0, np.nan), self.done)
        return {
            "kind": "sweep",
            "title": self.title,
            "axes": [axis.name.replace("_", " ") for axis in axes],
            "logs": [axis.log for axis in axes],
            "extent": [[log10(end) if axis.log else end for end in (axis.low, axis.high)] for axis in axes],
            "values": nearest_done(self.values, self.done)[::-1],
            "signs": np.nan_to_num(signs)[::-1],
            "cursor": None if cursor is None else (cursor[0], self.sweep.y.count - 1 - cursor[1]),
        }

    def words(self, pixel: int) -> str:
        """What the run of one pixel is and what came of it."""
        column, row = self.sweep.place(pixel)
        x, y = self.sweep.x, self.sweep.y
        where = f"{told(x, column)}, {told(y, row)}"
        if not self.done[row, column]:
            return f"{where}: not run yet"
        value, broken = float(self.values[row, column]), int(self.broken[row, column])
        if broken:
            return f"{where}: {self._named} is no number since step {broken:,}"
        if value == float("inf") and self.sweep.below is not None:
            found = f"{self._named} stays above {self.sweep.below:g}"
        elif self.title.startswith("steps until"):
            found = f"{value:,.0f} {self.title}"
        else:
            found = self.title.replace(self._named, f"{self._named} {value:.4g}", 1).replace("inf", "∞")
        return f"{where}: {found}".replace("-", "−")

    def summary(self) -> list[str]:
        """The whole picture in a few sentences."""
        import numpy as np

        sweep, done = self.sweep, int(self.done.sum())
        sentences = [
            f"{self.title[:1].upper()}{self.title[1:]}, of {done:,} runs: {_span(sweep.x)} to the right, "
            f"{_span(sweep.y)} up.".replace("-", "−")
        ]
        if self.diverged:
            sentences.append(f"{self.diverged:,} of them diverged ({percent(self.diverged / done)}).")
        usable = self.done & (self.broken == 0) & np.isfinite(self.values)
        if usable.any():
            values = np.where(usable, self.values, np.nan)
            for word, pixel in (("Lowest", int(np.nanargmin(values))), ("Highest", int(np.nanargmax(values)))):
                sentences.append(f"{word}: {self.words(pixel)}.")
        return sentences


def told(axis: Axis, k: int) -> str:
    """The value of an axis at one pixel, with as many digits as tell it from its neighbours."""
    value = axis.value(k)
    if axis.whole:
        return f"{axis.name.replace('_', ' ')} {value:.0f}"
    step = abs(axis.value(k + 1) - axis.value(k - 1)) / 2
    digits = 3
    while digits < 15 and step and abs(float(f"{value:.{digits}g}") - value) > step / 10:
        digits += 1
    return f"{axis.name.replace('_', ' ')} {value:.{digits}g}".replace("-", "−")


def given(sweep: Sweep, pixel: int) -> tuple[dict[str, str], int | None]:
    """The parameters of a pixel's run, each exactly, as a demo's process takes them; and its seed, if that is swept."""
    values = sweep.values(pixel)
    seed = values.pop(SEED, None)
    whole = {axis.name for axis in (sweep.x, sweep.y) if axis.whole}
    texts = {name: str(int(value)) if name in whole else repr(value) for name, value in values.items()}
    return texts, None if seed is None else int(seed)


def _span(axis: Axis) -> str:
    high = axis.high - 1 if axis.whole else axis.high
    kind = " in equal ratios" if axis.log else ""
    return f"{axis.name.replace('_', ' ')} from {axis.low:g} to {high:g}{kind}"
