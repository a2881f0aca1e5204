"""Banks of questions: a numbered list whose items hold lettered options, with the right letters in a list below."""

from __future__ import annotations

import operator
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool.notes.asking import asks, sets_a_task
from studytool.notes.claims import Remark
from studytool.notes.dialects.option_groups import Group, group_at
from studytool.notes.lazy import cached_property
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.plain import words

_NUMBER = re.compile(r"[ \t>]{0,12}(\d{1,3})[.)][ \t]")
_NAMED = 5
"""So many questions are named by their numbers."""
_OPTION_WORDS = 30
"""An option has so many words at most; what is longer is a part of an exercise, or an answer."""


class Banked(NamedTuple):
    """A question of a bank: its line and number, and the options under it."""

    line: int
    number: int
    group: Group


def banked_in(block: Block, raw: Sequence[str]) -> Iterator[Banked]:
    """The questions of a list that have lettered options and say nothing of the right ones themselves."""
    if block.kind != "list" or not block.lines[0].lstrip()[:1].isdigit():
        return
    for item in block.children:
        number = _NUMBER.match(raw[item.line - 1])
        groups = (group_at(item.children, at) for at in range(len(item.children)))
        group = next(filter(None, groups), None)
        if number and group and group.letters and not group.marked and not group.tail and group.line > item.line:
            yield Banked(item.line, int(number[1]), group)


class Banks:
    """The questions of all banks of a page whose options no card uses."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @cached_property
    def lost(self) -> Sequence[Banked]:
        """They, where they are several and one of them asks. Tasks with parts are none."""
        page = self.page
        found = (one for block in page.blocks for one in banked_in(block, page.raw))
        asked = [one for one in found if _chooses(one)]
        if len(asked) < 2 or not any(_asks(page, one) for one in asked):
            return ()
        return [one for one in asked if page.free(one.line, one.group.end_line)]

    def untold(self, first: int, last: int) -> Remark | None:
        """What to say of lines that no card uses, where they hold questions whose right options are not told."""
        key = operator.attrgetter("line")
        lost = self.lost[bisect_left(self.lost, first, key=key) : bisect_right(self.lost, last, key=key)]
        if not lost:
            return None
        numbers = ", ".join(str(one.number) for one in lost[:_NAMED]) + (", …" if len(lost) > _NAMED else "")
        named = f"question {numbers}" if len(lost) == 1 else f"questions {numbers}"
        message = f"Nothing says which options of {named} are right (lines {first}-{last})."
        hint = "Write the letters by the numbers below: `Answers: 1-b, 2-a`. Each part that counts anew needs its own."
        return Remark(lost[0].line, "warning", "choice-data", message, hint)


def _asks(page: Page, one: Banked) -> bool:
    above = page.raw[one.line - 1 : one.group.line - 1]
    return any(asks(line) or "___" in line for line in above)


def _chooses(one: Banked) -> bool:
    """Whether options are short and set no task: the parts of an exercise are no options."""
    return not any(
        sets_a_task(option.text) or len(words(option.text).split()) > _OPTION_WORDS for option in one.group.options
    )
