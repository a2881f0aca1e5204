"""Pictures in words, for a screen reader, a log, and a terminal that draws nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.chart import number
from studytool.draw.legend import readable
from studytool.draw.scatter import Boundary, misplaced
from studytool.draw.table import laid
from studytool.text import counted

if TYPE_CHECKING:
    import numpy as np

_NAMED = 12
"""Neurons of a layer, weights between two, and rows of a table that are told one by one."""
_FIRST = re.compile(r"^[\w-]+")
_PLURALS = (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("tches", "tch"), ("xes", "x"), ("s", ""))
_NOT_PLURAL = ("ss", "us", "is", "bias", "lens", "series")


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
    drawn = f"A curve, {first}," if panel.get("curve") else f"{counts[0]} {first}"
    sentences = [f"{drawn} and {counts[1]} {second} by {across} and {up}."]
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
    import numpy as np

    sentences = []
    for one in panel["series"]:
        steps, values = array(one["x"]), array(one["y"])
        if not len(values):
            continue
        name = panel["title"] if len(panel["series"]) == 1 and panel["title"] else readable(one["name"])
        axis = panel.get("axis") or "steps"
        if steps[-1] == 1:
            axis = _FIRST.sub(lambda word: singular(word[0]), axis)
        told = f"{name[:1].upper()}{name[1:]}: {number(values[-1])} after {number(steps[-1])} {axis}"
        finite = values[np.isfinite(values)]
        if len(finite) == len(values) > 1 and finite.min() == finite.max():
            sentences.append(f"{told}, as at every step.")
        elif len(finite):
            sentences.append(f"{told}; at first {number(finite[0])}, {_range(values, 'between', 'and')}.")
        else:
            sentences.append(f"{told}; no value is finite.")
    return sentences


def singular(word: str) -> str:
    """The word for one of what an axis counts: "correction" of "corrections"; "loss" and "radius" count nothing."""
    if word.endswith(_NOT_PLURAL):
        return word
    return next((word.removesuffix(end) + one for end, one in _PLURALS if word.endswith(end)), word)


def _text(panel: Mapping[str, Any]) -> list[str]:
    rows = [row for row in str(panel["text"]).split("\n") if row.strip()]
    return [f"{panel['title']}:", *rows] if panel.get("title") else rows


def _heatmap(panel: Mapping[str, Any]) -> list[str]:
    values = array(panel["values"])
    name = panel["title"] or "A matrix"
    rows, columns = (*values.shape, 1)[:2]
    sentences = [f"{name}: {rows} × {columns}, {_range(values, 'from', 'to')}."]
    if panel.get("extent"):
        sentences += _extremes(panel, values)
    for path in panel.get("paths", ()):
        points = array(path["points"]).reshape(-1, 2)
        if len(points):
            (x, y), (at_x, at_y) = points[0], points[-1]
            sentences.append(f"{path['name']}: from {number(x)} and {number(y)} to {number(at_x)} and {number(at_y)}.")
    return sentences


def _extremes(panel: Mapping[str, Any], values: np.ndarray) -> list[str]:
    """Where on the plane the lowest and the highest number lie."""
    import numpy as np

    seen = np.isfinite(values)
    if values.ndim != 2 or not seen.any() or values[seen].min() == values[seen].max():
        return []
    (left, right), (low, high) = panel["extent"]
    (rows, columns), told = values.shape, []
    for find, worst in ((np.argmin, np.inf), (np.argmax, -np.inf)):
        row, column = divmod(int(find(np.where(seen, values, worst))), columns)
        x, y = left + (column + 0.5) * (right - left) / columns, high - (row + 0.5) * (high - low) / rows
        told.append(f"{number(float(f'{x:.3g}'))} and {number(float(f'{y:.3g}'))}")
    across, up = panel["axes"]
    names = f" ({across} and {up})" if across and up else ""
    return [f"It is lowest at {told[0]} and highest at {told[1]}{names}."]


def _images(panel: Mapping[str, Any]) -> list[str]:
    values = array(panel["values"])
    if values.ndim != 3:
        return []
    count, rows, columns = values.shape
    named = f": {', '.join(map(str, panel['names']))}" if panel["names"] else ""
    size = f"{counted(count, 'picture')} of {rows} × {columns}"
    return [f"{panel['title'] or 'Pictures'}: {size}, {_range(values, 'from', 'to')}{named}."]


def _network(panel: Mapping[str, Any]) -> list[str]:
    sizes = [len(layer) for layer in panel["layers"]]
    sentences = [f"{panel['title'] or 'A network'}: layers of {', '.join(map(str, sizes))} neurons."]
    names = [_neurons(panel, k, size) for k, size in enumerate(sizes)]
    for k, layer in enumerate(panel["layers"]):
        told = [f"{name} {number(float(value))}" for name, value in zip(names[k], layer, strict=False)]
        sentences.append(f"Layer {k + 1}: {', '.join(told[:_NAMED])}{', …' * (len(told) > _NAMED)}.")
    for k, given in enumerate(panel["weights"]):
        weights = array(given)
        if weights.size > _NAMED:
            sentences.append(f"{weights.size} weights from layer {k + 1} to {k + 2}, {_range(weights, 'from', 'to')}.")
            continue
        for name, row in zip(names[k + 1], weights, strict=False):
            told = [f"{before} {number(float(f'{weight:.3g}'))}" for before, weight in zip(names[k], row, strict=False)]
            sentences.append(f"Weights to {name}: {', '.join(told)}.")
    return sentences


def _neurons(panel: Mapping[str, Any], layer: int, size: int) -> list[str]:
    given = list(panel["names"][layer]) if layer < len(panel["names"]) else []
    return [str(name) for name in given] or [f"neuron {n + 1}" for n in range(size)]


def _table(panel: Mapping[str, Any]) -> list[str]:
    table = laid(panel)
    sentences = [f"{panel['title'] or 'A table'}: {counted(len(table.rows), 'row')} of {', '.join(table.head)}."]
    for k, row in enumerate(table.rows[:_NAMED]):
        told = ", ".join(f"{name} {text}" for name, text in zip(table.head, row, strict=True))
        sentences.append(f"{'Marked: ' * (k == table.mark)}{told}.")
    if len(table.rows) > _NAMED:
        sentences.append(f"{counted(len(table.rows) - _NAMED, 'more row')}.")
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
    values = ", ".join(f"{readable(name)} {number(float(value))}" for name, value in panel["values"].items())
    return [f"{panel['title']}: {values}." if panel["title"] else f"{values}."]


def _calendar(panel: Mapping[str, Any]) -> list[str]:
    counts, unit = array(panel["values"]).ravel(), str(panel.get("unit", ""))
    name, studied = panel["title"] or "A calendar", int((counts > 0).sum())
    if not studied:
        return [f"{name}: nothing on {counted(len(counts), 'day')}."]
    best = int(counts.argmax())
    day = date.fromordinal(int(panel["first"]) + best).isoformat()
    return [f"{name}: {studied} of {counted(len(counts), 'day')}, most on {day}: {number(float(counts[best]))} {unit}."]


def _columns(panel: Mapping[str, Any]) -> list[str]:
    values = [float(value) for value in panel["values"]]
    name, axis = panel["title"] or "Columns", str(panel.get("axis", ""))
    if not values:
        return [f"{name}: none."]
    labels = [str(label) for label in panel["labels"]]
    if len(values) <= _NAMED and len(labels) == len(values) and all(labels):
        told = ", ".join(f"{number(value)} at {label}" for label, value in zip(labels, values, strict=True))
        return [f"{name}: {told}."]
    of = f" ({axis})" * bool(axis)
    return [
        f"{name}: {len(values)} columns{of}, {number(min(values))} to {number(max(values))}, last {number(values[-1])}."
    ]


_DESCRIBE: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "scatter": _scatter,
    "line": _line,
    "text": _text,
    "heatmap": _heatmap,
    "images": _images,
    "network": _network,
    "bars": _bars,
    "table": _table,
    "calendar": _calendar,
    "columns": _columns,
}
