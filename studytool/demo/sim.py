"""Runs without pictures, for claims and predictions: `sim(learning_rate=2.0, seed=3).last("errors")`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studytool.demo.parameters import Value, checked
from studytool.demo.training import Training

if TYPE_CHECKING:
    import torch

    from studytool.demo.api import Demo


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


class Sim:
    """Calls a demo as a function of its parameters, seed and number of steps, and remembers each result.

    `at_most` limits how many seeds `seeds` hands out, so that a quick check can prove a claim on fewer.
    """

    def __init__(self, demo: Demo, device: torch.device, *, at_most: int | None = None) -> None:
        self._demo, self._device, self.at_most = demo, device, at_most
        self._results: dict[tuple[object, ...], Result] = {}

    def __call__(self, *, seed: int = 0, steps: int | None = None, **parameters: Value) -> Result:
        """The result of the run with these parameters; `steps` is where it stops that has not ended by itself."""
        values = checked(self._demo.parameters, parameters)
        limit = self._demo.steps if steps is None else steps
        key = (seed, limit, *values.items())
        if key not in self._results:
            training = Training(self._demo, values, seed, self._device)
            training.go(limit)
            histories = {name: series.values() for name, series in training.series.items()}
            self._results[key] = Result(training.steps, training.done, histories)
        return self._results[key]

    def seeds(self, count: int) -> range:
        """The seeds 0 … `count` − 1, or fewer in a quick check."""
        return range(count if self.at_most is None else min(count, self.at_most))
