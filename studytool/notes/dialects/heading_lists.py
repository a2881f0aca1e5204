"""Headings that hold lists of questions, and tables of contents, which only repeat what stands below."""

from __future__ import annotations

from collections.abc import Iterator

from studytool.notes.asking import question_text, sets_a_task
from studytool.notes.claims import Claim, Draft
from studytool.notes.dialects.heading_body import answer_text, answered
from studytool.notes.html_text import without_html
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.plain import plain_words, words
from studytool.notes.written import written


def asked_in_lists(page: Page) -> Iterator[Claim]:
    """Questions that are headings inside the items of a list, two or more; the rest of an item is the answer."""
    items = [
        (at, item)
        for at, block in page.outer("list")
        for item in block.children
        if item.children and item.children[0].kind == "heading"
    ]
    if sum(sets_a_task(item.children[0].title) for _, item in items) * 2 < max(len(items), 4):
        return
    openings = {at for at, _ in items}
    for at, item in items:
        heading, *body = item.children
        if not sets_a_task(heading.title) or not page.free(item.line, item.end_line):
            continue
        end = item.end_line
        back = written("\n".join(item.lines[heading.end_line - item.line + 1 :]))
        if not body and item is page.blocks[at].children[-1]:  # the answer is not indented
            following = at + 1
            while following < len(page.blocks) and following not in openings:
                block = page.blocks[following]
                if block.kind in ("heading", "hr") or not page.free(block.line, block.end_line):
                    break
                body.append(block)
                end = block.end_line
                following += 1
            back = page.source(body[0].line, end) if body else ""
        back = answer_text(back) if answered(body) else ""
        if back:
            front = question_text(without_html(heading.title))
            yield Claim(((item.line, end),), (Draft("basic", front, back, item.line, end, page.column(item)),))


def contents_of(page: Page) -> Iterator[Claim]:
    """Lists that only repeat the headings of a note as links: nobody misses a card made of them."""
    if "](" not in page.text:
        return
    lists = [block for _, block in page.outer("list") if "](" in block.lines[0]]
    titles = {_told(block.title) for _, block in page.outer("heading")} if lists else set()
    for block in lists:
        if page.free(block.line, block.end_line) and _is_contents(block, titles):
            yield Claim(((block.line, block.end_line),))


def _is_contents(block: Block, titles: set[str]) -> bool:
    lines = [line.strip() for line in block.lines if line.strip()]
    leading = 0
    for line in lines:
        text, _, target = line.lstrip("-*+0123456789.) ").partition("](")
        if not text.startswith("[") or not target.endswith(")"):
            return False
        leading += target.startswith("#") or _told(text[1:]) in titles
    return len(lines) > 1 and leading * 2 >= len(lines)


def _told(title: str) -> str:
    return "".join(plain_words(words(question_text(title)).casefold()))
