"""Summary, example and points of attention of a note, as callouts or as the labels that pasted text leaves of them."""

from __future__ import annotations

from collections.abc import Iterator

from studytool.notes.dialects.heading import asks
from studytool.notes.inline import says_something
from studytool.notes.page import Claim, Dialect, Draft, Page, Remark, written
from studytool.notes.sections import Section
from studytool.notes.words import ASKING_CALLOUTS, CARD_SECTIONS

_ENOUGH_LABELS = 2
"""Labels of different kinds that show a page to be a pasted note; one alone may be any line."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    for block in page.walk():
        if block.kind == "callout" and (block.label or "").casefold() in ASKING_CALLOUTS and asks(block.title):
            back = written("\n".join(block.lines[1:]))
            if back:
                draft = Draft("basic", written(block.title), back, block.line, block.end_line, page.column(block))
                yield Claim(((block.line, block.end_line),), (draft,))
    for section in page.sections:
        if section.kind not in CARD_SECTIONS or not (section.way == "callout" or _pasted(page, section)):
            continue
        back = written(section.text)
        if back.startswith("{{") and back.endswith("}}"):
            continue  # a template's placeholder
        if not says_something(back):
            hint = "Write something under it, or take it out."
            yield Remark(section.line, "warning", "empty-section", f"“{section.label}” is empty.", hint)
            continue
        front = f"{page.topic}: {section.label}"
        if section.title and section.title.casefold() != section.label.casefold():
            front = f"{front}: {written(section.title)}"
        draft = Draft("basic", front, back, section.line, section.end_line)
        yield Claim(((section.line, section.end_line),), (draft,))


def _pasted(page: Page, section: Section) -> bool:
    """Whether a label is the ghost of a callout: it stands bare, and others on the page do or ask as well."""
    return section.way == "label" and len(page.labelled) >= _ENOUGH_LABELS + (not section.bare)


DIALECT = Dialect(
    name="callout",
    level="derived",
    recognises="A callout `> [!summary]`, `> [!example]`, `> [!attention]` and the like: a card on the note's topic.",
    find=_find,
    example="# Dropout\n\n>[!Summary]\n> Units are switched off at random.\n",
    cards=(("Dropout: Summary", "Units are switched off at random."),),
)
