"""The parts that headings make: what answers one, and those marked "Question (EN)" and "Answer (EN)"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from studytool.notes.asking import numbered, question_text
from studytool.notes.claims import Claim, Draft, Remark
from studytool.notes.dialects.bold_question import asks_anew
from studytool.notes.dialects.heading_body import answer_text, answered, part_of, says_anything
from studytool.notes.html_text import without_html
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.plain import words

_TELLING = ("paragraph", "list", "table", "quote")
_AFTERWARDS = (
    *("follow-up", "follow up", "followup", "reference", "related", "further reading", "see also", "sources", "links"),
    *("additional question", "дополнительные вопросы", "ссылки", "связанные", "dopolnitelnye", "ssylki", "svyazannye"),
)
"""How headings begin that end an answer under `## Answer`, whatever their level."""


def body_of(page: Page, at: int, asking: frozenset[int]) -> list[Block]:
    """The blocks under a heading up to the next of its own or a higher level, one that asks, or what is taken."""
    level, blocks = page.blocks[at].level, page.blocks
    below = at  # the heading, or the end of the note, that is next below the block looked at
    body: list[Block] = []
    tells = False
    for following in range(at + 1, len(blocks)):
        block = blocks[following]
        if block.kind == "heading" and (block.level <= level or following in asking):
            break
        if not page.free(block.line, block.end_line):
            break
        if tells and asks_anew(page, following):
            while below < len(blocks) and (below <= following or blocks[below].kind != "heading"):
                below += 1
            if below == len(blocks) or blocks[below].level <= level or below in asking:
                break  # what stands under a heading within the answer would be lost else
        body.append(block)
        tells = tells or block.kind in _TELLING
    while body and (body[-1].kind in ("hr", "comment", "heading") or _is_gap(body[-1])):
        body.pop()
    while body and (body[0].kind in ("hr", "comment") or _is_gap(body[0])):
        body.pop(0)
    return body


def _is_gap(block: Block) -> bool:
    """What shows nothing: `<br>`, the end of a `<div>`, a fence at the end of a note that opens and holds nothing."""
    if block.kind == "fence":
        return not block.closed and not any(map(str.strip, block.lines[1:]))
    return block.kind == "html" and not without_html(block.text).strip()


def heading_above(page: Page, at: int) -> str:
    """The heading right above one in the tree of headings, as it reads; empty for those at the top."""
    above = page.context(page.blocks[at].line)
    return question_text(above[-1]) if above else ""


def marked_parts(page: Page) -> Iterator[Claim | Remark]:
    """Questions and answers under headings that only say so, paired by what follows the label: a language, a number."""
    labels = labels_of(page)
    answers = _Answers(labels)
    stops = frozenset(labels)
    for at, (kind, mark) in labels.items():
        if kind != "question":
            continue
        body = body_of(page, at, stops)
        asked = _asked_of(page, body) if any(says_anything(block) for block in body) else ""
        if not asked:
            continue  # nothing stands there, or nothing that is shown: `{#an-id}`
        line = page.blocks[at].line
        answer = answers.of(at, mark)
        if answer is None:
            yield _by_numbers(page, at, body, asked, stops)
            continue
        parts = answer_parts(page, answer, stops, marked=bool(mark))
        if not answered(parts):
            hint = "Write the answer under its heading."
            yield Remark(page.blocks[answer].line, "warning", "no-answer", "This answer is empty.", hint)
            continue
        end = parts[-1].end_line
        back = answer_text(page.source(parts[0].line, end))
        ranges = ((line, body[-1].end_line), (page.blocks[answer].line, end))
        yield Claim(ranges, (Draft("basic", asked, back, line, end),))


class _Answers:
    """The headings that say that an answer follows, each for one question."""

    def __init__(self, labels: Mapping[int, tuple[str, str]]) -> None:
        self.waiting: dict[str, list[int]] = {}  # by mark, the last first
        for at in sorted(labels, reverse=True):
            if labels[at][0] == "answer":
                self.waiting.setdefault(labels[at][1], []).append(at)
        self.nexts = dict(pairwise(at for at, (kind, _) in labels.items() if kind == "question"))

    def of(self, at: int, mark: str) -> int | None:
        """The one for the question at `at`, which no other gets; None where it has none. Ask from the top down."""
        for waiting in self.waiting.values():
            while waiting and waiting[-1] < at:
                waiting.pop()
        unmarked = self.waiting.get("") if mark else min((w for w in self.waiting.values() if w), default=None)
        same = self.waiting.get(mark) or unmarked
        if not same or ((not mark or mark.isdigit()) and same[-1] > self.nexts.get(at, same[-1])):
            return None  # there is none, or it answers the next one
        return same.pop()


def _by_numbers(page: Page, at: int, body: Sequence[Block], asked: str, stops: frozenset[int]) -> Claim | Remark:
    """The card of a question that numbered headings answer, without one that says so; a remark where none do."""
    block, place = page.blocks[at], at + 1 + len(body)
    marked = bool((part_of(block) or ("", ""))[1])
    parts: list[Block] = []
    if place < len(page.blocks) and page.blocks[place].kind == "heading" and numbered(page.blocks[place].title):
        parts = answer_parts(page, place - 1, stops, marked=marked, level=block.level)
    if not answered(parts) or not page.free(block.line, parts[-1].end_line):
        hint = "Write the answer under a heading of its own: `## Answer`."
        return Remark(block.line, "warning", "no-answer", "This question has no answer.", hint, waits=True)
    end = parts[-1].end_line
    back = answer_text(page.source(parts[0].line, end))
    return Claim(((block.line, end),), (Draft("basic", asked, back, block.line, end),))


def labels_of(page: Page) -> dict[int, tuple[str, str]]:
    """The headings that name their part, by their place among the blocks."""
    return {at: label for at, block in page.outer("heading") if (label := part_of(block)) is not None}


def is_answer(block: Block) -> bool:
    """Whether a block is a heading that says that the answer follows."""
    return block.kind == "heading" and (part_of(block) or ("",))[0] == "answer"


def answer_parts(page: Page, at: int, stops: frozenset[int], *, marked: bool, level: int = 0) -> list[Block]:
    """The blocks of an answer: its parts may be headings of its own level, up to one that says that it is over.

    Its first part may begin with a heading of a higher level: then so may the others.
    """
    level = level or page.blocks[at].level
    parts: list[Block] = []
    for following in range(at + 1, len(page.blocks)):
        block = page.blocks[following]
        if block.kind == "heading":
            told = words(block.title).casefold()
            if block.level < level and following not in stops and not any(says_anything(part) for part in parts):
                level = block.level
            other_language = marked and block.level <= level and told.endswith(")") and told[-4:-3] == "("
            if following in stops or block.level < level or other_language or told.startswith(_AFTERWARDS):
                break
        if not page.free(block.line, block.end_line):
            break
        parts.append(block)
    while parts and parts[-1].kind in ("hr", "comment", "heading"):
        parts.pop()
    while parts and parts[0].kind in ("hr", "comment"):
        parts.pop(0)
    return parts


def _asked_of(page: Page, body: Sequence[Block]) -> str:
    """A question under its label: the text of a quote, or of what stands there."""
    if len(body) == 1 and body[0].kind == "quote":
        return question_text(body[0].text)
    text = page.source(body[0].line, body[-1].end_line)
    if all(block.kind == "quote" for block in body):
        text = "\n\n".join(block.text for block in body)
    return question_text(text)
