"""Axes: round numbers for ticks, the way from values to cells, and the frame around a plot."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import TYPE_CHECKING

from studytool.draw.canvas import Canvas, Rect
from studytool.text import cells

if TYPE_CHECKING:
    import numpy as np

# No axis reaches further: its length has to be a number, too.
_FAR = 1e300


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high` with labelled `ticks`."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]

    def place(self, values: np.ndarray | float, size: int) -> np.ndarray | float:
        """Where `values` lie on an axis of `size` dots, as real numbers: 0 is the middle of the first dot."""
        return (values - self.low) / (self.high - self.low) * size - 0.5


def scale(low: float, high: float, most: int, *, whole: bool = False, outward: bool = False) -> Scale:
    """An axis over [`low`, `high`] with at most about `most` ticks at 1, 2 or 5 times a power of ten.

    `whole` allows no fractions; `outward` widens the axis to the next ticks. Ends that are not finite count as 0.
    """
    low, high = (min(max(end, -_FAR), _FAR) if isfinite(end) else 0.0 for end in (low, high))
    if high <= low:
        high = low + (abs(low) or 1.0)
    rough = (high - low) / max(most, 1)
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    if whole:
        step = max(step, 1.0)
    if outward:
        low, high = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    ticks = tuple(step * k for k in range(first, last + 1))
    return Scale(low, high, ticks, tuple(_label(tick, step) for tick in ticks))


def log_scale(low: float, high: float, most: int) -> Scale:
    """An axis over the logarithms [`low`, `high`] to base 10 with the numbers themselves at its ticks.

    Those are powers of ten, with 2 and 5 of them where there is room; in less than a decade, evenly spaced numbers.
    """
    if high - low < 1:
        linear = scale(10**low, 10**high, most)
        return Scale(low, high, tuple(log10(tick) for tick in linear.ticks), linear.labels)
    factors = (1, 2, 5) if 3 * (high - low) <= most + 1 else (1,)
    every = max(ceil((high - low) / max(most, 1)), 1)
    powers = range(floor(low), ceil(high) + 1)
    values = [factor * 10.0**power for power in powers if power % every == 0 for factor in factors]
    kept = [value for value in values if low - 1e-9 <= log10(value) <= high + 1e-9]
    labels = (f"{v:g}" if 1e-4 <= v < 1e6 else f"1e{round(log10(v))}".replace("-", "−") for v in kept)
    return Scale(low, high, tuple(map(log10, kept)), tuple(labels))


def _label(value: float, step: float) -> str:
    if value and (abs(value) >= 1e6 or step < 1e-4):
        digits = min(max(floor(log10(abs(value)) + 1e-9) - floor(log10(step) + 1e-9), 0), 6)
        mantissa, _, exponent = f"{value:.{digits}e}".partition("e")
        return f"{mantissa}e{int(exponent)}".replace("-", "−")
    decimals = max(0, -floor(log10(step) + 1e-9)) if step >= 1e-4 else 0
    if abs(value) >= 10_000:
        return f"{value / 1000:g}k".replace("-", "−")
    return f"{value + 0.0:.{decimals}f}".replace("-", "−")


def frame(canvas: Canvas, rect: Rect, across: Scale, up: Scale, name: str) -> Rect:
    """Draw the two axes along the left and lower edge of `rect`; returns what is left inside for the plot.

    The `name` of the horizontal axis stands under its numbers; where there is little height, beside them if it fits.
    """
    dim = canvas.theme.dim
    margin = max((cells(label) for label in up.labels), default=0)
    own_row = bool(name) and rect.height >= 14
    inner = Rect(rect.left + margin + 1, rect.top, rect.width - margin - 1, rect.height - 2 - own_row)
    base = inner.top + inner.height
    for row in range(inner.top, base):
        canvas.put(inner.left - 1, row, "│", dim)
    canvas.put(inner.left - 1, base, "└" + "─" * inner.width, dim)
    for tick, label in zip(up.ticks, up.labels, strict=True):
        row = base - 1 - round(float(up.place(tick, inner.height)))
        row = min(max(row, inner.top), base - 1)
        canvas.put(inner.left - 1, row, "┤", dim)
        canvas.put(inner.left - 1 - cells(label), row, label, dim)
    free, end = rect.left, rect.left + rect.width
    for tick, label in zip(across.ticks, across.labels, strict=True):
        column = inner.left + min(max(round(float(across.place(tick, inner.width))), 0), inner.width - 1)
        start = min(column - (cells(label) - 1) // 2, end - cells(label))
        canvas.put(column, base, "┴", dim)
        if start >= free:
            canvas.put(start, base + 1, label, dim)
            free = start + cells(label) + 1
    if own_row:
        canvas.put(inner.left + max((inner.width - cells(name)) // 2, 0), base + 2, name, dim)
    elif free + cells(name) < end:
        canvas.put(end - cells(name), base + 1, name, dim)
    return inner
