"""An open log in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studytool.memory import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty log, closed after the test."""
    store = open_store(tmp_path)
    yield store
    store.close()
