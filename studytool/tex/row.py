"""Pieces of a formula in a row: the spaces between them, and the brackets that keep their meaning on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, TypeAlias
from unicodedata import category

from studytool.tex.tree import Kind


class Tie(IntEnum):
    """How firmly a piece holds together, from one thing to several that anything beside them would pull apart."""

    UNIT = 0  # x, (a + b), √2
    CALL = 1  # ∂w, p(x)
    PRODUCT = 2  # 2σ²
    QUOTIENT = 3  # a/b
    SUM = 4  # a + b, and whatever else has a space in it


PieceKind: TypeAlias = Kind | Literal["fraction", "name", "limits", "large", "word", "fence", "text", "space"]
"""What a piece does beside others: a symbol's kind, or what only a whole node can be (`word`: a command unknown)."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of one line, with what decides about spaces and brackets round it."""

    text: str
    kind: PieceKind = "ord"
    tie: Tie = Tie.UNIT
    inner: Tie = Tie.UNIT  # of what is inside its brackets, where it has some


_OPERATORS = frozenset(("name", "limits", "large", "word"))
_ENDS_AN_OPERAND = frozenset(("ord", "close", "fence", "fraction", "text", "word"))
_STARTS_AN_OPERAND = frozenset(("ord", "open", "fence", "fraction", "prefix", "bar")) | _OPERATORS
_BESIDE_A_FRACTION = frozenset(("ord", "close", "fence", "fraction", "slash", "name", "word"))
_AFTER_A_FRACTION = frozenset(("ord", "open", "fence", "fraction", "slash")) | _OPERATORS
_DIFFERENTIALS = frozenset("dδΔ∂∇")
# Letters that name a function when a bracket follows. Behind a fraction stroke p(x) then stays as it is.
_LONGEST_SUBSCRIPT = 40  # so that a row of very long pieces takes no longer than its length
_FUNCTIONS = frozenset("fghpqFGHJLPQ")


def bracketed(piece: Piece, limit: Tie) -> str:
    """The piece's text, in brackets when it holds together less firmly than `limit`."""
    return f"({piece.text})" if piece.tie > limit else piece.text


def join(pieces: Sequence[Piece]) -> Piece:
    """The pieces as one, spaced as a reader expects."""
    pieces = with_signs(_with_brackets([piece for piece in pieces if piece.text]))
    if len(pieces) == 1:
        return pieces[0]
    parts: list[str] = []
    before: Piece | None = None
    inside_bars = False
    for piece in pieces:
        if before is not None and gap(before, piece, inside_bars) and not (parts[-1][-1:] + piece.text[:1]).count(" "):
            parts.append(" ")
        parts.append(piece.text)
        inside_bars ^= piece.kind == "bar"
        before = piece
    text = "".join(parts)
    if all(piece.kind in ("name", "limits") for piece in pieces):  # arg min is one operator
        return Piece(text, "limits")
    return Piece(text, "ord", _tie(pieces))


def _with_brackets(pieces: list[Piece]) -> list[Piece]:
    """A fraction that something is multiplied with, or that a function applies to, in brackets."""
    found: list[Piece] = []
    for place, piece in enumerate(pieces):
        if piece.kind == "fraction":
            before = pieces[place - 1] if place else None
            after = pieces[place + 1] if place + 1 < len(pieces) else None
            if _touches(before, _BESIDE_A_FRACTION, -1) or _touches(after, _AFTER_A_FRACTION, 0):
                piece = Piece(f"({piece.text})", "fence")
        found.append(piece)
    return found


def _touches(piece: Piece | None, kinds: frozenset[str], side: int) -> bool:
    return piece is not None and (piece.kind in kinds or (piece.kind == "text" and not piece.text[side].isspace()))


def with_signs(pieces: list[Piece]) -> list[Piece]:
    """A plus or minus without anything on its left is a sign, and stands close to what follows."""
    found: list[Piece] = []
    inside_bars = False
    for place, piece in enumerate(pieces):
        if piece.kind == "bin":
            before = next((other for other in reversed(found[-2:]) if other.kind != "space"), None)
            operand = before is not None and (
                before.kind in _ENDS_AN_OPERAND or (before.kind == "bar" and not inside_bars)
            )
            if not operand:
                piece = Piece(piece.text, "prefix" if place + 1 < len(pieces) else "ord")
        inside_bars ^= piece.kind == "bar"
        found.append(piece)
    return found


def gap(before: Piece, piece: Piece, inside_bars: bool) -> bool:
    """Whether a space belongs between two pieces."""
    left, right = before.kind, piece.kind
    if left == "space" or right == "space":
        return False
    if "rel" in (left, right):
        return left != right and right != "punct"
    if "bin" in (left, right):
        return True
    if left == "punct":
        return right not in ("close", "punct")
    if right in _OPERATORS:
        return left in _ENDS_AN_OPERAND or left in _OPERATORS or (left == "bar" and not inside_bars)
    if left == "large":
        return right in _STARTS_AN_OPERAND or right == "text"
    if left in _OPERATORS:
        return right in ("ord", "prefix", "text", "fraction") or (right == "bar" and not inside_bars)
    if right == "prefix":
        return left in _ENDS_AN_OPERAND
    if before.text[-1:].isdigit() and piece.text[:1].isdigit():
        return True
    return is_plain(piece.text[:1]) and _ends_in_a_subscript(before.text)


def is_plain(text: str) -> bool:
    """Whether `text` is letters and digits of full size only: no sign, no accent, no small ² or ₐ."""
    return all(character.isdecimal() or category(character) in ("Lu", "Ll") for character in text) and bool(text)


def _ends_in_a_subscript(text: str) -> bool:
    """Whether plain letters directly behind `text` would be read as part of its last subscript: x_L."""
    _, mark, script = text[-_LONGEST_SUBSCRIPT:].rpartition("_")
    return bool(mark) and is_plain(script)


def _tie(pieces: Sequence[Piece]) -> Tie:
    """How firmly the pieces hold together once they stand in a row."""
    units = _units([piece for piece in pieces if piece.text != " "])  # a thin space parts nothing
    kinds = [unit.kind for unit in units]
    if len(units) == 2 and _is_call(*units):
        return Tie.CALL
    if any(kind in ("bin", "rel", "punct", "space", *_OPERATORS) for kind in kinds):
        return Tie.SUM
    if any(unit.kind in ("text", "prefix") and " " in unit.text.strip() for unit in units):
        return Tie.SUM
    if any(kind in ("slash", "fraction") for kind in kinds) or any(unit.tie == Tie.QUOTIENT for unit in units):
        return Tie.QUOTIENT
    return Tie.UNIT if len(units) == 1 else Tie.PRODUCT


def _is_call(first: Piece, second: Piece) -> bool:
    """Whether two things are read as one: log(x), p(x | y), ∂w, n!"""
    if second.kind == "fence" and first.kind in ("name", "limits"):
        return True
    if second.kind == "fence" and first.text[0] in _FUNCTIONS:
        return second.inner < Tie.SUM
    return second.text == "!" or (second.kind in ("ord", "fence") and first.text in _DIFFERENTIALS)


def _units(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with every pair of brackets and what is in it as one; its tie tells how much it holds."""
    found: list[Piece] = []
    depth = 0
    inner = Tie.UNIT
    in_bars = False
    for piece in pieces:
        bar = piece.kind == "bar" and depth == in_bars  # a bar deeper in divides: p(x|y)
        if piece.kind == "open" or (bar and not in_bars):
            if not depth:
                inner = Tie.UNIT
                in_bars = bar
            depth += 1
        elif (piece.kind == "close" and depth) or bar:
            depth -= 1
            in_bars = in_bars and not bar
            if not depth:
                found.append(Piece("()", "fence", inner=inner))
        elif not depth:
            found.append(piece)
        elif piece.kind == "bin":
            inner = Tie.SUM
    if depth:
        found.append(Piece("(", "rel"))
    return found
