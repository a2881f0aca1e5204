"""Messages between the app and a demo: one JSON object a line, arrays as {"shape", "dtype", "base64"}."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import TYPE_CHECKING

from studytool.demo.panels import Bars, Heatmap, Line, Panel, Scatter

if TYPE_CHECKING:
    import numpy as np
    from torch import Tensor

    from studytool.demo.series import Series

# A chart is seldom wider than 200 cells of two dots: more points would not be seen, and a frame has to be small.
_BUCKETS = 256

# Characters of a text panel: more than any screen has cells.
_LONGEST = 20_000


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
        values = _numbers(value.values() if callable(value.values) else value.values)
        if values.ndim != 2:
            raise ValueError(f"heatmap() draws a matrix [rows, columns], not the shape {[*values.shape]}")
        return {
            "kind": "heatmap",
            "title": value.title,
            "axes": list(value.axes),
            "values": array(values),
        }
    if isinstance(value, Bars):
        bars = {name: float(number) for name, number in value.values.items()}
        return {"kind": "bars", "title": value.title, "values": bars}
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
    }


def _history(series: Series) -> dict[str, object]:
    steps, values = series.thinned(_BUCKETS)
    return {"x": array(steps), "y": array(values)}


def _numbers(tensor: Tensor) -> np.ndarray:
    """As float32: numpy knows no bfloat16."""
    numbers: np.ndarray = tensor.detach().float().cpu().numpy()
    return numbers
