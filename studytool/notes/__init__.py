"""From markdown files to cards, questions, topics and diagnostics: `load_library` reads, everything else is pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool import late
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

# A worker process that only parses does without the index.
__getattr__ = late.names(__name__, {"library": "load_library"})
