"""Cards that begin inside the text of `A:` or `C:`, where no tag, rule or heading has ended it.

An answer may hold nearly anything, so another way of writing cards ends it only where its words leave no doubt: its
own marks, or a question with options and the right one told. What merely looks like a card stays there, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from studytool.notes.asking import asks, asks_in_words, sets_a_task
from studytool.notes.claims import Claim, Dialect, Remark
from studytool.notes.inline import HIDDEN
from studytool.notes.markdown import Block, parse_blocks
from studytool.notes.page import Page

_MARKED = frozenset(
    ("anki-block", "anki-id", "gift", "inline", "inline-reversed", "multiline", "multiline-reversed")
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
_HIDDEN = f"{HIDDEN} \t"
_FEWEST = 3
"""So many words the summary of a fold has that asks a question of its own; a fold in an answer says "Why?"."""


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
    begun = [*_claimed(inner), *((line, False) for line in _unmarked(inner))]
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
    """Whether a text has a second paragraph, or a line that another card may begin with."""
    known, keywords = page.vault.flashcards, page.vault.anki
    separators = (*known.inline, *known.inline_reversed, keywords.begin_inline, ";;")
    alone = {"", keywords.begin, *known.multiline, *known.multiline_reversed}
    if last <= first:
        return False
    lines = page.raw[first:last]
    text = "\n".join(lines)
    return any(sign in text for sign in separators) or not alone.isdisjoint([line.strip() for line in lines])


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


def _claimed(inner: Page) -> Iterator[tuple[int, bool]]:
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
            asked = dialect.name in _ASKED and _asks(claim, dialect.name)
            if asked or dialect.name != "details":  # a fold is a common part of an answer
                yield claim.ranges[0][0], asked or dialect.name in _MARKED


def _asks(claim: Claim, name: str) -> bool:
    """Whether a question or task opens a card."""
    first = claim.drafts[0].front.partition("\n")[0]
    if name == "details":
        return asks(first) and len(first.split()) >= _FEWEST
    return asks_in_words(first) or sets_a_task(first)


def _unmarked(inner: Page) -> Iterator[int]:
    """The lines that ask, alone, and have something below that may answer: in a paragraph, an item, before `::`."""
    for at, block in enumerate(inner.blocks[:-1]):
        alone = block.line == block.end_line and inner.blocks[at + 1].kind != "hr"
        if alone and _is_question(block) and inner.free(block.line, block.line):
            yield block.line
    for block in inner.of_kind("list"):
        items = (one for one in block.children if len(one.children) > 1 and _is_question(one.children[0]))
        yield from (one.line for one in items if inner.free(one.line, one.line))
    for number in inner.lines_with("?::"):
        if inner.free(number, number) and "?::" in inner.masked[number - 1]:
            yield number


def _is_question(block: Block) -> bool:
    return block.kind == "paragraph" and asks(block.text)
