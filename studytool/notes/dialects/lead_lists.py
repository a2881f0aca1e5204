"""Lists of lines with bold leads that define nothing: steps, properties, fields of a record."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from studytool.notes.dialects.leads import makes_a_point, names_no_term, says_what_to_do
from studytool.notes.dialects.qualities import praises
from studytool.notes.markdown import Block
from studytool.notes.page import Page
from studytool.notes.plain import plain_words, remembered, words
from studytool.notes.words import NOT_DEFINING, NOT_DEFINING_SIGNS, word_set

Split = Callable[[str], tuple[str, str] | None]
"""Term and text of a line that opens like a definition, else None."""
_LEAST = 2
"""So many leads of a list at least tell that the others are of their kind."""
_SIDES = frozenset({"pro", "con"})
"""Titles of what speaks for a thing and against it; in a sentence of Spanish or Italian they are other words."""
_SIDE_WORDS = 2
_JOINED = frozenset({"how", "why", "when"})
"""What joins parts of a sentence of more than so many words: "There are two kinds, depending on how they are shut"."""
_TITLE_WORDS = 8
_TITLE = 300
_NAME_WORDS = 8
"""So much of a heading is looked through for names, of so many words at most."""
_SHORT = re.compile(r"(?<!\w)[A-Z][A-Z0-9-]+(?!\w)")
"""A name in capitals: in a list of what other lists tell as well, it names a thing that those do not have."""
_ADDRESSES = ("source:", "url:", "link:", "original:")
"""Keys of the address in what a clipper of web pages writes before an article."""
_PUBLISHED = ("published:", "clipped:", "date_published:", "published_at:")
_CLIPPED = word_set("clipping clippings clipped clip web-clip webclip")
_TICKS = ("✅", "❌")
"""Signs in a heading of what is done, of what speaks for a thing and against it."""
_FIELDS = 3
_VALUE_WORDS = 3
"""A record has so many fields at least; the value of one has so many words."""


def other_lines(page: Page, split: Split) -> set[int]:
    """The lines of lists and texts whose bold leads name no terms."""
    if is_clipped(page):
        return {block.line for kind in ("paragraph", "item") for block in page.of_kind(kind)}
    return _announced(page) | _alike(page, split) | _records(page, split)


def is_clipped(page: Page) -> bool:
    """Whether a note is an article that was clipped from the web: its front matter has its address, and says so."""
    matter = page.raw[: page.body_start - 1]
    if not any(line.startswith(_ADDRESSES) and "://" in line for line in matter):
        return False
    return any(line.startswith(_PUBLISHED) or not _CLIPPED.isdisjoint(plain_words(line.casefold())) for line in matter)


def _records(page: Page, split: Split) -> set[int]:
    """The lines of paragraphs in which most of the leads have no more than a value: fields of a record."""
    lines: set[int] = set()
    for block in page.of_kind("paragraph"):
        if len(block.lines) < _FIELDS or not _is_lead(block.lines[0]):
            continue
        told = _leads([block], split)
        values = [len(text.split()) <= _VALUE_WORDS and text.isascii() for _, _, text in told]
        if len(told) >= _FIELDS and sum(values) * 2 > len(told):
            lines.update(line for line, _, _ in told)
    return lines


def _announced(page: Page) -> set[int]:
    """The lines under headings and labels such as "Advantages" or "Steps": properties and steps, not terms.

    The note's own title says so of what stands right under it, not of the sections that follow.
    """
    lines: set[int] = set()
    level: int | None = None  # of the heading that says so; 0 for a label, which ends with its list
    headings = [block for _, block in page.outer("heading")]
    title = headings[0] if headings and all(block.level > headings[0].level for block in headings[1:]) else None
    said_by = None
    for block in page.blocks:
        if block.kind == "heading":
            if not level or block.level <= level or said_by is title:
                level, said_by = block.level if _announces_other(block.title) else None, block
        elif level is not None:
            lines.update(range(block.line, block.end_line + 1))
            level = None if level == 0 else level
        elif block.kind == "paragraph" and ":" in block.lines[-1] and words(block.lines[-1]).endswith(":"):
            level = 0 if _announces_other(block.lines[-1]) else None
    return lines


@remembered
def _announces_other(text: str) -> bool:
    if not text.isascii() and any(sign in text for sign in _TICKS):
        return True
    told = words(text).rpartition(". ")[2].casefold().removesuffix(":").replace("-", " ").split()
    if len(told) > _SIDE_WORDS:
        told = [word for word in told if word not in _SIDES]
    if len(told) > _TITLE_WORDS:
        told = [word for word in told if word not in _JOINED]
    if NOT_DEFINING.isdisjoint(told) and NOT_DEFINING.isdisjoint(map(" ".join, itertools.pairwise(told))):
        return not text.isascii() and any(sign in text for sign in NOT_DEFINING_SIGNS)
    return not (told and told[-1] in ("terms", "definitions"))


def is_named(page: Page, name: str) -> bool:
    """Whether a heading that says more than a name in lower case has it in it: the note is about it."""
    named: set[tuple[str, ...]] | None = page.shared.get("named in headings")
    if named is None:
        named = page.shared["named in headings"] = set()
        for block in page.of_kind("heading"):
            told = tuple(plain_words(words(block.title[:_TITLE]).casefold()))
            for count in range(1, min(len(told), _NAME_WORDS + 1)):
                named.update(told[at : at + count] for at in range(len(told) - count + 1))
    return tuple(plain_words(name)) in named


def _alike(page: Page, split: Split) -> set[int]:
    """The lines of lists most of whose leads are labels, name what other lists tell as well, or say what to do."""
    lists = [told for row in _rows(page) if len(told := _leads(row, split)) >= _LEAST]
    often = Counter(name for told in lists for name in {name.casefold() for _, name, _ in told})
    lines: set[int] = set()
    for told in lists:
        if _half([names_no_term(name) for _, name, _ in told]) or _is_advice(told) or _is_praise(told):
            lines.update(line for line, _, _ in told)
            continue
        fields = [often[one := name.casefold()] >= _LEAST and not is_named(page, one) for _, name, _ in told]
        if _half(fields) and sum(fields) * 2 > len(fields):
            lines.update(
                line for (line, name, _), field in zip(told, fields, strict=True) if field or not _SHORT.search(name)
            )
    return lines


def _is_advice(told: Sequence[tuple[int, str, str]]) -> bool:
    """Whether a list says what to do, or makes points."""
    return _half([makes_a_point(name) or says_what_to_do(text) for _, name, text in told])


def _is_praise(told: Sequence[tuple[int, str, str]]) -> bool:
    """Whether more than half of a list, and several, are qualities of what the note is about."""
    count = sum(praises(name, text) for _, name, text in told)
    return count >= _LEAST and count * 2 > len(told)


def _is_lead(line: str) -> bool:
    return line.lstrip()[:2] in ("**", "__")


def _half(told: Sequence[bool]) -> bool:
    """Whether it is so of half of the leads of a list, and of several."""
    return sum(told) >= _LEAST and sum(told) * 2 >= len(told)


def _rows(page: Page) -> Iterator[Sequence[Block]]:
    """The items of each list; the paragraphs that follow each other."""
    for block in page.of_kind("list"):
        yield block.children
    row: list[Block] = []
    for block in page.blocks:
        if block.kind == "paragraph":
            row.append(block)
        elif row and block.kind in ("heading", "hr"):
            yield row
            row = []
    if row:
        yield row


def _leads(row: Sequence[Block], split: Split) -> list[tuple[int, str, str]]:
    """The line, the lead without emphasis and the beginning of the text of each line that opens like a definition."""
    found = []
    for block in row:
        lines = block.lines if block.kind == "paragraph" else block.lines[:1]
        for at, line in enumerate(lines):
            if _is_lead(line) and (parts := split(line)):
                name = words(parts[0]).strip(" .,:")
                if name:
                    found.append((block.line + at, name, words(parts[1][:200])))
    return found
