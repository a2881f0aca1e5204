"""`front::back` on one line, as Obsidian's spaced repetition plugin has it, whatever its separator is set to."""

from __future__ import annotations

from collections.abc import Iterator

from studytool.notes.claims import Claim, Dialect, Remark
from studytool.notes.dialects.deck import found_by
from studytool.notes.page import Page


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from found_by(page, "inline")


DIALECT = Dialect(
    name="inline",
    level="explicit",
    owns=True,
    recognises="A line `front::back` in a deck: a note tagged `#flashcards` or with a schedule; separators as set.",
    find=_find,
    example="#flashcards/nets\n\nThe slope of ReLU above zero::1\n",
    cards=(("The slope of ReLU above zero", "1"),),
)
