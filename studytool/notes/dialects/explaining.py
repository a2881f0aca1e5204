"""What explains the answer to a question: a quote below it, or a paragraph that says so."""

from __future__ import annotations

from collections.abc import Sequence

from studytool.notes.asking import without_way_back
from studytool.notes.html_text import without_html
from studytool.notes.markdown import Block
from studytool.notes.plain import words
from studytool.notes.written import written

EXPLAINING = (
    "explanation",
    "because",
    "why:",
    "reason",
    "answer:",
    "erklärung",
    "explicación",
    "explication",
    "пояснение",
)
"""How a paragraph begins that explains."""


def explained(text: str) -> str:
    """An explanation without the word that announces it."""
    text = without_way_back(without_html(text.strip()))
    first, _, more = text.partition("\n")
    told = words(first).casefold()
    if told.rstrip(":") in ("explanation", "erklärung", "explicación", "explication", "reason", "пояснение"):
        return written(more)
    if told.startswith(EXPLAINING):
        bare = text.lstrip("*_ ")
        _, colon, rest = bare.partition(":")
        return written(rest.lstrip("*_ ") if colon and len(bare) - len(rest) < 20 else bare)
    return written(text)


def explanation_below(blocks: Sequence[Block], after: int) -> tuple[str, int]:
    """The explanation that is the block at `after`, and the line it ends at; empty and 0 where that is none."""
    if after >= len(blocks):
        return "", 0
    block = blocks[after]
    if block.kind == "quote" or (block.kind == "paragraph" and words(block.text).casefold().startswith(EXPLAINING)):
        return explained(block.text), block.end_line
    return "", 0
