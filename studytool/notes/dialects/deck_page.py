"""The lines of a note as a deck sees them: which are code, comments, headings, schedules, or say nothing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from studytool.notes.dialects.deck_lines import TAG, is_tag, says_anything, schedule_comments
from studytool.notes.lazy import cached_property
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.scheduling import SCHEDULE_COMMENT
from studytool.notes.topic import LONGEST_TAGS
from studytool.notes.written import written

_PROTECTED = frozenset({"fence", "code", "math"})
_BLOCK_ID = re.compile(r"(?:^|[ \t])\^([A-Za-z0-9-]{2,})[ \t]*$")
_NO_NAME = ("", " ", "#")
"""What follows `#` where it begins no tag."""
_META = "[!sr|"
"""How the callout begins in which newer versions of the plugin keep their comment."""


@dataclass
class Lines:
    """The lines of a page, counted from 1, and what each is to a card."""

    page: Page

    @property
    def numbers(self) -> range:
        """The numbers of the body's lines."""
        return range(self.page.body_start, len(self.page.raw) + 1)

    def raw(self, number: int) -> str:
        """A line as it is written."""
        return self.page.raw[number - 1]

    def masked(self, number: int) -> str:
        """A line with protected text hidden, in the same columns."""
        return self.page.masked[number - 1]

    @cached_property
    def protected(self) -> frozenset[int]:
        """Lines of code and formulas."""
        return frozenset([*self._lines(_PROTECTED), *self._formulas()])

    def _formulas(self) -> Iterator[int]:
        """The lines of formulas between lines `$$` right under text, which markdown takes for a part of it."""
        signs = self.page.lines_with("$$")
        opened = 0
        begin = signs[0] if signs else len(self.page.raw) + 1
        for number, raw in enumerate(self.page.raw[begin - 1 :], begin):
            line = raw.strip(" \t>")
            if opened and "$$" in line:
                if line.endswith("$$") and line.count("$$") == 1:
                    yield from range(opened, number + 1)
                opened = 0
            elif line.startswith("$$") and line.count("$$") == 1:
                opened = number
            elif number in self.headings or line in ("?", "??") or line.startswith(("```", SCHEDULE_COMMENT)):
                opened = 0

    @cached_property
    def comments(self) -> frozenset[int]:
        """Lines of comments."""
        return frozenset(self._lines(frozenset({"comment"})))

    def _lines(self, kinds: frozenset[str]) -> Iterator[int]:
        for kind in kinds:
            for block in self.page.of_kind(kind):
                yield from range(block.line, block.end_line + 1)

    @cached_property
    def headings(self) -> dict[int, Block]:
        """The heading of each line that begins one."""
        return {block.line: block for block in self.page.of_kind("heading")}

    @cached_property
    def schedules(self) -> dict[int, tuple[str, ...]]:
        """The comments with a schedule of each line that has one, without their ends."""
        found: dict[int, tuple[str, ...]] = {}
        for number in self.page.lines_with(SCHEDULE_COMMENT):
            line = self.raw(number)
            if number not in self.protected and (told := schedule_comments(line)):
                found[number] = told
        return found

    @cached_property
    def bare_schedules(self) -> frozenset[int]:
        """Lines that hold schedules and nothing else."""
        return frozenset(n for n in self.schedules if not written(self.raw(n).lstrip(" \t>")).strip(" \t>"))

    def only_schedule(self, number: int) -> bool:
        """Whether a line holds a schedule and nothing else."""
        return number in self.bare_schedules

    def is_meta(self, number: int) -> bool:
        """Whether a line is the plugin's own: a schedule, or the callout it keeps it in."""
        return number in self.metas

    @cached_property
    def metas(self) -> frozenset[int]:
        """The plugin's own lines."""
        found = self.page.lines_with(_META)
        return self.bare_schedules.union(n for n in found if self.raw(n).lstrip(" \t>").startswith(_META))

    def only_tags(self, number: int) -> bool:
        """Whether a line is made of tags alone."""
        line = self.raw(number).lstrip()
        if line[:1] != "#" or line[1:2] in _NO_NAME or len(line) > LONGEST_TAGS:
            return False
        words = dict.fromkeys(line.split())
        return all(TAG.fullmatch(word) and is_tag(word[1:]) for word in words)

    def is_id(self, number: int) -> bool:
        """Whether a line is only the name of a block."""
        line = self.raw(number).strip()
        return line[:1] == "^" and bool(_BLOCK_ID.fullmatch(line))

    def level_above(self, start: int, middle: int) -> int:
        """The level of the last heading from `start` to before `middle`, else of the one above them; 0 for none."""
        own = [self.headings[n].level for n in range(start, middle) if n in self.headings]
        if own:
            return own[-1]
        at = bisect_left(self.heading_lines, start)
        return self.headings[self.heading_lines[at - 1]].level if at else 0

    @cached_property
    def heading_lines(self) -> list[int]:
        """The lines of headings, in order."""
        return sorted(self.headings)

    def first_said(self, first: int, last: int) -> int:
        """The first of these lines that says anything; the one after them where none does."""
        return next((n for n in range(first, last + 1) if self.says(n, n)), last + 1)

    def says(self, first: int, last: int) -> bool:
        """Whether any of these lines says anything."""
        return any(says_anything(self.raw(n)) and not self.dropped(n) for n in range(first, last + 1))

    def dropped(self, number: int) -> bool:
        """Whether a line is a mark rather than text: a schedule, tags alone, a block's name."""
        if number in self.protected:
            return False
        return self.is_meta(number) or self.only_tags(number) or self.is_id(number)
