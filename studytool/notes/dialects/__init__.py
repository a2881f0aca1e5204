"""The ways people write cards, one module each; `DIALECTS` lists them in the order in which they may claim lines."""

from __future__ import annotations

from studytool.notes.dialects import (
    anki_block,
    article,
    callout,
    choice,
    cloze,
    compare,
    definition,
    gift,
    heading,
    inline_card,
    open_question,
    plain_qa,
    qa,
)
from studytool.notes.page import Dialect

DIALECTS: tuple[Dialect, ...] = (
    # explicit: the author wrote a card
    qa.DIALECT,
    cloze.DIALECT,
    inline_card.DIALECT,
    anki_block.DIALECT,
    gift.DIALECT,
    # structured: the page has question and answer form
    choice.DIALECT,
    heading.DIALECT,
    # derived: prose with a clear form, the most particular form first
    open_question.DIALECT,
    callout.DIALECT,
    compare.DIALECT,
    plain_qa.DIALECT,
    definition.DIALECT,
    article.DIALECT,
)
