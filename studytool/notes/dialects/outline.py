"""Outlines as RemNote writes them: items parted by arrows, `question→answer`, and items whose children answer them.

Arrows stand in any outline, so none is read before the note shows by several of its items what they mean in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool.notes.claims import Claim, Dialect, Draft
from studytool.notes.dialects.deck_lines import has_words, says_anything
from studytool.notes.dialects.numbered import Gap, cloze_drafts
from studytool.notes.inline import mask
from studytool.notes.page import Page
from studytool.notes.written import dedented, written

_ITEM = re.compile(r"([ \t]*)[-*+•](?: +(.*)|$)")
_MARKS = ("→", "↔", "←", "―", ">>", "<<", "<>", ";;")
"""What parts two sides: as RemNote exports it, then as it is typed."""
_MARK = re.compile("→|↔|←|―|(?<!>)>>(?!>)|(?<!<)<<(?!<)|<>|(?<!;);;(?!;)")
_TYPED = (">>", "<<", "<>", ";;")
_BELOW = ("↓", ">>>", ";;;")
"""What ends an item whose children are its answer."""
_EXPORTED = frozenset("↔―↓")
"""Signs that hardly anything but an export has."""
_ASKS = ("?", "？", "؟")
_WORD = re.compile(r"[^\W\d_]{3}|[\u0600-\u06ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_DELETION = re.compile(r"\{\{([^{}]+)\}\}")
_OFTEN = 3
_PAIRS = 5
"""So many items `word↔word`, half of a note, are its vocabulary."""
_DESCRIBES = ("―", ";;")
_DEEPEST = 20
"""Below so many items stands no card: each would be answered by all of its children once more."""
_SHORT = 3
"""A prompt of so few words before one of these marks is shown with the item above, which it describes."""


class _Item(NamedTuple):
    """An item of the outline: its lines, how far it is indented, its text, and the last line below it."""

    line: int
    last: int
    indent: int
    text: str
    end: int


class _Cut(NamedTuple):
    """How an item is parted: its two sides, by which mark; the back is empty where the children answer."""

    front: str
    back: str
    mark: str

    @property
    def asks(self) -> bool:
        return self.front.rstrip(" *_").endswith(_ASKS)

    @property
    def is_pair(self) -> bool:
        """Whether both sides hold a word."""
        return bool(_WORD.search(self.front) and _WORD.search(self.back))


def _find(page: Page) -> Iterator[Claim]:
    numbers = page.lines_with(*_MARKS, "↓")
    if len(numbers) < _OFTEN:
        return
    lines = [number for number in numbers if _ITEM.match(page.raw[number - 1])]
    if len(lines) >= _OFTEN and (cards := _Outline(page, frozenset(lines))).rules:
        yield from cards.claims()


class _Outline:
    """The items of a page and what their marks mean in it."""

    def __init__(self, page: Page, marked: frozenset[int]) -> None:
        self.page = page
        self.items = list(_items(page))
        self.cuts = {item: cut for item in self.items if item.line in marked and (cut := self.cut(item))}
        sure = [cut for cut in self.cuts.values() if cut.asks or cut.mark == "↓"]
        typed = [cut.mark for cut in self.cuts.values() if cut.mark.startswith(_TYPED)]
        pairs = sum(cut.mark == "↔" and cut.is_pair for cut in self.cuts.values())
        paired = pairs >= _PAIRS and pairs * 2 >= sum(bool(item.text) for item in self.items)
        self.exported = paired or (len(sure) >= _OFTEN and any(cut.mark in _EXPORTED for cut in sure))
        self.typed = len(set(typed)) > 1 and len(typed) > _OFTEN
        self.rules = len(sure) >= _OFTEN or self.typed or self.exported

    def cut(self, item: _Item) -> _Cut | None:
        """Where an item is parted. In a prompt that does not ask, a second mark makes a chain of it."""
        text, masked = item.text, mask(item.text)
        told = text.rstrip()
        for mark in _BELOW:
            if told.endswith(mark) and item.end > item.last:
                front = told.removesuffix(mark).rstrip(" ―→↔")
                return _Cut(front, "", mark) if has_words(masked[: len(front)]) else None
        found = list(_MARK.finditer(masked))
        if not found:
            return None
        at, end = found[0].span()
        front, back, mark = text[:at].rstrip(), text[end:].strip(), found[0].group()
        spaced = masked[at - 1 : at] == " " and masked[end : end + 1] in (" ", "")
        if mark not in _TYPED and masked[end : end + 1] == " ":
            return None  # prose and decision lists have their arrows so, an export never
        if not has_words(masked[:at]) or (not says_anything(back) and item.end == item.last):
            return None
        cut = _Cut(front, back, mark)
        if not cut.asks and (len(found) > 1 or spaced != (mark in _TYPED)):
            return None
        return cut

    def counts(self, cut: _Cut) -> bool:
        """Whether an item that is parted so is a card in this note."""
        return cut.asks or cut.mark == "↓" or (self.typed if cut.mark.startswith(_TYPED) else self.exported)

    def claims(self) -> Iterator[Claim]:
        cards = {item.line: item for item, cut in self.cuts.items() if self.counts(cut)}
        ends = {item.line: item.last for item in self.items}
        path: list[_Item] = []
        for item in self.items:
            while path and path[-1].indent >= item.indent:
                path.pop()
            if item.line in cards and len(path) < _DEEPEST:
                yield from self.card(item, self.cuts[item], path[-1] if path else None, cards, ends)
            elif self.exported and "{{" in item.text:
                yield from self.cloze(item)
            path.append(item)

    def card(
        self, item: _Item, cut: _Cut, above: _Item | None, cards: dict[int, _Item], ends: dict[int, int]
    ) -> Iterator[Claim]:
        front, back = written(cut.front), written(cut.back)
        if cut.mark in _DESCRIBES and len(front.split()) <= _SHORT and above and above.line not in cards:
            front = f"{written(above.text)}\n{front}"
        lines = [item.line, *range(item.line + 1, item.last + 1)]
        below: list[int] = []
        if not back:
            below = list(range(item.last + 1, item.end + 1))
            back = written("\n".join(dedented([self.page.raw[n - 1] for n in below])))
        if not front or not back:
            return
        own = {n for line in below if line in cards for n in range(line, ends[line] + 1)}
        ranges = _runs([*lines, *(n for n in below if n not in own and n not in self.page.taken)])
        sides = [(back, front)] if cut.mark in ("←", "<<") else [(front, back)]
        if cut.mark in ("↔", "<>"):
            sides.append((back, front))
        last = below[-1] if below else item.last
        drafts = tuple(Draft("basic", *both, item.line, last, self.column(item)) for both in sides)
        yield Claim(ranges, drafts, _runs(sorted(own)) if own else ())

    def cloze(self, item: _Item) -> Iterator[Claim]:
        masked = mask(item.text)
        gaps = [
            Gap(found.start(), found.end(), number, item.text[found.start(1) : found.end(1)])
            for number, found in enumerate(_DELETION.finditer(masked), 1)
        ]
        if gaps:
            drafts = tuple(cloze_drafts(item.text, gaps, item.line, item.last, self.column(item)))
            yield Claim(((item.line, item.last),), drafts)

    def column(self, item: _Item) -> int:
        found = _ITEM.match(self.page.raw[item.line - 1])
        return found.start(2) + 1 if found else 1


def _items(page: Page) -> Iterator[_Item]:
    """The items of a page with what is below each, in order. A line that is none goes on with the item above it."""
    hidden = {n for block in page.of_kind("comment") for n in range(block.line, block.end_line + 1)}
    begun: list[tuple[int, int, str]] = []
    fenced = False
    for number in range(page.body_start, len(page.raw) + 1):
        raw = page.raw[number - 1]
        if not fenced and number not in hidden and (found := _ITEM.match(raw)):
            begun.append((number, len(found[1].expandtabs(4)), (found[2] or "").strip()))
        elif not fenced and (raw.startswith("#") or not raw.strip()):
            begun.append((number, -1, ""))  # ends what stands above it
        fenced ^= raw.count("```") % 2 == 1  # an export has fences in the middle of a line
    ends: list[int] = []  # the last line below each, from the last item to the first
    after: list[tuple[int, int]] = [(len(page.raw) + 1, -1)]
    for number, indent, _ in reversed(begun):
        while after[-1][1] > indent:
            after.pop()
        ends.append(after[-1][0] - 1)
        after.append((number, indent))
    begun.append((len(page.raw) + 1, -1, ""))
    for (line, indent, text), (following, *_), end in zip(begun, begun[1:], reversed(ends), strict=False):
        if indent >= 0:
            lines = [text, *(page.raw[n - 1].strip() for n in range(line + 1, following))]
            yield _Item(line, following - 1, indent, "\n".join(lines), end)


def _runs(numbers: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Rising numbers as runs without a gap, each by its first and last."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = found[-1][0], number
        else:
            found.append((number, number))
    return tuple(found)


DIALECT = Dialect(
    name="outline",
    level="explicit",
    recognises=(
        "In an outline as RemNote writes it, items `question→answer`, `a↔b`, `a―b` or, as typed, `question >> answer`, "
        "`a <> b`; an item that ends in `↓` or `>>>` is answered by the items below it. Three such items must ask, or "
        "several marks as typed stand in one note."
    ),
    find=_find,
    example=(
        "- Training\n    - What does dropout do?→It silences units at random.\n    - What is an epoch?→One pass over"
        " the data.\n    - What ends training early? ↓\n        - A validation loss that rises\n        - A budget\n"
    ),
    cards=(
        ("What does dropout do?", "It silences units at random."),
        ("What is an epoch?", "One pass over the data."),
        ("What ends training early?", "- A validation loss that rises\n- A budget"),
    ),
    signs=("→", "↔", "―", "↓", ">>", "<>"),
)
