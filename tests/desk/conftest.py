"""The small libraries that the tests of the desk open."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.desk.acts import STEEPEST, learn_all
from tests.note_folder import note_folder


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A library of two notes with three cards."""
    loss = "# Loss\n\nQ: What does a loss measure?\nA: How wrong a prediction is.\n"
    weights = "# Weights\n\nQ: What is learned?\nA: The weights.\n\nC: A bias [shifts] a unit.\n"
    return note_folder(tmp_path, loss=loss, weights=weights)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    """A library with one card that was answered."""
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "a.md").write_text(STEEPEST)
    learn_all(folder)
    return folder
