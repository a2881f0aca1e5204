"""A heading that asks, and what stands under it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from studytool.notes.inline import words
from studytool.notes.markdown import Block
from studytool.notes.page import Claim, Dialect, Draft, Page, Remark, written

_NUMBER = re.compile(r"(?:Q(?:uestion)?\s?\d{1,4}\s?[.:)]|\d{1,4}[.)])\s+", re.IGNORECASE)


def asks(text: str) -> bool:
    """Whether a text ends in a question mark, in any script, emphasis aside."""
    return words(text).endswith(("?", "？", "؟", "?\N{RIGHT DOUBLE QUOTATION MARK}", '?"'))


def without_number(text: str) -> str:
    """A question without the number that a list gave it: `Q3.`, `12)`, `3.`."""
    found = _NUMBER.match(text)
    return text[found.end() :] if found else text


def _find(page: Page) -> Iterator[Claim | Remark]:
    headings = [at for at, block in enumerate(page.blocks) if block.kind == "heading"]
    asking = [page.blocks[at] for at in headings if asks(page.blocks[at].title)]
    often = Counter(without_number(words(block.title)).casefold() for block in asking)
    for at in headings:
        block = page.blocks[at]
        if not asks(block.title):
            continue
        body = _body(page, at)
        if not body or not any(_says_something(inner) for inner in body):
            if not _followed_by_parts(page, at):
                hint = "Write the answer under the heading."
                yield Remark(block.line, "warning", "no-answer", "This heading asks, and nothing answers it.", hint)
            continue
        front = written(without_number(block.title))
        first = body[0].line
        if often[without_number(words(block.title)).casefold()] > 1:
            # "What is the output?" many times: the code under it is part of the question
            if body[0].kind != "fence" or len(body) < 2:
                continue
            front = f"{front}\n\n{body[0].text}"
            first = body[1].line
        end = body[-1].end_line
        back = _unmarked(page.source(first, end))
        if not back or any(_is_choice(inner) for inner in body):
            continue  # a choice whose data could not be read; `choice` has said so, or it is left aside
        draft = Draft("basic", front, back, block.line, end)
        yield Claim(((block.line, end),), (draft,))


def _body(page: Page, at: int) -> list[Block]:
    """The blocks under a heading up to the next of its own or a higher level, or a lower one that asks itself."""
    level = page.blocks[at].level
    body: list[Block] = []
    for following in range(at + 1, len(page.blocks)):
        block = page.blocks[following]
        if block.kind == "heading" and (block.level <= level or asks(block.title)):
            break
        body.append(block)
    while body and body[-1].kind in ("hr", "comment", "heading"):
        body.pop()
    while body and body[0].kind in ("hr", "comment"):
        body.pop(0)
    return body


def _says_something(block: Block) -> bool:
    return block.kind not in ("heading", "hr", "comment") and any(c.isalnum() for c in block.text)


def _unmarked(answer: str) -> str:
    """An answer without the mark before it: a lone `?`, or `Answer:`."""
    lines = answer.split("\n")
    if lines[0].strip() in ("?", "??"):
        return written("\n".join(lines[1:]))
    told = words(lines[0])
    if told.casefold() in ("answer:", "ans:", "answer"):
        return written("\n".join(lines[1:]))
    for mark in ("**Answer:**", "**Answer**:", "Answer:", "**A:**", "A:"):
        if answer.startswith(mark):
            return answer[len(mark) :].lstrip()
    return answer


def _is_choice(block: Block) -> bool:
    """A list of options: tasks, or items that begin with A, B, C."""
    if block.kind != "list" or not block.children:
        return False
    if all(item.label is not None for item in block.children):
        return True
    if len(block.children) < 2:
        return False
    starts = [item.lines[0].lstrip(" *`")[:2] for item in block.children]
    return all(
        start in (f"{letter}:", f"{letter}.", f"{letter})") for letter, start in zip("ABCDEFGH", starts, strict=False)
    )


def _followed_by_parts(page: Page, at: int) -> bool:
    """Whether a heading is the roof of others that ask."""
    return at + 1 < len(page.blocks) and any(
        block.kind == "heading" and block.level > page.blocks[at].level for block in page.blocks[at + 1 : at + 3]
    )


DIALECT = Dialect(
    name="heading",
    level="structured",
    recognises="A heading that ends in `?`; its answer goes on to the next heading of the same or a higher level.",
    find=_find,
    example="# Layers\n\n## Why stack layers?\n\nEach one reads what the last one found.\n\n## Kinds\n\nMany.\n",
    cards=(("Why stack layers?", "Each one reads what the last one found."),),
)
