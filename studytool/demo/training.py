"""A training in progress: a demo with its parameters, one step at a time, and the history of its series."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import GeneratorType
from typing import TYPE_CHECKING

from studytool.demo.api import Demo, Run, Swept
from studytool.demo.diagnosis import Diagnosis
from studytool.demo.panels import PANELS, Line, Panel
from studytool.demo.parameters import Value
from studytool.demo.series import Series
from studytool.demo.units import watched
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    import torch
    from torch import Tensor


class Training:
    """One run of a demo. `steps` have been taken; `panels` are those of the last one; `done` when it returned.

    `latest` has the last number of each series. Where values are `swept` it is many runs in one: those are numbers
    [runs], and their history is not kept.
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
        self.latest: dict[str, Tensor | float] = {}
        self._run = Run(demo.parameters, values, seed, device, swept)
        loop = demo.training(self._run)
        if not isinstance(loop, Iterator):
            raise StudytoolError(
                f"The training loop of {demo.title!r} yields nothing.",
                "Give it a `yield` with the panels of each step.",
            )
        self._loop = loop
        self._diagnosis = Diagnosis()

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
        if self.done:
            return False
        try:
            if self._diagnosis.wants_layers(self.steps):
                with watched() as layers:
                    yielded = next(self._loop)
                self._diagnosis.saw(self.steps + 1, layers)
            else:
                yielded = next(self._loop)
        except StopIteration:
            self.done = True
            return False
        panels = yielded if isinstance(yielded, tuple) else (yielded,)
        for panel in panels:
            if type(panel) not in PANELS:
                raise StudytoolError(
                    f"Step {self.steps + 1} of {self.demo.title!r} yielded a {type(panel).__name__}, not panels.",
                    "Yield one panel, or several with commas between them: scatter(…), line(…), text(…).",
                )
        self.steps += 1
        self.panels = panels
        for panel in panels:
            if type(panel) is Line:
                for name, value in panel.series.items():
                    self._record(name, value)
        return True

    def _record(self, name: str, value: Tensor | float) -> None:
        """Keep a number of this step; a tensor stays one, so that nobody waits for its device."""
        count = 1 if isinstance(value, (int, float)) else value.numel()
        if count not in (1, *self._run.n):
            assert not isinstance(value, (int, float))
            raise ValueError(f"line() charts numbers, but `{name}` has the shape {[*value.shape]}")
        self.latest[name] = value
        if self._run.n:
            return
        series = self.series.get(name)
        if series is None:
            series = self.series[name] = Series()
        series.append(self.steps, value)

    def diagnosis(self) -> list[str]:
        """What is wrong with this run, in sentences; empty when nothing is."""
        return self._diagnosis.sentences(self.series, self.panels)

    def set(self, name: str, value: float) -> None:
        """Give a `Float` a new value: the tensor that the loop holds is changed in place."""
        self.values[name] = value
        getattr(self._run, name).fill_(value)
