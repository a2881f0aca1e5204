"""Clozes with numbers, `{{c1::text::hint}}` as Anki has them, and the shorter forms `{text}` and `{1:text}`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from studytool.notes.claims import Draft
from studytool.notes.gaps import GAP
from studytool.notes.inline import HIDDEN
from studytool.notes.masks import mask
from studytool.notes.written import written

_OPENING = re.compile(r"\{\{c(\d+)::")
_BRACES = re.compile(r"\{\{c\d+::|[{}]")
_SHORT = re.compile(r"(?<!\{)\{(?:c?(\d+)[:|])?([^{}\n]+)\}(?!\})")
_COMMAND = re.compile(r"\\[A-Za-z]+\*?(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})+")
"""A command of TeX and what it is given: `\\frac{a}{b}`."""
_STRUCK = re.compile(r"~~(?:([1-9])[ \t])?([^~\n]+)~~")
_MARKED = re.compile(r"==(?:c?(\d+)::)?([^=\n]+)==")
_OUTLINE = "{{cloze "


class Gap(NamedTuple):
    """A deletion: `start:end` of the text with its marks, what it hides, its number and its hint."""

    start: int
    end: int
    number: int
    hidden: str
    hint: str = ""


def anki_gaps(text: str) -> tuple[list[Gap], int | None]:
    """The clozes `{{c1::…}}` of a text, outermost ones; and where one begins that is never closed.

    A cloze may stand inside a formula, and a formula inside a cloze.
    """
    gaps: list[Gap] = []
    depth, opened, number = 0, 0, 0
    for found in _BRACES.finditer(text):
        if not depth:
            if found.group() in "{}":
                continue
            depth, opened, number = 2, found.start(), int(found.group()[3:-2])
        elif found.group() == "}":
            depth -= 1
            if not depth:
                gaps.append(_gap(text, opened, found.end(), number))
        else:
            depth += 1 if found.group() == "{" else 2
    return gaps, opened if depth else None


def _gap(text: str, start: int, end: int, number: int) -> Gap:
    """The cloze at `start:end`. One within it is shown as its text."""
    inside = _OPENING.sub("", text[start:end], count=1)[:-2]
    if _OPENING.search(inside):
        return Gap(start, end, number, _OPENING.sub("", inside).replace("}}", ""))
    hidden, _, hint = inside.partition("::")
    return Gap(start, end, number, hidden, hint)


def short_gaps(text: str, taken: Sequence[Gap] = ()) -> list[Gap]:
    """The clozes `{text}`, `{1:text}` and `{c1|text}`; those without a number are counted.

    `{{text}}` is none, and what a command of TeX is given neither.
    """
    return _numbered(_SHORT, text, [*taken, *_commands(text)])


def _commands(text: str) -> list[Gap]:
    """Where commands of TeX stand with what they are given, inner ones first."""
    found: list[Gap] = []
    while "\\" in text and (inner := [Gap(one.start(), one.end(), 0, "") for one in _COMMAND.finditer(text)]):
        found += inner
        text = _COMMAND.sub(lambda one: HIDDEN * len(one.group()), text)
    return found


def struck_gaps(text: str) -> list[Gap]:
    """The deletions `~~text~~`, one number each where they do not tell it; emphasis at the end is a hint."""
    gaps = []
    for gap in _numbered(_STRUCK, text, ()):
        hidden, hint = gap.hidden, ""
        for sign in "_*":
            before, found, said = hidden.rstrip().removesuffix(sign).rpartition(f" {sign}")
            if found and hidden.rstrip().endswith(sign) and before.strip() and not said.startswith(sign):
                hidden, hint = before, said
        gaps.append(Gap(gap.start, gap.end, gap.number, hidden.strip(), hint))
    return gaps


def marked_gaps(text: str) -> list[Gap]:
    """The highlights `==text==` and `==c1::text==` as deletions."""
    return _numbered(_MARKED, text, ())


def outline_gaps(text: str) -> list[Gap]:
    """The deletions `{{cloze text}}` of Logseq, one card each; what stands after two backslashes is a hint."""
    gaps: list[Gap] = []
    at = text.find(_OUTLINE)
    while at >= 0 and (end := text.find("}}", at)) >= 0:
        hidden, _, hint = text[at + len(_OUTLINE) : end].partition("\\\\")
        if hidden.strip():
            gaps.append(Gap(at, end + 2, len(gaps) + 1, hidden.strip(), hint.strip()))
        at = text.find(_OUTLINE, end)
    return gaps


def _numbered(pattern: re.Pattern[str], text: str, taken: Sequence[Gap]) -> list[Gap]:
    gaps = []
    counted = 0
    hidden = list(mask(text))
    for gap in taken:
        hidden[gap.start : gap.end] = HIDDEN * (gap.end - gap.start)
    for found in pattern.finditer("".join(hidden)):
        group = found.re.groups
        number = found[1] if group > 1 else None
        inside = text[found.start(group) : found.end(group)]
        if not inside.strip():
            continue
        counted += number is None
        gaps.append(Gap(found.start(), found.end(), int(number) if number else counted, inside))
    return gaps


def cloze_drafts(
    text: str, gaps: Sequence[Gap], line: int, end_line: int, column: int = 1, tags: tuple[str, ...] = ()
) -> Iterator[Draft]:
    """One card a number: all its deletions are hidden at once, the others are shown."""
    gaps = sorted(gaps, key=lambda gap: gap.start)
    asked = _with(text, gaps, None)
    seen: Counter[str] = Counter()
    for number in dict.fromkeys(gap.number for gap in gaps):
        hidden = ", ".join(dict.fromkeys(written(gap.hidden) for gap in gaps if gap.number == number))
        if hidden:
            front = _with(text, gaps, number)
            yield Draft("cloze", front, hidden, line, end_line, column, asked=asked, occurrence=seen[hidden], tags=tags)
            seen[hidden] += 1


def _with(text: str, gaps: Sequence[Gap], number: int | None) -> str:
    """The text without the marks of its deletions, those of one number replaced by gaps."""
    parts, position = [], 0
    for gap in gaps:
        parts.append(text[position : gap.start])
        shown = f"{GAP} ({gap.hint.strip()})" if gap.hint.strip() else GAP
        parts.append(shown if gap.number == number else gap.hidden)
        position = gap.end
    parts.append(text[position:])
    return written("".join(parts))
