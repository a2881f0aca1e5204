"""Messages between the app and a demo: one JSON object a line, arrays as {"shape", "dtype", "base64"}."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from studytool.demo.panels import Bars, Heatmap, Images, Line, Network, Panel, Scatter, Table

if TYPE_CHECKING:
    import numpy as np
    from torch import Tensor

    from studytool.demo.series import Series

# A chart is seldom wider than 128 cells of two dots: more points would not be seen, and a frame is of 32 kB at most.
_BUCKETS = 128

# Points of a path on a heat map, and pixels of all images of a panel: as many as a screen could show.
_POINTS = 300
_PIXELS = 4096

# Characters of a text panel: more than any screen has cells.
_LONGEST = 20_000

# Rows of a table, and characters of one of its cells.
_ROWS = 200
_CELL = 200


def encode(message: Mapping[str, object]) -> bytes:
    """`message` as one line of UTF-8."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n"


def decode(line: bytes) -> dict[str, object]:
    """The message in `line`; ValueError when it is none."""
    message = json.loads(line)
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        raise ValueError("a message is a JSON object with a type")
    return message


def array(values: np.ndarray) -> dict[str, object]:
    """An array as plain values: shape, numpy's name of the dtype, and the bytes in row order, little endian."""
    contiguous = values.astype(values.dtype.newbyteorder("<"), order="C", copy=False)
    return {
        "shape": list(values.shape),
        "dtype": values.dtype.name,
        "base64": b64encode(contiguous.tobytes()).decode("ascii"),
    }


def panel(value: Panel, series: Mapping[str, Series]) -> dict[str, object]:
    """A panel as plain values, its tensors read and its functions called; `series` holds the history of its lines."""
    if isinstance(value, Scatter):
        return _scatter(value)
    if isinstance(value, Line):
        charted = [{"name": name, **_history(series[name])} for name in value.series]
        return {"kind": "line", "title": value.title, "axis": value.axis, "series": charted}
    if isinstance(value, Heatmap):
        return _heatmap(value)
    if isinstance(value, Images):
        return _images(value)
    if isinstance(value, Network):
        return _network(value)
    if isinstance(value, Bars):
        bars = {name: float(number) for name, number in value.values.items()}
        return {"kind": "bars", "title": value.title, "values": bars}
    if isinstance(value, Table):
        return _table(value)
    text = str(value.text() if callable(value.text) else value.text)
    return {"kind": "text", "title": value.title, "text": text[:_LONGEST]}


def _scatter(value: Scatter) -> dict[str, object]:
    boundary = None
    if value.boundary is not None:
        w, b = value.boundary
        boundary = {"w": _numbers(w).tolist(), "b": float(b)}
    return {
        "kind": "scatter",
        "title": value.title,
        "names": list(value.names),
        "axes": list(value.axes),
        "points": array(_numbers(value.X)),
        "classes": array((_numbers(value.y) > 0).astype("int8")),
        "boundary": boundary,
        "mark": None if value.mark is None else int(value.mark),
        "curve": value.curve,
    }


def _heatmap(value: Heatmap) -> dict[str, object]:
    import numpy as np

    values = _numbers(_present(value.values))
    if values.ndim != 2:
        raise ValueError(f"heatmap() draws a matrix [rows, columns], not the shape {[*values.shape]}")
    spans = np.array([high - low for low, high in value.extent or ((0, 0), (0, 0))]) / 1000
    paths = []
    for name, path in value.paths.items():
        points = _numbers(_present(path))
        if points.ndim != 2 or points.shape[1] != 2:
            raise ValueError(f"heatmap() draws paths of points [k, 2], not `{name}` of the shape {[*points.shape]}")
        paths.append({"name": name, "points": array(_within(_spread(points, _POINTS), spans))})
    return {
        "kind": "heatmap",
        "title": value.title,
        "axes": list(value.axes),
        "extent": value.extent,
        "signed": value.signed,
        "values": array(_within(values, np.maximum(abs(values), abs(values).max(initial=0.0) / 1000) / 1000)),
        "paths": paths,
    }


def _images(value: Images) -> dict[str, object]:
    values = _numbers(_present(value.values))
    if values.ndim != 3:
        raise ValueError(f"images() draws pictures [n, rows, columns], not the shape {[*values.shape]}")
    if values.size > _PIXELS:
        raise ValueError(f"images() draws at most {_PIXELS:,} pixels, not {values.size:,}")
    return {"kind": "images", "title": value.title, "names": list(value.names), "values": array(values)}


def _network(value: Network) -> dict[str, object]:
    return {
        "kind": "network",
        "title": value.title,
        "layers": [_numbers(layer).reshape(-1).tolist() for layer in value.layers],
        "weights": [array(_numbers(weight)) for weight in value.weights],
        "names": [list(names) for names in value.names],
        "notes": [list(notes) for notes in value.notes],
        "labels": [array(_numbers(label)) for label in value.labels],
    }


def _table(value: Table) -> dict[str, object]:
    rows = [list(row) for row in (value.rows() if callable(value.rows) else value.rows)]
    uneven = next((row for row in rows if len(row) != len(value.columns)), None)
    if uneven is not None:
        raise ValueError(f"table() of {len(value.columns)} columns has a row of {len(uneven)}")
    mark = None if value.mark is None else int(value.mark)
    told = [[_cell(cell) for cell in row] for row in rows[:_ROWS]]
    return {"kind": "table", "title": value.title, "columns": list(value.columns), "rows": told, "mark": mark}


def _cell(cell: Tensor | float | str | None) -> float | str | None:
    return cell[:_CELL] if isinstance(cell, str) else None if cell is None else float(cell)


def _present(values: Tensor | Callable[[], Tensor]) -> Tensor:
    return values() if callable(values) else values


def _spread(points: np.ndarray, most: int) -> np.ndarray:
    """At most so many of the points, evenly, both ends among them."""
    import numpy as np

    if len(points) <= most:
        return points
    kept: np.ndarray = points[np.linspace(0, len(points) - 1, most).round().astype(int)]
    return kept


def _within(values: np.ndarray, off: np.ndarray) -> np.ndarray:
    """As float16 where each of `values` is off by no more than `off` then, which nobody sees; else as they are."""
    import numpy as np

    with np.errstate(over="ignore", invalid="ignore"):
        half = values.astype(np.float16)
        near = (abs(half - values) <= off) | (half == values) | np.isnan(values)
    return half if near.all() else values


def _history(series: Series) -> dict[str, object]:
    steps, values = series.thinned(_BUCKETS)
    return {"x": array(steps), "y": array(values)}


def _numbers(tensor: Tensor) -> np.ndarray:
    """As float32: numpy knows no bfloat16."""
    numbers: np.ndarray = tensor.detach().float().cpu().numpy()
    return numbers
