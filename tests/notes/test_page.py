"""A note as the dialects see it: where signs stand, and its lines without what is protected."""

from __future__ import annotations

import random

from studytool.notes.inline import HIDDEN
from studytool.notes.markdown import parse_blocks
from studytool.notes.masks import mask
from studytool.notes.page import Page

PIECES = ("::", ":", "Q:", "Q", "? ", "?", "a", "é", "✅", "\n", "\n", "#card", "#", "🧠", " ", "\t", "{{", "\ud800")


def test_signs_are_found_on_the_lines_that_hold_them() -> None:
    chance = random.Random(3)
    for _ in range(2000):
        lines = "".join(chance.choices(PIECES, k=chance.randint(0, 12))).split("\n")
        signs = tuple(sign for sign in chance.sample(PIECES, chance.randint(1, 3)) if sign != "\n")
        wanted = [number for number, line in enumerate(lines, 1) if any(sign in line for sign in signs)]
        assert Page(lines, 1, (), "").lines_with(*signs) == wanted, (lines, signs)


def test_a_line_is_masked_with_the_paragraph_it_stands_in_and_code_is_hidden() -> None:
    lines = ["a `b", "c` d", "", "```", "e", "```", "# f $g$"]
    page = Page(lines, 1, parse_blocks(lines), "")
    assert page.masked[1] == mask("a `b\nc` d").split("\n")[1]
    assert page.masked[4] == HIDDEN
    assert [page.masked[at] for at in range(7)] == [
        *mask("a `b\nc` d").split("\n"),
        *("", HIDDEN * 3, HIDDEN, HIDDEN * 3),
        mask("# f $g$"),
    ]
