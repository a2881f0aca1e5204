"""Leads that no definition follows: a chain of arrows, a tick, a question; and notes that argue, aside after aside.

A definition is written out in one piece. A note many of whose leads are followed by a text that breaks off for a remark
after a dash keeps an account: of a design, of what was decided, of what to mind.
"""

from __future__ import annotations

import re

from studytool.notes.dialects.qualities import is_told_of
from studytool.notes.masks import mask
from studytool.notes.page import Page
from studytool.notes.plain import words

_ARROW = re.compile(
    r"[^\W\d_]{2}[^\w→⇒➜]{0,3}(?:[→⇒➜]|->)|(?:[→⇒➜]|->)[^\w→⇒➜]{0,3}[^\W\d_]{2}"
    r"|[^\W\d_]{2}[*_\"”»]{0,2} = [*_\"“«]{0,2}[^\W\d_]"
)
"""An arrow beside a word, or an equation of words: in a formula in letters it is a sign of that."""
_STATES = r"[=<>]|(?<![\^{])(?<!\^\d)(?<!\{\d)\+|\\(?:[lg]e(?:q(?:slant)?)?|neq?|approx|cdot)(?![A-Za-z])"
RELATION = re.compile(rf"[^\w$]*+\$(?=[^$]*?(?:{_STATES}))[^$]*+\$[^\w$]*+\Z")
"""A formula that states something, `$p > 2$`: a case that is told of, and no name of a thing."""
_ARROWS = ("→", "⇒", "➜", "->", " = ")
_TICKS = ("✅", "❌", "✓", "✔", "☑")
_MARKED = re.compile(r"[→⇒➜?✅❌✓✔☑]|->| = |\*\*")
"""What a text has that is one of these, for a first look."""
_BRACKETS = re.compile(r"\([^()]{0,200}\)|（[^（）]{0,200}）")
_ASKS = re.compile(r"[^.!?。！？\"“„«'‘]{1,200}\?(?:\s|\Z)")
"""A question, outside quotes, as the first sentence."""
_LEAD = re.compile(r"\*\*(?=[^\s:*])[^*\n]{1,60}(?::\*\*|\*\*:)")
_FEW = 5
"""A text of fewer words before another lead is a value."""
_OF_A_KIND = re.compile(r"\W{0,2}(?:an?|eine?|una?|uno|une?|uma?|en|ett?) ", re.IGNORECASE)
"""How a text begins that says of what kind a thing is: an indefinite article."""
_ASIDE = " — "
_OTHER_WRITING = re.compile("[\u0400-\u04ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Writing in which a dash stands for "is"."""
_LEADS = ("**", "__")
_PARTS = " :—–-"
"""What parts a lead from its text."""
_CHAIN, _NEAR = 2, 30
"""So many arrows make a chain; one does only as near to the beginning: later it stands within a sentence."""
_FEWEST = 5
_MANY = 0.4
"""So many of the leads of a note, and several, are followed by a text with an aside where the note argues."""


def is_jotted(text: str) -> bool:
    """Whether a text is a chain of arrows, is ticked off, asks, or is a value with another label behind it."""
    return _MARKED.search(text) is not None and _is_jotted(text)


def _is_jotted(text: str) -> bool:
    if text.startswith(_TICKS):
        return True
    first = text.partition("\n")[0]
    if "**" in first and (other := _LEAD.search(first)) and len(first[: other.start()].split()) < _FEW:
        return True
    if any(arrow in first for arrow in _ARROWS):
        found = [one.start() for one in _ARROW.finditer(_BRACKETS.sub(")", mask(first)))]
        if len(found) >= _CHAIN or (found and found[0] < _NEAR):
            return True
    return "?" in first and _ASKS.match(words(first)) is not None


def may_remark(page: Page) -> bool:
    """Whether a note may hold what `remarks` tells: it argues, or has headings."""
    return bool(page.of_kind("heading")) or argues(page)


def remarks(page: Page, line: int, term: str, text: str) -> bool:
    """Whether a text remarks on something in a note that argues, or tells of what the heading above it names.

    What says at once of what kind a thing is defines it in such a note, too.
    """
    return (argues(page) and not _OF_A_KIND.match(text)) or is_told_of(page, line, term, text)


def argues(page: Page) -> bool:
    """Whether a note weighs and remarks more than it defines: after many of its leads stands a text with an aside."""
    said: bool | None = page.shared.get("argues")
    if said is None:
        said = page.shared["argues"] = page.text.count(_ASIDE) >= _FEWEST and _argues(page)
    return said


def _argues(page: Page) -> bool:
    told = [line.lstrip() for block in page.of_kind("paragraph") for line in block.lines]
    texts = [
        text for line in told if line.startswith(_LEADS) and (text := line[2:].partition(line[:2])[2].lstrip(_PARTS))
    ]
    count = sum(_ASIDE in text and _ASIDE in mask(text) and not _OTHER_WRITING.search(text) for text in texts)
    return count >= max(_FEWEST, _MANY * len(texts))
