"""Where a dash parts a term in bold from its text, and where a term needs no bold: in glossaries, and in lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from studytool.notes.markdown import Block
from studytool.notes.masks import mask
from studytool.notes.order import stem_of
from studytool.notes.page import Page
from studytool.notes.plain import words
from studytool.notes.words import GLOSSARY_NOUNS

_DASHES = (" - ", " – ")
"""What parts a term from its text outside glossaries; a long dash sets off a remark as often."""
_FEWEST = 2
_PLAIN = (": ", " - ", " – ", " — ", " -- ")
"""What parts a term without emphasis from its text in a list of a glossary."""
_FEWEST_PLAIN = 3
_PLAIN_SHARE = 0.75
"""So many of the items of such a list have a term."""
_LONGEST = 60


def glossary_lines(page: Page) -> Collection[int]:
    """The lines under headings that announce a glossary; all of a note that is named so."""
    return lines_of_glossary(page) if "**" in page.text or page.of_kind("list") else ()


def lines_of_glossary(page: Page) -> Collection[int]:
    """The same where a term needs neither bold type nor a list."""
    found: Collection[int] | None = page.shared.get("glossary")
    if found is None:
        found = page.shared["glossary"] = _lines_of_glossary(page)
    return found


def _lines_of_glossary(page: Page) -> Collection[int]:
    if _names_a_glossary(page.topic) or _names_a_glossary(stem_of(page.path)):
        return range(1, len(page.raw) + 1)
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


def plain_lists(page: Page, glossary: Collection[int]) -> set[int]:
    """The lines of items of a glossary that are terms without emphasis: most of a list of them are.

    What opens several is none: a case, a field.
    """
    terms: dict[int, str] = {}
    for block in page.of_kind("list") if glossary else ():
        if block.line not in glossary or len(block.children) < _FEWEST_PLAIN:
            continue
        found = [(item.line, plain_entry(item.lines[0])) for item in block.children if item.label is None]
        entries = {line: entry[0].casefold() for line, entry in found if entry}
        if len(entries) >= max(_FEWEST_PLAIN, _PLAIN_SHARE * len(block.children)):
            terms |= entries
    often = Counter(terms.values())
    return {line for line, term in terms.items() if often[term] == 1}


def plain_entry(source: str) -> tuple[str, str] | None:
    """Term and text of such an item, parted at the first sign that does it; None where it has none."""
    line = mask(source[: 2 * _LONGEST].partition("\n")[0])
    found = [(at, sign) for sign in _PLAIN if (at := line.find(sign, 1, _LONGEST)) > 0]
    if not found or not (line[0].isalpha() or source[0] == "`"):
        return None
    at, sign = min(found)
    return source[:at].strip(), source[at + len(sign) :].strip()
