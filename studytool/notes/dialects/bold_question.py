"""A bold line that asks, and what follows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import accumulate
from textwrap import dedent

from studytool.notes.asking import (
    asks,
    asks_for_several,
    asks_in_words,
    is_list_of_questions,
    question_text,
    signed,
    unwrapped,
)
from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects import definition
from studytool.notes.dialects.bold_lines import Bold, bold_line, is_bold, is_quoted
from studytool.notes.dialects.heading_body import answer_text, answered, is_to_be_written
from studytool.notes.dialects.in_callouts import cards_in_callouts
from studytool.notes.dialects.option_groups import is_options
from studytool.notes.html_text import without_html
from studytool.notes.markdown import Block, bullet
from studytool.notes.page import Page
from studytool.notes.plain import plain_words, words
from studytool.notes.words import word_set
from studytool.notes.written import written

_AFTERWARDS = ("see also", "related", "further reading", "references", "read more", "sources", "links")
"""Labels under which a text leads elsewhere."""
_COLONS = (":", "：")
_ANSWERING = ("paragraph", "list", "table", "quote", "fence", "math")
_ENDING = ("heading", "hr", "paragraph")
"""The blocks that end an answer which stands alone in the course of a text."""
_LEAST = 2
"""So many bold questions, with the answer beside or below each, show that a note asks in this way."""
_FEWEST_WORDS = 3
_JOINING = word_set("and but or und aber oder y pero e mais et а и но")
"""How a question begins that asks on about what stands above it."""
_LEADING_NUMBER = re.compile(r"\s*(\d{1,9})[.)]")
_TOLD_BOLD = ("paragraph", "html", "list")
"""The blocks that may begin with a bold line."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    yield from _read(page)
    yield from cards_in_callouts(page, lambda block: (one := bold_line(block, 0)) is not None and asks(one.text), _read)


def _read(page: Page) -> Iterator[Claim | Remark]:
    asking = _asking(page)
    answered_below = False
    for one in asking.values():
        if page.free(one.line, one.line):
            for found in _card(page, one, _body(page, one, asking)):
                answered_below |= isinstance(found, Claim) and bool(found.drafts)
                yield found
    for _, block in page.outer("list"):
        yield from _items(page, block)
    yield from _run_in(page, 1 if answered_below else _LEAST)


def _asking(page: Page) -> Mapping[int, Bold]:
    """The bold lines of a page that ask, by their place among the blocks."""
    known: Mapping[int, Bold] | None = page.shared.get("asking in bold")
    if known is not None:
        return known
    told = (bold_line(block, at) for at, block in enumerate(page.blocks) if block.kind in _TOLD_BOLD)
    bold = [one for one in told if one and (page.blocks[one.at].kind != "list" or _asks_alone(page, one))]
    if sum(page.blocks[one.at].kind == "list" for one in bold) < _LEAST:
        bold = [one for one in bold if page.blocks[one.at].kind != "list"]
    listed = is_list_of_questions([one.text for one in bold])
    bold = [one for one in bold if not (is_quoted(one.text) and one.at and page.blocks[one.at - 1].kind == "paragraph")]
    asking = [one for one in bold if asks(one.text) or (listed and asks_in_words(one.text))]
    if listed and sum(signed(one.text) for one in asking) * 2 > len(asking):
        starts = {one.at for one in asking}
        asking = [one for one in bold if one.at in starts or signed(one.text)]
    known = page.shared["asking in bold"] = {one.at: one for one in asking}
    return known


def _asks_alone(page: Page, one: Bold) -> bool:
    """Whether the one item of a numbered list asks, goes on with no list above it, and is answered right below."""
    above, below = page.blocks[max(one.at - 1, 0) : one.at], page.blocks[one.at + 1 : one.at + 2]
    if any(block.kind == "list" and block.lines[0].lstrip()[:1].isdigit() for block in above):
        return False
    return asks(one.text) and (one.goes_on or any(block.kind in _ANSWERING for block in below))


def asks_anew(page: Page, at: int) -> bool:
    """Whether a bold line below an answer asks a question of its own, so that the answer ends above it.

    It does where bold questions and their answers take in all up to the next heading, so that nothing is lost. A few
    words ("Why?") ask on about what stands above them, and so does what begins with "And"; a colon above leads on.
    """
    block = page.blocks[at]
    if DIALECT.name in page.idle:
        return False
    if block.kind != "paragraph" or block.line != block.end_line or not block.lines[0].startswith(("**", "__")):
        return False
    told = unwrapped(block.text)
    if told == block.text.strip() or not asks(told) or _asks_on(told):
        return False
    if at and page.blocks[at - 1].text.rstrip().endswith(_COLONS):
        return False
    return at + 1 < len(page.blocks) and page.blocks[at + 1].kind in _ANSWERING and _takes_all(page, at)


def _asks_on(told: str) -> bool:
    """Whether a question says too little to be asked alone; two signs of a script without blanks count as a word."""
    said = plain_words(told.casefold())
    count = sum(max(1, sum("\u2e80" <= sign < "\uac00" for sign in word) // 2) for word in said)
    return count < _FEWEST_WORDS or said[0] in _JOINING


def _takes_all(page: Page, at: int) -> bool:
    """Whether the bold question at `at` and those below it take in all up to the next heading or what is taken."""
    known: dict[int, bool] = page.shared.setdefault("bold takes all", {})
    asking, blocks = _asking(page), page.blocks
    chain: list[int] = []
    all_taken = True
    while at < len(blocks) and blocks[at].kind != "heading" and page.free(blocks[at].line, blocks[at].end_line):
        if at in known or at not in asking:
            all_taken = known.get(at, False)
            break
        chain.append(at)
        body = _body(page, asking[at], asking)
        told = asking[at].goes_on or answered(body)
        if not told or is_to_be_written(body) or any(map(_may_ask, body)):
            all_taken = False
            break
        end = body[-1].end_line if body else blocks[at].end_line
        while at < len(blocks) and (blocks[at].line <= end or (at not in asking and _is_passed_over(page, blocks[at]))):
            at += 1
    known.update(dict.fromkeys(chain, all_taken))
    return all_taken


def _may_ask(block: Block) -> bool:
    """Whether a block may be read as a card of its own before bold questions are: something folded, options."""
    return block.kind in ("html", "callout") or (block.kind == "list" and is_options(block))


def _is_passed_over(page: Page, block: Block) -> bool:
    """Whether a block below an answer holds nothing of it: a rule, a comment, a definition of its own."""
    return block.kind in ("hr", "comment") or _shows_nothing(block) or (block.line, block.end_line) in _defined(page)


def _card(page: Page, one: Bold, body: Sequence[Block]) -> Iterator[Claim | Remark]:
    first = page.blocks[one.at]
    if is_to_be_written(body) and not one.goes_on:
        body = body[:1]
    end = body[-1].end_line if body else first.end_line
    if not (one.goes_on or answered(body)):
        if not body and _before_options(page, one.at):
            return
        hint = "Write the answer under the question."
        yield Remark(one.line, "warning", "no-answer", "This question has no answer.", hint, page.column(first))
        yield Claim(((one.line, end),))
        return
    begin = one.line + 1 if one.goes_on else body[0].line
    back = answer_text(_outdented(page.source(begin, end)))
    if back:
        draft = Draft("basic", question_text(without_html(one.text)), back, one.line, end, page.column(first))
        yield Claim(((one.line, end),), (draft,))


def _outdented(text: str) -> str:
    """An answer that begins with an indented list without the tab that all its lines begin with."""
    if not text.startswith("\t") or not bullet(text).lstrip().startswith(("-", "*", "+", "1")):
        return text
    return dedent(text).lstrip("\t")


def _opens_a_part(page: Page, at: int) -> bool:
    """Whether a block is the first of the note or under its heading."""
    return at == 0 or page.blocks[at - 1].kind == "heading"


def _body(page: Page, one: Bold, asking: Mapping[int, Bold]) -> list[Block]:
    """What follows a bold question up to the next, a heading or what is taken.

    One that stands alone in the course of a text is answered by its own paragraph, or the next, and what hangs on
    that: lists, code.
    """
    alone = len(asking) == 1 and not _opens_a_part(page, one.at)
    body: list[Block] = []
    said = one.goes_on
    for following in range(one.at + 1, len(page.blocks)):
        block = page.blocks[following]
        if block.kind == "heading" or following in asking or not page.free(block.line, block.end_line):
            break
        if body and (_is_card(block) or _comes_after(page.blocks[one.at], block)):
            break
        leads = page.blocks[following - 1].text.rstrip("*_ \n").endswith(_COLONS)
        if alone and not leads and (block.kind == "hr" or (said and block.kind == "paragraph")):
            break
        if alone and said and body and _defines_another(page, following):
            break
        if alone and not leads and one.goes_on and page.blocks[following - 1].end_line + 1 < block.line:
            break
        if body and (_leads_on(block, body[-1]) or _begins_anew(page, one, following, asking)):
            break
        said = said or block.kind == "paragraph"
        body.append(block)
    while body and (body[-1].kind in ("hr", "comment") or _shows_nothing(body[-1]) or _titles(body)):
        body.pop()
    while body and (body[0].kind in ("hr", "comment") or _shows_nothing(body[0])):
        body.pop(0)
    return body


def _comes_after(asked: Block, block: Block) -> bool:
    """Whether a list begins with the number after that of the item that asks: it goes on, whether it asks or not."""
    if asked.kind != "list" or block.kind != "list":
        return False
    number, other = (_LEADING_NUMBER.match(one.lines[0]) for one in (asked, block))
    return number is not None and other is not None and int(other[1]) == int(number[1]) + 1


def _titles(body: Sequence[Block]) -> bool:
    """Whether an answer ends in a bold line with a colon: the title of what follows."""
    last = body[-1]
    return len(body) > 1 and last.kind == "paragraph" and is_bold(last.text) and words(last.text)[-1:] in _COLONS


def _begins_anew(page: Page, one: Bold, at: int, asking: Mapping[int, Bold]) -> bool:
    """Whether a paragraph below an answer is a definition of its own, or asks where no other question is bold.

    What a colon announces belongs to the answer, and so does a term where the question is one for several things.
    """
    block, above = page.blocks[at], page.blocks[at - 1]
    if block.kind != "paragraph" or above.text.rstrip("*_ \n").endswith(_COLONS):
        return False
    if block.lines[0].startswith(("**", "__")):
        told = (block.line, block.end_line) in _defined(page)
        return told and (above.line, above.end_line) not in _defined(page) and not asks_for_several(one.text)
    if block.line != block.end_line or ":" in block.text or not asks(block.text) or not asks_in_words(block.text):
        return False  # "Question: …" belongs to another way of writing, and is told of
    if _asks_on(block.text) or at + 1 >= len(page.blocks) or page.blocks[at + 1].kind not in _ANSWERING:
        return False
    return one.at in _alone_under_heading(page, asking)


def _alone_under_heading(page: Page, asking: Mapping[int, Bold]) -> Collection[int]:
    """The places of the bold questions that have no other between the same two headings."""
    known: Collection[int] | None = page.shared.get("bold alone")
    if known is None:
        parts = list(accumulate(block.kind == "heading" for block in page.blocks))
        often = Counter(parts[at] for at in asking)
        known = page.shared["bold alone"] = {at for at in asking if often[parts[at]] == 1}
    return known


def _defines_another(page: Page, at: int) -> bool:
    """Whether a list ends an answer: it is one term and its definition, a card of its own, and nothing announces it."""
    block, below = page.blocks[at], page.blocks[at + 1 : at + 2]
    if block.kind != "list" or len(block.children) != 1 or page.blocks[at - 1].text.rstrip().endswith(_COLONS):
        return False
    if any(one.kind not in _ENDING and page.free(one.line, one.end_line) for one in below):
        return False
    first = block.children[0].lines[0] if block.children[0].lines else ""
    return (
        first.startswith("**") and ("**:" in first or ":**" in first) and (block.line, block.end_line) in _defined(page)
    )


def _defined(page: Page) -> frozenset[tuple[int, int]]:
    """The first and last lines of the definitions that are cards."""
    known: frozenset[tuple[int, int]] | None = page.shared.get("defined")
    if known is None:
        found = () if definition.DIALECT.name in page.idle else definition.DIALECT.find(page)
        known = page.shared["defined"] = frozenset(one.ranges[0] for one in found if isinstance(one, Claim))
    return known


def _leads_on(block: Block, above: Block) -> bool:
    """Whether a block ends an answer and leads elsewhere: "See also: …", or the like after a rule."""
    if block.kind != "paragraph":
        return False
    label, colon, _ = words(block.text[:200]).casefold().partition(":")
    return bool(colon) and (label in _AFTERWARDS or (above.kind == "hr" and label.startswith(_AFTERWARDS)))


def _is_card(block: Block) -> bool:
    """Whether a block has the lone `?` in it that parts the sides of a card of another dialect."""
    return block.kind == "paragraph" and any(line.strip() in ("?", "??") for line in block.lines[1:])


def _shows_nothing(block: Block) -> bool:
    return block.kind in ("html", "paragraph") and "<" in block.text and not without_html(block.text).strip("* _\n")


def _before_options(page: Page, at: int) -> bool:
    """Whether what follows has been read by another dialect: it is not without an answer."""
    following = page.blocks[at + 1] if at + 1 < len(page.blocks) else None
    return following is not None and not page.free(following.line, following.end_line)


def _items(page: Page, block: Block) -> Iterator[Claim]:
    """Items of a list that begin with a bold question on a line of its own and go on with the answer."""
    for item in block.children:
        if item.label is not None or len(item.lines) < 2 or not is_bold(item.lines[0]) or not asks(item.lines[0]):
            continue
        if not page.free(item.line, item.end_line):
            continue
        back = answer_text(written("\n".join(item.lines[1:])))
        if any(character.isalnum() for character in back):
            front = question_text(without_html(item.lines[0]))
            draft = Draft("basic", front, back, item.line, item.end_line, page.column(item))
            yield Claim(((item.line, item.end_line),), (draft,))


def _run_in(page: Page, least: int) -> Iterator[Claim]:
    """Paragraphs that open with a bold question and go on with the answer, where a note has at `least` so many."""
    found = []
    for at, block in page.outer("paragraph"):
        if not block.text.startswith("**") or not page.free(block.line, block.end_line):
            continue
        close = block.text.find("**", 2)
        bold, rest = block.text[: close + 2], block.text[close + 2 :].strip()
        is_one = close > 2 and asks(bold) and not is_quoted(bold) and "\n" not in bold
        if is_one and rest[:1] not in ("", ":", ";", "?", "-"):
            front = question_text(bold)
            end = _announced_end(page, at)
            back = answer_text(written("\n".join([rest, *page.raw[block.end_line : end]])))
            if any(character.isalnum() for character in back):
                draft = Draft("basic", front, back, block.line, end, page.column(block))
                found.append(Claim(((block.line, end),), (draft,)))
    if len(found) >= least:
        yield from found


def _announced_end(page: Page, at: int) -> int:
    """The last line of a paragraph, or of what it announces by a colon: a list, code, a table, a formula."""
    block, below = page.blocks[at], page.blocks[at + 1 : at + 2]
    if not below or below[0].kind not in _ANSWERING[1:] or not block.text.rstrip("*_ \n").endswith(_COLONS):
        return block.end_line
    return below[0].end_line if page.free(below[0].line, below[0].end_line) else block.end_line


DIALECT = Dialect(
    name="bold-question",
    level="structured",
    recognises="A paragraph, or the first line of one or of an item, that is bold as a whole and asks; what follows.",
    find=_find,
    example=(
        "**What is a loss? ⭐️**\n\nA number that training makes small.\n\n**1. Why square it?**\n\n- It has no sign.\n"
    ),
    cards=(("What is a loss?", "A number that training makes small."), ("Why square it?", "- It has no sign.")),
    signs=("**", "__", "<b", "<strong"),
)
