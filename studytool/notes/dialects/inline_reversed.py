"""`front:::back` on one line: one card each way."""

from __future__ import annotations

from collections.abc import Iterator

from studytool.notes.claims import Claim, Dialect, Remark
from studytool.notes.dialects.deck import found_by
from studytool.notes.page import Page


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from found_by(page, "inline-reversed")


DIALECT = Dialect(
    name="inline-reversed",
    level="explicit",
    owns=True,
    recognises="A line `front:::back` in a deck; a card for each direction.",
    find=_find,
    example="#flashcards\n\nA row vector of ones:::What sums by a dot product\n",
    cards=(
        ("A row vector of ones", "What sums by a dot product"),
        ("What sums by a dot product", "A row vector of ones"),
    ),
)
