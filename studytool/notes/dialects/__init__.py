"""The ways people write cards, one module each; `DIALECTS` lists them in the order in which they may claim lines."""

from __future__ import annotations

from studytool.notes.claims import Dialect
from studytool.notes.dialects import (
    anki_block,
    anki_id,
    answer_line,
    article,
    bold_question,
    callout,
    choice,
    cloze,
    compare,
    curly_cloze,
    definition,
    details,
    gift,
    heading,
    heading_deck,
    highlight_cloze,
    inline,
    inline_reversed,
    matching,
    multiline,
    multiline_reversed,
    open_question,
    ordering,
    plain_qa,
    qa,
    question_note,
    quizdown,
    text2qti,
)

DIALECTS: tuple[Dialect, ...] = (
    # explicit: the author wrote a card
    qa.DIALECT,
    cloze.DIALECT,
    anki_block.DIALECT,
    gift.DIALECT,
    text2qti.DIALECT,
    quizdown.DIALECT,
    inline.DIALECT,
    inline_reversed.DIALECT,
    multiline.DIALECT,
    multiline_reversed.DIALECT,
    highlight_cloze.DIALECT,
    curly_cloze.DIALECT,
    anki_id.DIALECT,
    # structured: the page has question and answer form
    heading_deck.DIALECT,
    choice.DIALECT,
    answer_line.DIALECT,
    ordering.DIALECT,
    matching.DIALECT,
    details.DIALECT,
    heading.DIALECT,
    bold_question.DIALECT,
    question_note.DIALECT,
    # derived: prose with a clear form, the most particular form first
    open_question.DIALECT,
    callout.DIALECT,
    compare.DIALECT,
    plain_qa.DIALECT,
    definition.DIALECT,
    article.DIALECT,
)
