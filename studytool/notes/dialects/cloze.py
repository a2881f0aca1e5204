"""`C:` at column 0 with `[deletions]` in its text, as hashcards has them: one card a deletion."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from studytool.notes.dialects.tagged import masked_of, tagged, text_of
from studytool.notes.inline import HIDDEN
from studytool.notes.page import Claim, Dialect, Draft, Page, Remark, written

GAP = "[…]"
"""What a cloze card's front shows where its deletion was."""

MOST = 200
"""So many deletions one text may have: each makes a card that shows all the others."""
_BRACKET = re.compile(r"[\[\]]")


def _find(page: Page) -> Iterator[Claim | Remark]:
    pieces = tagged(page)
    for at, piece in enumerate(pieces):
        if piece.letter != "C":
            continue
        text, masked = text_of(page, piece), masked_of(page, piece)
        deletions, unbalanced = _deletions(masked)
        if unbalanced is not None:
            line = piece.line + text.count("\n", 0, unbalanced)
            hint = "Close it with `]`, or write `\\[` for a bracket that is text."
            yield Remark(line, "error", "unbalanced-cloze", "A bracket of this cloze is not closed.", hint)
            continue
        if len(deletions) > MOST:
            yield too_many(len(deletions), piece.line, "Part it into several lines `C: …`.")
            continue
        drafts = tuple(_drafts(text, deletions, piece.line, piece.end_line))
        if not drafts:
            if at and pieces[at - 1].letter == "A" and pieces[at - 1].end_line == piece.line - 1:
                continue  # a lettered list: A: B: C:
            hint = "Put brackets around what should be asked: `C: The [mitochondrion] …`."
            yield Remark(piece.line, "warning", "no-deletion", "This cloze has nothing in brackets.", hint)
            continue
        yield Claim(((piece.line, piece.end_line),), drafts)


def too_many(count: int, line: int, hint: str) -> Remark:
    """What is said of a text with more deletions than `MOST`."""
    return Remark(line, "warning", "too-many-deletions", f"This text has {count} deletions.", hint)


def _deletions(masked: str) -> tuple[list[tuple[int, int]], int | None]:
    """Where the brackets of deletions stand, outermost ones; and where a bracket stands that is never closed.

    Links `[x](y)`, images, footnotes `[^1]` and what the mask hides (`\\[`, code, formulas, wikilinks) are text.
    """
    found: list[tuple[int, int]] = []
    depth, start = 0, 0
    for bracket in _BRACKET.finditer(masked):
        at = bracket.start()
        if masked[at] == "[":
            if not depth:
                start = at
            depth += 1
        elif depth:
            depth -= 1
            if not depth and not _is_link(masked, start, at) and masked[start + 1 : at].strip():
                found.append((start, at))
    return found, start if depth else None


def _is_link(masked: str, start: int, end: int) -> bool:
    before, after = masked[start - 1 : start], masked[end + 1 : end + 2]
    return before == "!" or after == HIDDEN or masked[start + 1 : start + 2] == "^"


def _drafts(text: str, deletions: list[tuple[int, int]], line: int, end_line: int) -> Iterator[Draft]:
    asked = _with(text, deletions, None)
    seen: Counter[str] = Counter()
    for deletion in deletions:
        hidden = written(text[deletion[0] + 1 : deletion[1]])
        if not hidden:
            continue  # brackets round a comment alone
        front = _with(text, deletions, deletion)
        yield Draft("cloze", front, hidden, line, end_line, asked=asked, occurrence=seen[hidden])
        seen[hidden] += 1


def _with(text: str, deletions: list[tuple[int, int]], gap: tuple[int, int] | None) -> str:
    """The text without the brackets of its deletions, one of them replaced by the gap."""
    parts, position = [], 0
    for start, end in deletions:
        parts.append(text[position:start])
        parts.append(GAP if (start, end) == gap else text[start + 1 : end])
        position = end + 1
    parts.append(text[position:])
    return written("".join(parts))


DIALECT = Dialect(
    name="cloze",
    level="explicit",
    recognises="A line `C: text with [deletions]` at column 0, going on to the next tag or `---`; one card a deletion.",
    find=_find,
    example="C: The [sigmoid] squashes a number into [0 to 1].\n",
    cards=(
        ("The […] squashes a number into 0 to 1.", "sigmoid"),
        ("The sigmoid squashes a number into […].", "0 to 1"),
    ),
    signs=("C:",),
)
