"""A folder of notes, as most of the tests begin with one."""

from __future__ import annotations

from pathlib import Path


def note_folder(parent: Path, **texts: str) -> Path:
    """A new folder `notes` with a note for each name; returns the folder."""
    folder = parent / "notes"
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder
