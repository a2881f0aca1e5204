"""What a list of right letters says of a question, by its number: which of the keys further down means it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

from studytool.notes.asking import asks
from studytool.notes.dialects.answer_key import Key, keys_of
from studytool.notes.dialects.answers import bare_text
from studytool.notes.dialects.explaining import EXPLAINING, explained
from studytool.notes.dialects.heading_body import QUESTION_LABELS
from studytool.notes.dialects.option_banks import banked_in
from studytool.notes.dialects.option_groups import Group, group_at
from studytool.notes.lazy import cached_property
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.plain import words

_QUESTION_NUMBER = re.compile(
    r"[\s>#*_]{0,20}(?:Q(?:uestion)?\s?)?(\d{1,3})\s?(?:[.):*_-]|\([^()]{1,40}\)\s?[.:])", re.IGNORECASE
)
"""The number of a question; what it is about may stand behind it: `Q3 (theory):`."""
_PART_NUMBER = re.compile(r"#{1,6}[ \t]+\W{0,4}(\d{1,3})(?:\W|\Z)")
"""A heading with a bare number: it counts questions, or the parts of a quiz."""
_LABEL = rf"(?:Q|câu|{'|'.join(sorted(QUESTION_LABELS))})\s?"
_HEADING_NUMBER = re.compile(rf"#{{1,6}}[ \t]+\W{{0,4}}(?:{_LABEL})?(\d{{1,3}})(?:\W|\Z)", re.IGNORECASE)
_LABELLED_NUMBER = re.compile(rf"#{{1,6}}[ \t]+\W{{0,4}}{_LABEL}(\d{{1,3}})(?:\W|\Z)", re.IGNORECASE)
"""A heading that says that its number is that of a question."""


class Told(NamedTuple):
    """What an author says about the options: the letters of the right ones, why, and where that ends."""

    letters: tuple[int, ...]
    explanation: str
    end_line: int
    after: int


class Parts(NamedTuple):
    """The lines of headings that number the parts of a quiz.

    By the line of a numbered question beside them, the numbers of all such, and how many questions the parts of other
    numbers have.
    """

    lines: frozenset[int]
    numbers: Mapping[int, Set[int]]
    sizes: Mapping[int, Mapping[int, int]]


class Keyed:
    """The keys of a page, and the questions that they mean."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.used_keys: dict[int, Key] = {}

    @cached_property
    def keys(self) -> Sequence[Key]:
        """The lists of right letters, by the numbers of questions."""
        return tuple(keys_of(self.page.blocks, self.page.raw))

    def keyed(self, line: int, group: Group) -> Told | None:
        """What the list of right letters further down says of the question at a line, by its number."""
        if not (number := _QUESTION_NUMBER.match(self.page.raw[line - 1])):
            line = self.line_above(line)
            number = _HEADING_NUMBER.match(self.page.raw[line - 1]) if line else None
        if not number:
            line = self.heading_above(group)
            number = _LABELLED_NUMBER.match(self.page.raw[line - 1]) if line else None
        if not number:
            return None
        asked = int(number.group(1))
        start = bisect_right(self.keys, group.line, key=lambda key: key.line)
        key = self.key_of(asked, group, start)
        if not key or line in self.parts.lines:
            return None
        if self.parts.numbers.get(line) and not self.means(line, asked, group, start):
            return None
        labelled = _LABELLED_NUMBER.match(self.page.raw[line - 1])
        if labelled and not self.is_near(line, group) and not self.counts(asked, start):
            return None
        entry = key.letters[asked]
        self.used_keys.setdefault(key.line, key)
        repeated = any(bare_text(option.text) == bare_text(entry[1]) for option in group.options)
        return Told(entry[0], "" if repeated else explained(entry[1]), group.end_line, group.after)

    def key_of(self, asked: int, group: Group, start: int) -> Key | None:
        """The key below options that means the question of a number, of those from `start` on.

        One under a heading means the questions under a heading of that name. Where a number is asked again and again
        above keys, there is one for each time, in that order: else none of them is known to be its own.
        """
        if start >= len(self.keys):
            return None
        above, first = self.keys[start - 1].end_line if start else 0, self.keys[start].line
        lines, by_number = self.asked
        below = bisect_right(lines, first)
        following = lines[below] if below < len(lines) else len(self.page.raw) + 1
        keys = self.keys[start : bisect_left(self.keys, following, key=lambda key: key.line)]
        own = {words(title).casefold() for title in self.page.context(group.line)}
        meant = [
            key for key in keys if asked in key.letters and not (key.title in self.parted and key.title not in own)
        ]
        titled = [key for key in meant if key.title in own]
        known = {key.line for key in titled or meant}
        own_lines = by_number.get(asked, ())
        begin, end = bisect_right(own_lines, above), bisect_left(own_lines, first)
        if titled or end - begin < 2:
            return next((key for key in titled or _together(self.keys, start) if key.line in known), None)
        return meant[bisect_right(own_lines, group.line) - begin - 1] if len(meant) == end - begin else None

    def number_in(self, first: int, last: int, wanted: bool = True) -> tuple[int, int] | None:
        """The first line from one to another that begins with the number of a question, and that number."""
        for line in range(first, last + 1 if first and wanted else first):
            raw = self.page.raw[line - 1]
            if found := _QUESTION_NUMBER.match(raw) or _HEADING_NUMBER.match(raw):
                return line, int(found[1])
        return None

    @cached_property
    def parted(self) -> Set[str]:
        """The names of parts of the page that keys have as well."""
        titles = Counter(words(block.title).casefold() for block in self.page.blocks if block.kind == "heading")
        return {key.title for key in self.keys if key.title and titles[key.title] > 1}

    @cached_property
    def asked(self) -> tuple[Sequence[int], Mapping[int, Sequence[int]]]:
        """The lines of the questions that have options with letters, none of them marked: all, and by their numbers."""
        found = dict(self.banked)
        above = 0
        lists = [group.line for group in self.groups if group.letters and not group.marked]
        under = [self.headings[at - 1] if (at := bisect_left(self.headings, line)) else 0 for line in lists]
        often = Counter(under)
        for options, title in zip(lists, under, strict=True):
            titled = self.number_in(title, title, often[title] == 1)
            line, number = (
                titled or self.number_in(max(above, title) + 1, options) or self.number_in(title, title) or (0, 0)
            )
            if line:
                found.setdefault(line, number)
            above = options
        by_number: dict[int, list[int]] = {}
        for line in sorted(found):
            by_number.setdefault(found[line], []).append(line)
        return sorted(found), by_number

    @cached_property
    def banked(self) -> Mapping[int, int]:
        """The numbers of the questions with options under a number, by their lines."""
        raw = self.page.raw
        return {one.line: one.number for block in self.page.blocks for one in banked_in(block, raw)}

    def is_near(self, line: int, group: Group) -> bool:
        """Whether nothing but one block, the question, stands between the heading at a line and its options."""
        blocks = self.page.blocks
        first = bisect_right(blocks, line, key=lambda block: block.line)
        return bisect_left(blocks, group.line, key=lambda block: block.line) - first < 2

    def counts(self, asked: int, start: int) -> bool:
        """Whether a key counts the headings above it that say which question they are.

        One of them has the number, one its last: else its numbers are those of other questions.
        """
        above = self.keys[start - 1].end_line if start else 0
        keys = tuple(_together(self.keys, start))
        numbers = [number for line, number in self.labelled if above < line < keys[0].line]
        return numbers.count(asked) == 1 and max(keys[-1].letters) in numbers

    @cached_property
    def labelled(self) -> Sequence[tuple[int, int]]:
        """The lines and numbers of the headings that say which question they are."""
        found = ((line, _LABELLED_NUMBER.match(self.page.raw[line - 1])) for line in self.headings)
        return [(line, int(number[1])) for line, number in found if number]

    def means(self, line: int, asked: int, group: Group, start: int) -> bool:
        """Whether a key means by a number the question of that number at a line, with parts of a quiz beside it.

        It does where it counts just such questions, and the parts by a letter for each question in them; and where the
        question has this number among all of them as well, and the key no greater ones.
        """
        counted, sizes = self.parts.numbers[line], self.parts.sizes[line]
        keys = tuple(_together(self.keys, start))
        told = {number: len(letters) for one in keys for number, (letters, _) in one.letters.items()}
        parts = {number for number, count in told.items() if count > 1 and sizes.get(number) == count}
        if told.keys() - parts == counted or (parts and told.keys() - parts <= counted):
            return True
        first = start
        while first and min(self.keys[first].letters) > max(self.keys[first - 1].letters):
            first -= 1
        before = bisect_right(self.lists, self.keys[first - 1].end_line) if first else 0
        among = bisect_right(self.lists, group.line) - before
        return among == asked and max(told) <= bisect_right(self.lists, keys[-1].line) - before

    @cached_property
    def lists(self) -> Sequence[int]:
        """The lines at which options begin."""
        return [group.line for group in self.groups]

    @cached_property
    def groups(self) -> Sequence[Group]:
        """The options that stand in no other block."""
        found, blocks, at = list[Group](), self.page.blocks, 0
        while at < len(blocks):
            group = group_at(blocks, at)
            if group:
                found.append(group)
            at = group.after if group else at + 1
        return found

    def line_above(self, line: int) -> int:
        """The line right above one, blank ones aside; 0 above the first.

        It may be a heading with the number of the question: `### Question 3`, `### Q3: Layers`.
        """
        above = line - 1
        while above and not self.page.raw[above - 1].strip():
            above -= 1
        return above

    def heading_above(self, group: Group) -> int:
        """The line of the heading under which these options are the first; 0 where other options stand between."""
        at = bisect_left(self.headings, group.line) - 1
        line = self.headings[at] if at >= 0 else 0
        others = bisect_left(self.lists, line), bisect_left(self.lists, group.line)
        return line if others[0] == others[1] else 0

    def only_heading_above(self, group: Group) -> int:
        """The same where no other options follow before the next heading either."""
        line = self.heading_above(group)
        at = bisect_right(self.headings, line)
        following = self.headings[at] if at < len(self.headings) else len(self.page.raw) + 1
        return line if bisect_left(self.lists, following) - bisect_left(self.lists, line) < 2 else 0

    @cached_property
    def headings(self) -> Sequence[int]:
        """The lines of the headings."""
        return [block.line for block in self.page.blocks if block.kind == "heading"]

    @cached_property
    def parts(self) -> Parts:
        """What the bare numbers of headings count on a level on which several questions stand under one heading.

        A heading that asks, or that has options right below it, is a question itself; more lists under it that nothing
        asks are no others.
        """
        blocks = self.page.blocks
        titles: list[Block] = []
        counting: set[int] = set()
        levels: set[int] = set()  # on which several questions, or lists, stand under one heading
        sure: set[int] = set()  # on which they are questions
        sizes: dict[int, int] = {}
        title: Block | None = None
        asking = direct = False  # whether the heading asks, and whether it has options right below it
        asked = after = 0  # the questions under it so far, and the first block below their options
        for at, block in enumerate(blocks):
            if block.kind == "heading":
                title = block if _PART_NUMBER.match(block.lines[0]) else None
                asking, direct, asked = asks(block.title), False, 0
                if title:
                    titles.append(title)
                    if not asking:
                        counting.add(title.line)
            elif title and at >= after and (group := group_at(blocks, at)):
                above = blocks[at - 1]
                if above is title:
                    direct, asked = True, 1
                    counting.discard(title.line)
                elif at != after and not words(above.text).casefold().startswith(EXPLAINING):
                    asked += not asking or asks(above.text)
                after = group.after
                sizes[title.line] = asked
                if asked > 1:
                    levels.add(title.level)
                    if not direct:
                        counting.add(title.line)
                    if not direct or asks(above.text):
                        sure.add(title.level)
        numbers: dict[int, set[int]] = {level: set() for level in sure}
        questions = [one for one in titles if one.line not in counting and one.level in sure]
        for one in questions:
            numbers[one.level].update(_numbers(one))
        lines = frozenset(one.line for one in titles if one.line in counting and one.level in levels)
        others: dict[int, dict[int, int]] = {level: {} for level in sure}
        for one in titles:
            if one.line in lines and one.level in sure:
                others[one.level].update(dict.fromkeys(_numbers(one), sizes.get(one.line, 0)))
        return Parts(
            lines,
            {one.line: numbers[one.level] for one in questions},
            {one.line: others[one.level] for one in questions},
        )


def _numbers(title: Block) -> Iterator[int]:
    """The bare number of a heading."""
    return map(int, _PART_NUMBER.findall(title.lines[0]))


def _together(keys: Sequence[Key], start: int) -> Iterator[Key]:
    """A key and those below it that go on counting where the one above has ended: parts of one."""
    for at in range(start, len(keys)):
        if at > start and min(keys[at].letters) <= max(keys[at - 1].letters):
            return
        yield keys[at]
