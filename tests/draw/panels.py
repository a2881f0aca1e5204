"""One panel of each kind to draw, a heat map over the plane with paths, and charts; each call makes a new one."""

from __future__ import annotations

from typing import Any

import numpy as np

Panel = dict[str, Any]


def scatter() -> Panel:
    """Points of two classes, a boundary and a mark on one of them."""
    return {
        "kind": "scatter",
        "title": "flowers",
        "points": [[1.0, 1.0], [1.5, 0.5], [4.0, 3.0], [4.5, 2.5], [1.2, 0.8]],
        "classes": [-1, -1, 1, 1, 1],
        "names": ["round", "pointed"],
        "axes": ["length, cm", "width, cm"],
        "boundary": {"w": [1.0, 1.0], "b": -4.5},
        "mark": 2,
    }


def line() -> Panel:
    """Two series over the same steps."""
    steps = list(range(1, 41))
    return {
        "kind": "line",
        "title": "loss, log₁₀",
        "axis": "epochs",
        "series": [
            {"name": "training", "x": steps, "y": [2.0 / k for k in steps]},
            {"name": "test", "x": steps, "y": [2.0 / k + 0.01 * k for k in steps]},
        ],
    }


def curve(values: list[float], **changes: object) -> Panel:
    """One series over the steps from 1, with these changes."""
    series = [{"name": "errors", "x": list(range(1, len(values) + 1)), "y": values}]
    return {"kind": "line", "title": "errors", "axis": "steps", "series": series} | changes


def curves(*names: str, **changes: object) -> Panel:
    """Series of these names over three steps, all with the same values."""
    series = [{"name": name, "x": [1, 2, 3], "y": [1.0, 50.25, 87.5]} for name in names]
    return curve([], series=series, **changes)


def matrix() -> Panel:
    """A heat map of cells."""
    return {
        "kind": "heatmap",
        "title": "a layer",
        "axes": ["", ""],
        "extent": None,
        "values": np.linspace(-1, 2, 12).reshape(3, 4),
        "paths": [],
    }


def plane() -> Panel:
    """A heat map over the plane, with paths."""
    return {
        "kind": "heatmap",
        "title": "valley",
        "axes": ["w₁", "w₂"],
        "extent": [[-2.0, 2.0], [-1.0, 1.0]],
        "values": np.add.outer(np.linspace(1, -1, 9) ** 2, np.linspace(-2, 2, 15) ** 2),
        "paths": [
            {"name": "SGD", "points": [[-1.5, 0.5], [0.5, -0.25]]},
            {"name": "Adam", "points": [[-1.5, 0.5], [0.0, 0.1], [0.1, 0.0]]},
        ],
    }


def images() -> Panel:
    """Three small pictures."""
    return {
        "kind": "images",
        "title": "filters",
        "names": ["one", "two", "three"],
        "values": np.linspace(-1, 2, 27).reshape(3, 3, 3),
    }


def network() -> Panel:
    """Two inputs, two hidden units and an output, with notes at the units and numbers on the edges."""
    return {
        "kind": "network",
        "title": "one example",
        "layers": [[0.05, -0.1], [0.593, 0.597], [0.751]],
        "weights": [np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, -0.45]])],
        "names": [["x₁", "x₂"], ["h₁", "h₂"], ["ŷ"]],
        "notes": [[], ["δ 0.009", "δ −0.01"], ["δ 0.138"]],
        "labels": [np.array([[0.15, 0.2], [0.25, 0.3]]), np.array([[0.4, -0.45]])],
    }


def bars() -> Panel:
    """A bar to each side of zero."""
    return {"kind": "bars", "title": "votes", "values": {"for": 3.0, "against": -1.5}}


def table() -> Panel:
    """Two rows, one of them marked, with a number that is missing."""
    return {
        "kind": "table",
        "title": "optimizers",
        "columns": ["name", "η", "steps"],
        "rows": [["SGD", 0.1, 2000.0], ["Adam", 0.001, None]],
        "mark": 1,
    }


def calendar() -> Panel:
    """A year of days."""
    return {
        "kind": "calendar",
        "title": "answers",
        "first": 739_500,
        "values": [k % 7 for k in range(366)],
        "unit": "a day",
    }


def columns() -> Panel:
    """Columns of the past and of what is to come."""
    return {
        "kind": "columns",
        "title": "load",
        "axis": "days",
        "values": [3.0, 5.0, 0.0, 8.0, 2.5, 1.0],
        "labels": ["22", "", "", "today", "", ""],
        "names": ["answered", "due"],
        "split": 3,
    }


def text() -> Panel:
    """A line of words."""
    return {"kind": "text", "title": "the sum", "text": "w·x + b = 1.00·4.5 − 0.50 = 4.00"}


EVERY = (scatter, line, matrix, plane, images, network, bars, table, calendar, columns, text)
