"""A note, or a folder of notes, as most of the tests begin with one."""

from __future__ import annotations

from pathlib import Path


def note_file(folder: Path, name: str, text: str) -> Path:
    """A note `name.md` of this text in a folder; returns its path."""
    path = folder / f"{name}.md"
    path.write_text(text, encoding="utf-8")
    return path


def note_folder(parent: Path, **texts: str) -> Path:
    """A new folder `notes` with a note for each name; returns the folder."""
    folder = parent / "notes"
    folder.mkdir()
    for name, text in texts.items():
        note_file(folder, name, text)
    return folder
