"""The question that options belong to: which of the blocks above them asks, and its text."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from studytool.notes.asking import asks, numbered, numbered_as_question, question_text, sets_a_task, without_number
from studytool.notes.dialects.answer_line import is_answered
from studytool.notes.dialects.answers import is_answer_label
from studytool.notes.dialects.heading_body import QUESTION_LABELS, part_of
from studytool.notes.dialects.option_answers import Answers
from studytool.notes.dialects.option_groups import Group, is_options
from studytool.notes.lazy import cached_property
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.plain import plain_words, words
from studytool.notes.words import word_set
from studytool.notes.written import written

BETWEEN = frozenset({"paragraph", "fence", "code", "math", "table", "html", "quote"})
"""What may stand between a question and its options: it belongs to the question."""
_ABOVE_BLOCKS = 6
_TASKS = frozenset(
    ("to do", "todo", "to-do", "todos", "tasks", "checklist", "progress", "next steps", "action items", "roadmap")
)
"""What is headed so is to be done, also in a note of questions."""
_GRADES = word_set("difficulty level schwierigkeit dificultad nivel dificuldade nível difficulté niveau сложность")
_FILED_BY = _GRADES | word_set("topic topics category tags answer-type question-type thema tema thème тема")
"""What a bank of questions says of each question besides the question."""
_FILED_BESIDE = _FILED_BY | word_set("type domain section objective points marks score weight punkte puntos pontos")
"""What it says beside one of those: alone it may be what the question is about."""
_FILED_WORDS = 8
_FILED = re.compile(r"\d[\d./]{0,4}|[^\d`$()=<>]*")
"""What it is filed under: a number alone, or words without one."""
_CHOOSE = ("choose ", "select ", "pick ", "mark ", "tick ")


@dataclass(slots=True)
class _Above:
    """What the way up from some options has found."""

    start: int
    """The block that it has come to."""
    asking_at: int | None = None
    """The block that asks."""
    listed: bool = False
    """Whether a list stands between: statements that the question of a numbered heading is about."""
    is_settled: bool = False
    """Whether nothing further above comes into question."""

    def settled(self, asking_at: int | None) -> _Above:
        """Nothing else but this block asks, or nothing at all."""
        self.asking_at, self.is_settled = asking_at, True
        return self


class Prompts:
    """The questions of a page."""

    def __init__(self, page: Page, answers: Answers, *, any_heading: bool = False) -> None:
        self.page, self.answers = page, answers
        self.all_ask = any_heading

    @cached_property
    def any_heading(self) -> bool:
        """Whether headings above task lists are questions, whatever their words: most of them are, three at least."""
        if self.all_ask:
            return True
        above: list[bool] = []
        heading = None
        for block in self.page.blocks:
            if block.kind == "heading":
                heading = block
            elif heading and is_options(block) and any(item.label == "x" for item in block.children):
                above.append(_asks(heading.title))
                heading = None
        return len(above) >= 3 and sum(above) * 2 > len(above)

    def prompt(self, blocks: Sequence[Block], at: int, past: int, group: Group, title: Block | None) -> int | None:
        """The block in which the question of the options at `at` begins, or None when they ask nothing.

        It is `at` itself where the paragraph of the options begins with it, and -1 where the title of a callout asks.
        """
        if group.lead:
            return self._own_lead(blocks, at, past, group, title)
        if at == 0 and title is not None and title.title:
            return -1 if asks(title.title) else None
        above = self._above(blocks, at, past, group, title)
        if above.asking_at is not None and (headed := self._headed(blocks, at, past, group, above.asking_at)) >= 0:
            return headed
        return above.asking_at if above.is_settled else self._or_heading(blocks, past, group, above)

    def _headed(self, blocks: Sequence[Block], at: int, past: int, group: Group, asking_at: int) -> int:
        """The heading that says that all down to the options is one question; -1 where there is none.

        It is none where the block that asks is numbered itself, where one above it is answered, or more options follow.
        """
        if blocks is not self.page.blocks or blocks[asking_at].kind == "list" or numbered(blocks[asking_at].text):
            return -1
        line = self.answers.only_heading_above(group)
        found = bisect_left(blocks, line, past, at, key=lambda block: block.line) if line else at
        if found == at or blocks[found].line != line or not _is_numbered_question(blocks[found]):
            return -1
        return -1 if _holds_an_answer(blocks[found + 1 : asking_at + 1]) else found

    def _own_lead(self, blocks: Sequence[Block], at: int, past: int, group: Group, title: Block | None) -> int | None:
        """The same where the paragraph of the options begins with words of its own."""
        lead = "\n".join(group.lead)
        above = blocks[at - 1] if at > past and blocks[at - 1].kind == "heading" else None
        asking = asks(lead) or _has_gap(lead) or numbered(lead)
        if not asking and group.letters and lead.rstrip("*_ ").endswith(":"):
            asking = group.marked or self.answers.told(blocks, group) is not None
        if not asking and group.letters and not group.marked and title and title.kind == "item":
            asking = self.answers.in_item(blocks, group, title) is not None  # they complete it
        if above and (_asks(above.title) if not asking else numbered(above.title)):
            return at - 1
        return at if asking else None

    def _above(self, blocks: Sequence[Block], at: int, past: int, group: Group, title: Block | None) -> _Above:
        """Go up from the options, over what may stand between them and their question."""
        above = _Above(at - 1)
        least = max(past, at - _ABOVE_BLOCKS - 1)
        while above.start >= least and (blocks[above.start].kind in BETWEEN or blocks[above.start].kind == "list"):
            block = blocks[above.start]
            if block.kind == "list" and not _only_item(block):
                if above.asking_at is not None or is_options(block):
                    break
                above.listed = True
            elif block.kind == "list":
                own = block.children[0].text
                told = group.letters and (group.marked or self.answers.told(blocks, group))
                if above.asking_at is None and (told or _is_prompt(own, inside=True)):
                    above.asking_at = above.start
                break
            if block.kind == "paragraph" and block.text.rstrip("*_ ").endswith(":") and is_answer_label(block.text):
                return above.settled(None)  # what follows is the answer to the question above
            if block.kind == "paragraph" and is_answered(block):
                break  # with its answer on a line of its own, that question and all above it are none of these options
            if above.start == at - 1 and not group.letters and block.kind == "paragraph" and _goes_on(block.text):
                return above.settled(above.start)
            if (
                above.asking_at is None
                and not above.listed
                and block.kind == "paragraph"
                and _is_prompt(block.text, inside=title is not None)
            ):
                above.asking_at = above.start
            above.start -= 1
        return above

    def _or_heading(self, blocks: Sequence[Block], past: int, group: Group, above: _Above) -> int | None:
        """What asks: the heading at which the way up has ended, or a block on the way."""
        start, asking_at = above.start, above.asking_at
        heading = blocks[start] if start >= past and blocks[start].kind == "heading" else None
        if heading and numbered(heading.title) and (asking_at is None or asking_at - start <= 2):
            if asking_at is not None and numbered_as_question(blocks[asking_at].text):
                return asking_at  # it has a number of its own: that of the heading counts parts
            if asking_at is not None or _asks(heading.title) or self.any_heading:
                return start
            return start if group.letters and self.answers.told(blocks, group) else None
        if above.listed:
            return None
        if asking_at is not None:
            return asking_at
        if heading and _asks(heading.title):
            return start
        any_heading = heading and self.any_heading and words(heading.title).casefold().rstrip(":") not in _TASKS
        return start if any_heading and not group.letters else None

    def asked(
        self, blocks: Sequence[Block], start: int, at: int, group: Group, title: Block | None
    ) -> tuple[int, str, bool]:
        """The first line of a question, its text, and whether it is a heading, so that its section belongs to it."""
        if start < 0 and title:
            return title.line, question_text(title.title), True
        first = blocks[start]
        line = title.line if title and title.kind == "item" and start == 0 else first.line
        if start == at:
            return line, _lead(group.lead), False
        opened = title is not None and title.kind == "callout" and start == 0 and _says_what(title.title)
        lines = first.children[0].lines if first.kind == "list" else first.lines
        told = _title(first) if first.kind == "heading" else _lead(lines)
        parts = [question_text(title.title), told] if title and opened else [told]
        if first.kind == "heading" and (stated := self.stated(blocks, start)):
            line, parts = blocks[start - 1].line, [stated, told]
        line = title.line if title and opened else line
        between = blocks[start + 1 : at]
        if first.kind == "heading" and any(map(_keeps_books, between)):
            parts += [self.page.source(one.line, one.end_line) for one in between if not _keeps_books(one)]
        elif first.kind == "heading" and not told and len(between) == 1 and between[0].kind == "paragraph":
            parts.append(_lead(between[0].lines))
        elif between:
            parts.append(self.page.source(between[0].line, between[-1].end_line))
        if group.lead:
            parts.append(_lead(group.lead))
        return line, "\n\n".join(part for part in parts if part), first.kind == "heading"

    def stated(self, blocks: Sequence[Block], at: int) -> str:
        """The heading right above one that asks, where it only states what the question is about."""
        block, above = blocks[at], blocks[at - 1] if at else None
        if above is None or above.kind != "heading" or above.level != block.level or numbered(block.title):
            return ""
        if asks(above.title) or not above.title.rstrip().endswith(".") or not self.page.free(above.line, above.line):
            return ""
        return question_text(above.title)


def right_above(blocks: Sequence[Block], at: int, past: int, title: Block | None) -> int | None:
    """The block right above options whose answer stands below them: it is their question, however worded."""
    if at > past and (blocks[at - 1].kind == "heading" or len(words(blocks[at - 1].text).split()) > 2):
        return at - 1 if blocks[at - 1].kind in ("paragraph", "heading") else None
    return -1 if at == 0 and title is not None and title.title else None


def breaks_off(text: str) -> bool:
    """Whether a text of one line ends as the beginning of a sentence: in a word, a formula, a colon or a comma."""
    told = text.rstrip("*_ ")
    return ("\n" not in told and told[-1:].isalnum()) or told.endswith((":", ",", "$"))


def true_and_false(group: Group) -> bool:
    """Whether options with boxes are true and false: what stands above them is a statement, and asks nothing."""
    said = {words(option.text).casefold().rstrip(".") for option in group.options}
    return group.marked and not group.letters and len(group.options) == 2 and said == {"true", "false"}


def _is_numbered_question(heading: Block) -> bool:
    """Whether a heading says that what stands under it is one question: `Question 3`, `Question 3: Layers`."""
    return numbered_as_question(heading.title) or (part_of(heading) or ("",))[0] == "question"


def _title(heading: Block) -> str:
    """What a heading that begins a question asks; nothing where it only says that it is one."""
    return "" if part_of(heading) else question_text(heading.title)


def _keeps_books(block: Block) -> bool:
    """Whether a paragraph under the heading of a question only files it, or says that the question follows."""
    if block.kind != "paragraph":
        return False
    labels = [words(line.replace("`", "$")).casefold().partition(":") for line in block.lines]
    if len(labels) == 1 and not labels[0][2].strip():
        return labels[0][0] in QUESTION_LABELS
    filed = [(label.replace(" ", "-"), told.strip()) for label, _, told in labels]
    if not all(name in _FILED_BESIDE for name, _ in filed):
        return False
    short = [name for name, told in filed if _FILED.fullmatch(told) and len(told.split()) <= _FILED_WORDS]
    graded = any(name in _GRADES and name in short and len(told.split()) < 3 for name, told in filed)
    return (graded and len(filed) > 1) or (len(short) == len(filed) and not _FILED_BY.isdisjoint(short))


def _holds_an_answer(blocks: Sequence[Block]) -> bool:
    """Whether one of the blocks down to a question is another question, and the next its answer."""
    if any(map(_keeps_books, blocks)):
        return False  # what follows them is one question with its case
    plain = (one.kind == "paragraph" and not one.text.rstrip("*_ ").endswith(":") for one in blocks)
    asking = [asks(one.text) if told else None for one, told in zip(blocks, plain, strict=True)]
    return any(pair == (True, False) for pair in itertools.pairwise(asking))


def _says_what(title: str) -> bool:
    """Whether the title of a callout says more than that a question follows."""
    told = set(plain_words(words(without_number(title)).casefold()))
    return len(told - {"question", "quiz", "exercise", "practice", "check", "knowledge", "your", "test"}) > 1


def _only_item(block: Block) -> bool:
    """Whether a block is the number and text of one question: a list with one item, numbered, of one paragraph."""
    if block.kind != "list" or len(block.children) != 1 or not block.lines[0].lstrip()[:1].isdigit():
        return False
    inner = block.children[0].children
    return len(inner) == 1 and inner[0].kind == "paragraph"


def _asks(title: str) -> bool:
    """Whether a heading is a question to choose an answer to."""
    return (
        sets_a_task(title)
        or _has_gap(title)
        or numbered_as_question(title)
        or question_text(title).casefold().startswith(_CHOOSE)
    )


def _is_prompt(text: str, *, inside: bool) -> bool:
    """Whether a paragraph above options asks: by its end, by a gap to fill, by a number in a list of questions."""
    if asks(text) or _has_gap(text) or (not inside and numbered(text)):
        return True
    told = words(text).casefold()
    return told.startswith(_CHOOSE) or told.rpartition("? ")[2].startswith(_CHOOSE)


def _goes_on(text: str) -> bool:
    """Whether a text breaks off, for an option to end it: `A step too long …`."""
    return words(text).rstrip(" .").endswith("…") or words(text).endswith("...")


def _has_gap(text: str) -> bool:
    return "___" in text or "\\_\\_" in text


def _lead(lines: Sequence[str]) -> str:
    text = "\n".join(lines).strip()
    return question_text(text) if "\n" not in text else written(without_number(text))
