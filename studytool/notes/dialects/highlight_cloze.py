"""`==deletions==` in the text of a deck, and other patterns that the plugin's settings name."""

from __future__ import annotations

from collections.abc import Iterator

from studytool.notes.claims import Claim, Dialect, Remark
from studytool.notes.dialects.deck import found_by
from studytool.notes.page import Page


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from found_by(page, "highlight-cloze")


DIALECT = Dialect(
    name="highlight-cloze",
    level="explicit",
    recognises="In a deck, a text with `==deletions==` up to a blank line, one card each; also `==1;;x;;hint==`.",
    find=_find,
    example="#flashcards\n\nThe ==learning rate== scales the ==1;;gradient;;a vector==.\n",
    cards=(
        ("The learning rate scales the […] (a vector).", "gradient"),
        ("The […] scales the gradient.", "learning rate"),
    ),
)
