"""Questions with their answers inside a callout that begins with one: each is a card of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from studytool.notes.asking import asks
from studytool.notes.claims import Claim, Remark
from studytool.notes.markdown import Block
from studytool.notes.page import Page


def cards_in_callouts(
    page: Page, begins: Callable[[Block], bool], find: Callable[[Page], Iterator[Claim | Remark]]
) -> Iterator[Claim]:
    """What `find` reads in the callouts whose title asks nothing and whose first block `begins` with a question.

    All of them make one page, on which a heading without words parts each from the one above it.
    """
    rows: list[str] = []
    blocks: list[Block] = []
    titles: dict[int, int] = {}  # the line of a callout's title, by that of its first block
    end = 0
    for callout in page.of_kind("callout"):
        first = next((one for one in callout.children if one.kind != "comment"), None)
        if first is None or callout.line <= end or not begins(first) or asks(callout.title):
            continue
        if page.free(callout.line, callout.end_line):
            rows = rows or [""] * len(page.raw)
            rows[callout.line : callout.end_line] = callout.lines[1:]
            blocks += [Block("heading", callout.line, callout.line, ("",), level=1), *callout.children]
            titles[first.line] = callout.line
            end = callout.end_line
    if not blocks:
        return
    for found in find(replace(page, raw=rows, blocks=tuple(blocks), shared={})):
        if isinstance(found, Claim) and found.drafts:
            (start, last), *rest = found.ranges
            yield found._replace(ranges=((titles.get(start, start), last), *rest))
