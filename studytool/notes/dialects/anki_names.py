"""Cards that Flashcards for Obsidian knows by a block's name of thirteen digits, `^1600000000000`, on or below a line.

Its cards with a tag are `flagged`; these are the others: `front::back`, a line with `{deletions}` or `==deletions==`.
A note with such a name, or with `cards-deck:` in its front matter, has been given to the plugin as a whole: each of its
lines that is parted is a card.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studytool.notes.claims import Claim, Draft
from studytool.notes.dialects.deck_lines import has_words, is_metadata, place_of, says_anything, unmarked
from studytool.notes.dialects.deletions import MOST
from studytool.notes.dialects.numbered import cloze_drafts, marked_gaps, short_gaps
from studytool.notes.page import Page, hidden_lines
from studytool.notes.written import written

_NAME = re.compile(r"(?:\A|[ \t])\^1\d{12}[ \t]*\Z")
_DECK = "cards-deck:"


def known_by_name(page: Page) -> Iterator[Claim]:
    """The cards of lines in a note that the plugin has read."""
    if not ("^1" in page.text or _DECK in page.text):
        return
    hidden = hidden_lines(page)
    names = [n for n in page.lines_with("^1") if n not in hidden and _NAME.search(page.raw[n - 1])]
    if not names and not any(line.startswith(_DECK) for line in page.raw[: page.body_start]):
        return
    ends = {n - 1 if page.raw[n - 1].lstrip(" >")[:1] == "^" else n: n for n in names}
    told = page.vault.anki
    headings = frozenset(block.line for block in page.of_kind("heading"))
    for last, number in ends.items():  # a name below the card of another explicit form is none of its text
        if last < number and last in page.taken and number not in page.taken:
            yield Claim(((number, number),))
    for number in sorted({*page.lines_with(told.inline, told.inline_reversed), *ends}):
        if number in hidden or number < page.body_start or number in page.taken:
            continue
        drafts = _parted(page, number, number in headings) or (_clozes(page, number) if number in ends else ())
        if drafts:
            yield Claim(((number, ends.get(number, number)),), drafts)


def _parted(page: Page, number: int, is_heading: bool) -> tuple[Draft, ...]:
    """`front::back`, or `front:::back` both ways, as the settings name the separators."""
    raw, masked, told = page.raw[number - 1], page.masked[number - 1], page.vault.anki
    for separator in sorted((told.inline, told.inline_reversed), key=len, reverse=True):
        at = place_of(masked, separator)
        if at < 0 or is_metadata(raw[:at]) or raw.lstrip().startswith("|"):
            continue
        column, front = unmarked(raw[:at], is_heading)
        front, back = written(front), written(raw[at + len(separator) :])
        if not has_words(masked[:at]) or not says_anything(front) or not says_anything(back):
            return ()
        sides = [(front, back), (back, front)] if separator == told.inline_reversed else [(front, back)]
        return tuple(Draft("basic", *both, number, number, column) for both in sides)
    return ()


def _clozes(page: Page, number: int) -> tuple[Draft, ...]:
    """The deletions of a line that has a name."""
    column, text = unmarked(page.raw[number - 1])
    gaps = [*short_gaps(text), *marked_gaps(text)]
    if not gaps or len(gaps) > MOST or "{{c" in text:
        return ()
    gaps = [gap._replace(number=at) for at, gap in enumerate(gaps, 1)] if "==" in text else gaps
    return tuple(cloze_drafts(text, gaps, number, number, column))
