"""A question and its options: a task list with the right ones ticked, or a lettered list and which letter is right."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects import answer_line, details, matching, ordering
from studytool.notes.dialects.answers import PLACES, listed_letters
from studytool.notes.dialects.bold_question import asks_anew
from studytool.notes.dialects.explaining import EXPLAINING, explained
from studytool.notes.dialects.option_answers import Answers
from studytool.notes.dialects.option_groups import RIGHT_SIGNS, Group, group_at, is_options
from studytool.notes.dialects.option_keys import Told
from studytool.notes.dialects.option_prompts import BETWEEN, Prompts, breaks_off, right_above, true_and_false
from studytool.notes.dialects.true_or_false import STATEMENT_SIGNS, statement_of
from studytool.notes.html_text import without_html
from studytool.notes.lazy import cached_property
from studytool.notes.markdown import Block
from studytool.notes.model import Option
from studytool.notes.page import Page
from studytool.notes.plain import words
from studytool.notes.sections import section_kind
from studytool.notes.written import written

_FIRST_LETTERS = "".join(letter + letter.lower() for letter, place in PLACES.items() if place == 0)
_ANY_BOX = re.compile(r"\[[ xX×✓✔]?\](?![(\[:])")
_AFTER_FIRST = {
    **{sign: re.compile(rf"[{sign}](?<=[{_FIRST_LETTERS}].)(?<![^\s`*_(>]..)") for sign in ".:)"},
    **{f" {sign} ": re.compile(rf"{sign}(?<=[{_FIRST_LETTERS}] .)(?<![^\s`*_(>]...) ") for sign in "-–—"},
}
"""What stands behind the letter of a first option, and how it is found there, by the sign alone."""
_ONE = ("choose one", "select one", "pick one", "which one", "only one", "one answer", "single answer", "single choice")
"""How a question says that one option is right."""
_ALL = ("all that apply", "all which apply", "all correct", "all the correct")
"""How a question says that any number of options may be right, even all."""
_NUMBERS = {"two": 2, "2": 2, "three": 3, "3": 3, "four": 4, "4": 4}
_SO_MANY = re.compile(r"\b(?:choose|select|pick|mark) (?:the |any )?(two|three|four|[234])\b(?! or)")


class _Quiz:
    """A page as a quiz, with what is needed only where there are options."""

    def __init__(self, page: Page, *, any_heading: bool = False) -> None:
        self.page = page
        self.answers = Answers(page)
        self.prompts = Prompts(page, self.answers, any_heading=any_heading)

    @cached_property
    def worth(self) -> Sequence[int]:
        """The lines in which options may stand: those with a box, the first letter of an alphabet, a sign for right.

        A tab may turn out to be the blank in a box: where there are tabs, any line may be one.
        """
        page = self.page
        boxes = page.lines_of(_ANY_BOX) if "]" in page.text else []
        rounds = page.lines_with("( ) ")
        signs = page.lines_with(*RIGHT_SIGNS)
        firsts = (page.lines_of(first) for sign, first in _AFTER_FIRST.items() if sign in page.text)
        found = sorted({*boxes, *rounds, *signs}.union(*firsts))
        return range(page.body_start, len(page.raw) + 1) if found and "\t" in page.text else found

    def may_hold(self, block: Block) -> bool:
        """Whether options may stand in a block."""
        at = bisect_left(self.worth, block.line)
        return at < len(self.worth) and self.worth[at] <= block.end_line

    @cached_property
    def any_statement(self) -> bool:
        """Whether the page may ask anywhere if a statement is true."""
        text = self.page.text
        return ("rue" in text or "RUE" in text) and any(sign in text for sign in STATEMENT_SIGNS)

    def sequence(self, blocks: Sequence[Block], title: Block | None = None) -> Iterator[Claim | Remark]:
        """The questions among blocks that follow each other; `title` is a callout or an item that they stand in."""
        at = past = 0
        while at < len(blocks):
            if not (self.any_statement or self.may_hold(blocks[at])):
                at += 1
                continue
            group = group_at(blocks, at)
            if group and group.letters and not group.marked and group.after < len(blocks):
                following = blocks[group.after]
                if following.kind == "list" and is_options(following):
                    at = group.after  # letters name what the options speak of
                    continue
            if group is None:
                block = blocks[at]
                if self.any_statement and (statement := self.statement(blocks, at, past, title)):
                    past = at = statement[0]
                    yield statement[1]
                    continue
                if block.kind in ("list", "quote", "callout", "item"):
                    yield from self.sequence(block.children, block if block.kind in ("callout", "item") else None)
                at += 1
                continue
            found = self.question(blocks, at, past, group, title)
            if found is None:
                at = group.after
                continue
            past = at = found[0]
            yield from found[1]

    def question(
        self, blocks: Sequence[Block], at: int, past: int, group: Group, title: Block | None
    ) -> tuple[int, list[Claim | Remark]] | None:
        """Where the question with these options ends, and what it yields; None where they are no options."""
        page = self.page
        unticked = group.marked and not group.letters and not any(option.correct for option in group.options)
        told = self.answers.told(blocks, group, unticked=True) if unticked else None
        start = self.prompts.prompt(blocks, at, past, group, title)
        known = told and told.letters
        if start is None and (known or true_and_false(group) or self.completes(blocks, at, group, title)):
            start = right_above(blocks, at, past, title)
        if start is None or not page.free(group.line, group.end_line):
            return None
        if group.letters and not group.marked:
            if self.answers.are_parts(blocks, blocks[start].line if start >= 0 else group.line, group):
                return None
            told = self.answers.told(blocks, group)
        line, prompt, in_section = self.prompts.asked(blocks, start, at, group, title)
        if told is None and not any(option.correct for option in group.options):
            told = self.answers.keyed(line, group)
            if told is None and group.letters:
                told = self.answers.letter_alone(blocks, group)
        if told is None and group.letters and not group.marked and title is not None and not title.title:
            return None  # a lettered list inside an item: a list of something
        end, after = group.end_line, group.after
        options, explanation = group.options, ""
        if group.marked and group.tail:
            explanation = explained("\n".join(group.tail))
        if told:
            right = set(told.letters)
            options = tuple(replace(one, correct=index in right) for index, one in enumerate(options))
            explanation, end, after = told.explanation, told.end_line, told.after
        problem = _problem(prompt, options, told, group)
        if not (told and told.explanation and not in_section):
            more, end, after = self.explained_below(blocks, end, after, in_section)
            explanation = "\n\n".join(part for part in (explanation, more) if part)
        if not page.free(line, end):
            return None
        if problem:
            said = [] if _all_alike(options) else [problem._replace(line=group.line)]
            return after, [*said, Claim(((line, end),))]
        draft = Draft("choice", prompt, "", line, end, options=options, explanation=explanation)
        return after, [Claim(((line, end),), (draft,))]

    def completes(self, blocks: Sequence[Block], at: int, group: Group, title: Block | None) -> bool:
        """Whether lettered options, the right one of which is told, complete the text right above them.

        In an item it may be any; elsewhere it breaks off: `The largest planet is:`.
        """
        if not group.letters or group.marked or group.lead or not at or blocks[at - 1].kind != "paragraph":
            return False
        if title and title.kind == "item":
            return self.answers.in_item(blocks, group, title) is not None
        if not breaks_off(blocks[at - 1].text):
            return False
        told = self.answers.told(blocks, group)
        return told is not None and bool(told.letters)

    def explained_below(self, blocks: Sequence[Block], end: int, after: int, in_section: bool) -> tuple[str, int, int]:
        """What explains the options that end at `end`; its last line, and the first block after it.

        Under a heading it is all that follows, up to the next heading, rule or question; else a quote or a paragraph
        that says it explains.
        """
        first = after
        if not in_section:
            if after < len(blocks) and (
                blocks[after].kind == "quote"
                or (blocks[after].kind == "paragraph" and words(blocks[after].text).casefold().startswith(EXPLAINING))
            ):
                told = explained(blocks[after].text)
                if not told and after + 1 < len(blocks) and blocks[after + 1].kind in ("paragraph", "list", "quote"):
                    after += 1
                    told = written(blocks[after].text)
                return told, blocks[after].end_line, after + 1
            return "", end, after
        below = 0  # where a text stands below folded questions, so that they are a part of what explains
        while after < len(blocks) and blocks[after].kind not in ("heading", "hr") and not group_at(blocks, after):
            if not self.page.free(blocks[after].line, blocks[after].end_line) or _begins_a_part(blocks[after]):
                break
            if blocks[after].line in self.answers.used_keys:
                break  # the right letters of the whole quiz
            if after >= below and blocks[after].kind == "html":
                below = self._folded_from(blocks, after)
                if below == after:
                    break
            if blocks is self.page.blocks and asks_anew(self.page, after):
                break
            if (line := self._asked_below(blocks, after)) > end:
                while after > first and blocks[after - 1].line >= line:
                    after -= 1
                break
            after += 1
        if after < len(blocks) and self._has_prompt(
            blocks, after, first
        ):  # options again: what is above them is theirs
            while after > first and blocks[after - 1].kind in BETWEEN:
                after -= 1
                if blocks[after].kind == "paragraph":
                    break
        if after == first:
            return "", end, after
        last = blocks[after - 1]
        whole = self.page.source(blocks[first].line, last.end_line)
        if after - first == 1 and last.kind == "quote":
            whole = written(last.text)
        return explained(without_html(whole)), last.end_line, after

    def _has_prompt(self, blocks: Sequence[Block], at: int, first: int) -> bool:
        """Whether options that follow an explanation, which begins at `first`, have its last paragraph as their prompt.

        Those of a list have; letters in a paragraph, where that asks.
        """
        if blocks[at].kind == "list":
            return True
        above = at - 1
        while above > first and blocks[above].kind != "paragraph" and blocks[above].kind in BETWEEN:
            above -= 1
        return above >= first and blocks[above].kind == "paragraph" and words(blocks[above].text).endswith("?")

    def _folded_from(self, blocks: Sequence[Block], at: int) -> int:
        """`at`, where folded questions of their own are all that follows, or all but other questions.

        Else where something else follows.
        """
        after = at
        while after < len(blocks) and blocks[after].kind not in ("heading", "hr"):
            end = details.asked_till(self.page, blocks[after].line)
            if not end:
                asked = group_at(blocks, after) or self._asked_below(blocks, after) >= blocks[after].line
                return at if asked and after > at else max(after, at + 1)
            while after < len(blocks) and blocks[after].line <= end:
                after += 1
        return at

    def _asked_below(self, blocks: Sequence[Block], at: int) -> int:
        """The line of the question of its own that a block answers; 0 where it answers none."""
        asked_at = (answer_line.asked_at, ordering.asked_at, matching.asked_at)
        return max(line(self.page, blocks, at) for line in asked_at)

    def statement(self, blocks: Sequence[Block], at: int, past: int, title: Block | None) -> tuple[int, Claim] | None:
        """Where a statement that is true or false ends, as the folded answer at `at` says, and what it yields."""
        if blocks[at].kind not in ("callout", "quote", "html"):
            return None
        return statement_of(self.page, self.answers.folded(blocks[at]), blocks, at, past, title)


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from questions_of(page)


def questions_of(page: Page, *, any_heading: bool = False) -> Iterator[Claim | Remark]:
    """The questions of a page; with `any_heading` every heading above ticked options is one, whatever its words."""
    quiz = _Quiz(page, any_heading=any_heading)
    if quiz.worth or quiz.any_statement:
        yield from quiz.sequence(page.blocks)
        for key in quiz.answers.used_keys.values():
            yield Claim(((key.line, key.end_line),))


def _begins_a_part(block: Block) -> bool:
    """Whether a block opens a part of the note with cards of its own: "Questions:", a callout."""
    return block.kind == "callout" or section_kind(block) in ("questions", "related")


def _all_alike(options: Sequence[Option]) -> bool:
    """Whether several options have one text: the tasks of a template that were ticked, of which only dates are left."""
    return len(options) > 1 and len({option.text for option in options}) == 1


def _problem(prompt: str, options: Sequence[Option], told: Told | None, group: Group) -> Remark | None:
    """What is wrong with the data of a question, if anything is."""
    right = sum(option.correct for option in options)
    line = group.line
    if told and (not told.letters or max(told.letters) >= len(options)):
        message = "The answer to this question names none of its options."
        return Remark(line, "warning", "choice-data", message, "Name the letter of the right option: `Answer: B`.")
    if len(options) < 2:
        hint = "Add the others, or write it as a plain question."
        return Remark(line, "warning", "choice-data", "This question has one option only.", hint)
    if not right:
        hint = "Tick the right one: `- [x] …`." if not group.letters else "Say which one is: `Answer: B`."
        return Remark(line, "warning", "choice-data", "None of these options is marked as right.", hint)
    asked = words(prompt).casefold()
    if right == len(options) and not any(told in asked for told in _ALL):
        hint = "Leave the wrong ones open: `- [ ] …`."
        return Remark(line, "warning", "choice-data", "All of these options are marked as right.", hint)
    many = _SO_MANY.search(asked)
    if right > 1 and not many and any(told in asked for told in _ONE):
        message = f"This question asks for one option, and {right} are marked as right."
        return Remark(line, "warning", "choice-data", message, "Leave one of them marked, or ask for several.")
    if many and right != _NUMBERS[many.group(1)] and not (right == 1 and _names_several(options)):
        marked = "1 is marked" if right == 1 else f"{right} are marked"
        message = f"This question asks for {many.group(1)} options, and {marked} as right."
        return Remark(line, "warning", "choice-data", message, "Mark as many as it asks for.")
    return None


def _names_several(options: Sequence[Option]) -> bool:
    """Whether the right option is a list of letters itself: `B, D, E`."""
    return any(option.correct and len(listed_letters(option.text) or ()) > 1 for option in options)


DIALECT = Dialect(
    name="choice",
    level="structured",
    recognises=(
        "A question and its options: ticked as tasks, or lettered, with the right letter told below them or in a key "
        "for all numbers, `Answers: 1b, 2a`, a list or a table; and why. Where the right one is told, options may end "
        "a sentence that is no question."
    ),
    find=_find,
    example=(
        "What does ReLU give for -2?\n\n- [ ] -2\n- [x] 0\n- [ ] 2\n\n> It cuts off everything below zero.\n\n"
        "## Which one is linear?\n\n- A: ReLU\n- B: the identity\n\nAnswer: B\n"
    ),
    cards=(
        ("What does ReLU give for -2?\n\n- -2\n- 0\n- 2", "0\n\nIt cuts off everything below zero."),
        ("Which one is linear?\n\n- ReLU\n- the identity", "the identity"),
    ),
)
