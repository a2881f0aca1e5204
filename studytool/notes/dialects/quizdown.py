"""A fence that is marked `quizdown`: what is written in it is read as the note around it would be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from studytool.notes.claims import Claim, Dialect, Remark
from studytool.notes.dialects import choice, ordering
from studytool.notes.markdown import parse_blocks
from studytool.notes.page import Page


def _find(page: Page) -> Iterator[Claim | Remark]:
    for block in page.of_kind("fence"):
        if (block.label or "").strip("{}. ").casefold() != "quizdown":
            continue
        inner = block.lines[1:-1] if block.closed else block.lines[1:]
        lines = [*[""] * block.line, *inner]
        within = replace(page, raw=lines, blocks=parse_blocks(lines))
        yield from choice.questions_of(within, any_heading=True)
        yield from ordering.DIALECT.find(within)
        yield Claim(((block.line, block.line),))
        if block.closed:
            yield Claim(((block.end_line, block.end_line),))


DIALECT = Dialect(
    name="quizdown",
    level="explicit",
    owns=True,
    recognises=(
        "A fence marked `quizdown`: headings with task lists, and with ordered lists to put in order; `> hint` stays "
        "with its question. A file of such headings needs no fence: the forms below read it."
    ),
    find=_find,
    example=(
        "```quizdown\n"
        "### What does ReLU give for -2?\n\n> Look at the sign.\n\n"
        "1. [x] 0\n    > It cuts off below zero.\n1. [ ] -2\n\n"
        "### Please bring the following into sequence!\n\n1. forward\n2. backward\n3. step\n"
        "```\n"
    ),
    cards=(
        ("What does ReLU give for -2?\n\n> Look at the sign.\n\n- 0\n- -2", "0"),
        (
            "Please bring the following into sequence!\n\n- backward\n- forward\n- step",
            "1. forward\n2. backward\n3. step",
        ),
    ),
    signs=("quizdown",),
)
