"""What stands on a card and cannot be shown as it is meant: formulas left open, pictures that cannot be read."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from studytool.notes.inline import scan
from studytool.notes.model import Diagnostic, Span
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studytool.notes.model import Card, Library, Note

_QUOTED = 40
_PAIRS = (("{", "}", "brace"), ("\\left", "\\right", "`\\left`"), ("\\begin", "\\end", "`\\begin`"))


def unshown(library: Library) -> Iterator[Diagnostic]:
    """A warning for each formula on a card that is not closed, and each picture that is there and cannot be read."""
    why: dict[str, str] = {}
    for note in library.notes:
        if note.studied:
            yield from _formulas(note)
            yield from _pictures(library, note, why)


def _formulas(note: Note) -> Iterator[Diagnostic]:
    told: set[tuple[int, str]] = set()
    lines: list[str] | None = None
    for card in note.studied:
        for text in (card.front, card.back) if "$" in f"{card.front}{card.back}" else ():
            for found in scan(text):
                source = text[found.start : found.end]
                if found.kind != "math" or not (slip := unclosed(source.strip("$"))):
                    continue
                lines = _lines(note) if lines is None else lines
                line, column = _place(lines, card, source)
                if (line, slip) not in told:  # a text with several gaps makes a card of each
                    told.add((line, slip))
                    message = f"In the formula {one_line(source, _QUOTED)} {slip}."
                    hint = "Correct it; until then it is shown as it was most likely meant."
                    yield Diagnostic(Span(note.path, line, column, line), "warning", "formula", message, hint)


def unclosed(source: str) -> str:
    """What opens and does not close in a formula without its dollar signs, or the other way round; empty where none."""
    if not any(sign in source for pair in _PAIRS for sign in pair[:2]):
        return ""
    from studytool.tex.tokens import tokens

    counts = Counter(tokens(source))
    for opening, closing, name in _PAIRS:
        if counts[opening] > counts[closing]:
            return f"a {name} is not closed"
        if counts[opening] < counts[closing]:
            return f"a `{closing}` closes nothing"
    return ""


def _lines(note: Note) -> list[str]:
    """Those of its file; none where that has gone."""
    try:
        with open(note.path, encoding="utf-8-sig", errors="replace") as file:
            return file.read().split("\n")
    except OSError:
        return []


def _place(lines: Sequence[str], card: Card, source: str) -> tuple[int, int]:
    """The line and column of a formula among the lines of its card: its first line is looked for there."""
    span, first = card.span, source.partition("\n")[0]
    own = enumerate(lines[span.line - 1 : span.end_line], span.line)
    found = ((number, line.index(first) + 1) for number, line in own if first in line)
    return next(found, (span.line, span.column))


def _pictures(library: Library, note: Note, why: dict[str, str]) -> Iterator[Diagnostic]:
    """`why` holds what was found out about the files of notes before this one."""
    from studytool.app.pixels.file import ENDINGS, why_not_shown

    first, last = zip(*sorted((card.span.line, card.span.end_line) for card in note.studied), strict=True)
    reached = list(accumulate(last, max))
    for one in note.references:
        if one.kind not in ("image", "embed") or not _stands_in(first, reached, one.line):
            continue
        path = library.file_of(one.target, note)
        if not path.lower().endswith(ENDINGS) or not os.path.isfile(path):
            continue
        if path not in why:
            why[path] = why_not_shown(path)
        if why[path]:
            name = one_line(one.target, _QUOTED)
            message = f"The picture {name} on this card cannot be shown: {why[path]}."
            span = Span(note.path, one.line, one.column, one.line)
            yield Diagnostic(span, "warning", "unreadable-picture", message, "Save it anew as PNG or JPEG.")


def _stands_in(first: Sequence[int], reached: Sequence[int], line: int) -> bool:
    """Whether a line is one of a card's: of cards by their first lines, up to which line they reach together."""
    before = bisect_right(first, line)
    return before > 0 and reached[before - 1] >= line
