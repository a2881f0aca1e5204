"""Texts as they are compared: without case, accents and marks of emphasis, and with any white space as one blank."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache

from studytool.search.query import Side

SEPARATOR = "\x1f"
"""The unit separator, between the parts of a card: `clean` keeps it out of every text, and `fold` out of queries."""

SHORT = 1000
"""Characters of a text that a regular expression may go through for every place in it: its cost grows as the square."""
_MARKS = ("**", "==", "`")
_ACCENTS = re.compile("[\u0300-\u036f]+")
"""The marks of Latin, Greek and Cyrillic letters. Those of other scripts make other letters."""


def fold(text: str) -> str:
    """The text in lower case (Unicode's full case folding), its letters without accents, on one line.

    Compatible characters are one: `ﬁ` is `fi`, `²` is `2`. `**`, `==` and backticks go: they part words that are read
    as one.
    """
    if text.isascii():
        folded = text.lower()
    else:
        parted = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
        folded = unicodedata.normalize("NFKC", _ACCENTS.sub("", parted))
    for mark in (*_MARKS, SEPARATOR):
        if mark in folded:
            folded = folded.replace(mark, "")
    return " ".join(folded.split())


fold_name = lru_cache(maxsize=65_536)(fold)
"""`fold` for what stands in many notes: folders, tags."""


def holds(parts: Sequence[str], text: str) -> bool:
    """Whether the parts stand in the text one after the other, with anything between them. Linear in the text."""
    at = 0
    for part in parts:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def standing(parts: Sequence[str], side: Side) -> Callable[[str], bool]:
    """Whether the parts stand one after the other on a side of a card's text, on any where none is named."""
    if side == "front":
        return lambda text: holds(parts, text[: text.find(SEPARATOR)])
    if side == "back":
        return lambda text: holds(parts, text[text.find(SEPARATOR) + 1 : text.rfind(SEPARATOR)])
    return lambda text: any(holds(parts, one) for one in text.split(SEPARATOR))


def pattern(parts: Sequence[str]) -> re.Pattern[str]:
    """What finds the parts one after the other on any side of a text: for two of them, in a text that is `SHORT`."""
    return re.compile(f"[^{SEPARATOR}]*".join(map(re.escape, parts)))
