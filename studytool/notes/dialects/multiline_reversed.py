"""Lines, a line that is only `??`, lines: one card each way."""

from __future__ import annotations

from collections.abc import Iterator

from studytool.notes.claims import Claim, Dialect, Remark
from studytool.notes.dialects.deck import found_by
from studytool.notes.page import Page


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from found_by(page, "multiline-reversed")


DIALECT = Dialect(
    name="multiline-reversed",
    level="explicit",
    owns=True,
    recognises="In a deck, lines up to a line `??` and lines up to a blank one; a card for each direction.",
    find=_find,
    example="#flashcards\n\nEpoch\n??\nOne pass over\nall the training data\n",
    cards=(("Epoch", "One pass over\nall the training data"), ("One pass over\nall the training data", "Epoch")),
)
