"""Questions that the author has left open: a list under "Questions:", `[!Follow up questions]` and the like."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from studytool.notes import inline
from studytool.notes.asking import asks, asks_in_words, only_links, sets_a_task, unwrapped, without_number
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.heading_body import answer_text
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.plain import says_something, words
from studytool.notes.sections import Section
from studytool.notes.words import QUESTION_NOUNS, SECTION_OF, word_set
from studytool.notes.written import dedented, written

_ASKING = word_set(
    """what why how when where which who whose whom is are was were does do did can could should would will has have
    explain describe define compare contrast discuss derive prove show state list name give outline distinguish
    differentiate summarise summarize justify illustrate sketch evaluate analyse analyze identify"""
)
"""How a question begins that carries no question mark."""

_LED_ON = re.compile(r"(?<=[.?!*_])[ \t]+[-–—][ \t]+\[[^\[\]\n]{1,80}\]\([^()\s]{1,2000}\)[ \t]*\Z")
"""A link behind a question that leads on, after a dash."""
_HINTING = word_set("hint hints see siehe cf hinweis tip tipp todo note vgl voir indice pista 提示 힌트 참고 見")
"""How a line begins that helps to answer, or leads to the answer."""
_OPTION = re.compile(r"[ \t]*(?:[-*+][ \t]+)?(?:\[[ xX]\]|\(?[A-Ha-h][.)])[ \t]")
_BULLETS = ("- ", "* ", "+ ")
_ITEM = " \t-*+0123456789.)"
_LEAST = 2
"""So many questions are a list of them."""
_LIST_SHARE = 2
"""Of so many items in a list of questions one at least must ask: else the list is of something else."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    for section in page.sections:
        if section.kind != "questions" or (section.way == "heading" and "question" not in section.label.casefold()):
            continue
        lists = [block for block in section.body if block.kind == "list"]
        drafts = _in_turns(page, section) or [draft for block in lists for draft in _questions(page, block)]
        if not lists and section.way != "heading" and not section.title:
            drafts = list(_plain_lines(section))
        items = [item for block in lists for item in block.children if item.label in (None, " ")]
        if not drafts or len(drafts) * _LIST_SHARE < len(items):
            continue
        named = section.title and not announces_questions(section.title)
        if named and (asks(section.title) or not all(asks(draft.front) for draft in drafts)):
            continue  # the title is what is asked, the list its answer
        ranges = [(section.line, section.line), *((draft.line, draft.end_line) for draft in drafts)]
        yield Claim(tuple(ranges), tuple(drafts))
    yield from _asked_only(page)


def _asked_only(page: Page) -> Iterator[Claim]:
    """The lists right under headings such as "Interview questions" of which every item asks, and none is answered."""
    asked: set[str] = set()  # what the headings of the note say
    for heading, block in itertools.pairwise(page.blocks):
        if heading.kind != "heading" or block.kind != "list" or not announces_questions(heading.title):
            continue
        items = [item for item in block.children if item.label is None and len(item.children) == 1]
        if len(items) < _LEAST or len(items) < len(block.children) or not all(asks(item.text) for item in items):
            continue
        drafts = [draft for item in items if (draft := _draft(item.text, item.line, item.end_line, page.column(item)))]
        asked = asked or {words(one.title).casefold() for one in page.of_kind("heading")}
        if len(drafts) == len(items) and not any(words(draft.front).casefold() in asked for draft in drafts):
            yield Claim(((heading.line, heading.line), (block.line, block.end_line)), tuple(drafts))


def announces_questions(title: str) -> bool:
    """Whether a title only says that questions follow."""
    told = words(title).casefold().strip(" :.")
    return told in SECTION_OF or not QUESTION_NOUNS.isdisjoint(told.replace("/", " ").split())


def _questions(page: Page, block: Block) -> Iterator[Draft]:
    for item in block.children:
        source = item.lines[0] if item.lines else ""
        if item.label is not None:
            if item.label != " ":
                continue  # a task that is done is not asked again
            source = source.lstrip()[3:]
        own = [inner for inner in item.children if inner.kind == "paragraph"]
        if item.label is None and own and own[0].line == item.line:
            if draft := _answered(page, item, own[0]):
                yield draft
                continue
            source = "\n".join(_asked(page, own[0]))
        draft = _draft(source, item.line, item.line + source.count("\n"), page.column(item))
        if draft:
            yield draft


def _answered(page: Page, item: Block, own: Block) -> Draft | None:
    """The card of an item that asks, and says below what the answer is: in its next line, or in blocks under it."""
    width = len(own.lines)
    if width > 1 and asks(own.lines[0]) and (_numbered(page, item) or page.raw[own.line][:1] in " \t>"):
        width = 1
    if own.lines[width - 1].rstrip().endswith((":", "：")):
        return None  # what stands under it is what is asked about
    told = [*own.lines[width:], *dedented(item.lines[len(own.lines) :])]
    draft = _draft("\n".join(own.lines[:width]), item.line, item.end_line, page.column(item))
    back = _answer(told)
    return draft._replace(kind="basic", back=back, link="") if draft and back else None


def _asked(page: Page, own: Block) -> list[str]:
    """The lines of a paragraph that ask: not one at the margin below the question, which nobody meant to be in it."""
    lines = list(own.lines)
    for at in range(1, len(lines)):
        if asks(lines[at - 1]) and page.raw[own.line + at - 1][:1] not in " \t>":
            return lines[:at]
    return lines


def _numbered(page: Page, item: Block) -> bool:
    """Whether an item has a number: the line below it belongs to it, wherever it begins."""
    return page.raw[item.line - 1].lstrip(" \t>")[:1].isdigit()


def _answer(lines: Sequence[str]) -> str:
    """What lines below a question answer; nothing where they ask on, are options, give a hint or lead elsewhere."""
    told = [line for line in lines if line.strip()]
    if not told or any(asks(line) for line in told) or only_links("\n".join(told), wiki=True):
        return ""
    first = words(told[0]).casefold().lstrip("-*+ ").split(None, 1)
    if not first or first[0].strip(".:") in _HINTING or sets_a_task(told[0].lstrip(_ITEM)):
        return ""
    if any(_OPTION.match(line) for line in told):
        return ""
    if len(told) == 1 and told[0][:2] in _BULLETS:
        lines = [told[0][2:]]
    back = answer_text("\n".join(lines).strip("\n"))
    return back if says_something(back) else ""


def _in_turns(page: Page, section: Section) -> list[Draft]:
    """The cards of a section in which numbered questions, each a list of its own, and what answers them take turns."""
    blocks = list(section.body)
    starts = [at for at, block in enumerate(blocks) if _is_turn(block)]
    if section.way == "callout" or not starts or starts[0]:
        return []
    drafts = []
    for at, end in itertools.pairwise([*starts, len(blocks)]):
        first, last = blocks[at].end_line + 1, blocks[end - 1].end_line
        draft = _draft(blocks[at].children[0].text, blocks[at].line, last, page.column(blocks[at].children[0]))
        back = _answer(page.raw[first - 1 : last])
        if not draft or not back:
            return []
        drafts.append(draft._replace(kind="basic", back=back, link=""))
    return drafts


def _is_turn(block: Block) -> bool:
    """Whether a block is one numbered question, with nothing under it."""
    if block.kind != "list" or len(block.children) != 1 or not block.lines[0].lstrip()[:1].isdigit():
        return False
    item = block.children[0]
    return item.label is None and len(item.children) == 1 and asks(item.text)


def _plain_lines(section: Section) -> Iterator[Draft]:
    """Questions that stand as lines of their own, where pasting has lost the bullets."""
    for block in section.body:
        if block.kind != "paragraph":
            return
        for at, line in enumerate(block.lines):
            if words(line).endswith((".", "?", "？", "؟")) and (
                draft := _draft(line, block.line + at, block.line + at, 1)
            ):
                yield draft


def _draft(source: str, line: int, end_line: int, column: int) -> Draft | None:
    """An open question, where it is worded like one."""
    source = _LED_ON.sub("", source.strip())
    front = written(without_number(unwrapped(source.lstrip("#").lstrip() if source.startswith("#") else source)))
    told = words(front).split()
    if not told or front.startswith("{{") or not any(c.isalnum() for c in front):
        return None
    if not asks_in_words(front) and told[0].casefold().strip(",'’") not in _ASKING:
        return None
    return Draft("open", front, "", line, end_line, column, link=_whole_link(source))


def _whole_link(source: str) -> str:
    """The target of the wikilink that a question consists of, or nothing."""
    spans = list(inline.scan(source))
    whole = len(spans) == 1 and spans[0].kind == "wikilink" and spans[0].end - spans[0].start == len(source)
    return spans[0].target if whole else ""


DIALECT = Dialect(
    name="open-question",
    level="derived",
    recognises=(
        "The list under “Questions:”, `[!Follow up questions]` and the like: questions without an answer. One with "
        "text under it that tells something is answered by that."
    ),
    find=_find,
    example="Questions:\n- Why does depth help?\n- [[Explain weight decay.]]\n",
    cards=(("Why does depth help?", ""), ("Explain weight decay.", "")),
)
