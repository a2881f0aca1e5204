"""The history of a named number: recorded without asking the device, thinned for a picture."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from torch import Tensor

# Values wait on the device until so many are read at once: one synchronisation instead of a thousand.
_CHUNK = 1024


Adders = tuple[Callable[[int], None], Callable[[float], None]]


class Series:
    """One number a step. Those on a device are copied where they are and read in chunks."""

    def __init__(self) -> None:
        self._steps = array("q")
        self._values = array("d")
        self._waiting: list[Tensor | float] = []

    def append(self, step: int, value: Tensor | float) -> None:
        """Record `value` (a number or a tensor of one element) at `step`; ValueError for a tensor of another shape."""
        if isinstance(value, (float, int)):
            number: Tensor | float = value
        elif value.numel() != 1:
            raise ValueError(f"has the shape {[*value.shape]}")
        else:
            # On the CPU there is nobody to wait for, and a number is read in a fiftieth of the time of a copy. On a
            # device the copy keeps the number of this step when the demo goes on to change the tensor in place.
            number = value.item() if value.is_cpu else value.detach().clone()
        self._waiting.append(number)
        self._steps.append(step)
        if len(self._waiting) >= _CHUNK:
            self._read()

    @property
    def adders(self) -> Adders:
        """What records a step and its number where nothing comes from a device: the shortest way."""
        self._read()
        return self._steps.append, self._values.append

    def values(self) -> list[float]:
        """All values, oldest first."""
        self._read()
        return self._values.tolist()

    def last(self) -> float:
        """The newest value."""
        self._read()
        return self._values[-1]

    def at(self, index: int) -> tuple[int, float]:
        """The step and the value of this index."""
        self._read()
        return self._steps[index], self._values[index]

    def since(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Steps (int64) and values (float64) from the one at `index` on; negative counts from the end."""
        import numpy as np

        self._read()
        start = index if index >= 0 else max(len(self._values) + index, 0)
        return np.array(self._steps[start:], dtype=np.int64), np.array(self._values[start:], dtype=np.float64)

    def __len__(self) -> int:
        return len(self._steps)

    def thinned(self, buckets: int) -> tuple[np.ndarray, np.ndarray]:
        """Steps and values, float32, about `2 * buckets`: the lowest and highest of each stretch, both ends."""
        import numpy as np

        self._read()
        steps = np.array(self._steps, dtype=np.float64)
        values = np.array(self._values, dtype=np.float64)
        if len(values) > 2 * buckets:
            size = -(-len(values) // buckets)
            padded = np.pad(values, (0, -len(values) % size), mode="edge").reshape(-1, size)
            starts = np.arange(len(padded)) * size
            kept = np.zeros(len(values), dtype=bool)
            kept[0] = kept[-1] = True
            for lowest_or_highest in (padded.argmin(axis=1), padded.argmax(axis=1)):
                kept[np.minimum(starts + lowest_or_highest, len(values) - 1)] = True
            steps, values = steps[kept], values[kept]
        return steps.astype(np.float32), values.astype(np.float32)

    def _read(self) -> None:
        if not self._waiting:
            return
        tensors = [value.reshape(()).double() for value in self._waiting if not isinstance(value, (int, float))]
        if tensors:
            import torch

            read = iter(torch.stack(tensors).tolist())
            waiting = self._waiting
            self._values.extend(v if isinstance(v, (int, float)) else next(read) for v in waiting)
        else:
            self._values.extend(self._waiting)  # type: ignore[arg-type]
        self._waiting.clear()
