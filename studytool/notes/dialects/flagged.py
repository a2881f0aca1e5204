"""Lines that end in `#flashcard`, `#card`, 🧠 or ⚡: NeuraCache, carddown, Flashcards for Obsidian and Logseq."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

from studytool.notes.claims import Claim, Draft
from studytool.notes.dialects.deletions import LOOKED_AT
from studytool.notes.dialects.numbered import cloze_drafts, outline_gaps
from studytool.notes.lazy import cached_property
from studytool.notes.markdown import Block
from studytool.notes.outline import without_properties
from studytool.notes.page import Page, hidden_lines
from studytool.notes.plain import says_something
from studytool.notes.scheduling import outline_schedule
from studytool.notes.written import dedented, is_property, written

_ID = "<!--ID:"
_SIGNS = ("🧠", "⚡", "⚡️")
_REVERSED = ("-reverse", "/reverse")
_SPACED = ("-spaced", "/spaced")
"""How the tags of Flashcards for Obsidian end that ask both ways, and those whose answer is right below if anywhere."""
_NAME = re.compile(r"#(?:\[\[(?P<linked>[^\[\]]{1,200})\]\]|(?P<plain>\S+))")
"""A tag; those of several words are links in a graph of Logseq."""
_CLOZE = "{{cloze "
_NOT_BEFORE = "#/&([{<=`\\"
"""A tag that is written right after text is none after one of these."""
_IGNORED = "@carddown-ignore"
_REFERENCE = re.compile(r"\(\([0-9a-f-]{36}\)\)")
"""How Logseq writes a block that stands elsewhere: where there is no graph its id says nothing."""
_RULES = "-*_"


def flagged(page: Page) -> Iterator[Claim]:
    """The cards of lines with a flag. A tag says nothing in a vault whose decks are tagged with it."""
    marks = _marks(page.vault.anki.flags, page.vault.anki.cards, page.vault.flashcards.tags)
    numbers = page.lines_with(*marks, *_SIGNS)
    hidden = hidden_lines(page) if numbers else frozenset()
    numbers = [number for number in numbers if number not in hidden]
    flags = {number: flag for number in numbers if (flag := _flag(page.masked[number - 1], marks))}
    if flags and not any(_IGNORED in line for line in page.raw):
        yield from _Reader(page, hidden, marks, flags).claims()


@lru_cache(maxsize=16)
def _marks(flags: tuple[str, ...], cards: tuple[str, ...], decks: tuple[str, ...]) -> frozenset[str]:
    """The tags that flag a line: none that names a deck."""
    named = {tag.casefold() for tag in decks}
    own = (f"#{card}{end}" for card in cards if card.casefold() not in named for end in ("", *_REVERSED, *_SPACED))
    return frozenset([*(f"#{flag}" for flag in flags if flag.casefold() not in named), *own])


def _flag(masked: str, marks: frozenset[str]) -> tuple[int, bool] | None:
    """Where the tags and signs at the end of a line begin, and whether one of `marks` is among them."""
    words = masked.split()
    rest: list[str] = []
    while words and len(rest) < LOOKED_AT and (words[-1] in _SIGNS or (words[-1][0] == "#" and words[-1].strip("#"))):
        rest.append(words.pop())
    if words and "#" in words[-1]:  # right after the sign that ends a sentence: `**Why?**#card`
        before, _, name = words[-1].rpartition("#")
        if f"#{name}" in marks and not before[-1].isalnum() and before[-1] not in _NOT_BEFORE:
            rest.append(f"#{name}")
    tag = not marks.isdisjoint(rest)
    if not tag and not any(word in _SIGNS for word in rest):
        return None
    cut = len(masked)
    for word in rest:
        cut = masked.rfind(word, 0, cut)
    return cut, tag


class _Reader:
    """Reads the flagged lines of a page in order; each takes its answer with it."""

    def __init__(
        self, page: Page, hidden: frozenset[int], marks: frozenset[str], flags: dict[int, tuple[int, bool]]
    ) -> None:
        self.page, self.hidden, self.marks, self.flags = page, hidden, marks, flags
        self.numbers = list(flags)
        self.headings = {
            block.line for block in page.blocks if block.kind == "heading" and block.line == block.end_line
        }
        self.fences = {block.line: block.end_line for block in page.blocks if block.kind in ("fence", "math")}
        self.blocks: dict[int, Block] = {}
        self.items: dict[int, Block] = {}
        for block in page.walk():
            if block.kind in ("paragraph", "heading"):
                self.blocks.update({n: block for n in range(block.line, block.end_line + 1) if n in flags})
            elif block.kind == "item" and block.children:
                own = block.children[0]
                self.items.update({n: block for n in range(own.line, own.end_line + 1) if n in flags})
        cards = [f"#{card}" for card in page.vault.anki.cards]
        self.reversed = frozenset(card + end for card in cards for end in _REVERSED)
        self.spaced = frozenset(card + end for card in cards for end in _SPACED)
        self.own = frozenset(cards) | self.reversed | self.spaced

    def claims(self) -> Iterator[Claim]:
        used = 0
        for number, (cut, tag) in self.flags.items():
            block = self.blocks.get(number)
            if number <= used or not block:
                continue
            told = [f"#{one['linked'] or one['plain']}" for one in _NAME.finditer(self.page.raw[number - 1], cut)]
            tags = tuple(word[1:] for word in told if word not in self.marks)
            own = self.own.intersection(told)
            first = max(used + 1, block.line)
            used = number  # what stands above a flag is no prompt of the next one
            if tag and number in self.items and (outlined := self.outlined(block, number, cut, tags, first, own)):
                yield outlined
                continue
            found = None
            if not (self.page.vault.graph or (own and self.says(number + 1)) or self.known_by_id(number)):
                found = self.one_line(block, number, cut, tags, sure=tag)
            item = self.items.get(number)
            hangs = item is not None and (self.page.vault.graph or item.end_line > number)
            if not found and tag and not hangs:
                found = self.lines(block, number, cut, tags, first, own)
            if found:
                yield found
                used = max(last for _, last in found.ranges)

    def outlined(
        self, block: Block, number: int, cut: int, tags: tuple[str, ...], first: int, own: frozenset[str]
    ) -> Claim | None:
        """An item of a list and what hangs on it, as in an outline; flagged items in it are cards of their own.

        Its deletions `{{cloze text}}` are asked one by one.
        """
        item = self.items[number]
        rest = self.free(number + 1, item.end_line)
        front = self.front(block, first, number, cut)
        if not front and self.page.vault.graph:
            front = self.asked_above(item)
        told = [n for n in rest if not self.is_property(n)]
        below = dedented([self.raw(n) for n in told])
        if self.page.vault.graph:
            below = without_properties(below, {at for at, n in enumerate(told) if n in self.hidden})
        back = written("\n".join(below))
        ranges = tuple(_runs([*range(first, number + 1), *rest]))
        schedule = outline_schedule(self.page.raw[number : item.children[0].end_line])
        column = self.page.column(block) if first == block.line else 1
        if _CLOZE in front or _CLOZE in back:
            text = f"{front}\n{back}" if back else front
            gaps = outline_gaps(text)
            drafts = cloze_drafts(text, gaps, first, item.end_line, column, tags)
            return Claim(ranges, tuple(draft._replace(schedule=schedule) for draft in drafts))
        said = front if self.page.vault.graph else _REFERENCE.sub("", front)
        if not says_something(said) or not back.strip("-*+ \n"):
            return None
        if any(_is_answer_mark(line) for line in back.split("\n")):
            return None
        sides = [(front, back), (back, front)] if own & self.reversed else [(front, back)]
        drafts = (Draft("basic", *both, first, item.end_line, column, schedule=schedule, tags=tags) for both in sides)
        return Claim(ranges, tuple(drafts))

    def asked_above(self, item: Block) -> str:
        """What the item says in which one hangs that is a tag and nothing else; nothing where that is a card itself."""
        above = self.holding.get(item.line)
        if above is None or above.line in self.flags or not above.children or above.children[0].kind != "paragraph":
            return ""
        return written("\n".join(without_properties(above.children[0].lines)))

    @cached_property
    def holding(self) -> dict[int, Block]:
        """The items in which others hang, by the lines at which these begin."""
        found: dict[int, Block] = {}
        for block in self.page.walk():
            if block.kind == "item":
                lists = (one for one in block.children if one.kind == "list")
                found.update({inner.line: block for one in lists for inner in one.children})
        return found

    def free(self, first: int, last: int) -> list[int]:
        """Lines that belong to no flagged item among them."""
        found: list[int] = []
        for at in self.numbers[bisect_left(self.numbers, first) : bisect_right(self.numbers, last)]:
            if at >= first and at in self.items and self.items[at].line >= first:
                found.extend(range(first, self.items[at].line))
                first = self.items[at].end_line + 1
        return [*found, *range(first, last + 1)]

    def is_property(self, number: int) -> bool:
        """Whether a line keeps what belongs to a block; in a graph of Logseq any name may. None does in code."""
        if number in self.hidden:
            return False
        name, mark, _ = self.raw(number).strip().partition(":: ")
        return is_property(self.raw(number)) or bool(self.page.vault.graph and mark and name.replace("-", "").isalnum())

    def raw(self, number: int) -> str:
        return self.page.raw[number - 1]

    def front(self, block: Block, first: int, number: int, cut: int) -> str:
        """The prompt that ends before the flag, without the marks of its item, heading or quote."""
        lines = [*self.page.raw[first - 1 : number - 1], self.raw(number)[:cut]]
        if number in self.items:
            lines[1:] = dedented(lines[1:])
        if first == block.line:
            lines[0] = lines[0][self.page.column(block) - 1 :]
        if block.kind == "heading":
            lines[0] = lines[0].lstrip("# ")
        quoted = self.raw(first).startswith(">")
        return written("\n".join(line.lstrip("> ") if quoted else line for line in lines))

    def one_line(self, block: Block, number: int, cut: int, tags: tuple[str, ...], *, sure: bool) -> Claim | None:
        """`prompt : answer`; the colon needs no blank before it where a tag says that the line is a card."""
        if block.kind == "heading" and number in self.headings:
            return None
        raw, masked = self.page.raw[number - 1][:cut], self.page.masked[number - 1][:cut]
        begin = self.page.column(block) - 1 if number == block.line else len(raw) - len(raw.lstrip(" \t>"))
        for mark in ("::", " : ", ": ") if sure else (" : ", "?: "):
            at = masked.find(mark, begin)
            if at < 0:
                continue
            asks = mark.startswith("?")
            sides = written(raw[begin : at + asks].strip()), written(raw[at + len(mark) :].strip())
            if all(sides):
                draft = Draft("basic", *sides, number, number, begin + 1, tags=tags)
                return Claim(((number, number),), (draft,))
        return None

    def says(self, number: int) -> bool:
        return number <= len(self.page.raw) and bool(self.page.raw[number - 1].strip())

    def lines(
        self, block: Block, number: int, cut: int, tags: tuple[str, ...], first: int, own: frozenset[str]
    ) -> Claim | None:
        """A prompt that ends in the tag, and what is below it up to a rule; without a rule, the next paragraph."""
        raw = self.page.raw
        stop, ruled = self.stop(number)
        if number in self.headings:
            front, first = written(raw[number - 1][:cut].lstrip("# ")), number
        else:
            front = self.front(block, first, number, cut)
            if not front and number - 1 in self.headings and (own or self.says(number + 1)):
                first, front = number - 1, written(self.raw(number - 1).strip("# "))
            if not front:
                return self.two_sides(number, stop, tags) if ruled and not own else None
            if own & self.spaced and not self.says(number + 1):
                return None
            ruled = ruled and not own
            if not ruled:
                stop = self.paragraph_end(number + 1, stop)
        if not ruled and _item(raw[number - 1]) >= 0:  # the next item of its list begins something new
            items = (at for at in range(number + 2, stop + 1) if 0 <= _item(raw[at - 1]) <= _item(raw[number - 1]))
            stop = next(items, stop + 1) - 1
        mark = ">" if raw[number - 1].startswith(">") else ""
        below = (n for n in range(number + 1, stop + 1) if n in self.hidden or not is_property(self.raw(n)))
        back = written("\n".join(self.raw(n).removeprefix(mark) for n in below))
        if not front or not back.strip("-*+ \n") or "<%" in front:
            return None
        if own and any(_is_answer_mark(line) for line in back.split("\n")):
            return None  # parted in the way of a deck
        column = self.page.column(block) if first == block.line else 1
        sides = [(front, back), (back, front)] if own & self.reversed else [(front, back)]
        drafts = tuple(Draft("basic", *both, first, stop, column, tags=tags) for both in sides)
        return Claim(((first, stop + ruled),), drafts)

    def stop(self, number: int) -> tuple[int, bool]:
        """The last line before the next rule, heading or flag; and whether it is a rule, or the id of a note.

        An id right below lines without a blank one among them makes all of these the answer, headings too.
        """
        if end := self.known_by_id(number):
            return end, True
        for at in range(number + 1, len(self.page.raw) + 1):
            if self.page.raw[at - 1].startswith(_ID):
                return at - 1, True
            if at in self.hidden:
                continue
            if at in self.flags or at in self.headings or self.page.raw[at - 1].strip() == self.page.vault.anki.delete:
                return at - 1, False
            if _is_rule(self.page.raw[at - 1]):
                return at - 1, True
        return len(self.page.raw), False

    def known_by_id(self, number: int) -> int:
        """The last line before the id of a note that ends the lines below a flag; 0 where none does."""
        end = number + 1
        while end <= len(self.page.raw) and not self.says(end):
            end += 1
        first = end
        while self.says(end) and end not in self.flags and not self.raw(end).startswith(_ID):
            end += 1
        return end - 1 if first < end <= len(self.page.raw) and self.raw(end).startswith(_ID) else 0

    def two_sides(self, number: int, rule: int, tags: tuple[str, ...]) -> Claim | None:
        """The tag on a line of its own, the prompt, a rule, the answer, a rule."""
        end, ruled = self.stop(rule + 1)
        front, back = self.page.source(number + 1, rule), self.page.source(rule + 2, end)
        if not ruled or not front or not back or _holds_cards(front) or _holds_cards(back):
            return None
        return Claim(((number, end + 1),), (Draft("basic", front, back, number, end, tags=tags),))

    def paragraph_end(self, first: int, last: int) -> int:
        """The last line of the first paragraph at or after `first`, with a fence or formula that it begins with."""
        while first <= last and not self.page.raw[first - 1].strip():
            first += 1
        end = self.fences.get(first, first)
        while end < last and self.page.raw[end].strip():
            end = self.fences.get(end + 1, end + 1)
        return min(end, last)


def _is_answer_mark(line: str) -> bool:
    """Whether a line parts the sides of a card of a deck."""
    return line.strip() in ("?", "??")


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rising numbers as runs without a gap, each by its first and last."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number > last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _item(line: str) -> int:
    """By how much an item of a list is indented; -1 for a line that is none."""
    told = line.lstrip(" \t")
    return len(line) - len(told) if told.startswith(("- ", "* ", "+ ")) else -1


def _is_rule(line: str) -> bool:
    told = line.replace(" ", "")
    return len(told) > 2 and told[0] in _RULES and not told.strip(told[0]) and not line.startswith("    ")


def _holds_cards(text: str) -> bool:
    """Whether a text is written in another way of writing cards, so that the tag names a deck."""
    return any(line.strip() in ("?", "??") or "::" in line for line in text.split("\n"))
