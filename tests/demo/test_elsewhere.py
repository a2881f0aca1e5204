"""Every built-in demo on a device other than the CPU, without one: nothing is left behind, and little waits for it.

The device is one that is not there: its tensors have real numbers that are called to be somewhere else. What a GPU
refuses is refused: numbers here and there in one operation (a single number excepted, and indices), a generator of the
CPU for numbers that are made there, numpy. What makes the CPU wait for it is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_map

from studytool.demo import wire
from studytool.demo.find import list_demos
from studytool.demo.load import load
from studytool.demo.parameters import Choice, Float, checked
from studytool.demo.sweep import Sweep, axis
from studytool.demo.sweeping import Runs, Sweeping
from studytool.demo.training import Training

BUILT_IN = list_demos()
FAR = torch.device("meta")
_INDEXED = ("aten::index", "aten::index_put", "aten::index_put_", "aten::_index_put_impl_", "aten::_unsafe_index")
_MOVES = ("aten::_to_copy", "aten::copy_", "aten::_copy_from")


class Far(torch.Tensor):
    """A tensor that is elsewhere; `near` holds its numbers."""

    near: torch.Tensor

    @staticmethod
    def __new__(cls, near: torch.Tensor) -> Far:
        made: Far = torch.Tensor._make_wrapper_subclass(  # type: ignore[attr-defined]
            cls, near.shape, strides=near.stride(), storage_offset=near.storage_offset(), dtype=near.dtype, device=FAR
        )
        made.near = near
        return made

    __torch_function__ = torch._C._disabled_torch_function_impl

    @classmethod
    def __torch_dispatch__(
        cls, func: Any, types: Sequence[type], args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        return dispatched(func, args, dict(kwargs or {}), None)


class There(TorchDispatchMode):
    """Makes the far device work while it is on; `waits` counts how often its numbers were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.waits = 0

    def _waited(self) -> None:
        self.waits += 1

    def __torch_dispatch__(
        self, func: Any, types: Sequence[type], args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        return dispatched(func, args, dict(kwargs or {}), self._waited)


class Making(TorchFunctionMode):
    """Makes far tensors of Python's numbers: torch itself does that below the level of operations."""

    def __torch_function__(
        self, func: Any, types: Sequence[type], args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        told = dict(kwargs or {})
        if func in (torch.tensor, torch.as_tensor) and torch.device(told.get("device") or "cpu") == FAR:
            wanted = told.pop("device")
            return func(*args, **told).to(wanted)
        if args and isinstance(args[0], Far):
            if func is torch.Tensor.tolist:
                return args[0].cpu().tolist()
            if func is torch.Tensor.new_tensor:
                return torch.tensor(args[1], dtype=args[0].dtype).to(FAR)
            if func is torch.Tensor.__format__ and not args[0].ndim:
                return format(args[0].item(), *args[1:])
            if func is torch.Tensor.numpy:
                raise TypeError("numpy() of numbers that are there")
        return func(*args, **told)


@contextmanager
def there() -> Iterator[There]:
    """The far device works in here."""
    with There() as mode, Making():
        yield mode


def dispatched(func: Any, args: Sequence[Any], kwargs: dict[str, Any], waited: Callable[[], None] | None) -> Any:
    """Do an operation with the numbers of far tensors; RuntimeError where a device would refuse it."""
    name = func._schema.name
    given = [one for one in tree_flatten((args, kwargs))[0] if isinstance(one, torch.Tensor)]
    far = any(isinstance(one, Far) for one in given)
    wanted = kwargs.get("device")
    if name in _INDEXED:
        given = [args[0], *(one for one in tree_flatten(args[2:])[0] if isinstance(one, torch.Tensor))]
        if not isinstance(args[0], Far) and far:
            raise RuntimeError(f"{name}: indices that are there, of numbers that are here")
    if far and name not in _MOVES and any(not isinstance(one, Far) and one.ndim for one in given):
        raise RuntimeError(f"{name}: some numbers are here and some are there")
    if name in ("aten::cat", "aten::stack") and far and not all(isinstance(one, Far) for one in given):
        raise RuntimeError(f"{name}: some numbers are here and some are there")
    there = far if wanted is None else torch.device(wanted) == FAR
    generator = kwargs.get("generator")
    if there and generator is not None and generator.device.type == "cpu":
        raise RuntimeError(f"{name}: a generator of the CPU makes no numbers there")
    if waited and (name in ("aten::_local_scalar_dense", "aten::nonzero", "aten::equal") or (far and not there)):
        waited()
    if wanted is not None and there:
        kwargs["device"] = torch.device("cpu")
    near, near_kwargs = tree_map(lambda one: one.near if isinstance(one, Far) else one, (args, kwargs))
    result = func(*near, **near_kwargs)
    if name == "aten::copy_":
        return args[0]
    if func._schema.is_mutable and isinstance(args[0], torch.Tensor) and result is near[0]:
        return args[0]
    if not there:
        return result
    return tree_map(lambda one: Far(one) if isinstance(one, torch.Tensor) else one, result)


# Numbers of a step that the CPU waits for at most: those in a demo's titles and decisions, never one for each example.
MOST = 12


@pytest.mark.parametrize("path", [info.path for info in BUILT_IN], ids=lambda path: path.stem)
def test_a_demo_runs_elsewhere_as_it_does_here(path: Path) -> None:
    demo = load(path)
    values = checked(demo.parameters, {})
    here = Training(demo, values, 0, torch.device("cpu"))
    while here.steps < 2 and here.step():
        pass
    with there() as device:
        away = Training(demo, values, 0, FAR)
        while away.steps < 2 and away.step():
            pass
        assert device.waits <= 2 * MOST, "numbers are asked for again and again"
        before = device.waits
        with away.aside():
            panels = [wire.panel(panel, away.series) for panel in away.panels]
        assert device.waits > before, "a picture is made of what is there"
        assert [panel["kind"] for panel in panels] == [type(panel).__name__.lower() for panel in here.panels]
        kept = {name: series.values() for name, series in away.series.items()}
    for name, series in here.series.items():
        assert kept[name] == pytest.approx(series.values(), rel=1e-4, abs=1e-5, nan_ok=True), name


CHOICES = [
    (info.path, name, choice)
    for info in BUILT_IN
    for name, parameter in info.parameters.items()
    if isinstance(parameter, Choice)
    for choice in parameter.choices[1:]
]


@pytest.mark.parametrize(("path", "name", "choice"), CHOICES, ids=lambda value: getattr(value, "stem", value))
def test_whatever_is_chosen_runs_elsewhere_too(path: Path, name: str, choice: str) -> None:
    demo = load(path)
    with there():
        away = Training(demo, checked(demo.parameters, {name: choice}), 0, FAR)
        while away.steps < 2 and away.step():
            pass
        assert all(wire.panel(panel, away.series) for panel in away.panels)


@pytest.mark.parametrize("path", [info.path for info in BUILT_IN if info.broadcast], ids=lambda path: path.stem)
def test_a_sweep_elsewhere_finds_what_it_finds_here(path: Path) -> None:
    demo = load(path)
    names = [name for name, parameter in demo.parameters.items() if isinstance(parameter, Float)]
    x, y = (axis(demo.parameters, name, 2) for name in (*names, "seed")[:2])
    found: list[list[object]] = []
    for device in (torch.device("cpu"), FAR):
        told: list[dict[str, object]] = []
        with there():
            values = checked(demo.parameters, {})
            Sweeping(demo, values, 0, device, Sweep(x, y, 3), lambda told=told, **said: told.append(said)).advance(60)
        found.append([one["values"] for one in told if one["type"] == "pixels"])
    assert found[0] == found[1] != []


@pytest.mark.parametrize("path", [info.path for info in BUILT_IN if info.broadcast], ids=lambda path: path.stem)
def test_no_step_of_a_sweep_waits_for_the_device_so_that_several_can_be_one_graph(path: Path) -> None:
    demo = load(path)
    names = [name for name, parameter in demo.parameters.items() if isinstance(parameter, Float)]
    with there() as device:
        sweep = Sweep(*(axis(demo.parameters, name, 2) for name in (*names, "seed")[:2]), 9)
        runs = Runs(Sweeping(demo, checked(demo.parameters, {}), 0, FAR, sweep, lambda **said: None), [0, 1])
        runs.step()
        before = device.waits
        runs.step()
        assert device.waits == before


@pytest.mark.parametrize(
    "mixed",
    [
        lambda x: x + torch.ones(2),
        lambda x: torch.stack([x, torch.zeros(2)]),
        lambda x: torch.zeros(2)[x.long()],
        lambda x: x.numpy(),
        lambda x: torch.rand(2, device=FAR, generator=torch.Generator()),
        lambda x: torch.linspace(0, 1, 2) @ x,
    ],
)
def test_what_a_device_refuses_is_refused(mixed: object) -> None:
    with there():
        x = torch.zeros(2, device=FAR) + torch.tensor(1.0)  # a single number may come from here
        assert x.cpu().tolist() == [1.0, 1.0]
        with pytest.raises((RuntimeError, TypeError)):
            mixed(x)  # type: ignore[operator]
