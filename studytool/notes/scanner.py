"""Which lines of a note form which blocks: markdown-it's block pass, written for notes of which thousands are read.

The rules are CommonMark's with tables, definition lists, footnotes and formulas, and give what markdown-it's own give;
a line is shown only to those that its first character can begin. What is rare and long, the definitions of link
targets, is left to markdown-it's own rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate
from operator import add, sub
from typing import TYPE_CHECKING, Literal

from studytool.notes.html_block import html_way
from studytool.notes.words import SECTION_OF

if TYPE_CHECKING:
    from studytool.notes.references import References

_FENCE = re.compile(r"~{3,}|`{3,}(?=[^`\n]*(?:\n|\Z))")
_HEADING = re.compile(r"#{1,6}(?=[ \t\n]|\Z)")
_UNDERLINE = re.compile(r"(?:-+|=+)[ \t]*(?:\n|\Z)")
_ORDERED = re.compile(r"[0-9]{1,9}[.)](?=[ \t\n]|\Z)")
_FOOTNOTE = re.compile(r"\[\^[^\] \n]+\]:")
_DELIMITERS = re.compile(r"[-:|][-:|][-:| \t]*(?:\n|\Z)|[:|][ \t][-:| \t]*(?:\n|\Z)")
_DEFINES = re.compile(r"[:~](?<=[\n \t>:][:~])[ \t]")
_BLANK = " \t"
_DEEPEST = 20
_LONGEST_LABEL = 120
_LONGEST_SECTION = max(map(len, SECTION_OF))


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


def find_blocks(text: str) -> list[Found]:
    """The blocks of a text, in its order."""
    scanner = Scanner(text)
    scanner.blocks(0, scanner.lineMax)
    return scanner.found


class Scanner:
    """The state of the pass, in markdown-it's terms, and the rules on it.

    For each line `bMarks` is where it begins in the text, after the markers of the containers around it, `eMarks` where
    it ends, `tShift` how many blanks it begins with and `sCount` how wide they are. A rule looks at `line`, does not
    look at or beyond `end`, and where it applies adds to `found` and sets `self.line` to what follows.
    """

    def __init__(self, text: str) -> None:
        self.src = text
        lines = text.split("\n")
        lengths = [len(line) for line in lines]
        self.bMarks = list(accumulate([length + 1 for length in lengths], initial=0))
        self.eMarks: list[int] = list(map(add, self.bMarks, lengths))
        self.tShift: list[int] = list(map(sub, lengths, [len(line.lstrip(_BLANK)) for line in lines]))
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
        self.under_heads = {number for number, line in enumerate(lines) if _may_delimit(line)} if "|" in text else set()
        """Lines that may stand under the head of a table."""
        self.has_definitions = _DEFINES.search(self.src) is not None
        self.has_references = "]:" in self.src
        self.no_formula = (0, 0)
        """Lines among which none ends a formula."""

    def add(self, kind: str, first: int, end: int) -> Found:
        """The block that a rule has found; the pass goes on after it."""
        found = Found(kind, first, end)
        self.found.append(found)
        self.line = end
        return found

    def blocks(self, line: int, end: int) -> None:
        """Find the blocks of a container's lines."""
        begins, ends, shifts, widths = self.bMarks, self.eMarks, self.tShift, self.sCount
        source, last = self.src, self.lineMax
        while line < end:
            while line < last and begins[line] + shifts[line] >= ends[line]:
                line += 1
            self.line = line
            if line >= end or widths[line] < self.blkIndent:
                return
            if self.level >= _DEEPEST:  # nobody nests so deeply: what else stands here is not looked at
                self.line = end
                return
            if widths[line] - self.blkIndent >= 4:
                self.code(line, end)
            elif line + 1 not in self.under_heads or not self.table(line, end):
                for rule in _RULES.get(source[begins[line] + shifts[line]], ()):
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
                looked_at = width >= 0 and (first not in _PLAIN or line + 1 in under_heads)
                if looked_at and self.interrupts(line, end, "paragraph"):
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
        if first in _PLAIN:
            return False
        if first in "-*+_0123456789":
            if where != "list" and first != "_" and self.list_goes_on(line, where == "paragraph" and width >= 0):
                return True
            return self.is_rule(line) or (first in "*_" and self.is_label(line))
        if first == ">":
            return True
        if first in "`~" and _FENCE.match(source, at):
            return True
        if first in ":~":
            return where != "list" and self.ddIndent >= 0 and self.definition(line) >= 0
        if first == "#":
            return where != "list" and _HEADING.match(source, at) is not None
        if first == "<":
            way = html_way(source[at : self.eMarks[line]]) if where != "list" else None
            return way is not None and way.interrupts
        if first == "[" and prose and _FOOTNOTE.match(source, at):
            return True
        return self.is_label(line)

    def isEmpty(self, line: int) -> bool:
        """Whether nothing stands in a line."""
        return self.bMarks[line] + self.tShift[line] >= self.eMarks[line]

    def dedented(self, line: int, end: int) -> str:
        """The text of lines, those after the first without the indentation of their container."""
        texts = [self.src[self.bMarks[line] + self.tShift[line] : self.eMarks[line]]]
        for number in range(line + 1, end):
            at, width = self.bMarks[number], 0
            while width < self.blkIndent and at < self.eMarks[number] and self.src[at] in _BLANK:
                width += 1 if self.src[at] == " " else 4 - (width + self.bsCount[number]) % 4
                at += 1
            texts.append(" " * (width - self.blkIndent) + self.src[at : self.eMarks[number]])
        return "\n".join(texts)

    def is_label(self, line: int) -> bool:
        """Whether a line names a part of the note ("Summary", "Questions:"): it stands alone even without blank lines.

        Pages pasted as plain text have no blank lines; a list would swallow the label that follows it.
        """
        at, stop = self.bMarks[line] + self.tShift[line], self.eMarks[line]
        if stop - at > _LONGEST_LABEL or self.src[at] in _PLAIN:
            return False
        if stop - at > _LONGEST_SECTION and self.src[stop - 1].isalnum() and self.src[at].isalnum():
            return False
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
        opened = _FENCE.match(self.src, self.bMarks[line] + self.tShift[line])
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
                    closing = self.src[at : self.eMarks[following]].rstrip(_BLANK)
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
        after = self.comment_end(line, end)
        return after > 0 and self.add("comment", line, after) is not None

    def heading(self, line: int, end: int) -> bool:
        opened = _HEADING.match(self.src, self.bMarks[line] + self.tShift[line])
        if not opened:
            return False
        text = self.src[opened.end() : self.eMarks[line]].rstrip(_BLANK)
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
        return bool(self.src[after : self.eMarks[line]].strip(_BLANK))

    def items(self, line: int, end: int) -> bool:
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
            if self.src[after:at] != " " or self.src[at : at + 1] in _BLANK:
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
        if below >= end or self.level >= _DEEPEST - 1 or not 0 <= self.sCount[below] < self.blkIndent:
            return False
        plain = self.src[self.bMarks[item] + self.tShift[item]] not in _RULES and not self.is_label(item)
        return plain and self.sCount[below] - self.listIndent < 4 and self.marker(below) >= 0

    def footnote(self, line: int, end: int) -> bool:
        opened = _FOOTNOTE.match(self.src, self.bMarks[line] + self.tShift[line])
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
        return at + 1 if self.src[at + 1 : stop].strip(_BLANK) else -1

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


Rule = Callable[[Scanner, int, int], bool]

_RULES: dict[str, tuple[Rule, ...]] = {
    "$": (Scanner.math,),
    "%": (Scanner.comment,),
    "`": (Scanner.fence,),
    "~": (Scanner.fence,),
    ">": (Scanner.quote,),
    "*": (Scanner.rule, Scanner.items),
    "-": (Scanner.rule, Scanner.items),
    "_": (Scanner.rule,),
    "+": (Scanner.items,),
    "[": (Scanner.footnote, Scanner.reference),
    "<": (Scanner.html,),
    "#": (Scanner.heading,),
    **dict.fromkeys("0123456789", (Scanner.items,)),
}
"""The rules that a line's first character can begin, but for those that any line can."""

_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz!\"$&'(),./;=?@\\]^{|}")
"""First characters of lines that go on with a paragraph, whatever follows, and that are no label."""


def _may_delimit(line: str) -> bool:
    """Whether a line ends as one does that parts the head of a table from its rows."""
    return "-" in line[len(line.rstrip("-:| \t")) :]


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
