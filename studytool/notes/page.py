"""A note as the dialects see it: its blocks, its lines with all protected text hidden, and which lines are taken."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from studytool.notes import inline
from studytool.notes.lazy import cached_property
from studytool.notes.markdown import Block
from studytool.notes.masks import mask
from studytool.notes.sections import Section, sections_of
from studytool.notes.signs import by_first
from studytool.notes.vault import Vault
from studytool.notes.words import SectionKind
from studytool.notes.written import written

_FOOTNOTE = re.compile(r" {0,3}\[\^([^\]\s^]{1,80})\]:[ \t]?")
_MARK = re.compile(r"\[\^([^\]\s^]{1,80})\](?!:)")
_LONGEST_FOOTNOTE = 1000
_PROSE = frozenset({"paragraph", "heading", "table", "dt"})


@dataclass
class Page:
    """One note on its way through the dialects. Lines are counted from 1, as in the file."""

    raw: Sequence[str]
    body_start: int
    """The first line after the front matter."""
    blocks: tuple[Block, ...]
    topic: str
    tags: tuple[str, ...] = ()
    taken: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)
    """Lines that a card uses and that are free for others."""
    cards: list[tuple[Any, ...]] = field(default_factory=list)
    """The cards that have been made of the note so far, as `codec` writes them."""
    chat: bool = False
    """Whether the note records a chat with an assistant."""
    path: str = ""
    """The file, as the user would type it."""
    place: str = ""
    """The file relative to the root of the vault, with `/`; empty where no vault is known."""
    vault: Vault = field(default_factory=Vault)
    idle: frozenset[str] = frozenset()
    """The names of the dialects that make no cards of the note: they are off, or of a level that is not wanted."""
    shared: dict[str, Any] = field(default_factory=dict)
    """What dialects that stand on one ground have found out about the page, by a name of theirs."""

    @cached_property
    def masked(self) -> Mapping[int, str]:
        """Every line with protected text hidden, same columns as `raw`; `masked[0]` is line 1.

        Each is made when it is first asked for: of most lines nobody asks.
        """
        return _Masked(self.raw, self.all_blocks)

    @cached_property
    def text(self) -> str:
        """The whole file, for a first look at what it may hold."""
        return "\n".join(self.raw)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The parts of the note that name themselves: callouts, labels, headings of questions."""
        return sections_of(self.blocks)

    @cached_property
    def labelled(self) -> frozenset[SectionKind]:
        """The kinds of section that labels name; none where the note has callouts, whose ghosts the labels would be."""
        if any(section.way == "callout" for section in self.sections):
            return frozenset()
        return frozenset(s.kind for s in self.sections if s.way == "label" and s.kind != "aside")

    def walk(self) -> Iterator[Block]:
        """Every block, depth first, in the order of the text."""
        return iter(self.all_blocks)

    @cached_property
    def all_blocks(self) -> Sequence[Block]:
        """Every block, depth first, in the order of the text."""
        found: list[Block] = []
        _gather(self.blocks, found)
        return found

    def of_kind(self, kind: str) -> Sequence[Block]:
        """The blocks of one kind, wherever they stand, in the order of the text."""
        return self._by_kind.get(kind, ())

    @cached_property
    def _by_kind(self) -> Mapping[str, list[Block]]:
        found: defaultdict[str, list[Block]] = defaultdict(list)
        for block in self.all_blocks:
            found[block.kind].append(block)
        return found

    def outer(self, kind: str) -> Sequence[tuple[int, Block]]:
        """The blocks of one kind that stand in no other, each with its place in `blocks`."""
        return self._outer.get(kind, ())

    @cached_property
    def _outer(self) -> Mapping[str, list[tuple[int, Block]]]:
        found: defaultdict[str, list[tuple[int, Block]]] = defaultdict(list)
        for one in enumerate(self.blocks):
            found[one[1].kind].append(one)
        return found

    def lines_with(self, *signs: str) -> list[int]:
        """The lines of the body that hold any of these, in order: a first look before each of them is read."""
        text, starts = self.text, self._starts
        begin = starts[self.body_start - 1]
        found: list[int] = []
        for first, sign, several in by_first(signs):
            if first not in text or sign[-1:] not in text:
                continue  # one character is found faster than several
            if several:
                found += self.lines_of(several)
                continue
            at = text.find(sign, begin)
            while at >= 0:
                number = bisect_right(starts, at)
                found.append(number)
                at = text.find(sign, starts[number])
        return sorted(set(found)) if len(signs) > 1 and found else found

    def lines_of(self, pattern: re.Pattern[str]) -> list[int]:
        """The lines of the body in which a pattern is found."""
        text, starts, found = self.text, self._starts, list[int]()
        at = starts[self.body_start - 1]
        while one := pattern.search(text, at):
            number = bisect_right(starts, one.start())
            found.append(number)
            at = starts[number]
        return found

    @cached_property
    def _starts(self) -> list[int]:
        """Where each line begins in the text, and where one after the last would."""
        return [0, *accumulate([len(line) + 1 for line in self.raw])]

    @cached_property
    def footnotes(self) -> dict[str, str]:
        """The text of each footnote that the note defines, empty where it is more than a paragraph or very long."""
        found: dict[str, str] = {}
        for number in self.lines_with("]:") if "[^" in self.text else ():
            opened = _FOOTNOTE.match(self.masked[number - 1])
            if not opened:
                continue
            end = number
            while end < len(self.raw) and self.raw[end].strip() and not self.raw[end].startswith(("[^", "#")):
                end += 1
            below = next((line for line in self.raw[end : end + 3] if line.strip()), "")
            goes_on = below.startswith(("    ", "\t")) and not self.raw[end].strip()
            lines = [self.raw[number - 1][opened.end() :], *self.raw[number:end]]
            said = "" if goes_on else written("\n".join(line.strip() for line in lines))
            found.setdefault(opened[1], said if len(said) <= _LONGEST_FOOTNOTE else "")
        return found

    def with_footnotes(self, text: str) -> str:
        """A text with the footnotes that it has marks of below it."""
        if "[^" not in text:
            return text
        told = [f"[^{name}]: {said}" for name in _marks(text) if (said := self.footnotes.get(name))]
        return "\n\n".join([self.without_footnotes(text, {n for n, said in self.footnotes.items() if not said}), *told])

    def without_footnotes(self, text: str, names: Collection[str] | None = None) -> str:
        """A text without the marks of footnotes that the note defines, or of these; a text of nothing else stays."""
        if "[^" not in text:
            return text
        known = self.footnotes if names is None else names
        parts, at = [], 0
        for found in _MARK.finditer(mask(text)):
            if found[1] in known:
                parts.append(text[at : found.start()].rstrip(" "))
                at = found.end()
        told = "".join([*parts, text[at:]])
        return told if told.strip() else text

    def free(self, first: int, last: int) -> bool:
        """Whether none of these lines is taken."""
        return self.taken.isdisjoint(range(first, last + 1))

    def source(self, first: int, last: int) -> str:
        """The author's text of these lines, wikilinks flattened, without blank lines around it."""
        return written("\n".join(self.raw[first - 1 : last]))

    def context(self, line: int) -> tuple[str, ...]:
        """The headings above a line, outermost first."""
        lines, above, under = self._headings
        at = bisect_right(lines, line) - 1
        if at < 0:
            return ()
        return above[at] if lines[at] == line else under[at]

    @cached_property
    def _headings(self) -> tuple[list[int], list[tuple[str, ...]], list[tuple[str, ...]]]:
        """The line of each heading, the headings above it, and the same with itself."""
        path: list[tuple[int, str]] = []
        lines, above, under = [], [], []
        for _, block in self.outer("heading"):
            path = [entry for entry in path if entry[0] < block.level]
            lines.append(block.line)
            above.append(tuple([text for _, text in path if text]))
            path.append((block.level, written(block.title)))
            under.append(tuple([text for _, text in path if text]))
        return lines, above, under

    def column(self, block: Block) -> int:
        """The column at which a block's own text begins, after the markers of its containers."""
        raw, own = self.raw[block.line - 1], block.lines[0] if block.lines else ""
        return len(raw) - len(own) + 1 if own and raw.endswith(own) else 1


class _Masked(dict[int, str]):
    """The masked lines of a page, counted from 0, that somebody has asked for."""

    def __init__(self, raw: Sequence[str], blocks: Sequence[Block]) -> None:
        super().__init__()
        self.raw = raw
        self.prose: list[Block | None] = [None] * len(raw)
        """The block of each line that is not hidden as a whole."""
        for block in blocks:
            if block.kind in _PROSE:
                line, end = block.line, block.end_line
                if line == end:
                    self.prose[line - 1] = block
                else:
                    self.prose[line - 1 : end] = [block] * (end - line + 1)

    def __missing__(self, at: int) -> str:
        block = self.prose[at]
        if block is None:
            self[at] = inline.HIDDEN * len(self.raw[at])
        elif block.line == block.end_line:
            self[at] = _masked(self.raw[at])
        else:
            first = block.line - 1
            for number, line in enumerate(_masked("\n".join(self.raw[first : block.end_line])).split("\n"), first):
                if self.prose[number] is block:
                    self[number] = line
        return self[at]


def _masked(source: str) -> str:
    """The masked text of a block; what indents a nested item is no sign of code."""
    text = source.lstrip(" \t")
    return source[: len(source) - len(text)] + mask(text)


def _marks(text: str) -> list[str]:
    """The names of the footnotes that a text has marks of and does not define itself, in order."""
    if "[^" not in text:
        return []
    names = dict.fromkeys(found[1] for found in _MARK.finditer(mask(text)))
    return [name for name in names if f"[^{name}]:" not in text]


def hidden_lines(page: Page, comments: tuple[str, ...] = ("<!--", "%%")) -> frozenset[int]:
    """The lines in which a keyword at the margin is none: front matter, code, formulas, comments that begin like these.

    A fence that the file ends in hides nothing: whoever forgot to close it did not mean all the rest as code.
    """
    found = set(range(1, page.body_start))
    for kind in ("fence", "code", "math", "comment"):
        for block in page.of_kind(kind):
            if block.closed and (kind != "comment" or block.lines[0].lstrip().startswith(comments)):
                found.update(range(block.line, block.end_line + 1))
    return frozenset(found)


def _gather(blocks: Sequence[Block], found: list[Block]) -> None:
    for block in blocks:
        found.append(block)
        if block.children:
            _gather(block.children, found)
