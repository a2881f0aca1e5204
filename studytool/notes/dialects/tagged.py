"""Lines that begin with `Q:`, `A:` or `C:` at column 0 and what belongs to each: the ground of `qa` and `cloze`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from studytool.notes.page import Page

_TAGS = ("Q:", "A:", "C:")


@dataclass(frozen=True, slots=True)
class Tagged:
    """One tag with its text: `line` to `end_line` in the file, `letter` Q, A or C."""

    letter: str
    line: int
    end_line: int


def tagged(page: Page) -> Iterator[Tagged]:
    """The tagged pieces of a page in order. A piece ends before the next tag, a `---` line or a heading."""
    headings = {block.line for block in page.blocks if block.kind == "heading"}
    open_at, letter, last = 0, "", 0
    for number in range(page.body_start, len(page.raw) + 1):
        line, masked = page.raw[number - 1], page.masked[number - 1]
        tag = masked[:2] if masked[:2] in _TAGS else ""
        empty = open_at == last and not page.raw[open_at - 1][2:].strip() if open_at else False
        ends = is_rule(line) or (number in headings and not tag and not empty)
        if open_at and (tag or ends):
            yield Tagged(letter, open_at, last)
            open_at = 0
        if tag:
            open_at, letter, last = number, tag[0], number
        elif open_at and line.strip():
            last = number
    if open_at:
        yield Tagged(letter, open_at, last)


def is_rule(line: str) -> bool:
    """Whether a line ends a card: three dashes or more and nothing else."""
    return line.startswith("---") and not line.strip().strip("-")


def text_of(page: Page, piece: Tagged) -> str:
    """The author's text of a piece without its tag."""
    lines = [page.raw[piece.line - 1][2:].lstrip(), *page.raw[piece.line : piece.end_line]]
    return "\n".join(lines)


def masked_of(page: Page, piece: Tagged) -> str:
    """The masked text of a piece without its tag; character for character what `text_of` gives."""
    first = page.raw[piece.line - 1]
    cut = len(first) - len(first[2:].lstrip())
    return "\n".join([page.masked[piece.line - 1][cut:], *page.masked[piece.line : piece.end_line]])
