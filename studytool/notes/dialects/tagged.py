"""Lines that begin with `Q:`, `A:` or `C:` at column 0 and what belongs to each: the ground of `qa` and `cloze`.

A note may have the letters of another language for the first two, where all its lines with them take turns and most of
the first ask: speakers and quantities have letters, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from studytool.notes.asking import asks, asks_in_words, sets_a_task
from studytool.notes.dialects.within import Begun, begun_within
from studytool.notes.page import Page

_TAGS = {"Q:": "Q", "A:": "A", "C:": "C"}
_ELSEWHERE = (("F:", "A:"), ("Q:", "R:"), ("P:", "R:"), ("V:", "A:"), ("В:", "О:"))
"""Frage and Antwort; question and réponse; pregunta, pergunta or pytanie and respuesta; vraag and antwoord; Russian."""
_TURNS = 2
_NO_TAG = re.compile(r".::|[CFPV]:[\\/]")
"""A name before `::`, the beginning of a path on Windows."""


class Tagged(NamedTuple):
    """One tag with its text: `line` to `end_line` in the file, `letter` Q, A or C.

    `doubtful` are the lines in it at which another card may begin.
    """

    letter: str
    line: int
    end_line: int
    doubtful: tuple[Begun, ...] = ()


def tagged(page: Page) -> Sequence[Tagged]:
    """The tagged pieces of a page in order. A piece ends before the next tag, a `---` line, a heading, another card."""
    if "tagged" not in page.shared:
        pieces = tuple(_tagged(page))
        begun = begun_within(page, [(one.line, one.end_line) for one in pieces if one.letter != "Q"])
        page.shared["tagged"] = tuple(_ended(page, one, begun) for one in pieces) if begun else pieces
    found: Sequence[Tagged] = page.shared["tagged"]
    return found


def _ended(page: Page, piece: Tagged, begun: Sequence[Begun]) -> Tagged:
    """A piece up to the first card that surely begins in it."""
    if piece.letter == "Q":
        return piece
    first, last = (bisect_right(begun, line, key=lambda one: one.line) for line in (piece.line, piece.end_line))
    mine = begun[first:last]
    end = next((one.line for one in mine if one.sure), piece.end_line + 1) - 1
    while end > piece.line and not page.raw[end - 1].strip():
        end -= 1
    return piece._replace(end_line=end, doubtful=tuple(one for one in mine if one.line <= end))


def _begins(page: Page, tag: str) -> bool:
    """Whether a line of a page begins with a tag."""
    return f"\n{tag}" in page.text or page.text.startswith(tag)


def _tags(page: Page) -> dict[str, str]:
    """The tags of a page: those of another language where two questions and their answers take turns, and no other."""
    for question, answer in _ELSEWHERE:
        if not (_begins(page, question) and _begins(page, answer)):
            continue
        if any(_begins(page, tag) for tag in ("Q:", "A:", "B:", "D:") if tag not in (question, answer)):
            continue
        lines = [n for n in page.lines_with(question, answer) if _tag_of(page, n, (question, answer))]
        turns = [page.raw[n - 1][:2] for n in lines]
        if len(lines) < 2 * _TURNS or turns != [question, answer] * (len(lines) // 2):
            continue
        asked = [page.source(lines[at], lines[at + 1] - 1)[2:].strip() for at in range(0, len(lines), 2)]
        if sum(asks(text) or asks_in_words(text) or sets_a_task(text) for text in asked) * 3 >= len(asked) * 2:
            return {question: "Q", answer: "A", "C:": "C"}
    return _TAGS


def _tag_of(page: Page, number: int, tags: Collection[str]) -> str:
    """Which of these tags a line begins with; empty where it begins with none."""
    line = page.raw[number - 1]
    return line[:2] if line[:2] in tags and page.masked[number - 1][:2] in tags and not _NO_TAG.match(line) else ""


def _tagged(page: Page) -> Iterator[Tagged]:
    tags = _tags(page)
    if not any(_begins(page, tag) for tag in tags):
        return
    headings = {block.line for block in page.blocks if block.kind == "heading"}
    open_at, letter, last = 0, "", 0
    for number in range(next(iter(page.lines_with(*tags)), len(page.raw) + 1), len(page.raw) + 1):
        line = page.raw[number - 1]
        tag = _tag_of(page, number, tags)
        if tag == "C:" and page.raw[number - 2].startswith("B:"):
            tag = ""  # a list A: B: C:
        if not (open_at or tag):
            continue
        ends = tag or is_rule(line) or (number in headings and not _is_empty(page, open_at, last))
        if open_at and ends:
            yield Tagged(letter, open_at, last)
            open_at = 0
        if tag:
            open_at, letter, last = number, tags[tag], number
        elif open_at and line.strip():
            last = number
    if open_at:
        yield Tagged(letter, open_at, last)


def _is_empty(page: Page, line: int, last: int) -> bool:
    """Whether nothing stands after a tag yet: a heading may be its text."""
    return line == last and not page.raw[line - 1][2:].strip()


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
    masked = page.masked
    return "\n".join([masked[piece.line - 1][cut:], *(masked[at] for at in range(piece.line, piece.end_line))])
