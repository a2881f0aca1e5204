"""The history of a named number: recorded without asking the device, thinned for a picture."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from torch import Tensor

# Values wait on their device until so many are read at once: one synchronisation instead of a thousand.
_CHUNK = 1024


Newest = tuple[deque[int], deque["Tensor | float"]]


class Series:
    """One number a step. Those on a device are copied where they are and read in chunks.

    The newest wait in deques and go on into arrays, a quarter of the size. A deque grows by small blocks; whatever
    grows by moving to a larger place leaves holes among the tensors of the demo, whose every step is slower for it.
    """

    def __init__(self) -> None:
        self._steps = array("q")
        self._values = array("d")
        self._newest: deque[int] = deque()
        self._waiting: deque[Tensor | float] = deque()
        self._far = False

    def append(self, step: int, value: Tensor | float) -> None:
        """Record `value` (a number or a tensor of one element) at `step`; ValueError for a tensor of another shape."""
        if isinstance(value, (float, int)):
            number: Tensor | float = value
        elif value.numel() != 1:
            raise ValueError(f"has the shape {[*value.shape]}")
        elif value.is_cpu:  # there is nobody to wait for, and a number is read in a fiftieth of the time of a copy
            number = value.item()
        else:  # the copy keeps the number of this step when the demo goes on to change the tensor in place
            number, self._far = value.detach().clone(), True
        self._waiting.append(number)
        self._newest.append(step)
        if len(self._waiting) >= _CHUNK:
            self.gather()

    @property
    def newest(self) -> Newest:
        """The newest steps and numbers: adding to both is the shortest way where none is on a device.

        Who uses it sees to it that `gather` is called now and then.
        """
        return self._newest, self._waiting

    def gather(self) -> None:
        """Read what waits; it takes less room then."""
        if self._newest:
            self._steps.extend(self._newest)
            self._values.extend(_read(self._waiting) if self._far else self._waiting)  # type: ignore[arg-type]
            self._newest.clear()
            self._waiting.clear()

    def values(self) -> list[float]:
        """All values, oldest first."""
        self.gather()
        return self._values.tolist()

    def last(self) -> float:
        """The newest value."""
        self.gather()
        return self._values[-1]

    def at(self, index: int) -> tuple[int, float]:
        """The step and the value of this index."""
        self.gather()
        return self._steps[index], self._values[index]

    def since(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Steps (int64) and values (float64) from the one at `index` on; negative counts from the end."""
        import numpy as np

        self.gather()
        start = index if index >= 0 else max(len(self._values) + index, 0)
        return np.array(self._steps[start:], dtype=np.int64), np.array(self._values[start:], dtype=np.float64)

    def __len__(self) -> int:
        return len(self._steps) + len(self._newest)

    def thinned(self, buckets: int) -> tuple[np.ndarray, np.ndarray]:
        """Steps and values, float32, about `2 * buckets`: the lowest and highest of each stretch, both ends."""
        import numpy as np

        self.gather()
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


def _read(numbers: Collection[Tensor | float]) -> list[float]:
    """Numbers, those on a device brought here together."""
    import torch

    tensors = [number.reshape(()) for number in numbers if not isinstance(number, (int, float))]
    if len({tensor.dtype for tensor in tensors}) > 1:  # as one kind they would be rounded
        tensors = [tensor.double() for tensor in tensors]
    read = iter(torch.stack(tensors).double().tolist() if tensors else ())
    return [number if isinstance(number, (int, float)) else next(read) for number in numbers]
