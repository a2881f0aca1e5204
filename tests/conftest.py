"""What every test gets: a home of its own, so that none can read or write what belongs to whoever runs the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

import studytool


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home with the folders `data` and `config` in it (not created), in force for child processes too."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("STUDYTOOL_DATA", str(folder / "data"))
    monkeypatch.setenv("STUDYTOOL_CONFIG", str(folder / "config"))
    monkeypatch.setenv("STUDYTOOL_CACHE", str(folder / "cache"))
    for name in ("VISUAL", "EDITOR", "NO_COLOR", "STUDYTOOL_THEME"):
        monkeypatch.delenv(name, raising=False)
    # A child that may keep what it compiles starts in a third of the time: there are thousands.
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    # A child process finds the same studytool as the tests, installed or not, wherever it is started.
    monkeypatch.setenv("PYTHONPATH", str(Path(studytool.__file__).resolve().parents[1]))
    return folder
