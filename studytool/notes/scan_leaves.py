"""Blocks that hold no others: headings, code, formulas, comments, tables, HTML, rules, labels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytool.notes.html_block import html_way
from studytool.notes.lazy import cached_property
from studytool.notes.scan_lines import BLANK, Lines
from studytool.notes.words import SECTION_OF

if TYPE_CHECKING:
    from studytool.notes.references import References

FENCE = re.compile(r"~{3,}|`{3,}(?=[^`\n]*(?:\n|\Z))")
HEADING = re.compile(r"#{1,6}(?=[ \t\n]|\Z)")
_DELIMITERS = re.compile(r"[-:|][-:|][-:| \t]*(?:\n|\Z)|[:|][ \t][-:| \t]*(?:\n|\Z)")
_LONGEST_LABEL = 120
_LONGEST_SECTION = max(map(len, SECTION_OF))
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz!\"$&'(),./;=?@\\]^{|}")
"""First characters of lines that go on with a paragraph, whatever follows, and that are no label."""


class Leaves(Lines):
    """The rules for them."""

    def is_label(self, line: int) -> bool:
        """Whether a line names a part of the note ("Summary", "Questions:"): it stands alone even without blank lines.

        Pages pasted as plain text have no blank lines; a list would swallow the label that follows it.
        """
        at, stop = self.bMarks[line] + self.tShift[line], self.eMarks[line]
        if stop - at > _LONGEST_LABEL or self.src[at] in PLAIN:
            return False
        if stop - at > _LONGEST_SECTION and self.src[at].isalnum():
            last = self.src[stop - 1]
            if last not in ":*_" and not last.isspace():
                return False  # too long for the name of a section, and no colon ends it
        return is_label(self.src[at:stop])

    def is_rule(self, line: int) -> bool:
        """Whether a line holds three or more of its first character, and blanks, and nothing else."""
        at, stop = self.bMarks[line] + self.tShift[line], self.eMarks[line]
        mark = self.src[at]
        if stop - at < 3 or mark not in "*-_" or self.src[stop - 1] not in (mark, " ", "\t"):
            return False
        text = self.src[at:stop].replace(" ", "").replace("\t", "")
        return len(text) >= 3 and not text.strip(mark)

    def rule(self, line: int, end: int) -> bool:
        """A rule across the page."""
        return self.is_rule(line) and self.add("hr", line, line + 1) is not None

    def code(self, line: int, end: int) -> None:
        """Indented code."""
        last = following = line + 1
        while following < end:
            if not self.isEmpty(following):
                if self.sCount[following] - self.blkIndent < 4:
                    break
                last = following + 1
            following += 1
        self.add("code", line, last)

    def fence(self, line: int, end: int) -> bool:
        """Code between fences, to the closing one or to where its container ends."""
        opened = FENCE.match(self.src, self.bMarks[line] + self.tShift[line])
        if not opened:
            return False
        run = opened.group()
        following, after = line + 1, 0
        while following < end:
            at = self.bMarks[following] + self.tShift[following]
            if at < self.eMarks[following]:
                if self.sCount[following] < self.blkIndent:
                    break
                if self.src[at] == run[0] and self.sCount[following] - self.blkIndent < 4:
                    closing = self.src[at : self.eMarks[following]].rstrip(BLANK)
                    if len(closing) >= len(run) and not closing.strip(run[0]):
                        after = 1
                        break
            elif at >= len(self.src):
                break  # markdown-it leaves a blank last line of the file outside
            following += 1
        found = self.add("fence", line, following + after)
        found.mark, found.title = run, self.src[opened.end() : self.eMarks[line]]
        return True

    def comment_end(self, line: int, end: int) -> int:
        """The line after an Obsidian comment, `%%` at the start of a line to the next `%%`; 0 where there is none.

        One that never closes is text, and so is one that text follows: it stands inside a paragraph.
        """
        at = self.bMarks[line] + self.tShift[line]
        if not self.src.startswith("%%", at):
            return 0
        close = self.src.find("%%", at + 2)
        if close < 0 or close >= self.eMarks[end - 1]:
            return 0
        while self.eMarks[line] < close:
            line += 1
        return 0 if self.src[close + 2 : self.eMarks[line]].strip() else line + 1

    def comment(self, line: int, end: int) -> bool:
        """An Obsidian comment."""
        after = self.comment_end(line, end)
        return after > 0 and self.add("comment", line, after) is not None

    def heading(self, line: int, end: int) -> bool:
        """A heading that begins with `#`."""
        opened = HEADING.match(self.src, self.bMarks[line] + self.tShift[line])
        if not opened:
            return False
        text = self.src[opened.end() : self.eMarks[line]].rstrip(BLANK)
        open_text = text.rstrip("#")  # a closing row of # goes where a blank stands before it
        found = self.add("heading", line, line + 1)
        found.level = opened.end() - opened.start()
        found.title = (open_text if open_text[-1:] in (" ", "\t") else text).strip()
        return True

    def html(self, line: int, end: int) -> bool:
        """A block of HTML, to the line that closes it or before a blank one, or where its container ends."""
        text = self.src[self.bMarks[line] + self.tShift[line] : self.eMarks[line]]
        way = html_way(text)
        if not way:
            return False
        following = line + 1
        while not way.ends_in(text) and following < end:
            text = self.src[self.bMarks[following] + self.tShift[following] : self.eMarks[following]]
            if self.sCount[following] < self.blkIndent and (way.end is None or text):
                break
            if not text and way.end is None:
                break
            following += 1
        self.add("html", line, following)
        return True

    def reference(self, line: int, end: int) -> bool:
        """The definition of a link's target, of which no block is made."""
        if not self.has_references or self.src.startswith("[[", self.bMarks[line] + self.tShift[line]):
            return False
        after = self.references.end_of(line, end)
        self.line = after or self.line
        return after > 0

    @cached_property
    def references(self) -> References:
        """What reads the definitions of link targets."""
        from studytool.notes.references import References

        return References(self)

    def math(self, line: int, end: int) -> bool:
        """A formula between `$$`, the first at the start of a line, the last at the end of one."""
        at = self.bMarks[line] + self.tShift[line]
        if not self.src.startswith("$$", at):
            return False
        text = self.src[at : self.eMarks[line]]
        if len(text.strip()) > 3:
            if _ends_formula(text):
                self.add("math", line, line + 1)
                return True
            if "$$" in text[2:]:
                return False
        first, last = self.no_formula
        if first <= line and end <= last:
            return False
        for following in range(line + 1, end):
            text = self.src[self.bMarks[following] + self.tShift[following] : self.eMarks[following]]
            if "$$" in text and _ends_formula(text):
                self.add("math", line, following + 1)
                return True
        self.no_formula = (line, end)
        return False

    def table_columns(self, line: int, end: int) -> int:
        """The number of columns of the table whose head is `line`; 0 where none begins."""
        below = line + 1
        if below >= end:
            return 0
        at = self.bMarks[below] + self.tShift[below]
        if at >= self.eMarks[below] or self.src[at] not in "|-:" or not _DELIMITERS.match(self.src, at):
            return 0
        if not 0 <= self.sCount[below] - self.blkIndent < 4 or self.sCount[line] - self.blkIndent >= 4:
            return 0
        head = self.src[self.bMarks[line] + self.tShift[line] : self.eMarks[line]].strip()
        if "|" not in head:
            return 0
        cells = [cell.strip() for cell in self.src[at : self.eMarks[below]].split("|")]
        if not cells[0]:
            cells.pop(0)
        if cells and not cells[-1]:
            cells.pop()
        if not all(cell.removeprefix(":").removesuffix(":").strip("-") == "" and "-" in cell for cell in cells):
            return 0
        return len(cells) if _cells(head) == len(cells) else 0

    def table(self, line: int, end: int) -> bool:
        """A table: a head, a line of dashes, rows."""
        columns = self.table_columns(line, end)
        if not columns:
            return False
        missing, row = 0, line + 2
        while row < end and self.sCount[row] >= self.blkIndent and not self.interrupts(row, end, "quote"):
            text = self.src[self.bMarks[row] + self.tShift[row] : self.eMarks[row]].strip()
            if not text or self.sCount[row] - self.blkIndent >= 4:
                break
            missing += columns - _cells(text)
            if missing > 0x10000:
                break
            row += 1
        self.add("table", line, row)
        return True


def _cells(row: str) -> int:
    """The number of cells in the row of a table, without blanks around it."""
    bars = row.count("|") - row.count("\\|")
    return bars + 1 - row.startswith("|") - (row.endswith("|") and not row.endswith("\\|"))


def _ends_formula(text: str) -> bool:
    """Whether a line ends in `$$`, or in `$$` and the number of the equation in parentheses."""
    text = text.rstrip()
    if text.endswith("$$"):
        return True
    at = text.rfind("$$")
    number = text[at + 2 : -1].lstrip() if at >= 0 and text.endswith(")") else ""
    return len(number) > 1 and number[0] == "(" and not any(mark in number for mark in ")$\r")


def is_label(line: str) -> bool:
    """Whether a line is a label: a capitalised section word, or up to 14 words and a colon at the end."""
    text = line.strip().strip("*_").strip()
    if not text or not (text[0].isupper() or text.startswith("[[")):
        return False
    if text[-1] == ":" and text[-2:] != "::":
        return len(text.split()) <= 14 and not any(mark in text for mark in ("|", ". ", "? ", "`", "$"))
    return len(text) <= _LONGEST_SECTION and text.casefold() in SECTION_OF
