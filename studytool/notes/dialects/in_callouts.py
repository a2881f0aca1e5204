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
    """What `find` reads in the callouts whose title asks nothing and whose first block `begins` with a question."""
    for callout in page.of_kind("callout"):
        first = next((one for one in callout.children if one.kind != "comment"), None)
        if first is None or not begins(first) or asks(callout.title) or not page.free(callout.line, callout.end_line):
            continue
        rows = [""] * len(page.raw)
        rows[callout.line : callout.end_line] = callout.lines[1:]
        inner = replace(page, raw=rows, blocks=callout.children, shared={})
        for found in find(inner):
            if isinstance(found, Claim) and found.drafts:
                (start, end), *rest = found.ranges
                yield found._replace(ranges=((callout.line if start == first.line else start, end), *rest))
