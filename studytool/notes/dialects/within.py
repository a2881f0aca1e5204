"""Cards that begin inside the text of `A:` or `C:`, where no tag, rule or heading has ended it.

An answer may hold nearly anything, so another way of writing cards ends it only where its words leave no doubt: its
own marks, or a question with options and the right one told. What merely looks like a card stays there, and is told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from studytool.notes.asking import asks, asks_for_several, asks_in_words, sets_a_task
from studytool.notes.claims import Claim, Dialect, Remark
from studytool.notes.inline import HIDDEN
from studytool.notes.markdown import Block, parse_blocks
from studytool.notes.page import Page

_MARKED = frozenset(
    ("anki-block", "anki-id", "flashcard-fence", "gift", "inline", "inline-reversed", "multiline", "multiline-reversed")
) | {
    "curly-cloze",
    "ordering",
    "matching",
}
"""Ways of writing cards whose marks, or words, nothing else has in a note where they count at all."""
_ASKED = frozenset({"choice", "answer-line", "details"})
"""Those that are cards for sure where their first line asks."""
_LIKELY = frozenset({"highlight-cloze", "bold-question", "open-question"})
"""Those that are as likely a part of the answer."""
_BLOCKS = {"callout": "callout", "definition": "table"}
"""Those that are as likely a card as a block of this kind that nothing announces, and the kinds."""
_HIDDEN = f"{HIDDEN} \t"
_BOLD = re.compile(r"(?:\*\*|__)(?P<asked>[^*_]{3,200}?)(?:\*\*|__)[ \t]+\w")
"""A bold text with an answer on its line."""
_FEWEST = 3
"""So many words a question has that is one of its own, on a fold or right above text; in an answer it is "Why?"."""


class Begun(NamedTuple):
    """A line at which another card begins: `sure` ends the text before it. `apart` tells of a blank line above."""

    line: int
    sure: bool
    apart: bool


def begun_within(page: Page, texts: Sequence[tuple[int, int]]) -> list[Begun]:
    """Where other cards begin inside these stretches of lines, each of which begins with a tag of two letters."""
    if not any(_may_hold(page, first, last) for first, last in texts):
        return []
    inner = _inner_page(page, texts)
    begun = [
        *_claimed(page, inner, texts),
        *_announced_by_none(page, inner, texts),
        *((line, False) for line in _unmarked(inner)),
    ]
    if not begun:
        return []
    found: dict[int, Begun] = {}
    blocks = {block.line for block in page.blocks}
    fences = {number: one.line for one in page.of_kind("fence") for number in range(one.line, one.end_line + 1)}
    open_lines = {number for first, last in texts for number in range(first + 1, last + 1)}
    for line, sure in begun:
        line = fences.get(line, line)
        if line in open_lines and line not in found and (line in blocks or page.masked[line - 1].strip(_HIDDEN)):
            apart = not page.raw[line - 2].strip()
            found[line] = Begun(line, sure and (apart or _begins_card(page, line)), apart)
    return sorted(found.values())


def told(begun: Begun) -> Remark:
    """What is said of something that looks like a card and is read as a part of the text above it."""
    message = "This looks like a card of its own, and is read as a part of the text above it."
    above = "a line `---`" if begun.apart else "an empty line"
    hint = f"If it is one, put {above} above it, or write it as `Q:` and `A:`."
    return Remark(begun.line, "warning", "card-in-answer", message, hint)


def _may_hold(page: Page, first: int, last: int) -> bool:
    """Whether a text has a second paragraph, or a line or fence that another card may begin with."""
    known, keywords = page.vault.flashcards, page.vault.anki
    separators = (*known.inline, *known.inline_reversed, keywords.begin_inline, ";;")
    alone = {"", keywords.begin, *known.multiline, *known.multiline_reversed}
    if last <= first:
        return False
    lines = page.raw[first:last]
    text = "\n".join(lines)
    if any(sign in text for sign in separators) or not alone.isdisjoint([line.strip() for line in lines]):
        return True
    return any(fence in text for fence in ("```", "~~~")) and "card" in text.casefold()


def _begins_card(page: Page, number: int) -> bool:
    """Whether a card that begins right under a line of text begins for sure: it asks, or opens with a keyword."""
    line = page.raw[number - 1].strip()
    return line.startswith(page.vault.anki.begin) or asks(line.partition("::")[0].partition(";;")[0])


def _inner_page(page: Page, texts: Sequence[tuple[int, int]]) -> Page:
    """The page as it would be with nothing but these texts, without their tags, a rule above each."""
    lines = [""] * len(page.raw)
    for first, last in texts:
        lines[first - 1 : last] = page.raw[first - 1 : last]
        lines[first - 1] = f"x {page.raw[first - 1][2:]}"
        if first > 1 and not lines[first - 2]:
            lines[first - 2] = "***"
    blocks = parse_blocks(lines)
    return Page(
        lines, page.body_start, blocks, page.topic, page.tags, path=page.path, place=page.place, vault=page.vault
    )


@cache
def _beginning() -> Sequence[Dialect]:
    """The dialects whose cards may begin inside a text, in their order."""
    from studytool.notes.dialects import DIALECTS  # this module is on the way to it

    return [dialect for dialect in DIALECTS if dialect.name in _MARKED | _ASKED | _LIKELY]


def _announced_by_none(page: Page, inner: Page, texts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, bool]]:
    """The callouts and tables of terms that would be cards, and that nothing in the text above them announces."""
    from studytool.notes.dialects import callout, definition  # this module is on the way to them

    for dialect in (callout.DIALECT, definition.DIALECT):
        blocks = [one for one in inner.of_kind(_BLOCKS[dialect.name]) if inner.free(one.line, one.end_line)]
        if not blocks:
            continue
        claimed = {claim.ranges[0][0] for claim in dialect.find(inner) if isinstance(claim, Claim) and claim.drafts}
        for block in blocks:
            first, _ = texts[bisect_right(texts, block.line, key=lambda one: one[0]) - 1]
            if not claimed.isdisjoint(range(block.line, block.end_line + 1)) and not announced(page, first, block.line):
                inner.taken.update(range(block.line, block.end_line + 1))
                yield block.line, False


def announced(page: Page, first: int, line: int) -> bool:
    """Whether a line of a text that begins at `first` belongs to what is above it.

    It does where no blank line parts them, the text above ends in a colon, or the question is one for several things.
    """
    above = next((n for n in range(line - 1, first - 1, -1) if page.raw[n - 1].strip()), first)
    if above == line - 1 or page.raw[above - 1].rstrip("*_ ").endswith((":", "：")):
        return True
    several: dict[int, bool] = page.shared.setdefault("asks-for-several", {})
    if first not in several:
        several[first] = asks_for_several(_question_of(page, first))
    return several[first]


def _question_of(page: Page, first: int) -> str:
    """The line that begins with a tag and asks what the text at `first` answers."""
    above = next((n for n in range(first - 1, 0, -1) if page.raw[n - 1][1:2] == ":"), first)
    return page.raw[(first if page.raw[first - 1][:2] in ("Q:", "C:") else above) - 1]


def _goes_on_below(page: Page, fence: Block, last: int) -> bool:
    """Whether text stands right below a fence, or below the fences that follow it, up to the line `last`."""
    below = next((n for n in range(fence.end_line + 1, last + 1) if page.raw[n - 1].strip()), 0)
    return below > 0 and not page.raw[below - 1].lstrip().startswith(("```", "~~~"))


def _holds_fence(page: Page, inner: Page, texts: Sequence[tuple[int, int]], line: int) -> bool:
    """Whether the fence at a line belongs to the text around it: something announces it, or the text goes on."""
    fences = inner.of_kind("fence")
    fence = fences[bisect_right(fences, line, key=lambda one: one.line) - 1]
    first, last = texts[bisect_right(texts, fence.line, key=lambda one: one[0]) - 1]
    return _goes_on_below(page, fence, last) or announced(page, first, fence.line)


def _claimed(page: Page, inner: Page, texts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, bool]]:
    """The first line of each card that other dialects find, and whether it is one for sure."""
    for dialect in _beginning():
        if dialect.signs and not dialect.may_find(inner):
            continue
        for claim in dialect.find(inner):
            if not isinstance(claim, Claim) or not all(inner.free(*lines) for lines in claim.ranges):
                continue
            for first, last in claim.ranges:
                inner.taken.update(range(first, last + 1))
            if not claim.drafts:
                continue
            first = claim.ranges[0][0]
            asked = dialect.name in _ASKED and _asks(claim, dialect.name)
            marked = dialect.name in _MARKED
            if dialect.name == "flashcard-fence":
                marked = not _holds_fence(page, inner, texts, first)
            if asked or dialect.name != "details":  # a fold is a common part of an answer
                yield first, asked or marked


def _asks(claim: Claim, name: str) -> bool:
    """Whether a question or task opens a card."""
    first = claim.drafts[0].front.partition("\n")[0]
    if name == "details":
        return asks(first) and len(first.split()) >= _FEWEST
    return asks_in_words(first) or sets_a_task(first)


def _unmarked(inner: Page) -> Iterator[int]:
    """The lines that ask, alone, and have something below that may answer: in a paragraph, an item, before `::`."""
    for block, below in zip(inner.blocks, (*inner.blocks[1:], None), strict=True):
        if block.kind != "paragraph" or not inner.free(block.line, block.line):
            continue
        first = block.lines[0]
        bold = _BOLD.match(first)
        if bold and asks(bold["asked"]):
            yield block.line
        elif block.line < block.end_line:
            if asks(first) and asks_in_words(first) and len(first.split()) >= _FEWEST:
                yield block.line
        elif below and below.kind != "hr" and _is_question(block):
            yield block.line
    for block in inner.of_kind("list"):
        items = (one for one in block.children if len(one.children) > 1 and _is_question(one.children[0]))
        yield from (one.line for one in items if inner.free(one.line, one.line))
    for number in inner.lines_with("?::"):
        if inner.free(number, number) and "?::" in inner.masked[number - 1]:
            yield number


def _is_question(block: Block) -> bool:
    return block.kind == "paragraph" and asks(block.text)
