"""Lines that begin with `Q:`, `A:` or `C:` at column 0 and what belongs to each: the ground of `qa` and `cloze`.

A note may have the letters of another language for the first two, where several questions with their answers below
stand in it, and half of such pairs ask: speakers and quantities have letters, too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import islice, pairwise, takewhile
from typing import NamedTuple

from studytool.notes.asking import asks, asks_in_words, sets_a_task
from studytool.notes.dialects.within import Begun, begun_within
from studytool.notes.page import Page

_TAGS = {"Q:": "Q", "A:": "A", "C:": "C"}
ELSEWHERE = (("F:", "A:"), ("Q:", "R:"), ("P:", "R:"), ("V:", "A:"), ("В:", "О:"))
"""Frage and Antwort; question and réponse; pregunta, pergunta or pytanie and respuesta; vraag and antwoord; Russian."""
_LEAST = 2
"""So many questions of another language with their answers show that a note has its letters."""
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
    return tag[0] in page.text and (f"\n{tag}" in page.text or page.text.startswith(tag))


def _begins_with(page: Page) -> dict[int, str]:
    """The letters of the lines that begin with a tag; those of another language where its questions have answers.

    A line with a letter of another language that is no half of a pair is text, unless it asks; so are such halves in an
    answer to a `Q:`.
    """
    for question, answer in ELSEWHERE:
        if not (_begins(page, question) and _begins(page, answer)):
            continue
        tags = {**_TAGS, question: "Q", answer: "A"}
        lines = _lines_with(page, tags)
        asking = {
            number
            for number, below in pairwise((*lines, len(page.raw) + 1))
            if lines[number] == question and asks_or_sets(page.source(number, below - 1)[2:].strip())
        }
        questions = [number for number, tag in lines.items() if tag in ("Q:", question)]
        told = {  # lines of an answer to a `Q:`, right below others of it
            number
            for above, number in pairwise(questions)
            if lines[above] != question and number not in asking and page.raw[number - 2].strip()
        }
        pairs = [
            (number, below)
            for number, below in pairwise(lines)
            if (lines[number], lines[below]) == (question, answer) and number not in told
        ]
        asked = sum(number in asking and not _offers(page, below) for number, below in pairs)
        if asked >= _LEAST and asked * 2 >= len(pairs):
            kept = asking.union(*pairs)
            return {number: tags[tag] for number, tag in lines.items() if tag in _TAGS or number in kept}
    return {number: _TAGS[tag] for number, tag in _lines_with(page, _TAGS).items()}


def lone_pairs(page: Page) -> Iterator[tuple[int, str]]:
    """The line of a question with letters of another language that its answer follows, where no other has them."""
    for question, answer in ELSEWHERE:
        if question == "Q:" or not (_begins(page, question) and _begins(page, answer)):
            continue
        lines = _lines_with(page, {question, answer})
        if sorted(lines.values()) == sorted((question, answer)):
            first, second = lines
            if lines[first] == question and asks_or_sets(page.source(first, second - 1)[2:].strip()):
                yield first, f"`{question}` and `{answer}`"


def _lines_with(page: Page, tags: Collection[str]) -> dict[int, str]:
    """The lines that begin with one of these tags, in order, and which; `C:` below `B:` is an option."""
    if not any(_begins(page, tag) for tag in tags):
        return {}
    found = {number: tag for number in page.lines_with(*tags) if (tag := _tag_of(page, number, tags))}
    return {n: tag for n, tag in found.items() if tag != "C:" or not page.raw[n - 2].startswith("B:")}


def asks_or_sets(text: str) -> bool:
    """Whether a text is a question, with or without its mark, or a task."""
    return asks(text) or asks_in_words(text) or sets_a_task(text)


def _offers(page: Page, number: int) -> bool:
    """Whether an answer is the first of lettered options: a line `B:` stands in its paragraph."""
    below = takewhile(str.strip, islice(page.raw, number, None))
    return any(line.startswith("B:") for line in below)


def _tag_of(page: Page, number: int, tags: Collection[str]) -> str:
    """Which of these tags a line begins with; empty where it begins with none."""
    line = page.raw[number - 1]
    return line[:2] if line[:2] in tags and page.masked[number - 1][:2] in tags and not _NO_TAG.match(line) else ""


def _tagged(page: Page) -> Iterator[Tagged]:
    letters = _begins_with(page)
    if not letters:
        return
    headings = {block.line for _, block in page.outer("heading")}
    code = _code_lines(page)
    open_at, letter, last = 0, "", 0
    for number in range(next(iter(letters)), len(page.raw) + 1):
        line = page.raw[number - 1]
        tag = letters.get(number, "")
        if not (open_at or tag):
            continue
        ends = (
            tag or (is_rule(line) and number not in code) or (number in headings and not _is_empty(page, open_at, last))
        )
        if open_at and ends:
            yield Tagged(letter, open_at, last)
            open_at = 0
        if tag:
            open_at, letter, last = number, tag, number
        elif open_at and line.strip():
            last = number
    if open_at:
        yield Tagged(letter, open_at, last)


def _code_lines(page: Page) -> frozenset[int]:
    """The lines of fences that are closed, where there are lines that would end a card elsewhere.

    What has a blank line inside of either mark is rather the text between two blocks of code, one of them lacking one.
    """
    if "\n---" not in page.text:
        return frozenset()
    fences = [(one.line, one.end_line) for one in page.of_kind("fence") if one.closed]
    told = [(first, last) for first, last in fences if page.raw[first].strip() or page.raw[last - 2].strip()]
    return frozenset(number for first, last in told for number in range(first, last + 1))


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
