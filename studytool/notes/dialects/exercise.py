"""What the forms that ask for more than words have in common: where their question stands, and how it is put."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from studytool.notes.asking import question_text, without_number
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.plain import words
from studytool.notes.written import written

_BETWEEN = frozenset({"quote", "fence", "code", "math"})
"""What may stand between a question and what answers it: a hint, code. Under a heading also paragraphs."""
_ABOVE = 3
_HOLDING = frozenset({"list", "item", "quote", "callout"})

_ASKING = r"^(?:please |now |can you |could you )?"
_THESE = r"(?:these|those|them|the following|each|every|all of the following)"
_IN_ORDER = (
    r"\b(?:in|into)(?: the| a| their| its)?(?: right| correct| proper| logical| chronological| usual| natural)?"
    r" (?:order|sequence)\b"
)
_ORDERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ASKING}(?:put|bring|place) .{{1,160}}\b(?:in|into)\b.{{0,30}} (?:order|sequence)\b",
        rf"{_ASKING}(?:put|bring|place) {_IN_ORDER}",
        rf"{_ASKING}(?:arrange|sort|order|rank|sequence) {_THESE}\b",
        rf"{_ASKING}(?:arrange|sort|order|rank|sequence) the .{{1,120}}(?:{_IN_ORDER}|\bfrom\b.{{1,60}}\bto\b)",
        r"\bin (?:which|what) (?:order|sequence)\b",
        r"^(?:which|what) (?:order|sequence) (?:do|does|are|should|must|will)\b",
        r"\bwhat is the (?:right|correct|proper) (?:order|sequence)\b",
    )
)
"""How a text asks to put in order what it shows. "Name the layers in order" asks to recall them: it is none."""
_MATCHES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ASKING}(?:match|pair) (?:up )?{_THESE}\b",
        rf"{_ASKING}(?:match|pair) (?:up )?(?:the |all |all the )?(?:pairs|sides|columns|halves)\b",
        rf"{_ASKING}(?:match|pair) (?:up )?(?:the|all) .{{1,120}}\b(?:with|to|and)\b",
        rf"{_ASKING}(?:match|pair|connect|link|assign) .{{1,120}}\b(?:with|to|and) (?:its|their)\b",
        rf"{_ASKING}(?:connect|link|assign) {_THESE} .{{1,120}}\b(?:with|to)\b",
        r"\bwhat belongs together\b",
        r"\bwhich .{1,60} (?:belongs?|goes|go) (?:to|with) (?:which|each|what)\b",
    )
)
"""How a text asks to match what it shows."""


class Above(NamedTuple):
    """A question above what answers it: the line it begins at and its text."""

    line: int
    prompt: str


def asks_for_order(text: str) -> bool:
    """Whether a text asks to put what it shows in order."""
    return _any(_ORDERS, text)


def asks_to_match(text: str) -> bool:
    """Whether a text asks to match what it shows."""
    return _any(_MATCHES, text)


def _any(patterns: Sequence[re.Pattern[str]], text: str) -> bool:
    if len(text) > 600:
        return False
    told = words(without_number(question_text(text))).casefold()
    last = told.rpartition(". ")[2] if ". " in told else ""
    return any(pattern.search(part) for part in (told, last) if part for pattern in patterns)


def places(blocks: Sequence[Block], title: Block | None = None) -> Iterator[tuple[Sequence[Block], int, Block | None]]:
    """Every block as its row and its number in that row, with the callout or item that the row stands in."""
    for at, block in enumerate(blocks):
        yield blocks, at, title
        if block.kind in _HOLDING:
            yield from places(block.children, block if block.kind in ("callout", "item") else None)


def question_above(
    page: Page, blocks: Sequence[Block], at: int, title: Block | None, asks: Callable[[str], bool]
) -> Above | None:
    """The question that the block at `at` answers, None where nothing above it asks so.

    It is the paragraph or heading right above, or one above a hint or code; the title of a callout too.
    """
    start = at - 1
    prose = False
    while start >= max(at - _ABOVE - 1, 0):
        block = blocks[start]
        if block.kind == "heading":
            break
        if block.kind == "paragraph":
            if not prose and asks(block.text):
                return _above(page, blocks, start, at, title)
            prose = True
        elif block.kind not in _BETWEEN:
            return None
        start -= 1
    if start >= 0 and blocks[start].kind == "heading":
        return _above(page, blocks, start, at, title) if asks(blocks[start].title) else None
    if start < 0 and title is not None and title.kind == "callout" and title.title and asks(title.title):
        return _above(page, blocks, -1, at, title)
    return None


def _above(page: Page, blocks: Sequence[Block], start: int, at: int, title: Block | None) -> Above:
    if start < 0 and title is not None:
        line, told = title.line, question_text(title.title)
    else:
        first = blocks[start]
        line = title.line if title is not None and title.kind == "item" and start == 0 else first.line
        told = question_text(first.title) if first.kind == "heading" else asked_in(first.lines)
    if at - start > 1:
        told = f"{told}\n\n{page.source(blocks[start + 1].line, blocks[at - 1].end_line)}"
    return Above(line, told)


def asked_in(lines: Sequence[str]) -> str:
    """A question of one or more lines as it goes on a card."""
    text = "\n".join(lines).strip()
    return question_text(text) if "\n" not in text else written(without_number(text))
