"""Panels: what a demo yields. Values without drawing; tensors are read only for frames that are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, get_args

if TYPE_CHECKING:
    from torch import Tensor

    Row = Sequence["Tensor | float | str | None"]


@dataclass(frozen=True, slots=True)
class Scatter:
    """Points of two kinds in the plane, and perhaps the line that divides them; made by `scatter`."""

    X: Tensor
    y: Tensor
    boundary: tuple[Tensor, Tensor] | None
    mark: int | None
    names: tuple[str, str]
    axes: tuple[str, str]
    title: str
    curve: bool


@dataclass(frozen=True, slots=True)
class Line:
    """The newest value of each named series of one chart; made by `line`."""

    title: str
    series: dict[str, Tensor | float]
    axis: str


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text, or a function that makes them when a frame is shown; made by `text`."""

    text: str | Callable[[], str]
    title: str


@dataclass(frozen=True, slots=True)
class Heatmap:
    """A matrix of numbers as colours, perhaps over a part of the plane with paths on it; made by `heatmap`."""

    values: Tensor | Callable[[], Tensor]
    title: str
    axes: tuple[str, str]
    extent: tuple[tuple[float, float], tuple[float, float]] | None
    paths: dict[str, Tensor | Callable[[], Tensor]]
    signed: bool


@dataclass(frozen=True, slots=True)
class Images:
    """Small pictures side by side; made by `images`."""

    values: Tensor | Callable[[], Tensor]
    names: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Network:
    """Neurons in layers with the weights between them; made by `network`."""

    layers: tuple[Tensor, ...]
    weights: tuple[Tensor, ...]
    names: tuple[tuple[str, ...], ...]
    notes: tuple[tuple[str, ...], ...]
    labels: tuple[Tensor, ...]
    title: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Named numbers as bars; made by `bars`."""

    values: dict[str, Tensor | float]
    title: str


@dataclass(frozen=True, slots=True)
class Table:
    """Named columns and rows of words and numbers, or a function that makes the rows; made by `table`."""

    columns: tuple[str, ...]
    rows: Sequence[Row] | Callable[[], Sequence[Row]]
    mark: int | None
    title: str


Panel = Scatter | Line | Text | Heatmap | Images | Network | Bars | Table
PANELS = frozenset(get_args(Panel))
"""The same as a set: every step of every demo is asked whether it yielded one of them."""


def scatter(
    X: Tensor,
    y: Tensor,
    *,
    boundary: tuple[Tensor, Tensor] | None = None,
    mark: int | None = None,
    names: Sequence[str] = ("−1", "+1"),
    axes: Sequence[str] = ("x₁", "x₂"),
    title: str = "",
    curve: bool = False,
) -> Scatter:
    """Points `X` [n, 2] of class `y` [n], −1 or +1, with the two `names` in that order.

    `boundary` is (w [2], b []): the line w·x + b = 0, above zero on the side of +1. `mark` is the point looked at.
    As a `curve`, the points of −1 are joined by a line in their order, with gaps where one is not finite.
    """
    if X.ndim != 2 or X.shape[1] != 2 or y.shape != X.shape[:1]:
        raise ValueError(f"scatter() draws points [n, 2] of classes [n], not {[*X.shape]} of {[*y.shape]}")
    first, second = names
    across, up = axes
    return Scatter(X, y, boundary, mark, (first, second), (across, up), title, curve)


def line(title: str, /, *, axis: str = "steps", **series: Tensor | float) -> Line:
    """One number a step for each named series; the host keeps the history and draws it over the steps."""
    numbers = {name: value if hasattr(value, "numel") else _number(value) for name, value in series.items()}
    return Line(title, numbers, axis)


def _number(value: Any) -> float:
    return value if isinstance(value, (int, float)) else float(value)  # numpy's


def text(text: str | Callable[[], str], *, title: str = "") -> Text:
    """Text as it is, or a function returning it that is called only for frames that are shown."""
    return Text(text, title)


def heatmap(
    values: Tensor | Callable[[], Tensor],
    *,
    title: str = "",
    axes: Sequence[str] = ("", ""),
    extent: Sequence[Sequence[float]] | None = None,
    paths: Mapping[str, Tensor | Callable[[], Tensor]] | None = None,
    signed: bool = False,
) -> Heatmap:
    """A matrix [rows, columns], the first row at the top; or a function returning it.

    With `extent` ((left, right), (bottom, top)) it lies over that part of the plane, with axes. `paths` are named rows
    of points [k, 2] in it, or functions returning them; the last point of each is where it is now. There, too, what is
    below zero is blue and all else orange where the values are `signed`.
    """
    across, up = axes
    plane = None
    if extent is not None:
        (left, right), (bottom, top) = extent
        plane = (float(left), float(right)), (float(bottom), float(top))
    elif paths:
        raise ValueError("heatmap() draws paths only over an extent ((left, right), (bottom, top))")
    return Heatmap(values, title, (across, up), plane, dict(paths or {}), signed)


def plane(extent: Sequence[Sequence[float]], columns: int = 96, rows: int = 64) -> Tensor:
    """The points [rows, columns, 2] of the plane ((left, right), (bottom, top)), the top row first, for a heatmap."""
    import torch

    (left, right), (bottom, top) = extent
    x, y = torch.meshgrid(torch.linspace(left, right, columns), torch.linspace(top, bottom, rows), indexing="xy")
    return torch.stack([x, y], -1)


def curves(
    title: str,
    /,
    axes: Sequence[str],
    extent: Sequence[Sequence[float]],
    **paths: Tensor | Callable[[], Tensor],
) -> Heatmap:
    """Named curves, rows of points [k, 2] or functions returning them, over the plane `extent`; as in `heatmap`."""
    import torch

    shade = torch.linspace(1, 0, 40)[:, None].expand(40, 2)  # a ground that fades downwards and means nothing
    return heatmap(shade, title=title, axes=axes, extent=extent, paths=paths)


def backwards(values: Tensor) -> Tensor:
    """The points (k, value) [n, 2] of `values` [n], from k = n down to 1: the way of a gradient through its layers."""
    import torch

    return torch.stack([torch.arange(len(values), 0, -1).to(values), values.flip(0)], 1)


def images(values: Tensor | Callable[[], Tensor], *, names: Sequence[str] = (), title: str = "") -> Images:
    """Pictures [n, rows, columns] beside each other with their `names` below, or a function returning them.

    Numbers from zero up are drawn from dark to light; where some are negative, blue is below zero and orange above.
    All of a panel share one scale.
    """
    return Images(values, tuple(names), title)


def network(
    layers: Sequence[Tensor],
    weights: Sequence[Tensor],
    *,
    names: Sequence[Sequence[str]] = (),
    notes: Sequence[Sequence[str]] = (),
    labels: Sequence[Tensor] = (),
    title: str = "",
) -> Network:
    """A graph of neurons: the value of each in `layers` [n₀], [n₁], …, and `weights` [n₁, n₀], [n₂, n₁], … between.

    A weight's sign is its colour and its size the width of its line. `names` and `notes` stand above and below each
    neuron, `labels`, numbers of the shape of the weights, on the lines.
    """
    sizes = [layer.numel() for layer in layers]
    shapes = [[*weight.shape] for weight in weights]
    if shapes != [[after, before] for before, after in pairwise(sizes)]:
        raise ValueError(f"network() of layers {sizes} has weights [after, before], not {shapes}")
    if labels and [[*label.shape] for label in labels] != shapes:
        raise ValueError(f"network() writes a number on each weight {shapes}, not {[[*one.shape] for one in labels]}")
    told, under = tuple(map(tuple, names)), tuple(map(tuple, notes))
    return Network(tuple(layers), tuple(weights), told, under, tuple(labels), title)


def bars(title: str, /, **values: Tensor | float) -> Bars:
    """Named numbers of the present step, side by side for comparison."""
    return Bars(values, title)


def table(
    title: str, /, columns: Sequence[str], rows: Sequence[Row] | Callable[[], Sequence[Row]], *, mark: int | None = None
) -> Table:
    """Rows of words and numbers under named `columns`, or a function returning them.

    None is a cell without a value. `mark` is the number of the row looked at, from 0.
    """
    return Table(tuple(columns), rows, mark, title)
