"""A note as the lines that its blocks are found in: where each begins and ends inside the containers around it."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate
from operator import add
from typing import Any, ClassVar, Literal

BLANK = " \t"
DEEPEST = 20
"""Containers in each other beyond which nobody looks."""
_DEFINES = {mark: re.compile(rf"{mark}(?<=[\n \t>:].)[ \t]") for mark in ":~"}
"""What may be a definition, by its mark: each begins with one sign, which is found in no time."""


class Found:
    """A block as lines `first` to `end` (from 0, `end` not included) with the blocks in it."""

    level = 0
    mark = ""
    """What opens a fence or underlines a heading; `label` for a paragraph that is one."""
    title = ""
    """The text of a heading, what follows the mark of a fence."""

    def __init__(self, kind: str, first: int, end: int, children: Sequence[Found] = ()) -> None:
        self.kind = kind
        self.first = first
        self.end = end
        self.children = children


Where = Literal["paragraph", "reference", "quote", "list"]
"""What a line is about to interrupt."""
Rule = Callable[[Any, int, int], bool]
"""A method of `scanner.Scanner` that is shown a line and the end of the lines around it."""


class Lines(ABC):
    """The state of the pass, in markdown-it's terms, and what all rules do with it.

    For each line `bMarks` is where it begins in the text, after the markers of the containers around it, `eMarks` where
    it ends, `tShift` how many blanks it begins with and `sCount` how wide they are. A rule looks at `line`, does not
    look at or beyond `end`, and where it applies adds to `found` and sets `self.line` to what follows.
    """

    rules: ClassVar[Mapping[str, Sequence[Rule]]] = {}
    """The rules that a line's first character can begin, but for those that any line can."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.src = text = "\n".join(lines)
        lengths = [len(line) for line in lines]
        self.bMarks = list(accumulate([length + 1 for length in lengths], initial=0))
        self.eMarks: list[int] = list(map(add, self.bMarks, lengths))
        self.tShift = [0 if line[:1] > " " else len(line) - len(line.lstrip(BLANK)) for line in lines]
        self.sCount = self.tShift.copy()
        if "\t" in text:
            for number, line in enumerate(lines):
                if (shift := self.tShift[number]) and "\t" in line[:shift]:
                    self.sCount[number] = len(line[:shift].expandtabs(4))
        last = len(lines)
        if self.tShift[-1] == lengths[-1]:  # markdown-it does not count a last line that is blank
            last -= 1
        self.lineMax = last
        self.bMarks[last:] = self.eMarks[last:] = [len(text)]
        self.tShift[last:] = self.sCount[last:] = [0]
        self.bsCount = [0] * (last + 1)
        self.blkIndent, self.line, self.level = 0, 0, 0
        self.ddIndent = self.listIndent = -1
        self.found: list[Found] = []
        self.under_heads: set[int] = set()
        if "|" in text:
            self.under_heads.update([n for n, line in enumerate(lines) if "-" in line and _may_delimit(line)])
        """Lines that may stand under the head of a table."""
        self.has_definitions = _may_define(text)
        self.has_references = "]:" in self.src
        self.no_formula = (0, 0)
        """Lines among which none ends a formula."""

    @abstractmethod
    def blocks(self, line: int, end: int) -> None:
        """Find the blocks of a container's lines."""

    @abstractmethod
    def interrupts(self, line: int, end: int, where: Where) -> bool:
        """Whether a line begins a block where a paragraph, a quote or a list could go on."""

    def add(self, kind: str, first: int, end: int) -> Found:
        """The block that a rule has found; the pass goes on after it."""
        found = Found(kind, first, end)
        self.found.append(found)
        self.line = end
        return found

    def isEmpty(self, line: int) -> bool:
        """Whether nothing stands in a line."""
        return self.bMarks[line] + self.tShift[line] >= self.eMarks[line]

    def dedented(self, line: int, end: int) -> str:
        """The text of lines, those after the first without the indentation of their container."""
        texts = [self.src[self.bMarks[line] + self.tShift[line] : self.eMarks[line]]]
        for number in range(line + 1, end):
            at, width = self.bMarks[number], 0
            while width < self.blkIndent and at < self.eMarks[number] and self.src[at] in BLANK:
                width += 1 if self.src[at] == " " else 4 - (width + self.bsCount[number]) % 4
                at += 1
            texts.append(" " * (width - self.blkIndent) + self.src[at : self.eMarks[number]])
        return "\n".join(texts)

    def _past_blanks(self, at: int, stop: int, width: int, before: int) -> tuple[int, int]:
        """The place after the blanks at `at`, and its column, where `width` is that of `at` less `before`."""
        source = self.src
        while at < stop:
            if source[at] == " ":
                width += 1
            elif source[at] == "\t":
                width += 4 - (width + before) % 4
            else:
                break
            at += 1
        return at, width

    def _inside(self, kind: str, line: int, end: int) -> Found:
        """The container that these lines, whose marks have been set, are the content of."""
        outer, self.found = self.found, []
        self.level += 1
        self.blocks(line, end)
        self.level -= 1
        found = Found(kind, line, self.line, self.found)
        self.found = outer
        outer.append(found)
        return found


def _may_define(text: str) -> bool:
    """Whether a definition may stand in a text: its mark at the start of a line, or after that of a container."""
    return any(mark in text and found.search(text) for mark, found in _DEFINES.items())


def _may_delimit(line: str) -> bool:
    """Whether a line ends as one does that parts the head of a table from its rows."""
    return "-" in line[len(line.rstrip("-:| \t")) :]
