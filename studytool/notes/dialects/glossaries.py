"""Where a dash parts a term in bold from its text: in a glossary, and in a list of which each item has one."""

from __future__ import annotations

from collections.abc import Collection

from studytool.notes.markdown import Block
from studytool.notes.order import stem_of
from studytool.notes.page import Page
from studytool.notes.plain import words
from studytool.notes.signs import holds_any
from studytool.notes.words import GLOSSARY_NOUNS

_DASHES = (" - ", " – ")
"""What parts a term from its text outside glossaries; a long dash sets off a remark as often."""
_FEWEST = 2


def glossary_lines(page: Page) -> Collection[int]:
    """The lines under headings that announce a glossary; all of a note that is named so."""
    if not holds_any(page.text, ("**",)):
        return ()
    everything = range(1, len(page.raw) + 1)
    if _names_a_glossary(page.topic) or _names_a_glossary(stem_of(page.path)):
        return everything
    lines: set[int] = set()
    level = 0
    for block in page.blocks:
        if block.kind == "heading" and (not level or block.level <= level):
            level = block.level if _names_a_glossary(block.title) else 0
        elif level:
            lines.update(range(block.line, block.end_line + 1))
    return lines


def _names_a_glossary(title: str) -> bool:
    told = words(title).casefold().replace("-", " ").replace("_", " ").strip(" .:")
    return not GLOSSARY_NOUNS.isdisjoint(told.split()) or told in GLOSSARY_NOUNS


def dashed_lists(page: Page) -> set[int]:
    """The lines of lists in which each item is a bold lead, a hyphen or a short dash, and a text."""
    lines: set[int] = set()
    if any(f"**{dash}" in page.text for dash in _DASHES):
        for block in page.of_kind("list"):
            if len(block.children) >= _FEWEST and all(map(_is_dashed, block.children)):
                lines.update(item.line for item in block.children)
    return lines


def _is_dashed(item: Block) -> bool:
    lead, closing, rest = item.lines[0].removeprefix("**").partition("**")
    return item.label is None and item.lines[0].startswith(f"**{lead}") and bool(closing) and rest.startswith(_DASHES)
