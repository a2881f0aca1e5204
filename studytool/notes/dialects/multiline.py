"""Lines, a line that is only `?`, lines: a card of many lines of Obsidian's spaced repetition plugin."""

from __future__ import annotations

from collections.abc import Iterator

from studytool.notes.claims import Claim, Dialect, Remark
from studytool.notes.dialects.deck import found_by
from studytool.notes.page import Page


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from found_by(page, "multiline")


DIALECT = Dialect(
    name="multiline",
    level="explicit",
    owns=True,
    recognises="In a deck, lines up to a line `?` and lines up to a blank one; a heading above `?` is a front too.",
    find=_find,
    example="#flashcards\n\nWhich gates has an LSTM cell?\n?\n- forget\n- input\n- output\n",
    cards=(("Which gates has an LSTM cell?", "- forget\n- input\n- output"),),
)
