"""A table of two columns under a question that asks to match them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.exercise import asks_to_match, places, question_above
from studytool.notes.dialects.explaining import explanation_below
from studytool.notes.markdown import Block
from studytool.notes.masks import mask
from studytool.notes.page import Page
from studytool.notes.written import written

_MOST = 20
"""Rows of a table; more than that nobody matches."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    if not page.of_kind("table"):
        return
    for blocks, at, title in places(page.blocks):
        block = blocks[at]
        if block.kind != "table" or not page.free(block.line, block.end_line):
            continue
        above = question_above(page, blocks, at, title, asks_to_match)
        if above is None or len(_cells(block.lines[0])) != 2:
            continue
        rows = [tuple(map(written, _cells(line))) for line in block.lines[2:]]
        if (fault := _fault(rows)) and page.free(above.line, block.end_line):
            yield Remark(block.line, "warning", "match-data", f"This table cannot be matched: {fault[0]}.", fault[1])
        if fault:
            continue
        why, end = explanation_below(blocks, at + 1)
        end = max(end, block.end_line)
        if page.free(above.line, end):
            pairs = tuple((row[0], row[1]) for row in rows)
            draft = Draft("matching", above.prompt, "", above.line, end, explanation=why, pairs=pairs)
            yield Claim(((above.line, end),), (draft,))


def asked_at(page: Page, blocks: Sequence[Block], at: int) -> int:
    """The line of the question whose sides the table at `at` matches; 0 for a block that is none."""
    if blocks[at].kind != "table" or len(_cells(blocks[at].lines[0])) != 2:
        return 0
    above = question_above(page, blocks, at, None, asks_to_match)
    return above.line if above else 0


def _fault(rows: Sequence[Sequence[str]]) -> tuple[str, str] | None:
    """Why the rows of a table with two columns are no pairs to match, and what to do; None where they are.

    A row whose left cell is empty is there to mislead. The head of the table names its sides and is no pair.
    """
    if len(rows) > _MOST:
        return (
            f"it has {len(rows)} rows, and {_MOST} are the most",
            "Part it into several tables, each with a question.",
        )
    for number, row in enumerate(rows, 1):
        if len(row) > 2:
            return f"row {number} has {len(row)} cells", "Give it two; write a `|` in a cell as `\\|`."
        if len(row) < 2 or not row[1]:
            return f"row {number} has no right side", "Write what its left side goes with, or delete the row."
    left = [row[0] for row in rows if row[0]]
    if len(left) < 2:
        told = f"{'one row has' if left else 'no row has'} both sides"
        return told, "Give two rows or more with both sides."
    if len(set(left)) < len(left):
        return "a left side stands there twice", "Join the two rows, or word one of them otherwise."
    if len({row[1] for row in rows}) < 2:
        return "all right sides are the same", "Give at least two different ones."
    return None


def _cells(line: str) -> list[str]:
    """The cells of a row; a `|` within code or after a backslash parts none."""
    told = line.strip()
    masked = mask(told)
    if masked.startswith("|"):
        told, masked = told[1:], masked[1:]
    if masked.endswith("|"):
        told, masked = told[:-1], masked[:-1]
    cells, at = [], 0
    for end in [*(place for place, sign in enumerate(masked) if sign == "|"), len(told)]:
        cells.append(told[at:end].strip().replace("\\|", "|"))
        at = end + 1
    return cells


DIALECT = Dialect(
    name="matching",
    level="structured",
    recognises=(
        "A table of two columns under a question that asks to match them: “match each … with its …”. A row without a "
        "left side misleads."
    ),
    find=_find,
    example=(
        "Match each layer with what it keeps.\n\n"
        "| layer | keeps |\n|---|---|\n"
        "| `Linear` | a weight matrix and a bias |\n"
        "| `BatchNorm2d` | running means and variances |\n"
        "| | nothing |\n"
    ),
    cards=(
        (
            "Match each layer with what it keeps.\n\n- `Linear`\n- `BatchNorm2d`\n\n↔\n\n"
            "- a weight matrix and a bias\n- nothing\n- running means and variances",
            "- `Linear` → a weight matrix and a bias\n- `BatchNorm2d` → running means and variances",
        ),
    ),
)
