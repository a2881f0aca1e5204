"""Where a card says that its answer comes from: a line `Source: …` that ends it, or is the next one below it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LINE = re.compile(r"[ \t]*(?:>[ \t]?)*([*_]{0,3})(?:Sources?|Quellen?|Fuentes?):\1[ \t]+(\S.*?)[ \t]*\Z")


def may_name(text: str) -> bool:
    """Whether a text may name a source: a first look before its lines are read."""
    return "Source" in text or "Quelle" in text or "Fuente" in text


def parted(text: str) -> tuple[str, str]:
    """A text without the line that names its source, if it ends in one, and what that line names, else "".

    A text that is nothing else keeps its line: there it is the answer.
    """
    if not may_name(text):
        return text, ""
    before, _, last = text.rstrip().rpartition("\n")
    named = _LINE.match(last)
    if not named or not before.strip():
        return text, ""
    return before.rstrip(), named[2]


def named_below(lines: Sequence[str], line: int) -> tuple[int, str]:
    """The first line with words below `line`, counted from 1, and the source that it names; (0, "") for none."""
    for at in range(line, len(lines)):
        if lines[at].strip(" \t`~"):  # nor is the end of the fence that a card stands in a word
            named = _LINE.match(lines[at])
            return (at + 1, named[2]) if named else (0, "")
    return 0, ""
