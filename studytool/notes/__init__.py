"""From markdown files to cards, questions, topics and diagnostics: `load_library` reads, everything else is pure."""

from studytool.notes.library import load_library
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
