"""Panels: what a demo yields. Values without drawing; tensors are read only for frames that are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


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
    """A matrix of numbers as colours; made by `heatmap`."""

    values: Tensor | Callable[[], Tensor]
    title: str
    axes: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Bars:
    """Named numbers as bars; made by `bars`."""

    values: dict[str, Tensor | float]
    title: str


Panel = Scatter | Line | Text | Heatmap | Bars


def scatter(
    X: Tensor,
    y: Tensor,
    *,
    boundary: tuple[Tensor, Tensor] | None = None,
    mark: int | None = None,
    names: Sequence[str] = ("−1", "+1"),
    axes: Sequence[str] = ("x₁", "x₂"),
    title: str = "",
) -> Scatter:
    """Points `X` [n, 2] of class `y` [n], −1 or +1, with the two `names` in that order.

    `boundary` is (w [2], b []): the line w·x + b = 0, above zero on the side of +1. `mark` is the point looked at.
    """
    if X.ndim != 2 or X.shape[1] != 2 or y.shape != X.shape[:1]:
        raise ValueError(f"scatter() draws points [n, 2] of classes [n], not {[*X.shape]} of {[*y.shape]}")
    first, second = names
    across, up = axes
    return Scatter(X, y, boundary, mark, (first, second), (across, up), title)


def line(title: str, /, *, axis: str = "steps", **series: Tensor | float) -> Line:
    """One number a step for each named series; the host keeps the history and draws it over the steps."""
    return Line(title, {name: _number(name, value) for name, value in series.items()}, axis)


def _number(name: str, value: Tensor | float) -> Tensor | float:
    """`value`, checked to be one number; a tensor stays one, so that nobody waits for its device."""
    if isinstance(value, (int, float)):
        return value
    if not hasattr(value, "numel"):  # numpy's
        return float(value)
    if value.numel() != 1:
        raise ValueError(f"line() charts numbers, but `{name}` has the shape {[*value.shape]}")
    return value


def text(text: str | Callable[[], str], *, title: str = "") -> Text:
    """Text as it is, or a function returning it that is called only for frames that are shown."""
    return Text(text, title)


def heatmap(values: Tensor | Callable[[], Tensor], *, title: str = "", axes: Sequence[str] = ("", "")) -> Heatmap:
    """A matrix [rows, columns], the first row at the top; or a function returning it."""
    across, up = axes
    return Heatmap(values, title, (across, up))


def bars(title: str, /, **values: Tensor | float) -> Bars:
    """Named numbers of the present step, side by side for comparison."""
    return Bars(values, title)
