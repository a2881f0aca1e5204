"""What is said of files that cannot be read, whose cards are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.places import at_home
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection

    from studytool.notes.model import Diagnostic

PATH = 50
"""Cells of a path in a sentence."""


def sentences(unread: Collection[Diagnostic]) -> list[str]:
    """A sentence that tells of the first of them by its path, and how many more there are; none where there is none."""
    if not unread:
        return []
    one, more = min(unread, key=lambda each: (each.span.path, each.message)), len(unread) - 1
    others = f" {more} more cannot be read, either: `studytool check` names them." * (more > 0)
    path = one_line(at_home(one.span.path))
    named = path if len(path) <= PATH else f"…{path[1 - PATH :]}"  # its end is what tells it from others
    return [f"{named} is left out, and its cards are missing. {one.message} {one.hint}{others}"]
