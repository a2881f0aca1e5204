"""Runs without pictures, for claims and predictions: `sim(learning_rate=2.0, seed=3).last("errors")`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING, Any

from studytool.demo.parameters import Value, checked
from studytool.demo.training import Training

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from studytool.demo.api import Demo

    Until = Callable[[Mapping[str, Tensor | float]], bool]


_BETWEEN = 20
"""Steps between two looks at whether a run may stop: on a GPU each of them waits for its numbers."""


@dataclass(frozen=True, slots=True)
class Result:
    """How a run went: the steps it took, whether it ended by itself, and its series."""

    steps: int
    done: bool
    histories: dict[str, list[float]]

    def series(self, name: str) -> list[float]:
        """All values of the series `name`, one a step; KeyError when the demo has none of that name."""
        return self.histories[name]

    def last(self, name: str) -> float:
        """The last value of the series `name`."""
        return self.histories[name][-1]

    def first(self, name: str, *, at_least: float = -math.inf, at_most: float = math.inf) -> int:
        """The step, from 1, at which the series `name` comes within these bounds; `steps + 1` if it never does."""
        values = self.histories[name]
        return next((step for step, v in enumerate(values, 1) if at_least <= v <= at_most), self.steps + 1)


class Sim:
    """Calls a demo as a function of its parameters, seed and number of steps, and remembers each result.

    `at_most` limits how many seeds `seeds` hands out, so that a quick check can prove a claim on fewer.
    """

    def __init__(self, demo: Demo, device: torch.device, *, at_most: int | None = None) -> None:
        self._demo, self._device, self.at_most = demo, device, at_most
        self._results: dict[tuple[object, ...], Result] = {}

    def __call__(
        self, *, seed: int = 0, steps: int | None = None, until: Until | None = None, **parameters: Value
    ) -> Result:
        """The result of the run with these parameters; `steps` is where it stops that has not ended by itself.

        `until` is asked now and then with the newest number of each series, and stops the run once it says so: nobody
        waits for what comes after that.
        """
        values = checked(self._demo.parameters, parameters)
        limit = self._demo.steps if steps is None else steps
        key = (seed, limit, until, *values.items())
        if key not in self._results:
            training = Training(self._demo, values, seed, self._device)
            while training.steps < limit and not training.done:
                try:
                    training.go(min(limit - training.steps, _BETWEEN if until else limit))
                except Exception as error:
                    given = "".join(f", {name} = {value}" for name, value in parameters.items())
                    error.add_note(f"in step {training.steps + 1:,} of the run with seed {seed}{given}")
                    raise
                if until and until(training.newest()):
                    break
            histories = {name: series.values() for name, series in training.series.items()}
            self._results[key] = Result(training.steps, training.done, histories)
        return self._results[key]

    def seeds(self, count: int) -> range:
        """The seeds 0 … `count` − 1, or fewer in a quick check."""
        return range(count if self.at_most is None else min(count, self.at_most))

    def runs(self, count: int, **parameters: Any) -> list[Result]:
        """The results for the seeds 0 … `count` − 1, or fewer in a quick check; `steps` may be among the parameters."""
        return [self(seed=seed, **parameters) for seed in self.seeds(count)]

    def last(self, name: str, count: int, **parameters: Any) -> list[float]:
        """The last value of the series `name`, for each of these seeds."""
        return [run.last(name) for run in self.runs(count, **parameters)]

    def gains(self, without: str, with_it: str, count: int, **parameters: Any) -> list[float]:
        """By how much the second series ends above the first in the same run, for each of these seeds."""
        return [run.last(with_it) - run.last(without) for run in self.runs(count, **parameters)]


def spread(values: Iterable[float], form: str = ".0f") -> str:
    """What was measured in a claim: "4, 3 to 6", which is the mean, the least and the largest of `values`."""
    found = [*values]
    middle, least, most = (f"{v:{form}}" for v in (fmean(found), min(found), max(found)))
    return middle if least == most else f"{middle}, {least} to {most}"
