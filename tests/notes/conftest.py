"""Folders of notes to read, and what is parsed of them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from studytool.notes.codec import Plain
from studytool.notes.reader import Source


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes files into a folder of notes, each `age` seconds older than now, and returns the folder."""

    def write(files: dict[str, str], age: float = 60) -> Path:
        for name, content in files.items():
            path = tmp_path / "notes" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
            os.utime(path, (time.time() - age, time.time() - age))
        return tmp_path / "notes"

    return write


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the notes that were parsed, as it happens."""
    import studytool.notes.parse as module

    told: list[str] = []
    original = module.parse_plain

    def parse_plain(sources: Sequence[Source], *manner: Any) -> list[Plain]:
        told.extend(Path(source.path).name for source in sources)
        return original(sources, *manner)

    monkeypatch.setattr(module, "parse_plain", parse_plain)
    return told
