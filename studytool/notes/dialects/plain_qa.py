"""Plain text that asks and answers: a line that ends in a question mark, its answer, again and again."""

from __future__ import annotations

from collections.abc import Iterator

from studytool.notes.dialects.heading import without_number
from studytool.notes.inline import says_something, words
from studytool.notes.page import Claim, Dialect, Draft, Page, Remark, written

_MARKS = ("?", "？", "؟")
_QUESTION_WORDS = 40
_AGAIN = 2
"""So many questions with answers show that the text is made of them."""
_LEAD_LINES = 3
"""A title and an introduction of so many lines may stand before them, or of one line a question."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    if sum(map(page.text.count, _MARKS)) < _AGAIN:
        return
    for first, last in _stretches(page):
        yield from _stretch(page, first, last)


def _stretches(page: Page) -> Iterator[tuple[int, int]]:
    """Runs of lines without a heading, callout, label or rule: paragraphs, lists, code, tables, formulas."""
    start = 0
    end = 0
    for block in page.blocks:
        inside = block.kind in ("paragraph", "list", "fence", "table", "math", "code", "quote") and page.free(
            block.line, block.end_line
        )
        if inside:
            start = start or block.line
            end = block.end_line
        elif start:
            yield start, end
            start = 0
    if start:
        yield start, end


def _stretch(page: Page, first: int, last: int) -> Iterator[Claim]:
    asking = [number for number in range(first, last + 1) if _may_ask(page.raw[number - 1])]
    if any(page.raw[number - 1].strip(" -") in ("?", "??") for number in asking):
        return  # cards whose sides a lone `?` parts: another dialect's
    starts = [number for number in asking if _is_question(page, number, first)]
    if len(starts) < _AGAIN:
        return
    drafts = []
    for at, end in zip(starts, [*(number - 1 for number in starts[1:]), last], strict=True):
        back = page.source(at + 1, end)
        while end > at and not page.raw[end - 1].strip():
            end -= 1
        if says_something(back):
            front = written(without_number(page.raw[at - 1].strip()))
            drafts.append(Draft("basic", front, back, at, end))
    before = [number for number in range(first, starts[0]) if page.raw[number - 1].strip()]
    if len(drafts) < _AGAIN or len(drafts) * 2 < len(starts) or len(before) > max(_LEAD_LINES, len(drafts)):
        return  # a few questions in the course of a text are not what it is made of
    for draft in drafts:
        yield Claim(((draft.line, draft.end_line),), (draft,))


def _may_ask(line: str) -> bool:
    return "?" in line or "？" in line or "؟" in line


def _is_question(page: Page, number: int, first: int) -> bool:
    """A line of its own that asks: one sentence, not an item, not the middle of a wrapped paragraph."""
    line, masked = page.raw[number - 1], page.masked[number - 1]
    if not masked.rstrip().rstrip("*_").endswith(_MARKS) or line[:1].isspace():
        return False
    if line.startswith(("- ", "* ", "+ ", "> ", "|", "#")):
        return False
    told = without_number(words(line))
    if (not told[:1].isalnum() and told[:1] not in "\"'“‘¿(") or told[:1].islower():
        return False
    if len(told.split()) > _QUESTION_WORDS or ". " in told.replace("e.g. ", "").replace("vs. ", "") or "? " in told:
        return False
    before = words(page.raw[number - 2]) if number > first else ""
    return not before or before[-1] in '.!?:;)”"。' or _short(before) or page.raw[number - 2].lstrip()[:1] in "-*|`$"


def _short(line: str) -> bool:
    """A title, or an answer without a final stop: too short to be a wrapped line of prose."""
    return len(line) < 60


DIALECT = Dialect(
    name="plain-qa",
    level="derived",
    recognises="In plain text, a line that ends in `?` and stands alone, then its answer, at least twice.",
    find=_find,
    example="Flashcards\nWhat is a tensor?\nAn array with any number of axes.\nWhat is a scalar?\nOne number.\n",
    cards=(("What is a tensor?", "An array with any number of axes."), ("What is a scalar?", "One number.")),
)
