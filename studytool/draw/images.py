"""The images panel: small pictures beside each other, each pixel as large as there is room for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from studytool.draw.arrays import array
from studytool.draw.canvas import Canvas, Rect
from studytool.draw.chart import number
from studytool.draw.theme import SHADES
from studytool.text import cells

if TYPE_CHECKING:
    import numpy as np

_WEIGHTS = " ·:-=+*#%@"
_GAP = 2
"""Blank cells between two pictures; one less where only so all of them, or one more in a row, have room."""


def draw(canvas: Canvas, rect: Rect, panel: Mapping[str, Any]) -> None:
    """Draw an images panel into `rect`; pictures for which there is no room are left out, and how many is said."""
    import numpy as np

    values = array(panel["values"])
    names = [str(name) for name in panel["names"]]
    title, top = panel["title"], rect.top
    if title and rect.height > 2:
        canvas.put(rect.left, top, title[: rect.width], canvas.theme.text, bold=True)
        top += 1
    if values.ndim != 3 or not values.size:
        return
    finite = values[np.isfinite(values)]
    signed = bool(len(finite) and finite.min() < 0)
    largest = float(np.abs(finite).max()) if len(finite) else 0.0
    room = Rect(rect.left, top, rect.width, rect.top + rect.height - top)
    across, wide, tall, gap, between = _grid(values.shape, room, bool(names))
    if signed and title and largest:
        canvas.put(rect.left + cells(title) + 1, rect.top, f"±{number(largest)}", canvas.theme.dim)
    step = tall + bool(names) + between
    for k, image in enumerate(values):
        left, start = room.left + k % across * (wide + gap), room.top + k // across * step
        if start + tall + bool(names) > room.top + room.height or left + wide > room.left + room.width:
            _left_out(canvas, rect, title, len(values) - k)
            break
        _paint(canvas, Rect(left, start, wide, tall), np.nan_to_num(image) / (largest or 1.0), signed)
        if k < len(names):
            canvas.put(left, start + tall, names[k][:wide], canvas.theme.dim)


def _left_out(canvas: Canvas, rect: Rect, title: str, count: int) -> None:
    """Say at the end of the row of the title how many pictures have no room, if that has any."""
    told = f"+{count}"
    if cells(title) + 1 + cells(told) <= rect.width and rect.height > 2:
        canvas.put(rect.left + rect.width - cells(told), rect.top, told, canvas.theme.dim)


def _grid(shape: Sequence[int], room: Rect, named: bool) -> tuple[int, int, int, int, int]:
    """How many pictures stand beside each other, the cells across and down that each takes, and those between them.

    Between two rows is a blank one, or none where only so all have room and their names keep them apart.
    """
    count, rows, columns = shape
    found, between = None, 1
    for halves in range(1, 17):  # how many half cells high and cells wide a pixel is
        wide, tall = columns * halves, -(-rows * halves // 2)
        across = min((room.width + _GAP) // (wide + _GAP), count)
        fits = across > 0 and -(-count // across) * (tall + named + 1) - 1 <= room.height
        if found is None or fits:
            found = max(across, 1), wide, tall
        if not fits:
            break
    assert found is not None
    across, wide, tall = found
    gap = _GAP
    if not fits and halves == 1 and named and -(-count // across) * (tall + 1) <= room.height and wide <= room.width:
        fits, between = True, 0
    if not fits and halves == 1:  # not even with the smallest pixels: nearer to each other, or with some left out
        shrunk = min(room.width / wide, max(room.height - named, 1) / tall, 1)
        wide, tall, gap = max(int(wide * shrunk), 1), max(int(tall * shrunk), 1), _GAP - 1
        across = min(max((room.width + gap) // (wide + gap), 1), count)
    down = -(-count // across)
    if down * (tall + named + between) - between <= room.height:
        across = -(-count // down)  # as many on each row, where all are seen: 15 are 3 × 5, not 7, 7 and 1
    return across, wide, tall, gap, between


def rows_of(panel: Mapping[str, Any], room: Rect) -> int:
    """The rows that an images panel takes of `room`, its title among them; all of them where not all pictures fit."""
    across, tall, between = _laid(panel, room)
    if not across:
        return room.height
    titled, named = bool(panel["title"]) and room.height > 2, bool(panel["names"])
    return min(titled + -(-_shape(panel)[0] // across) * (tall + named + between) - between, room.height)


def tall(panel: Mapping[str, Any], room: Rect) -> int:
    """The rows of cells that each picture of a panel takes in `room`, without its name."""
    return _laid(panel, room)[1]


def row(panel: Mapping[str, Any]) -> int:
    """The cells of all pictures of a panel on one row, with the smallest pixels and as near to each other as can be."""
    shape = _shape(panel)
    return shape[0] * (shape[2] + 1) - 1 if len(shape) == 3 else 0


def _laid(panel: Mapping[str, Any], room: Rect) -> tuple[int, int, int]:
    """How many pictures stand beside each other in `room`, and the rows of each and between; none of what is empty."""
    shape = _shape(panel)
    if len(shape) != 3 or not all(shape):
        return 0, room.height, 1
    titled = bool(panel["title"]) and room.height > 2
    inner = Rect(room.left, room.top + titled, room.width, room.height - titled)
    across, _, high, _, between = _grid(shape, inner, bool(panel["names"]))
    return across, high, between


def least(panel: Mapping[str, Any], width: int) -> int:
    """The rows that an images panel needs at least to show its first row of pictures."""
    return -(-_shape(panel)[-2] // 2) + bool(panel["names"]) + bool(panel["title"])


def _shape(panel: Mapping[str, Any]) -> tuple[int, ...]:
    values = panel["values"]
    return tuple(map(int, values["shape"] if isinstance(values, Mapping) else array(values).shape))


def _paint(canvas: Canvas, rect: Rect, shown: np.ndarray, signed: bool) -> None:
    """One picture, from −1 or 0 to 1, over the whole of `rect`."""
    import numpy as np

    height = 2 * rect.height if canvas.look.colour else rect.height
    rows = np.arange(height) * shown.shape[0] // height
    columns = np.arange(rect.width) * shown.shape[1] // rect.width
    pixels = shown[rows[:, None], columns[None, :]]
    if canvas.look.colour:
        kinds = [canvas.theme.tones(0), canvas.theme.tones(1)] if signed else [canvas.theme.greys()] * 2
        numbers = np.array([[canvas.colour(shade) for shade in ramp] for ramp in kinds], np.int16)
        strength = np.clip(np.abs(pixels) * SHADES, 0, SHADES - 1).astype(int)
        canvas.pixels(rect, numbers[(pixels > 0).astype(int), strength])
        return
    part = (pixels + 1) / 2 if signed else pixels
    weights = np.clip(part * len(_WEIGHTS), 0, len(_WEIGHTS) - 1).astype(int)
    for k, row in enumerate(weights):
        canvas.put(rect.left, rect.top + k, "".join(_WEIGHTS[weight] for weight in row))
