"""Definitions of link targets, `[label]: target "title"`, left to markdown-it's own rule: long, and rarely needed.

Imported by the scanner for notes that may hold one: markdown-it takes 45 ms.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock, reference

if TYPE_CHECKING:
    from studytool.notes.scan_lines import Lines


@cache
def _markdown_it() -> MarkdownIt:
    """What the rule wants to know: what interrupts a definition."""
    parser = MarkdownIt("commonmark")
    parser.block.ruler = Ruler()
    parser.block.ruler.push("scanner", _interrupts, {"alt": ["reference"]})
    return parser


def _interrupts(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    return isinstance(state, References) and state.scanner.interrupts(line, end, "reference")


class References(StateBlock):
    """A scanner as the rule sees it: one of markdown-it's states, over the same lists."""

    src: str = ""

    def __init__(self, scanner: Lines) -> None:
        self.scanner = scanner
        self.src, self.md = scanner.src, _markdown_it()
        self.env, self.tokens = {}, []
        self.bMarks, self.eMarks = scanner.bMarks, scanner.eMarks
        self.tShift, self.sCount, self.bsCount = scanner.tShift, scanner.sCount, scanner.bsCount
        self.ddIndent = self.listIndent = -1
        self.level = 0
        self.parentType, self.tight, self.result = "root", False, ""
        self._code_enabled = True

    def end_of(self, line: int, end: int) -> int:
        """The line after the definition that begins at `line`; 0 where none does."""
        self.line, self.lineMax, self.blkIndent = line, self.scanner.lineMax, self.scanner.blkIndent
        return self.line if reference(self, line, end, False) else 0
