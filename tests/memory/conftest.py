"""Logs that are open, each in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.memory import Moment, Store, open_store
from studytool.memory.events import DAY_MS
from tests.memory.transferring import START


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty log, closed after the test."""
    store = open_store(tmp_path)
    yield store
    store.close()


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Store]:
    """A log with answers to three cards, one of them edited, one answer undone, one schedule taken over."""
    store = open_store(tmp_path / "full")

    def add(kind: str, card: str | None, payload: dict, days: float) -> str:
        return store.append(kind, card, payload, Moment(START + round(days * DAY_MS), 60)).id

    add("review", "a", {"grade": 3, "took_ms": 4100, "text": {"front": "Größe 損失 🙂\u2028"}}, 0)
    add("review", "a", {"grade": 3, "took_ms": 900}, 0.01)
    slip = add("review", "b", {"grade": 1, "took_ms": 800}, 0.02)
    add("undo", "b", {"event": slip}, 0.03)
    add("review", "b", {"grade": 4}, 0.04)
    add("imported", "c", {"schedule": {"due": "2023-12-01", "interval": 10, "ease": 250}}, 0.05)
    add("review", "c", {"grade": 1, "took_ms": 3000}, 20)
    add("relink", "z", {"from": "a"}, 21)
    add("review", "z", {"grade": 2, "took_ms": 2000}, 22)
    add("teleport", None, {"to": "mars"}, 23)
    yield store
    store.close()
