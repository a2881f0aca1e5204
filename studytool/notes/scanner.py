"""Which lines of a note form which blocks: markdown-it's block pass, written for notes of which thousands are read.

The rules are CommonMark's with tables, definition lists, footnotes and formulas, and give what markdown-it's own give;
a line is shown only to those that its first character can begin. What is rare and long, the definitions of link
targets, is left to markdown-it's own rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import ClassVar

from studytool.notes.html_block import html_way
from studytool.notes.scan_containers import FOOTNOTE, Containers
from studytool.notes.scan_leaves import FENCE, HEADING, PLAIN, Leaves
from studytool.notes.scan_lines import DEEPEST, Found, Rule, Where

_UNDERLINE = re.compile(r"(?:-+|=+)[ \t]*(?:\n|\Z)")


def find_blocks(lines: Sequence[str]) -> list[Found]:
    """The blocks that lines form, in their order."""
    if not lines:
        return []
    scanner = Scanner(lines)
    scanner.blocks(0, scanner.lineMax)
    return scanner.found


class Scanner(Containers):
    """The pass: which rules a line is shown to, and what is a paragraph because none applies."""

    rules: ClassVar[Mapping[str, Sequence[Rule]]] = {
        "$": (Leaves.math,),
        "%": (Leaves.comment,),
        "`": (Leaves.fence,),
        "~": (Leaves.fence,),
        ">": (Containers.quote,),
        "*": (Leaves.rule, Containers.items),
        "-": (Leaves.rule, Containers.items),
        "_": (Leaves.rule,),
        "+": (Containers.items,),
        "[": (Containers.footnote, Leaves.reference),
        "<": (Leaves.html,),
        "#": (Leaves.heading,),
        **dict.fromkeys("0123456789", (Containers.items,)),
    }

    def blocks(self, line: int, end: int) -> None:
        """Find the blocks of a container's lines."""
        begins, ends, shifts, widths = self.bMarks, self.eMarks, self.tShift, self.sCount
        source, last, rules = self.src, self.lineMax, self.rules
        margin, under_heads = self.blkIndent, self.under_heads
        while line < end:
            while (at := begins[line] + shifts[line]) >= ends[line] and line < last:
                line += 1
            self.line = line
            if line >= end or widths[line] < margin:
                return
            if self.level >= DEEPEST:  # nobody nests so deeply: what else stands here is not looked at
                self.line = end
                return
            if widths[line] - margin >= 4:
                self.code(line, end)
            elif line + 1 not in under_heads or not self.table(line, end):
                for rule in rules.get(source[at], ()):
                    if rule(self, line, end):
                        break
                else:
                    self.text(line, end)
            line = self.line
            if line < end and begins[line] + shifts[line] >= ends[line]:
                line += 1
                self.line = line

    def text(self, line: int, end: int) -> None:
        """A paragraph, or what looks like one in its first line."""
        stop, level = self.paragraph_end(line, end, end)
        if level:
            found = self.add("heading", line, stop + 1)
            found.title = self.dedented(line, stop).strip()
            found.level, found.mark = level, "=" if level == 1 else "-"
        elif self.has_definitions and self.definitions(line, end):
            pass
        elif self.is_label(line):
            self.add("paragraph", line, line + 1).mark = "label"
        else:
            if end != self.lineMax:  # a paragraph goes on over what its container does not hold any more
                stop, _ = self.paragraph_end(line, self.lineMax, 0)
            self.add("paragraph", line, stop)

    def paragraph_end(self, line: int, end: int, underlined_before: int) -> tuple[int, int]:
        """The line after a paragraph; or the line that underlines it, and the level of the heading it makes of it."""
        begins, ends, shifts, widths, source = self.bMarks, self.eMarks, self.tShift, self.sCount, self.src
        margin, under_heads = self.blkIndent, self.under_heads
        line += 1
        while line < end:
            at = begins[line] + shifts[line]
            if at >= ends[line]:
                break
            width = widths[line]
            if width - margin <= 3:
                first = source[at]
                if first in "-=" and width >= margin and line < underlined_before and _UNDERLINE.match(source, at):
                    return line, 1 if first == "=" else 2
                if width >= 0 and (first not in PLAIN or line + 1 in under_heads):
                    if first.isalpha() and line + 1 not in under_heads:  # no mark: it can only be a label
                        if self.is_label(line):
                            break
                    elif self.interrupts(line, end, "paragraph"):
                        break
            line += 1
        return line, 0

    def interrupts(self, line: int, end: int, where: Where) -> bool:
        """Whether a line begins a block where a paragraph, a quote or a list could go on."""
        at = self.bMarks[line] + self.tShift[line]
        if at >= self.eMarks[line]:
            return False
        source, first = self.src, self.src[at]
        if first == "%" and self.comment_end(line, end):
            return True
        width = self.sCount[line] - self.blkIndent
        if width >= 4:
            return False
        prose = where in ("paragraph", "reference")
        if prose and line + 1 in self.under_heads and self.table_columns(line, end):
            return True
        if first in PLAIN:
            return False
        if first in "-*+_0123456789":
            if where != "list" and first != "_" and self.list_goes_on(line, where == "paragraph" and width >= 0):
                return True
            return self.is_rule(line) or (first in "*_" and self.is_label(line))
        if first == ">":
            return True
        if first in "`~" and FENCE.match(source, at):
            return True
        if first in ":~":
            return where != "list" and self.ddIndent >= 0 and self.definition(line) >= 0
        if first == "#":
            return where != "list" and HEADING.match(source, at) is not None
        if first == "<":
            way = html_way(source[at : self.eMarks[line]]) if where != "list" else None
            return way is not None and way.interrupts
        if first == "[" and prose and FOOTNOTE.match(source, at):
            return True
        return self.is_label(line)
