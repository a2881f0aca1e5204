"""Pictures in words, for a screen reader, a log, and a terminal that draws nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.chart import number
from studytool.draw.scatter import Boundary, misplaced

if TYPE_CHECKING:
    import numpy as np

_NAMED = 12
"""Neurons of a layer that are told one by one."""


def summary(panels: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the panels show, a sentence or more for each."""
    import numpy as np

    known = [panel for panel in panels if panel["kind"] in _DESCRIBE]
    with np.errstate(all="ignore"):
        return [sentence for panel in known for sentence in _DESCRIBE[panel["kind"]](panel)]


def _scatter(panel: Mapping[str, Any]) -> list[str]:
    points, kinds = array(panel["points"]).reshape(-1, 2), array(panel["classes"])
    across, up = panel["axes"]
    first, second = panel["names"]
    counts = int((kinds <= 0).sum()), int((kinds > 0).sum())
    sentences = [f"{counts[0]} {first} and {counts[1]} {second} by {across} and {up}."]
    line = Boundary.of(panel)
    if line is not None:
        wrong = misplaced(points, kinds, line)
        sentences.append(f"The line {equation(line)} has {second} on its side above zero.")
        of_first, of_second = int(wrong[kinds <= 0].sum()), int(wrong[kinds > 0].sum())
        if of_first or of_second:
            sentences.append(f"On the wrong side: {of_first} {first} and {of_second} {second}.")
        else:
            sentences.append(f"It separates {first} from {second}: none is on the wrong side.")
    mark = panel.get("mark")
    if mark is not None and 0 <= mark < len(points):
        x, y = points[mark]
        sentences.append(f"Marked: {panel['names'][int(kinds[mark] > 0)]} at {number(x)} and {number(y)}.")
    return sentences


def equation(line: Boundary) -> str:
    """A line as an equation of x₁ and x₂."""
    (w1, w2), b = line.w, line.b
    parts = [f"{number(w1)}·x₁"]
    parts += [f"{'−' if value < 0 else '+'} {number(abs(value))}{of}" for value, of in ((w2, "·x₂"), (b, ""))]
    return " ".join(parts) + " = 0"


def _line(panel: Mapping[str, Any]) -> list[str]:
    sentences = []
    for one in panel["series"]:
        steps, values = array(one["x"]), array(one["y"])
        if not len(values):
            continue
        name = panel["title"] if len(panel["series"]) == 1 and panel["title"] else one["name"]
        axis = panel.get("axis") or "steps"
        sentences.append(
            f"{name[:1].upper()}{name[1:]}: {number(values[-1])} after {number(steps[-1])} {axis}; "
            f"at first {number(values[0])}, {_range(values, 'between', 'and')}."
        )
    return sentences


def _text(panel: Mapping[str, Any]) -> list[str]:
    rows = [row for row in str(panel["text"]).split("\n") if row.strip()]
    return [f"{panel['title']}:", *rows] if panel.get("title") else rows


def _heatmap(panel: Mapping[str, Any]) -> list[str]:
    values = array(panel["values"])
    name = panel["title"] or "A matrix"
    rows, columns = (*values.shape, 1)[:2]
    sentences = [f"{name}: {rows} × {columns}, {_range(values, 'from', 'to')}."]
    for path in panel.get("paths", ()):
        points = array(path["points"]).reshape(-1, 2)
        if len(points):
            (x, y), (at_x, at_y) = points[0], points[-1]
            sentences.append(f"{path['name']}: from {number(x)} and {number(y)} to {number(at_x)} and {number(at_y)}.")
    return sentences


def _images(panel: Mapping[str, Any]) -> list[str]:
    values = array(panel["values"])
    if values.ndim != 3:
        return []
    count, rows, columns = values.shape
    named = f": {', '.join(map(str, panel['names']))}" if panel["names"] else ""
    size = f"{count} picture{'s' * (count != 1)} of {rows} × {columns}"
    return [f"{panel['title'] or 'Pictures'}: {size}, {_range(values, 'from', 'to')}{named}."]


def _network(panel: Mapping[str, Any]) -> list[str]:
    sizes = [len(layer) for layer in panel["layers"]]
    sentences = [f"{panel['title'] or 'A network'}: layers of {', '.join(map(str, sizes))} neurons."]
    for k, layer in enumerate(panel["layers"]):
        names = panel["names"][k] if k < len(panel["names"]) else [f"neuron {n + 1}" for n in range(len(layer))]
        told = [f"{name} {number(float(value))}" for name, value in zip(names, layer, strict=False)]
        sentences.append(f"Layer {k + 1}: {', '.join(told[:_NAMED])}{', …' * (len(told) > _NAMED)}.")
    return sentences


def _range(values: np.ndarray, before: str, between: str) -> str:
    """The lowest and highest of the values that are numbers, and how many are none."""
    import numpy as np

    finite = values[np.isfinite(values)]
    odd = values.size - finite.size
    parts = [f"{before} {number(finite.min())} {between} {number(finite.max())}"] if finite.size else []
    parts += [f"{odd} not finite"] if odd else []
    return ", ".join(parts) or "empty"


def _bars(panel: Mapping[str, Any]) -> list[str]:
    values = ", ".join(f"{name} {number(float(value))}" for name, value in panel["values"].items())
    return [f"{panel['title']}: {values}." if panel["title"] else f"{values}."]


_DESCRIBE: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "scatter": _scatter,
    "line": _line,
    "text": _text,
    "heatmap": _heatmap,
    "images": _images,
    "network": _network,
    "bars": _bars,
}
