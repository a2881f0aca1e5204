"""Blocks that hold others: quotes, lists and their items, footnotes, lists of definitions."""

from __future__ import annotations

import re

from studytool.notes.scan_leaves import Leaves
from studytool.notes.scan_lines import BLANK, DEEPEST, Found

_ORDERED = re.compile(r"[0-9]{1,9}[.)](?=[ \t\n]|\Z)")
FOOTNOTE = re.compile(r"\[\^[^\] \n]+\]:")


class Containers(Leaves):
    """The rules for them: each sets the marks of its lines to what is inside and has the blocks of those found."""

    def quote(self, line: int, end: int) -> bool:
        """A block quote: the lines that begin with `>`, and those that go on with the paragraph such lines end in."""
        begins, ends, shifts, widths, before = self.bMarks, self.eMarks, self.tShift, self.sCount, self.bsCount
        last_line = self.lineMax
        saved: list[tuple[int, int, int, int]] = []
        open_end, following = False, line  # whether the last line can be gone on with
        while following < end:
            at = begins[following] + shifts[following]
            if at >= ends[following]:
                break
            if self.src[at] == ">" and (following == line or widths[following] >= self.blkIndent):
                saved.append((begins[following], shifts[following], widths[following], before[following]))
                open_end = self._unquote(following, at + 1)
                following += 1
                continue
            if not open_end:
                break
            stops = self.interrupts(following, end, "quote")
            if stops:
                self.lineMax = following
                if not self.blkIndent:
                    break
            saved.append((begins[following], shifts[following], widths[following], before[following]))
            if stops:
                widths[following] -= self.blkIndent
                break
            widths[following] = -1  # it goes on with a paragraph, whatever it is
            following += 1
        margin, self.blkIndent = self.blkIndent, 0
        self._inside("quote", line, following)
        self.lineMax, self.blkIndent = last_line, margin
        for number, marks in enumerate(saved, line):
            begins[number], shifts[number], widths[number], before[number] = marks
        return True

    def _unquote(self, line: int, at: int) -> bool:
        """Take the `>` before `at` and a blank after it from a line; whether something is left."""
        initial = width = self.sCount[line] + 1
        following = self.src[at : at + 1]
        split_tab = 0  # a tab of which one column belongs to the marker
        if following == " " or (following == "\t" and (self.bsCount[line] + width) % 4 == 3):
            at, initial, width = at + 1, initial + 1, width + 1
        elif following == "\t":
            split_tab = 1
        self.bMarks[line] = at
        stop = self.eMarks[line]
        at, width = self._past_blanks(at, stop, width, self.bsCount[line] + split_tab)
        self.bsCount[line] = self.sCount[line] + 1 + (following in (" ", "\t"))
        self.sCount[line] = width - initial
        self.tShift[line] = at - self.bMarks[line]
        return at < stop

    def marker(self, line: int) -> int:
        """The place after the marker of the list item that a line begins with; -1 where it begins with none."""
        at, stop = self.bMarks[line] + self.tShift[line], self.eMarks[line]
        if at >= stop:
            return -1
        if self.src[at] in "-*+":
            return at + 1 if at + 1 >= stop or self.src[at + 1] in " \t" else -1
        found = _ORDERED.match(self.src, at)
        return found.end() if found else -1

    def list_goes_on(self, line: int, after_text: bool) -> bool:
        """Whether an item begins; after a line of text it must hold something, and be the first if it is numbered."""
        width = self.sCount[line]
        if self.listIndent >= 0 and width - self.listIndent >= 4 and width < self.blkIndent:
            return False  # too deep for an item of the list around, not deep enough for one in it
        after = self.marker(line)
        if after < 0 or not after_text:
            return after >= 0
        if self.src[after - 1] in ".)" and int(self.src[self.bMarks[line] + self.tShift[line] : after - 1]) != 1:
            return False
        return bool(self.src[after : self.eMarks[line]].strip(BLANK))

    def items(self, line: int, end: int) -> bool:
        """A list with its items; False where none begins here."""
        if not self.list_goes_on(line, False):
            return False
        begins, shifts, widths = self.bMarks, self.tShift, self.sCount
        after = self.marker(line)
        mark = self.src[after - 1]
        outer, outer_indent, margin = self.found, self.listIndent, self.blkIndent
        items: list[Found] = []
        self.level += 1
        item = line
        while True:
            self.found = items
            shift, width, stop = shifts[item], widths[item], self.eMarks[item]
            beside = width + after - begins[item] - shift  # the column after the marker
            at, column = after + 1, beside + 1
            if self.src[after:at] != " " or self.src[at : at + 1] in BLANK:
                at, column = self._past_blanks(after, stop, beside, self.bsCount[item])
            gap = column - beside if at < stop and column - beside <= 4 else 1
            self.listIndent, self.blkIndent = margin, beside + gap
            shifts[item], widths[item] = at - begins[item], column
            if at >= stop and self.isEmpty(item + 1):  # an item that begins with a blank line holds nothing else
                self.line = min(item + 2, end)
                items.append(Found("item", item, self.line))
            elif at < stop and column == self.blkIndent and self._is_one_line(item, end):
                self.line = item + 1
                items.append(Found("item", item, item + 1, (Found("paragraph", item, item + 1),)))
            else:
                self._inside("item", item, end)
            self.listIndent, self.blkIndent = outer_indent, margin
            shifts[item], widths[item] = shift, width
            item = self.line
            if item >= end or not 0 <= widths[item] - margin < 4:
                break
            after = self.marker(item)
            if after < 0 or self.src[after - 1] != mark or (mark in "-*" and self.interrupts(item, end, "list")):
                break
        self.level -= 1
        self.found = outer
        outer.append(Found("list", line, item, items))
        return True

    def _is_one_line(self, item: int, end: int) -> bool:
        """Whether an item is one line of text and another item, not one of its own, follows at once. Most are."""
        below = item + 1
        if below >= end or self.level >= DEEPEST - 1 or not 0 <= self.sCount[below] < self.blkIndent:
            return False
        plain = self.src[self.bMarks[item] + self.tShift[item]] not in self.rules and not self.is_label(item)
        return plain and self.sCount[below] - self.listIndent < 4 and self.marker(below) >= 0

    def footnote(self, line: int, end: int) -> bool:
        """The text of a footnote, with what is indented under it."""
        opened = FOOTNOTE.match(self.src, self.bMarks[line] + self.tShift[line])
        if not opened:
            return False
        marks = self.bMarks[line], self.tShift[line], self.sCount[line]
        begin = opened.end()
        initial = self.sCount[line] + begin - opened.start()
        at, width = self._past_blanks(begin, self.eMarks[line], initial, 0)
        self.bMarks[line], self.tShift[line], self.sCount[line] = begin, at - begin, width - initial
        self.blkIndent += 4
        if self.sCount[line] < self.blkIndent:
            self.sCount[line] += self.blkIndent
        self._inside("footnote_reference", line, end)
        self.blkIndent -= 4
        self.bMarks[line], self.tShift[line], self.sCount[line] = marks
        return True

    def definition(self, line: int) -> int:
        """The place after the `:` or `~` that a line begins with, where a blank and text follow; else -1."""
        at, stop = self.bMarks[line] + self.tShift[line], self.eMarks[line]
        if at >= stop or self.src[at] not in ":~" or self.src[at + 1 : at + 2] not in (" ", "\t"):
            return -1
        return at + 1 if self.src[at + 1 : stop].strip(BLANK) else -1

    def _defined(self, term: int, end: int) -> int:
        """The line of the first definition of the term at `term`, or -1."""
        line = term + 1
        if line < end and self.isEmpty(line):
            line += 1
        return line if line < end and self.sCount[line] >= self.blkIndent and self.definition(line) >= 0 else -1

    def definitions(self, line: int, end: int) -> bool:
        """A list of terms, each on a line of its own, with one or more definitions under it."""
        text = self._defined(line, end)
        if text < 0:
            return False
        outer, self.found = self.found, []
        self.level += 1
        term, following = line, text
        while text >= 0:
            self.found.append(Found("dt", term, term + 1))
            while text >= 0:
                dd = self._definition(text, end)
                dd.first = dd.children[0].first if dd.children else following
                following = self.line
                goes_on = following < end and self.sCount[following] >= self.blkIndent
                text = following if goes_on and self.definition(following) >= 0 else -1
            if not goes_on or self.isEmpty(following):
                break
            term, text = following, self._defined(following, end)
        self.level -= 1
        found = Found("definitions", line, following, self.found)
        self.found = outer
        outer.append(found)
        self.line = following
        return True

    def _definition(self, line: int, end: int) -> Found:
        shift, width, margin, outer = self.tShift[line], self.sCount[line], self.blkIndent, self.ddIndent
        begin = self.definition(line)
        beside = width + begin - self.bMarks[line] - shift
        at, column = self._past_blanks(begin, self.eMarks[line], beside, 0)
        self.blkIndent = self.ddIndent = width + 2
        self.tShift[line], self.sCount[line] = at - self.bMarks[line], column
        found = self._inside("dd", line, end)
        self.tShift[line], self.sCount[line], self.blkIndent, self.ddIndent = shift, width, margin, outer
        return found
