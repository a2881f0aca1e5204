"""ReLUs that are off: which share of a layer says 0 for every input, seen by watching a step from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

# With fewer inputs a unit may be off for all of them by chance.
_INPUTS = 50


@dataclass(frozen=True, slots=True)
class Layer:
    """What one call of a ReLU returned: how many units it has, how many said 0 for all of so many inputs."""

    units: int
    off: int
    inputs: int


@contextmanager
def watched() -> Iterator[list[Layer]]:
    """The layers that every ReLU returns in here, in order; the numbers themselves stay what they are."""
    layers: list[Layer] = []
    with _watch()(layers):
        yield layers


@cache
def _watch() -> type[Any]:
    """The mode that looks at what ReLUs return; made once, when torch is there, for a class is dear to make."""
    from torch.overrides import TorchFunctionMode

    class Watch(TorchFunctionMode):
        def __init__(self, layers: list[Layer]) -> None:
            super().__init__()
            self._layers = layers

        def __torch_function__(
            self,
            func: Callable[..., Any],
            types: Sequence[type],
            args: Sequence[Any] = (),
            kwargs: Mapping[str, Any] | None = None,
        ) -> Any:
            result = func(*args, **(kwargs or {}))
            if getattr(func, "__name__", "") in ("relu", "relu_"):
                layer = _layer(result.detach())
                if layer is not None:
                    self._layers.append(layer)
            return result

    return Watch


def _layer(values: Tensor) -> Layer | None:
    """The units of `values` [inputs, units], either way round, perhaps of several networks, or [inputs, maps, y, x]."""
    if values.ndim < 2:
        return None
    if values.ndim == 4:
        values = values.movedim(1, -1).flatten(0, 2)  # a map is off where all of its pixels are
    elif values.shape[-1] > values.shape[-2]:  # the longer of the two are the inputs
        values = values.transpose(-1, -2)
    if values.shape[-2] < _INPUTS:
        return None
    off = (values <= 0).all(-2)
    return Layer(off.numel(), int(off.sum()), values.shape[-2])
