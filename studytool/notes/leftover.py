"""What no dialect took, named so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from studytool.notes.html_text import without_html
from studytool.notes.inline import words
from studytool.notes.markdown import Block
from studytool.notes.page import Page, Remark

_NOT_TOLD = frozenset({"heading", "hr", "comment"})
"""Structure rather than content: nobody misses a card made of it."""
_QUOTED = 60


def leftovers(page: Page, title: Block | None = None) -> Iterator[Remark]:
    """A remark for each run of lines that no card uses; adjacent blocks of the same kind make one run."""
    named = {s.line for s in page.sections if not page.free(s.line, s.end_line)}  # labels whose content is used
    page.taken.update(named)
    runs: list[tuple[str, int, int]] = []
    for block in page.blocks:
        if block.kind in _NOT_TOLD or _shows_nothing(block) or (title and block.line == title.line == block.end_line):
            continue
        first = block.line + 1 if title and block.line == title.line else block.line
        runs.extend((block.kind, *run) for run in _free_runs(page, first, block.end_line))
    for kind, group in groupby(runs, key=lambda run: run[0]):
        merged: list[tuple[int, int]] = []
        for _, first, last in group:
            if merged and _only_blank(page, merged[-1][1] + 1, first - 1):
                merged[-1] = (merged[-1][0], last)
            else:
                merged.append((first, last))
        for first, last in merged:
            yield _remark(page, kind, first, last)


def _shows_nothing(block: Block) -> bool:
    """Whether a block is HTML without a word to read: `<br>`, an anchor, the end of a `<div>`."""
    if block.kind not in ("html", "paragraph") or not block.lines[0].lstrip().startswith("<"):
        return False
    return not any(character.isalnum() for character in without_html(block.text))


def unclosed_fences(page: Page) -> Iterator[Remark]:
    """A warning for each fence that the file, or its container, ends in."""
    for block in page.walk():
        if block.kind == "fence" and not block.closed:
            hint = "Close it with a line of the same marks; everything after it counts as code."
            yield Remark(block.line, "warning", "unclosed-fence", "This code fence is never closed.", hint)


def _free_runs(page: Page, first: int, last: int) -> Iterator[tuple[int, int]]:
    numbers = range(first, last + 1)
    for used, group in groupby(numbers, key=lambda number: number in page.taken or number in page.used):
        run = [number for number in group if page.raw[number - 1].strip()]
        if not used and any(any(c.isalnum() for c in page.raw[number - 1]) for number in run):
            yield run[0], run[-1]


def _only_blank(page: Page, first: int, last: int) -> bool:
    return all(not page.raw[number - 1].strip() for number in range(first, last + 1))


def _remark(page: Page, kind: str, first: int, last: int) -> Remark:
    for number in range(first, last + 1):
        told = words(page.raw[number - 1].lstrip("> -*+|#")) or ""
        if any(character.isalnum() for character in told):
            break
    quoted = told if len(told) <= _QUOTED else told[: _QUOTED - 1].rsplit(" ", 1)[0] + "…"
    lines = f"lines {first}-{last}" if last > first else f"line {first}"
    return Remark(
        first, "info", "left-aside", f"No card is made of this {_NAMES.get(kind, kind)} ({lines}): “{quoted}”"
    )


_NAMES = {"fence": "code", "html": "HTML", "math": "formula", "definitions": "definition list", "gift": "text"}
