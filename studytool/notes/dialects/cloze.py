"""`C:` at column 0 with `[deletions]` in its text, as hashcards has them: one card a deletion."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from studytool.notes.claims import Claim, Dialect, Draft, Remark
from studytool.notes.dialects.deletions import LOOKED_AT, MOST, too_many
from studytool.notes.dialects.tagged import Tagged, masked_of, tagged, text_of
from studytool.notes.dialects.within import told
from studytool.notes.gaps import GAP, Formulas, formulas_of, is_within, needs_braces
from studytool.notes.inline import HIDDEN
from studytool.notes.page import Page
from studytool.notes.written import written

_BRACKET = re.compile(r"[\[\]]")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*\Z")
_TAKING = frozenset(("left", "right", "big", "bigl", "bigr", "Big", "Bigl", "Bigr", "sqrt", "in", "notin", "subset"))
"""Commands of LaTeX whose brackets are mathematics: sizes, roots, and what a set or an interval follows."""
_RELATING = frozenset(
    ("cdot", "times", "pm", "mp", "le", "leq", "ge", "geq", "ne", "neq", "approx", "to", "quad", "circ", "odot")
)
"""Commands behind which a bracket may stand without a blank and be none of theirs."""
_LOOKED_AT = 40
_FIELD = re.compile(r"[\w -]{1,40}::\s")
"""A field of dataview, `[due:: 2025-01-01]`."""


def _find(page: Page) -> Iterator[Claim | Remark]:
    pieces = tagged(page)
    for at, piece in enumerate(pieces):
        if piece.letter != "C":
            continue
        text, masked = text_of(page, piece), masked_of(page, piece)
        masked = _without_comments(masked)
        deletions, unbalanced = _deletions(masked)
        if unbalanced is not None:
            line = piece.line + text.count("\n", 0, unbalanced)
            hint = "Close it with `]`, or write `\\[` for a bracket that is text."
            yield Remark(line, "error", "unbalanced-cloze", "A bracket of this cloze is not closed.", hint)
            continue
        formulas = formulas_of(text)
        deletions = sorted([*deletions, *_in_formulas(text, masked, formulas, deletions[: MOST + 1])])
        if len(deletions) > MOST:
            yield too_many(piece.line, "Part it into several lines `C: …`.")
            continue
        drafts = tuple(_drafts(text, deletions, formulas, piece))
        if not drafts:
            if at and pieces[at - 1].letter == "A" and pieces[at - 1].end_line == piece.line - 1:
                continue  # a lettered list: A: B: C:
            hint = "Put brackets around what should be asked: `C: The [mitochondrion] …`."
            yield Remark(piece.line, "warning", "no-deletion", "This cloze has nothing in brackets.", hint)
            continue
        yield Claim(((piece.line, piece.end_line),), drafts)
        yield from map(told, piece.doubtful)


def _without_comments(masked: str) -> str:
    """Comments that the mask does not know, hidden: a list or a blank line in one ends the paragraph it began in."""
    parts, end = [], 0
    while (start := masked.find("<!--", end)) >= 0 and (closed := masked.find("-->", start + 4)) >= 0:
        lines = masked[start : closed + 3].split("\n")
        parts += [masked[end:start], "\n".join(HIDDEN * len(line) for line in lines)]
        end = closed + 3
    return "".join([*parts, masked[end:]])


def _deletions(masked: str) -> tuple[list[tuple[int, int]], int | None]:
    """Where the brackets of deletions stand, outermost ones; and where a bracket stands that is never closed.

    Links `[x](y)`, images, footnotes `[^1]`, fields `[due:: x]` and what the mask hides (`\\[`, code, formulas,
    wikilinks) are text.
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
                if len(found) == LOOKED_AT:
                    return found, None
    return found, start if depth else None


def _is_link(masked: str, start: int, end: int) -> bool:
    before, after = masked[start - 1 : start], masked[end + 1 : end + 2]
    inner = masked[start + 1 : end]
    return before == "!" or after == HIDDEN or inner.startswith("^") or bool(_FIELD.match(inner))


def _in_formulas(
    text: str, masked: str, formulas: Formulas, others: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Where the brackets of deletions stand inside formulas, outermost ones.

    Brackets of mathematics are none: those behind a name, a number or a closing sign (`E[X]`, `\\left[`, `\\sqrt[3]`),
    behind "is in", and those round several things (`[0, 1]`), unless they are all there is and stand behind `=`.
    """
    found = []
    for first, last in formulas:
        if not masked[first:last].strip(HIDDEN + "\n") and not any(start < first < end for start, end in others):
            found += [(start, end) for start, end in _bracketed(text, first, last) if not _is_index(text, first, start)]
    for start, end in found:
        only = len(found) == 1 and not others and text[:start].rstrip().endswith("=")
        if "," not in text[start:end] or only:
            yield start, end


def _bracketed(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The outermost pairs of brackets of a formula that hold something and as many closing braces as opening ones."""
    opened: list[int] = []
    for bracket in _BRACKET.finditer(text, first, last):
        at = bracket.start()
        if text[at] == "[":
            opened.append(at)
        elif opened and (start := opened.pop()) >= 0 and not opened:
            inner = text[start + 1 : at]
            if inner.strip() and inner.count("{") == inner.count("}"):
                yield start, at


def _is_index(text: str, first: int, start: int) -> bool:
    """Whether a bracket belongs to the name, command or closing sign before it."""
    before = text[max(first, start - _LOOKED_AT) : start]
    command = _COMMAND.search(before)
    if command:
        glued = before[-1:].isalpha()
        return command[1] in _TAKING or (glued and command[1] not in _RELATING)
    last = before[-1:]
    return last.isalnum() or last in tuple("\\}])'|") or before.rstrip().endswith("∈")


def _drafts(text: str, deletions: Sequence[tuple[int, int]], formulas: Formulas, piece: Tagged) -> Iterator[Draft]:
    raised = {start for start, end in deletions if needs_braces(formulas, text, start, end + 1)}
    asked = _with(text, deletions, raised, -1)
    seen: dict[str, int] = {}
    for start, end in deletions:
        hidden = written(text[start + 1 : end])
        if not hidden:
            continue  # brackets round a comment alone
        if is_within(formulas, start, end + 1):
            hidden = f"${hidden}$"
        front = _with(text, deletions, raised, start)
        often = seen.get(hidden, 0)
        yield Draft("cloze", front, hidden, piece.line, piece.end_line, asked=asked, occurrence=often)
        seen[hidden] = often + 1


def _with(text: str, deletions: Sequence[tuple[int, int]], raised: Container[int], gap: int) -> str:
    """The text without the brackets of its deletions, the one at `gap` replaced; those `raised` get braces."""
    parts, position = [], 0
    for start, end in deletions:
        parts.append(text[position:start])
        inner = GAP if start == gap else text[start + 1 : end]
        parts.append(f"{{{inner}}}" if start in raised else inner)
        position = end + 1
    parts.append(text[position:])
    return written("".join(parts))


DIALECT = Dialect(
    name="cloze",
    level="explicit",
    owns=True,
    recognises="A line `C: text with [deletions]` at column 0, up to the next tag, `---` or card; also in formulas.",
    find=_find,
    example="C: The [sigmoid] squashes a number into [0 to 1].\n",
    cards=(
        ("The […] squashes a number into 0 to 1.", "sigmoid"),
        ("The sigmoid squashes a number into […].", "0 to 1"),
    ),
    signs=("C:",),
)
