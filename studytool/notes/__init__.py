"""From markdown files to cards, questions, topics and diagnostics: `load_library` reads, everything else is pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.notes.model import (
    LEVELS,
    Card,
    DemoLink,
    Diagnostic,
    Level,
    Library,
    Note,
    Option,
    Question,
    Span,
    Topic,
)

if TYPE_CHECKING:
    from studytool.notes.library import load_library

__all__ = [
    "LEVELS",
    "Card",
    "DemoLink",
    "Diagnostic",
    "Level",
    "Library",
    "Note",
    "Option",
    "Question",
    "Span",
    "Topic",
    "load_library",
]


def __getattr__(name: str) -> object:
    """`load_library` when it is asked for: a worker process that only parses does without the index."""
    if name != "load_library":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from studytool.notes.library import load_library

    return load_library
