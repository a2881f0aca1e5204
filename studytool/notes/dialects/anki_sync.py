"""Blocks of Obsidian Anki Sync: what stands between `<!-- basicblock-start -->` and `<!-- basicblock-end -->`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.notes.claims import Claim, Draft, Remark
from studytool.notes.dialects.deck_lines import place_of
from studytool.notes.dialects.deletions import MOST, too_many
from studytool.notes.dialects.numbered import anki_gaps, cloze_drafts, marked_gaps
from studytool.notes.page import Page, hidden_lines
from studytool.notes.plain import says_something
from studytool.notes.written import written

_MARK = re.compile(r"[ \t]*<!--[ \t]*(basic|cloze)block-(start|end)\b[^<>]*-->[ \t]*")


def sync_blocks(page: Page) -> Iterator[Claim | Remark]:
    """The cards of the blocks of a page: a question and its answer with `::` between them, or a text with deletions."""
    if "block-start" not in page.text:
        return
    hidden = hidden_lines(page, comments=())
    begun: dict[str, int] = {}
    for number in page.lines_with("block-start", "block-end"):
        found = _MARK.fullmatch(page.raw[number - 1]) if number not in hidden else None
        if found and found[2] == "start":
            if first := begun.get(found[1], 0):
                yield _unclosed(found[1], first)
            begun[found[1]] = number
        elif found and (first := begun.pop(found[1], 0)):
            if found[1] == "basic":
                yield _basic(page, first, number)
            else:
                yield from _cloze(page, first, number)
    for kind, first in begun.items():
        yield _unclosed(kind, first)


def _unclosed(kind: str, first: int) -> Remark:
    message = f"This `{kind}block-start` has no `{kind}block-end`."
    hint = f"Write `<!-- {kind}block-end -->` after its last line."
    return Remark(first, "error", "unclosed-block", message, hint)


def _basic(page: Page, first: int, last: int) -> Claim | Remark:
    """The card between two marks; its question ends at the first `::`."""
    for number in range(first + 1, last):
        if (at := place_of(page.masked[number - 1], "::")) < 0:
            continue
        raw = page.raw[number - 1]
        front = written("\n".join([*page.raw[first : number - 1], raw[:at]]))
        back = written("\n".join([raw[at + 2 :].lstrip(), *page.raw[number : last - 1]]))
        if says_something(front) and says_something(back):
            return Claim(((first, last),), (Draft("basic", front, back, first + 1, last - 1),))
        break
    message = "This block has no question and answer with `::` between them."
    return Remark(first, "warning", "broken-separator", message, "Write `::` at the end of its question.")


def _cloze(page: Page, first: int, last: int) -> Iterator[Claim | Remark]:
    """The cards of the highlights or `{{c1::…}}` between two marks; what is wrong where there are none."""
    text = "\n".join(page.raw[first : last - 1])
    gaps, unbalanced = anki_gaps(text)
    gaps = gaps or marked_gaps(text)
    if len(gaps) > MOST:
        yield too_many(first, "Part it into several blocks.")
        return
    if unbalanced is not None:
        line = first + 1 + text.count("\n", 0, unbalanced)
        hint = "Close it with `}}`."
        yield Remark(line, "error", "unbalanced-cloze", "A cloze of this block is not closed.", hint)
        gaps = []
    elif not gaps:
        hint = "Mark what should be asked: `==…==` or `{{c1::…}}`."
        yield Remark(first, "warning", "no-deletion", "This block has nothing to fill in.", hint)
    yield Claim(((first, last),), tuple(cloze_drafts(text, gaps, first + 1, last - 1)))
