"""A formula that is too wide for one row of its picture, broken where a reader would: at relations, then at signs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from studytool.tex.box import Box, beside, of, stacked
from studytool.tex.layout import parts_of
from studytool.tex.part import Part, joined
from studytool.tex.tree import Group, Matrix, Node, Space

_FURTHEST = 16  # blanks that a line which goes on may begin with
_STEP = 2


def broken(formula: Group, width: int) -> Box | None:
    """The formula in rows of at most `width` cells, the baseline that of the first; None where it cannot be broken.

    Lines that go on begin with a relation, under the first one, or with a sign, a little further in.
    """
    lines: list[Box] = []
    indent = None
    for items in _lines(formula):
        parts = parts_of(items, "display", goes_on=bool(lines))
        if indent is None:
            indent = _indent(parts, width)
        made = _filled(parts, width, indent)
        if made is None:
            return None
        lines += made
    blank = any(line.height > 1 for line in lines)
    pile = [box for line in lines for box in ((of(""), line) if blank else (line,))]
    return stacked(pile[blank:], 0, "l") if pile else None


def _lines(formula: Group) -> Iterator[Sequence[Node]]:
    """The lines that the source has itself: one, or those of an environment that is the whole formula."""
    match formula.items:
        case (Matrix(rows, "lines"),):
            for row in rows:
                yield [node for at, cell in enumerate(row) for node in (Space(at > 0), *cell.items)]
        case items:
            yield items


def _filled(parts: Sequence[Part], width: int, indent: int) -> list[Box] | None:
    """Lines as long as they can be: cut at relations and commas, a piece still too long also at signs."""
    first = next((part.kind for part in parts if part.kind != "space"), "")
    lines: list[list[Part]] = [[]]
    indents = [indent if first in ("rel", "bin") else 0]
    for piece in _pieces(parts, at=("rel", "punct")):
        smaller = [piece] if joined(piece).width <= width - indent else list(_pieces(piece, at=("bin",)))
        for number, chunk in enumerate(smaller):
            if not lines[-1] or indents[-1] + joined([*lines[-1], *chunk]).width <= width:
                lines[-1] += chunk
                continue
            lines.append(chunk)
            indents.append(indent + _STEP * (number > 0))
    made = [
        beside([of(" " * blanks), joined(_trimmed(line))]) for line, blanks in zip(lines, indents, strict=True) if line
    ]
    return made if all(box.width <= width for box in made) else None


def _indent(parts: Sequence[Part], width: int) -> int:
    """Where the first relation stands, if that is near the left."""
    for at, part in enumerate(parts):
        if part.kind == "rel":
            place = joined(_trimmed(parts[:at])).width + part.before
            return place if place <= min(_FURTHEST, width // 3) else _STEP
    return _STEP


def _pieces(parts: Sequence[Part], at: tuple[str, ...]) -> Iterator[list[Part]]:
    """The parts cut before every relation or sign, and behind every comma, that stands in no brackets."""
    piece: list[Part] = []
    depth = 0
    for part in parts:
        comma = bool(piece) and piece[-1].kind == "punct" and "punct" in at
        if piece and depth <= 0 and (comma or (part.kind in at and part.kind != "punct")):
            yield piece
            piece = []
        depth += (part.kind == "open") - (part.kind == "close")
        piece.append(part)
    if piece:
        yield piece


def _trimmed(line: Sequence[Part]) -> list[Part]:
    """The line without white space at its ends."""
    start, end = 0, len(line)
    while start < end and line[start].kind == "space":
        start += 1
    while end > start and line[end - 1].kind == "space":
        end -= 1
    return [replace(part, before=part.before if at else 0) for at, part in enumerate(line[start:end])]
