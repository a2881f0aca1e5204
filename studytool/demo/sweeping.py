"""A sweep being done: many runs at once where the demo is written so, in slices of time. Only in a demo's own process.

On the CPU runs are done in chunks whose activations stay in its cache; on CUDA all of a level at once, and several
steps as one graph where the loop allows it. A pixel's run is the same as the single run with its values.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from typing import TYPE_CHECKING

from studytool.demo import wire
from studytool.demo.api import Swept
from studytool.demo.panels import Line
from studytool.demo.parameters import Float, Value, nearest
from studytool.demo.sweep import SEED, STEPS_TAKEN, Sweep
from studytool.demo.training import Training
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    import torch
    from torch import Tensor

    from studytool.demo.api import Demo

# What autograd keeps of a chunk's step may take so many bytes: more, and it no longer stays in a core's cache.
_CACHE = 4 * 2**20

# Fewer runs at once than this gain little, more at once are not told often enough.
_FEWEST, _MOST = 16, 2048

# Pixels of one message, and seconds between two that only say how far it is.
_TOLD, _OFTEN = 1024, 0.2


class Runs:
    """The runs of some pixels, a step at a time: how each stands, and since when it is no longer a number."""

    def __init__(self, sweeping: Sweeping, pixels: list[int]) -> None:
        import torch

        self.pixels = pixels
        self.training = sweeping.training(pixels)
        self.measure, self._below = sweeping.sweep.measure, sweeping.sweep.below
        device, count = sweeping.device, len(pixels)
        # They are changed in place, so that a CUDA graph finds them where they were.
        self.steps = torch.zeros((), dtype=torch.int32, device=device)
        self.value = torch.full((count,), math.nan, device=device)
        self.broken = torch.zeros(count, dtype=torch.int32, device=device)
        self.reached = torch.zeros(count, dtype=torch.int32, device=device)

    def step(self) -> bool:
        """One step of all runs; False when they have ended by themselves."""
        import torch

        if not self.training.step():
            return False
        self.steps += 1
        found = self.training.newest()
        if not self.measure:
            self.measure = next(iter(found), "")
        if self.measure == STEPS_TAKEN and self.measure not in found:
            found = {STEPS_TAKEN: self.steps}
        elif self.measure not in found:
            known = nearest(self.measure, list(found))
            raise StudytoolError(f"This demo draws no series `{self.measure}` to measure.", known)
        now = torch.as_tensor(found[self.measure], device=self.value.device).detach()
        self.value.copy_(now.reshape(-1).expand_as(self.value))
        odd = self.value.isnan() | (self.value == math.inf)  # minus infinity is the logarithm of an error of zero
        self.broken.copy_(torch.where(odd, torch.where(self.broken == 0, self.steps, self.broken), 0))
        if self._below is not None:
            first = (self.reached == 0) & (self.value <= self._below)
            self.reached.copy_(torch.where(first, self.steps, self.reached))
        return True

    def told(self) -> Iterator[dict[str, object]]:
        """What came of each run, as messages of at most so many pixels that none is too long."""
        import numpy as np

        pixels = np.array(self.pixels, np.int32)
        found = [one.cpu().numpy() for one in (self.value.float(), self.broken, self.reached)]
        for k in range(0, len(pixels), _TOLD):
            parts = (wire.array(one[k : k + _TOLD]) for one in (pixels, *found))
            yield dict(zip(("pixels", "values", "broken", "reached"), parts, strict=True))


class Sweeping:
    """Does a sweep of one demo in slices and tells what is found, pixels first that lie far apart."""

    def __init__(
        self,
        demo: Demo,
        parameters: Mapping[str, Value],
        seed: int,
        device: torch.device,
        sweep: Sweep,
        tell: Callable[..., None],
    ) -> None:
        if demo.broadcast is None and not sweep.single:
            raise StudytoolError(
                f"{demo.title!r} cannot do many runs at once.",
                "--single does one run after the other.",
            )
        self.demo, self.parameters, self.seed, self.device = demo, parameters, seed, device
        self.sweep, self.tell = sweep, tell
        self.done = False
        self.way = "one run after the other"
        self._began = self._said = time.perf_counter()
        self._found = 0
        self._work = self._all()

    def on(self, device: torch.device) -> Sweeping:
        """The same sweep from its beginning on another device."""
        return Sweeping(self.demo, self.parameters, self.seed, device, self.sweep, self.tell)

    def advance(self, seconds: float) -> None:
        """Go on for a slice of time."""
        end = time.perf_counter() + seconds
        for step in self._work:
            now = time.perf_counter()
            if now - self._said > _OFTEN:
                self._said = now
                self.tell(type="sweeping", found=self._found, pixels=self.sweep.pixels, step=step)
            if now >= end:
                return
        self.done = True
        self.tell(type="swept", seconds=time.perf_counter() - self._began, way=self.way)

    def training(self, pixels: list[int]) -> Training:
        """The run of these pixels, which have one seed; one pixel of a single sweep is an ordinary run."""
        given = [self.sweep.values(pixel) for pixel in pixels]
        seed = int(given[0].get(SEED, self.seed))
        if self.sweep.single:
            values = {name: self._typed(name, value) for name, value in given[0].items() if name != SEED}
            return Training(self.demo, {**self.parameters, **values}, seed, self.device)
        assert self.demo.broadcast is not None
        columns = {name: [one[name] for one in given] for name in given[0] if name != SEED}
        return Training(self.demo, dict(self.parameters), seed, self.device, Swept(columns, self.demo.broadcast))

    def _typed(self, name: str, value: float) -> Value:
        return value if isinstance(self.demo.parameters[name], Float) else int(value)

    def _all(self) -> Iterator[int]:
        """All pixels, a `yield` with the number of the step after each."""
        import torch

        chunk = self._chunk()
        for level in self.sweep.levels():
            waiting = self._parts(level, chunk)
            while waiting:
                pixels = waiting.pop(0)
                try:
                    runs = yield from self._some(pixels)
                except torch.OutOfMemoryError:  # of a GPU, where a level is begun at once
                    if len(pixels) <= _FEWEST:
                        raise
                    chunk = len(pixels) // 2
                    waiting[:0] = [pixels[:chunk], pixels[chunk:]]
                    torch.cuda.empty_cache()
                    continue
                self._found += len(pixels)
                for message in runs.told():
                    self.tell(type="pixels", found=self._found, **message)

    def _some(self, pixels: list[int]) -> Generator[int, None, Runs]:
        """The runs of one chunk to their end."""
        if self.device.type == "cuda" and not self.sweep.single:
            from studytool.demo.graphs import captured

            runs, self.way = yield from captured(lambda some: Runs(self, some), pixels, self.sweep.steps)
            return runs
        runs = Runs(self, pixels)
        while runs.training.steps < self.sweep.steps and runs.step():
            yield runs.training.steps
        return runs

    def _parts(self, level: list[int], chunk: int) -> list[list[int]]:
        """A level in chunks of one seed each."""
        by_seed: dict[float, list[int]] = {}
        for pixel in level:
            by_seed.setdefault(self.sweep.values(pixel).get(SEED, self.seed), []).append(pixel)
        return [some[k : k + chunk] for some in by_seed.values() for k in range(0, len(some), chunk)]

    def _chunk(self) -> int:
        """How many runs to do at once."""
        if self.sweep.single:
            self._introduce(Runs(self, [0]))
            return 1
        one, two = (self._kept(count) for count in (1, 2))
        if self.device.type == "cuda":
            return self.sweep.pixels
        most = min(max(_CACHE // max(two - one, 1), _FEWEST), _MOST)
        self.way = f"up to {most:,} runs at once"
        return most

    def _kept(self, count: int) -> int:
        """The bytes that autograd keeps for a step of so many runs at once."""
        import torch

        kept = 0

        def pack(tensor: Tensor) -> Tensor:
            nonlocal kept
            kept += tensor.numel() * tensor.element_size()
            return tensor

        pixels = [0] * count
        try:
            with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
                runs = Runs(self, pixels)
                runs.step()
        except (RuntimeError, TypeError, ValueError, IndexError) as error:
            names = " and ".join(f"`{axis.name}`" for axis in (self.sweep.x, self.sweep.y))
            raise StudytoolError(
                f"{names} cannot be swept at once: {type(error).__name__}: {error}.",
                "--single does one run after the other.",
            ) from error
        if count == 1:
            self._introduce(runs)
        return kept

    def _introduce(self, runs: Runs) -> None:
        """Tell what the demo draws, and so what can be measured; and what is."""
        if not runs.training.steps:
            runs.step()
        series = list(runs.training.newest())
        charts = [panel for panel in runs.training.panels if isinstance(panel, Line)]
        logs = [name for chart in charts if "log₁₀" in chart.title for name in chart.series]
        told = {"series": series, "logs": logs, "measure": runs.measure}
        self.tell(type="sweeping", found=0, pixels=self.sweep.pixels, step=0, **told)
