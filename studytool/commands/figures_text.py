"""Figures in words: days, shares, and small bars in text."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

GRADES = ("again", "hard", "good", "easy")
_BAR = 24


def day(ordinal: int) -> str:
    """A `date` ordinal as 2026-11-21."""
    return date.fromordinal(int(ordinal)).isoformat()


def bars(rows: Iterable[tuple[str, float]]) -> list[str]:
    """Rows of a label, a bar as long as its share of the largest number, and the number."""
    told = list(rows)
    wide, most = max((len(label) for label, _ in told), default=0), max((value for _, value in told), default=0)
    return [f"{label:>{wide}}  {_bar(value, most):<{_BAR}} {value:g}".rstrip() for label, value in told]


def _bar(value: float, most: float) -> str:
    eighths = round(value / most * _BAR * 8) if most else 0
    whole, rest = divmod(max(eighths, 1 if value > 0 else 0), 8)
    return "█" * whole + " ▏▎▍▌▋▊▉"[rest].strip()


def length(minutes: float) -> str:
    """Minutes as "45 min", two hours and more as "12 hours"."""
    return f"{minutes / 60:,.0f} hours" if minutes >= 120 else f"{minutes:.0f} min"
