"""Lines that end in `#flashcard`, 🧠 or ⚡, as NeuraCache and carddown have them, with their answer or above it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from studytool.notes.markdown import Block
from studytool.notes.page import Claim, Draft, Page, hidden_lines, written

_ID = "<!--ID:"
_SIGNS = ("🧠", "⚡", "⚡️")
_IGNORED = "@carddown-ignore"
_RULES = "-*_"


def flagged(page: Page) -> Iterator[Claim]:
    """The cards of lines with a flag. A tag says nothing in a vault whose decks are tagged with it."""
    marks = _marks(page.vault.anki.flags, page.vault.flashcards.tags)
    numbers = page.lines_with(*marks, *_SIGNS)
    hidden = hidden_lines(page) if numbers else frozenset()
    numbers = [number for number in numbers if number not in hidden]
    flags = {number: flag for number in numbers if (flag := _flag(page.masked[number - 1], marks))}
    if flags and not any(_IGNORED in line for line in page.raw):
        yield from _Reader(page, hidden, marks, flags).claims()


@lru_cache(maxsize=16)
def _marks(flags: tuple[str, ...], decks: tuple[str, ...]) -> frozenset[str]:
    """The tags that flag a line: none that names a deck."""
    named = {tag.casefold() for tag in decks}
    return frozenset(f"#{flag}" for flag in flags if flag.casefold() not in named)


def _flag(masked: str, marks: frozenset[str]) -> tuple[int, bool] | None:
    """Where the tags and signs at the end of a line begin, and whether one of `marks` is among them."""
    words = masked.split()
    rest: list[str] = []
    while words and (words[-1] in _SIGNS or (words[-1][0] == "#" and words[-1].strip("#"))):
        rest.append(words.pop())
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
        self.headings = {
            block.line for block in page.blocks if block.kind == "heading" and block.line == block.end_line
        }
        self.fences = {block.line: block.end_line for block in page.blocks if block.kind in ("fence", "math")}
        self.blocks: dict[int, Block] = {}
        for block in page.walk():
            if block.kind in ("paragraph", "heading"):
                self.blocks.update({n: block for n in range(block.line, block.end_line + 1) if n in flags})

    def claims(self) -> Iterator[Claim]:
        used = 0
        for number, (cut, tag) in self.flags.items():
            block = self.blocks.get(number)
            if number <= used or not block:
                continue
            told = self.page.raw[number - 1][cut:].split()
            tags = tuple(word[1:] for word in told if word[0] == "#" and word not in self.marks)
            found = self.one_line(block, number, cut, tags, sure=tag)
            if not found and tag:
                found = self.lines(block, number, cut, tags, max(used + 1, block.line))
            used = number  # what stands above a flag is no prompt of the next one
            if found:
                yield found
                used = max(last for _, last in found.ranges)

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

    def lines(self, block: Block, number: int, cut: int, tags: tuple[str, ...], first: int) -> Claim | None:
        """A prompt that ends in the tag, and what is below it up to a rule; without a rule, the next paragraph."""
        raw = self.page.raw
        stop, ruled = self.stop(number)
        if number in self.headings:
            front, first = written(raw[number - 1][:cut].lstrip("# ")), number
        else:
            front = written("\n".join([*raw[first - 1 : number - 1], raw[number - 1][:cut]]))
            if not front:
                return self.two_sides(number, stop, tags) if ruled else None
            if not ruled:
                stop = self.paragraph_end(number + 1, stop)
        back = self.page.source(number + 1, stop)
        if not front or not back:
            return None
        column = self.page.column(block) if first == block.line else 1
        draft = Draft("basic", front, back, first, stop, column, tags=tags)
        return Claim(((first, stop + ruled),), (draft,))

    def stop(self, number: int) -> tuple[int, bool]:
        """The last line before the next rule, heading or flag; and whether it is a rule, or the id of a note."""
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


def _is_rule(line: str) -> bool:
    told = line.replace(" ", "")
    return len(told) > 2 and told[0] in _RULES and not told.strip(told[0]) and not line.startswith("    ")


def _holds_cards(text: str) -> bool:
    """Whether a text is written in another way of writing cards, so that the tag names a deck."""
    return any(line.strip() in ("?", "??") or "::" in line for line in text.split("\n"))
