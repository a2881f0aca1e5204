"""Notes in shorthand: arrows from one thing to the next, ticks, questions, asides after dashes and semicolons.

A definition is written out. Where many leads of a note are followed by shorthand, it keeps an account: of a design, of
what was done, of what to mind.
"""

from __future__ import annotations

import re

from studytool.notes.masks import mask
from studytool.notes.page import Page
from studytool.notes.plain import words

_ARROW = re.compile(r"[^\W\d_]{2}[^\w→⇒➜]{0,3}(?:[→⇒➜]|->)|(?:[→⇒➜]|->)[^\w→⇒➜]{0,3}[^\W\d_]{2}")
"""An arrow beside a word: in a formula in letters it is a sign of that."""
_ARROWS = ("→", "⇒", "➜", "->")
_TICKS = ("✅", "❌", "✓", "✔", "☑")
_BRACKETS = re.compile(r"\([^()]{0,200}\)|（[^（）]{0,200}）")
_ASKS = re.compile(r"[^.!?。！？\"“„«'‘]{1,200}\?(?:\s|\Z)")
"""A question, outside quotes, as the first sentence."""
_LEAD = re.compile(r"\*\*(?=[^\s:*])[^*\n]{1,60}(?::\*\*|\*\*:)")
_FEW = 5
"""A text of fewer words before another lead is a value."""
_ASIDES = (" — ", "; ", "§")
_OTHER_WRITING = re.compile("[\u0400-\u04ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Writing in which a dash stands for "is"."""
_MARKS = ("**", "__", "[[")
_FEWEST = 2
_MANY = 1 / 3
"""So many of the leads of a note, and several, are followed by shorthand where it is an account."""
_SOME = 0.15
"""Where so many are, what is written so itself defines nothing."""


def is_jotted(text: str) -> bool:
    """Whether a text is a chain of arrows, is ticked off, asks, or is a value with another label behind it."""
    if text.startswith(_TICKS):
        return True
    first = text.partition("\n")[0]
    if "**" in first and (other := _LEAD.search(first)) and len(first[: other.start()].split()) < _FEW:
        return True
    if any(arrow in first for arrow in _ARROWS) and _ARROW.search(_BRACKETS.sub("", mask(first))):
        return True
    return "?" in first and _ASKS.match(words(first)) is not None


def has_asides(text: str) -> bool:
    """Whether a text goes on after a dash or a semicolon, or is jotted down altogether."""
    told = mask(text) if any(sign in text for sign in _ASIDES) else ""
    if "; " in told or "§" in told or (" — " in told and not _OTHER_WRITING.search(text)):
        return True
    return is_jotted(text)


def share_of_shorthand(page: Page) -> float:
    """How much of what follows leads in a note is in shorthand, from 0 to 1; 0 where it is of one lead only."""
    share: float | None = page.shared.get("shorthand")
    if share is None:
        told = [line.lstrip() for block in page.of_kind("paragraph") for line in block.lines]
        leads = [line[2:] for line in told if line[:2] in _MARKS]
        count = sum(map(has_asides, leads))
        share = page.shared["shorthand"] = count / len(leads) if count >= _FEWEST else 0.0
    return share


def is_account(page: Page) -> bool:
    """Whether so many leads of a note are followed by shorthand that it defines nothing in a list."""
    return share_of_shorthand(page) >= _MANY


def is_shorthand(page: Page, text: str) -> bool:
    """Whether a text of a note is in shorthand: jotted down, or with asides where the note has more of them."""
    return is_jotted(text) or (share_of_shorthand(page) >= _SOME and has_asides(text))
