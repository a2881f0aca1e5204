"""An ordered list under a question that asks to put it in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.answers import BOX
from studytool.notes.dialects.exercise import asks_for_order, places, question_above
from studytool.notes.dialects.explaining import explanation_below
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.written import written

_MOST = 20
"""Items of a list; more than that nobody puts in order."""
_LONGEST = 300
"""Characters of an item; a longer one is an explanation, and no list of such is put in order."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    if not any(one.lines[0].lstrip()[:1].isdigit() for one in page.of_kind("list")):
        return
    for blocks, at, title in places(page.blocks):
        block = blocks[at]
        if block.kind != "list" or not page.free(block.line, block.end_line) or not (items := _items(block)):
            continue
        above = question_above(page, blocks, at, title, asks_for_order)
        if above is None:
            continue
        why, end = explanation_below(blocks, at + 1)
        end = max(end, block.end_line)
        if page.free(above.line, end):
            draft = Draft("ordering", above.prompt, "", above.line, end, explanation=why, items=items)
            yield Claim(((above.line, end),), (draft,))


def asked_at(page: Page, blocks: Sequence[Block], at: int) -> int:
    """The line of the question that the list at `at` answers by its order; 0 for a block that is none."""
    if blocks[at].kind != "list" or not _items(blocks[at]):
        return 0
    above = question_above(page, blocks, at, None, asks_for_order)
    return above.line if above else 0


def _items(block: Block) -> tuple[str, ...]:
    """The items of an ordered list of two or more that differ; none where it is no such list."""
    if not block.lines[0].lstrip()[:1].isdigit() or not 2 <= len(block.children) <= _MOST:
        return ()
    if any(BOX.match(item.lines[0]) for item in block.children):
        return ()
    items = tuple(written("\n".join(item.lines)) for item in block.children)
    fit = all(0 < len(item) <= _LONGEST for item in items)
    return items if fit and len(set(items)) > 1 else ()


DIALECT = Dialect(
    name="ordering",
    level="structured",
    recognises=(
        "An ordered list, in the right order, under a question that asks to put it in order: “put … in order”, “sort "
        "these …”, “in which order …?”. “Name the steps in order” asks to recall them and stays a card."
    ),
    find=_find,
    example=(
        "Put the steps of one training step in order.\n\n"
        "1. Run the model forward\n2. Compute the loss\n3. Run backward\n4. Let the optimizer step\n\n"
        "> The loss needs a prediction, the gradients need the loss.\n"
    ),
    cards=(
        (
            "Put the steps of one training step in order.\n\n"
            "- Compute the loss\n- Let the optimizer step\n- Run backward\n- Run the model forward",
            "1. Run the model forward\n2. Compute the loss\n3. Run backward\n4. Let the optimizer step\n\n"
            "The loss needs a prediction, the gradients need the loss.",
        ),
    ),
)
