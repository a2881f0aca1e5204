"""A library of a single note, for tests that want to know which card comes."""

from __future__ import annotations

from pathlib import Path


def only(library: Path, text: str) -> None:
    """Make a note of this text all that the library has."""
    for old in library.glob("*.md"):
        old.unlink()
    (library / "rivers.md").write_text(text, encoding="utf-8")
