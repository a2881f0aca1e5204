"""Lines that end in `#flashcard`, `#card`, 🧠 or ⚡, as NeuraCache, carddown and Flashcards for Obsidian have them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from studytool.notes.claims import Claim, Draft
from studytool.notes.markdown import Block
from studytool.notes.page import Page, hidden_lines
from studytool.notes.written import written

_ID = "<!--ID:"
_SIGNS = ("🧠", "⚡", "⚡️")
_REVERSED = frozenset({"#card-reverse", "#card/reverse"})
_SPACED = frozenset({"#card-spaced", "#card/spaced"})
_CARDS = _REVERSED | _SPACED | {"#card"}
"""The tags of Flashcards for Obsidian; those that ask both ways, and those whose answer is right below if anywhere."""
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
    own = () if "card" in named else _CARDS
    return frozenset([*(f"#{flag}" for flag in flags if flag.casefold() not in named), *own])


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
            own = _CARDS.intersection(told)
            found = None if own and self.says(number + 1) else self.one_line(block, number, cut, tags, sure=tag)
            if not found and tag:
                found = self.lines(block, number, cut, tags, max(used + 1, block.line), own)
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
            own_lines = [*raw[first - 1 : number - 1], raw[number - 1][:cut]]
            if first == block.line:
                own_lines[0] = own_lines[0][self.page.column(block) - 1 :]
            quoted = raw[first - 1].startswith(">")
            front = written("\n".join(line.lstrip("> ") if quoted else line for line in own_lines))
            if not front:
                return self.two_sides(number, stop, tags) if ruled and not own else None
            if own & _SPACED and not self.says(number + 1):
                return None
            ruled = ruled and not own
            if not ruled:
                stop = self.paragraph_end(number + 1, stop)
        if not ruled and _item(raw[number - 1]) >= 0:  # the next item of its list begins something new
            items = (at for at in range(number + 2, stop + 1) if 0 <= _item(raw[at - 1]) <= _item(raw[number - 1]))
            stop = next(items, stop + 1) - 1
        mark = ">" if raw[number - 1].startswith(">") else ""
        back = written("\n".join(line.removeprefix(mark) for line in raw[number:stop]))
        if not front or not back.strip("-*+ \n") or "<%" in front:
            return None
        if own and any(line.strip() in ("?", "??") for line in back.split("\n")):
            return None  # parted in the way of a deck
        column = self.page.column(block) if first == block.line else 1
        sides = [(front, back), (back, front)] if own & _REVERSED else [(front, back)]
        drafts = tuple(Draft("basic", *both, first, stop, column, tags=tags) for both in sides)
        return Claim(((first, stop + ruled),), drafts)

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
