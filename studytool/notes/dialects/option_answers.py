"""What an author says about options: which are right, and why, under them, folded away, or in a key further down."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from studytool.notes.asking import asks, numbered, numbered_as_question
from studytool.notes.dialects.answer_key import Key, begins_key, folded_key, keys_of
from studytool.notes.dialects.answers import (
    IN_WORDS,
    chosen_by,
    is_answer_label,
    letter_of,
    letters_told,
    listed_letters,
    with_reason,
)
from studytool.notes.dialects.explaining import explained
from studytool.notes.dialects.option_groups import Group, tells
from studytool.notes.dialects.option_keys import Keyed, Told
from studytool.notes.html_text import Details, between, details_of, without_html
from studytool.notes.lazy import cached_property
from studytool.notes.markdown import Block
from studytool.notes.model import Option
from studytool.notes.plain import plain_words, words

_DONE = frozenset({"success", "done", "check", "answer", "solution"})
"""Types of callouts that hold an answer, whatever their title."""
_ASIDES = frozenset({"hint", "hints", "tip", "tips"})

_LETTERS_ALONE = re.compile(r"\(?[A-Ja-j]\)|[A-J](?: ?, ?[A-J]){0,3}\.?")
"""A line below options that is nothing but the letter of the right one, or a few of them."""


class Folded(NamedTuple):
    """A `<details>` or a callout: what it is named, what it holds, its last line, and whether it says "answer"."""

    label: str
    text: str
    end_line: int
    sure: bool


class Answers(Keyed):
    """What a page says about its options."""

    @cached_property
    def details(self) -> Mapping[int, Details]:
        """What is folded away on the page, by the line where it begins."""
        return {one.line: one for one in details_of(self.page)}

    @cached_property
    def keys(self) -> Sequence[Key]:
        """The lists of right letters, those that are folded away as well."""
        blocks = self.page.blocks
        found = list(keys_of(blocks, self.page.raw))
        for at, block in enumerate(blocks):
            folded = self.folded(block) if block.kind in ("html", "callout") else None
            if folded and (folded.sure or (at and begins_key(blocks[at - 1]))) and (told := folded_key(folded.text)):
                found.append(Key(block.line, folded.end_line, told))
        return sorted(found, key=lambda key: key.line)

    def in_item(self, blocks: Sequence[Block], group: Group, item: Block) -> Told | None:
        """What is told of options in an item: under them, or by its number further down."""
        told = self.told(blocks, group)
        return told if told and told.letters else self.keyed(item.line, group)

    def told(self, blocks: Sequence[Block], group: Group, *, unticked: bool = False) -> Told | None:
        """Which options the author says are right: in the lines under them, in a heading, in a `<details>`.

        Under task lists in which nothing is ticked the answer may be the text of an option.
        """
        if group.tail:
            return _told_in_tail(group, unticked=unticked)
        at, named = self.telling(blocks, group)
        if at < 0:
            return None
        block, folded = blocks[at], self.folded(blocks[at])
        text = _text_that_tells(block, folded)
        if text is None:
            return None
        end = folded.end_line if folded else block.end_line
        after = at + 1
        while after < len(blocks) and blocks[after].line <= end:
            after += 1
        lines = text.strip().split("\n")
        if reason := with_reason(lines[0].lstrip("# "), group.options):
            return Told((reason[0],), explained("\n".join((reason[1], *lines[1:]))), end, after)
        if unticked:
            sure = folded.sure if folded else named or tells(lines[0])
            if block.kind == "heading" or not (sure or block.kind == "html"):
                return None
            chosen = chosen_by(folded.text.strip().split("\n") if folded else lines, group.options)
            if chosen:
                return Told(chosen[0], explained(chosen[1]), end, after)
            return Told((), "", end, after) if sure else None
        found, rest = _letters_in(lines, group.options, named=named or folded is not None)
        return None if found is None else Told(found, explained("\n".join(rest)), end, after)

    def letter_alone(self, blocks: Sequence[Block], group: Group) -> Told | None:
        """What a line below options says that is nothing but letters, before a rule, the end or a question."""
        at = group.after
        if at >= len(blocks) or blocks[at].kind != "paragraph" or not _LETTERS_ALONE.fullmatch(blocks[at].text.strip()):
            return None
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if following and following.kind != "hr" and not _begins_a_question(following):
            return None
        letters = listed_letters(blocks[at].text.strip(" ()."))
        if not letters or max(letters) >= len(group.options):
            return None
        return Told(letters, "", blocks[at].end_line, at + 1)

    def telling(self, blocks: Sequence[Block], group: Group) -> tuple[int, bool]:
        """The block under options that may say which are right, -1 where none does; whether a label says so above it.

        A rule, folded hints and a label stand between; a list of right letters for the whole page is none of theirs.
        """
        at = group.after
        if at + 1 < len(blocks) and blocks[at].kind == "hr":
            at += 1
        at = self.after_hints(blocks, at)
        if at >= len(blocks):
            return -1, False
        block = blocks[at]
        if block.kind in ("html", "callout") and any(key.line == block.line for key in self.keys):
            return -1, False
        if block.kind == "heading" and self.names_letters(blocks, at, group.options):
            return at + 1, True
        if block.kind != "paragraph":
            return at, False
        if begins_key(block) and any(key.line == block.line for key in self.keys):
            return -1, False
        if at + 1 < len(blocks) and blocks[at + 1].kind == "paragraph":
            told = words(block.text).casefold()
            if told == "explanation:" and words(blocks[at + 1].text).casefold().startswith(IN_WORDS):
                return at + 1, False
            if told.endswith(":") and is_answer_label(told):
                return at + 1, True
        return at, False

    def names_letters(self, blocks: Sequence[Block], at: int, options: Sequence[Option]) -> bool:
        """Whether a heading is the label of the paragraph below it, which begins with letters: `## Answer`."""
        below = blocks[at + 1] if at + 1 < len(blocks) else None
        if not below or below.kind != "paragraph" or not is_answer_label(blocks[at].title):
            return False
        if any(key.line == blocks[at].line for key in self.keys):
            return False
        told = words(below.lines[0]).strip(" .()")
        return told.isupper() and letters_told(told, options, named=True) is not None

    @cached_property
    def folds(self) -> Sequence[int]:
        """The lines where something is folded away."""
        return sorted(self.details)

    def are_parts(self, blocks: Sequence[Block], asked: int, group: Group) -> bool:
        """Whether what has letters are parts of an exercise that is asked at a line: a folded solution has them too.

        So are those in the solution itself, whose question stands above it.
        """
        around = bisect_right(self.folds, group.line) - 1
        if around >= 0 and self.folds[around] > asked and group.line <= self.details[self.folds[around]].end_line:
            return True
        at, _ = self.telling(blocks, group)
        folded = self.folded(blocks[at]) if at >= 0 else None
        letters = [letter_of(line) for line in folded.text.strip().split("\n") if line.strip()] if folded else []
        return letters[:1] == [0] and 1 in letters

    def after_hints(self, blocks: Sequence[Block], at: int) -> int:
        """The first block from `at` on that is no folded hint."""
        while at < len(blocks) and blocks[at].kind in ("html", "callout"):
            folded = self.folded(blocks[at])
            told = f"{blocks[at].label or ''} {folded.label if folded else ''}".casefold()
            if not folded or not _ASIDES.intersection(plain_words(told)[:2]):
                break
            while at < len(blocks) and blocks[at].line <= folded.end_line:
                at += 1
        return at

    def folded(self, block: Block) -> Folded | None:
        """The `<details>` or callout that a block is, a quote around it aside."""
        if block.kind == "html" and block.line in self.details:
            one = self.details[block.line]
            label = words(without_html(one.summary))
            text = without_html(between(self.page, one.content, one.content_end))
            return Folded(label, text, one.end_line, sure=is_answer_label(label))
        if block.kind == "quote" and len(block.children) == 1:
            block = block.children[0]
        if block.kind == "callout":
            sure = is_answer_label(block.title) or (block.label or "").casefold() in _DONE
            return Folded(block.title, "\n".join(block.lines[1:]).strip("\n"), block.end_line, sure=sure)
        return None


def _begins_a_question(block: Block) -> bool:
    first = block.title or block.lines[0]
    return asks(first) or numbered_as_question(first) or (block.kind != "heading" and numbered(first.lstrip()))


def _told_in_tail(group: Group, *, unticked: bool) -> Told | None:
    """What the lines right under options, in the same paragraph, say of them."""
    if unticked and (chosen := chosen_by(group.tail, group.options)):
        return Told(chosen[0], explained(chosen[1]), group.end_line, group.after)
    if reason := with_reason(group.tail[0], group.options):
        why = "\n".join((reason[1], *group.tail[1:]))
        return Told((reason[0],), explained(why), group.end_line, group.after)
    found = letters_told(group.tail[0], group.options)
    if found is None:
        return None
    return Told(found, explained("\n".join(group.tail[1:])), group.end_line, group.after)


def _text_that_tells(block: Block, folded: Folded | None) -> str | None:
    """The text in which a block may say which options are right; None for a block that says no such thing."""
    if folded:
        labelled = block.kind == "callout" and is_answer_label(folded.label)
        return f"{folded.label}: {folded.text}" if labelled else folded.text
    if block.kind == "heading":
        return block.title
    if block.kind == "quote":
        return "\n".join(block.lines)
    return block.text if block.kind == "paragraph" else None


def _letters_in(
    lines: Sequence[str], options: Sequence[Option], *, named: bool
) -> tuple[tuple[int, ...] | None, Sequence[str]]:
    """The places of the right options as lines tell them, None where they do not, and the lines after those."""
    found = letters_told(lines[0].lstrip("# "), options, named=named)
    if not found and named:  # a heading of its own, or a slip of the pen, may stand before it
        labelled = is_answer_label(lines[0].lstrip("# "))
        for at, line in enumerate(lines[1:5], 1):
            sure = labelled and not any(map(str.strip, lines[1:at]))
            if line.strip():
                found = letters_told(line.lstrip("# "), options, named=sure)
            if found:
                return found, lines[at + 1 :]
    return found, lines[1:]
