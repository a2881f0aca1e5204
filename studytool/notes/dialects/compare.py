"""Two things told apart: "Differences between X and Y:" and its list."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.markdown import Block
from studytool.notes.order import stem_of
from studytool.notes.page import Page
from studytool.notes.plain import plain_words, words
from studytool.notes.words import COMPARE_OPENINGS
from studytool.notes.written import written

_LINE_WORDS = 12
"""A line that ends in no colon has so many words at most."""


def compares(text: str) -> bool:
    """Whether a label or heading announces a comparison of two things."""
    told = words(text).removesuffix(":").casefold()
    if not told.startswith(COMPARE_OPENINGS) or len(told.split()) > 24:
        return False
    return any(link in told for link in (" and ", " vs ", " vs. ", " versus ", " & "))


def _find(page: Page) -> Iterator[Claim | Remark]:
    for siblings in _levels(page):
        for block, following in itertools.pairwise(siblings):
            if following.kind not in ("list", "table") or not compares(told := _told(block)):
                continue
            if following.kind == "list" and len(following.children) < 2:
                continue
            first = block.end_line if block.kind == "paragraph" else block.line
            if not page.used.isdisjoint(range(first, following.end_line + 1)) and _is_name(page, told):
                continue  # the note has this name, and a card that holds all of it
            front = written(told).removesuffix(":").strip()
            back = written("\n".join(following.lines))
            draft = Draft("basic", front, back, first, following.end_line, page.column(block))
            yield Claim(((first, following.end_line),), (draft,))


def _is_name(page: Page, told: str) -> bool:
    """Whether what is compared is what the name of the note compares."""
    own = _compared(told)
    return any(_compared(name) == own for name in (page.topic, stem_of(page.path)))


def _compared(text: str) -> set[str]:
    return set(plain_words(words(text).casefold())) - {"difference", "differences", "the"}


def _told(block: Block) -> str:
    """A heading's text, or the last line of a paragraph where it ends in a colon; a lone short line needs none."""
    if block.kind == "heading":
        return block.title
    if block.kind == "paragraph" and block.lines[-1].rstrip().rstrip("*_").endswith(":"):
        return block.lines[-1].strip().strip("*_")
    if block.kind == "paragraph" and len(block.lines) == 1:
        told = block.text.strip().strip("*_")
        named = not told.casefold().startswith("compare ")  # `Compare prices of rice and oats` may be something to do
        return told if named and told[-1:].isalnum() and len(told.split()) <= _LINE_WORDS else ""
    return ""


def _levels(page: Page) -> Iterator[tuple[Block, ...]]:
    """The blocks of a note, then those of each of its containers."""
    yield page.blocks
    for block in page.all_blocks:
        if len(block.children) > 1:
            yield block.children


DIALECT = Dialect(
    name="compare",
    level="derived",
    recognises="A line or heading “Differences between X and Y” and the list or table under it.",
    find=_find,
    example="Differences between SGD and Adam:\n- SGD keeps one rate\n- Adam keeps one for each weight\n",
    cards=(("Differences between SGD and Adam", "- SGD keeps one rate\n- Adam keeps one for each weight"),),
)
