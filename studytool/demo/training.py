"""A training in progress: a demo with its parameters, one step at a time, and the history of its series."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sized
from contextlib import contextmanager
from itertools import islice
from types import GeneratorType
from typing import TYPE_CHECKING

from studytool.demo.api import Demo, Run, Swept
from studytool.demo.diagnosis import Diagnosis
from studytool.demo.panels import PANELS, Line, Panel
from studytool.demo.parameters import Value
from studytool.demo.series import Newest, Series
from studytool.demo.units import watched
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    import torch
    from torch import Tensor

# Every so many steps what was recorded is put where it takes less room.
_GATHER = 4096


class Training:
    """One run of a demo. `steps` have been taken; `panels` are those of the last one; `done` when it returned.

    Where values are `swept` it is many runs in one, of which no history is kept.
    """

    def __init__(
        self, demo: Demo, values: dict[str, Value], seed: int, device: torch.device, swept: Swept | None = None
    ) -> None:
        if demo.training is None:
            raise StudytoolError(
                f"The demo {demo.title!r} has no training loop.", "Put @demo.train above the function with the steps."
            )
        self.demo, self.values, self.seed = demo, dict(values), seed
        self.steps = 0
        self.done = False
        self.panels: tuple[Panel, ...] = ()
        self.series: dict[str, Series] = {}
        self._latest: dict[str, Tensor | float] = {}
        self._run = Run(demo.parameters, values, seed, device, swept)
        self._many = bool(self._run.n)
        self._newest: dict[str, Newest] = {}
        self._record = None if device.type == "cpu" else self._record_there
        if self._many:
            self._record = self._record_all
        loop = demo.training(self._run)
        if not isinstance(loop, Iterator):
            raise StudytoolError(
                f"The training loop of {demo.title!r} yields nothing.",
                "Give it a `yield` with the panels of each step.",
            )
        self._loop = loop
        self._diagnosis = Diagnosis()
        # So many steps go by before one that is watched. Of many runs at once none is: nobody asks what is wrong with
        # them, and a look at numbers would end the recording of a CUDA graph.
        self._unwatched = sys.maxsize if self._many else self._diagnosis.first - 1

    @property
    def line(self) -> int | None:
        """The line of the file at which the loop stands, counted from 1; None before the first step and at the end."""
        loop: object = self._loop
        line = None
        path = self._loop.gi_code.co_filename if isinstance(self._loop, GeneratorType) else ""
        while isinstance(loop, GeneratorType) and loop.gi_frame is not None:  # `yield from` hands on to another one
            if loop.gi_code.co_filename == path and self.steps:
                line = loop.gi_frame.f_lineno
            loop = loop.gi_yieldfrom
        return line

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Whatever is drawn of chance in here, by a picture that is made, is not missing in the steps to come."""
        import torch

        mine = self._run.rng.get_state()
        devices = [self._run.device] if self._run.device.type == "cuda" else []
        with torch.random.fork_rng(devices=devices):
            yield
        self._run.rng.set_state(mine)

    def step(self) -> bool:
        """Take one step; False when the demo is done and there was none to take."""
        return self.go(1) == 1

    def go(self, most: int, stop: Sized = ()) -> int:
        """Take `most` steps, fewer when the demo is done or after one something is in `stop`; how many it took."""
        before, last = self.steps, self.steps + most
        while self.steps < last and not self.done:
            first = self.steps
            if first >= self._unwatched:
                self._watched(stop)
            else:
                self._take(min(last, self._unwatched, first + _GATHER - first % _GATHER) - first, stop)
            if not self.steps % _GATHER:
                for series in self.series.values():
                    series.gather()
            if stop:
                break
        return self.steps - before

    def _take(self, count: int, stop: Sized) -> None:
        """Take `count` steps. Of a small demo this is most of what the host costs: whatever is done is written here."""
        taken, panels, newest, record = self.steps, self.panels, self._newest, self._record
        last = taken + count
        try:
            for yielded in islice(self._loop, count):
                step = taken + 1
                made = yielded if isinstance(yielded, tuple) else (yielded,)
                for panel in made:
                    if type(panel) is not Line:
                        if type(panel) not in PANELS:
                            raise self._odd(step, panel)
                    elif record is not None:
                        record(step, panel.series)
                    else:
                        for name, value in panel.series.items():
                            if type(value) is not float:
                                try:
                                    value = value.item()  # type: ignore[union-attr]
                                except (AttributeError, RuntimeError):
                                    value = _number(name, value)
                            try:
                                steps, values = newest[name]
                            except KeyError:
                                steps, values = newest[name] = self.series.setdefault(name, Series()).newest
                            steps.append(step)
                            values.append(value)
                taken, panels = step, made
                if stop:
                    break
            else:
                self.done = taken < last
        finally:
            self.steps, self.panels = taken, panels

    def _odd(self, step: int, panel: object) -> StudytoolError:
        """What is said of a step that yields something else than a panel."""
        return StudytoolError(
            f"Step {step} of {self.demo.title!r} yielded a {type(panel).__name__}, not panels.",
            "Yield one panel, or several with commas between them: scatter(…), line(…), text(…).",
        )

    def _watched(self, stop: Sized) -> None:
        """Take a step of which the diagnosis wants to see the layers."""
        with watched() as layers:
            self._take(1, stop)
        if not self.done:
            self._unwatched = self._diagnosis.saw(self.steps, layers)

    def _record_there(self, step: int, numbers: Mapping[str, Tensor | float]) -> None:
        """Keep the numbers of this step; a tensor on a device stays one, so that nobody waits for it."""
        for name, value in numbers.items():
            try:
                self.series.setdefault(name, Series()).append(step, value)
            except ValueError as error:
                raise ValueError(f"line() charts numbers, but `{name}` {error}") from None

    def _record_all(self, step: int, numbers: Mapping[str, Tensor | float]) -> None:
        """Of many runs at once only the last numbers, [runs] or one for all."""
        for name, value in numbers.items():
            if not isinstance(value, (int, float)) and value.numel() not in (1, *self._run.n):
                raise ValueError(f"line() charts numbers, but `{name}` has the shape {[*value.shape]}")
            self._latest[name] = value

    def newest(self) -> Mapping[str, Tensor | float]:
        """The last number of each series, on its device; of many runs at once [runs]."""
        if self._many:
            return self._latest
        drawn = {name: value for panel in self.panels if type(panel) is Line for name, value in panel.series.items()}
        return {name: drawn[name] if name in drawn else series.last() for name, series in self.series.items()}

    def diagnosis(self) -> list[str]:
        """What is wrong with this run, in sentences; empty when nothing is."""
        return self._diagnosis.sentences(self.series, self.panels)

    def set(self, name: str, value: float) -> None:
        """Give a `Float` a new value: the tensor that the loop holds is changed in place."""
        self.values[name] = value
        getattr(self._run, name).fill_(value)


def _number(name: str, value: Tensor | float) -> float:
    """A number of another kind; ValueError for a tensor of several."""
    if isinstance(value, (int, float)) or value.numel() == 1:
        return float(value)
    raise ValueError(f"line() charts numbers, but `{name}` has the shape {[*value.shape]}")
