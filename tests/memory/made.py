"""Events and cards to simulate, each made in a line."""

from __future__ import annotations

from typing import Any

import numpy as np

from studytool.memory import Event
from studytool.memory.events import DAY_MS, uuid7
from studytool.memory.simulate import Deck

START = 1_704_110_400_000  # 2024-01-01 12:00 UTC


def event(number: int, kind: str, card: str | None, payload: Any, ms: int | None = None, device: str = "d") -> Event:
    """The event of this number on a device, in UTC; without a time so many days after the start."""
    when = START + number * DAY_MS if ms is None else ms
    return Event(uuid7(when, number.to_bytes(10, "big")), when, 0, device, number, kind, card, payload)


def review(number: int, card: str, grade: int, ms: int | None = None, device: str = "d") -> Event:
    """An answer that took a second."""
    return event(number, "review", card, {"grade": grade, "took_ms": 1000}, ms, device)


def deck(*cards: tuple[float, float, int, int]) -> Deck:
    """Cards by stability, difficulty, day of the last answer and day due."""
    stability, difficulty, last, due = zip(*cards, strict=True)
    return Deck(np.array(stability), np.array(difficulty), np.array(last), np.array(due))
