"""Several steps of a sweep as one CUDA graph: one launch in place of hundreds. Only where CUDA is.

A loop that changes its tensors in place goes on from where a replay left them. One that makes new ones, or counts its
steps in Python, would begin again: so the captured runs are compared with a few done step by step, and thrown away
where they differ.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.demo.sweeping import Runs

Result = Generator[int, None, "tuple[Runs, str]"]

# Steps of a graph, those before it that warm the device up, and runs that are also done step by step.
_AT_ONCE, _WARM, _WITNESSES = 20, 3, 8

# By how much captured runs and the others may differ: sums over batches of another size are rounded otherwise.
_CLOSE = 1e-3

_STEP_BY_STEP = "all of a level at once, step by step"


def captured(begin: Callable[[list[int]], Runs], pixels: list[int], steps: int) -> Result:
    """Do `steps` steps of the runs that `begin` makes; a generator of step numbers that returns (runs, how).

    Whatever cannot be captured is done step by step, and the reason is told.
    """
    import torch

    reason = f"fewer than {5 * _AT_ONCE} steps are not worth a graph"
    if steps >= 5 * _AT_ONCE:
        try:
            return (yield from _replayed(begin, pixels, steps))
        except torch.OutOfMemoryError:
            raise
        except RuntimeError as error:
            reason = (str(error).splitlines() or ["it cannot be captured"])[0]
            torch.cuda.synchronize()
    runs = begin(pixels)
    while runs.training.steps < steps and runs.step():
        yield runs.training.steps
    return runs, f"{_STEP_BY_STEP} ({reason})"


def _replayed(begin: Callable[[list[int]], Runs], pixels: list[int], steps: int) -> Result:
    """The same by replays; RuntimeError where the loop is not one that can be replayed."""
    import torch

    warm = _WARM + (steps - _WARM) % _AT_ONCE
    runs, stream = begin(pixels), torch.cuda.Stream()  # type: ignore[no-untyped-call]
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        for _ in range(warm):
            if not runs.step():
                raise RuntimeError("the runs end too soon")
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        for _ in range(_AT_ONCE):
            if not runs.step():
                raise RuntimeError("the runs end too soon")
    for replay in range((steps - warm) // _AT_ONCE):
        graph.replay()
        if replay == 1:
            _compare(runs, begin(pixels[:_WITNESSES]), warm + 2 * _AT_ONCE)
        yield warm + (replay + 1) * _AT_ONCE
    torch.cuda.synchronize()
    return runs, f"all of a level at once, {_AT_ONCE} steps in one CUDA graph"


def _compare(runs: Runs, witness: Runs, steps: int) -> None:
    """RuntimeError unless the first of the runs stand where the witness does after so many steps."""
    import torch

    while witness.training.steps < steps and witness.step():
        pass
    count = len(witness.pixels)
    if not torch.allclose(runs.value[:count], witness.value, rtol=_CLOSE, atol=_CLOSE, equal_nan=True):
        raise RuntimeError("its loop makes new tensors or counts in Python, so a graph would not go on")
