"""Checks that cards carry: a fenced block below a card, `python check` or `claim check`, that no card shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from studytool.notes.model import Card, Note, Question
from studytool.notes.signs import holds_any

CheckKind = Literal["python", "claim"]

_OPENING = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*(.*)$")
_NAMED = re.compile(r"(python|claim)[ \t]+check[ \t]*\Z")


class Check(NamedTuple):
    """A check: what it is, its text, and the lines of its fence, counted from 1, both ends included."""

    kind: CheckKind
    text: str
    line: int
    end_line: int


def may_check(text: str) -> bool:
    """Whether a text may hold a check: a first look before its lines are read."""
    return holds_any(text, ("python check", "claim check"))


def find_checks(lines: Sequence[str]) -> list[Check]:
    """The checks in a note, in the order of its lines; a fence that is never closed is none, nor what another holds."""
    found = []
    opened, mark, named = 0, "", ""
    for at, line in enumerate(lines, 1):
        fence = _OPENING.match(line)
        if not fence:
            continue
        if not opened:
            if fence[1][0] == "`" and "`" in fence[2]:
                continue  # code in a line
            opened, mark, named = at, fence[1], fence[2].strip()
        elif fence[1][0] == mark[0] and len(fence[1]) >= len(mark) and not fence[2].strip():
            kind = _NAMED.match(named)
            if kind:
                which: CheckKind = "python" if kind[1] == "python" else "claim"
                found.append(Check(which, "\n".join(lines[opened : at - 1]), opened, at))
            opened = 0
    return found


def without_checks(lines: list[str]) -> list[str]:
    """The lines of a note with those of its checks empty: no card shows them, and no key hangs on them."""
    kept = list(lines)
    for check in find_checks(lines):
        kept[check.line - 1 : check.end_line] = [""] * (check.end_line - check.line + 1)
    return kept


def carried(note: Note, checks: Sequence[Check]) -> Iterator[tuple[Check, list[Card | Question]]]:
    """Each check with the cards that carry it: those of the last text that begins above it, none where none does.

    Several cards are made of one text by its deletions, or by asking it in both directions.
    """
    every: list[Card | Question] = [*note.cards, *note.questions]
    every.sort(key=lambda one: one.span.line)
    for check in checks:
        above = [one for one in every if one.span.line < check.line]
        yield check, [one for one in above if one.span.line == above[-1].span.line]
