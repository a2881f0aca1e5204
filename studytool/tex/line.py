"""A formula on one line of Unicode."""

from __future__ import annotations

import re
import unicodedata

from studytool.tex import marks
from studytool.tex.box import Box, finished, of
from studytool.tex.letters import ACCENTS, ALPHABETS, JOINING, SUBSCRIPTS, SUPERSCRIPTS
from studytool.tex.parse import parse
from studytool.tex.row import Piece, PieceKind, Tie, bracketed, is_plain, join
from studytool.tex.tree import (
    Accent,
    Command,
    Fence,
    Fraction,
    Group,
    Marked,
    Matrix,
    Node,
    Operator,
    Root,
    Script,
    Space,
    Stack,
    Styled,
    Symbol,
    Text,
)
from studytool.text import one_line

_ROOTS = {"": "√", "2": "√", "3": "∛", "4": "∜"}
# A space beside a sign: a script does without it. Accents and primes are signs to Python but not to a reader.
_SIGN = r"[^\w\s()\[\]{}′-‷\u0300-\u036f\u20d0-\u20ff]"
_MARKS = (marks.OPEN, marks.CLOSE)
_ROOMY = re.compile(f" (?={_SIGN})|(?<={_SIGN}) ")


def to_line(source: str) -> str:
    """The formula `source` (LaTeX without its dollar signs) on one line of text.

    Never raises; takes time in proportion to the length. What is not known stays readable: `\\foo{x}` gives `foo(x)`.

    >>> to_line(r"\\frac{a + b}{2\\sigma^2}")
    '(a + b)/(2σ²)'
    """
    return to_row(source).rows[0]


def to_row(source: str) -> Box:
    """The formula as `to_line` gives it, with what is marked in it."""
    return finished(of(piece_of(parse(marks.unmarked(one_line(source)))).text.strip()))


def piece_of(node: Node | None) -> Piece:
    """A node on one line; None is nothing."""
    match node:
        case None:
            return Piece("")
        case Symbol(text, kind):
            return Piece(text, kind)
        case Text(text):
            return Piece(text, "text", Tie.SUM if " " in text.strip() else Tie.UNIT)
        case Space(width):
            return Piece(" " * width, "space")
        case Operator(text, limits):
            return Piece(text, "large" if node.large else "limits" if limits else "name")
        case Group(items):
            return join([piece_of(item) for item in items])
        case Script():
            return _script(node)
        case Stack(base, under, over):
            return _stack(base, under, over)
        case Fraction():
            return _fraction(node)
        case Root(body, index):
            sign = piece_of(index).text
            sign = _ROOTS.get(sign) or (small(sign, SUPERSCRIPTS) or f"[{sign}]") + "√"
            return Piece(sign + bracketed(piece_of(body), Tie.UNIT))
        case Accent(name, body):
            return _accent(name, body)
        case Styled(style, body):
            piece = piece_of(body)
            letters = ALPHABETS.get(style, {})
            return Piece("".join(letters.get(letter, letter) for letter in piece.text), piece.kind, piece.tie)
        case Fence(left, body, right):
            return _fence(left, body, right)
        case Matrix():
            return _matrix(node)
        case Marked(body):
            piece = piece_of(body)
            return Piece(marks.marked(piece.text), piece.kind, piece.tie)
        case Command(name, arguments):
            if not arguments:
                return Piece(name, "word")
            return Piece(f"{name}({', '.join(piece_of(argument).text for argument in arguments)})", "word")


def _script(node: Script) -> Piece:
    base = piece_of(node.base)
    kind: PieceKind = base.kind
    text = base.text
    if isinstance(node.base, (Group, Fraction, Root, Stack, Script)):
        text = bracketed(base, Tie.UNIT) if not isinstance(node.base, (Root, Script)) else f"({text})"
        kind = kind if kind in ("rel", "bin") else "ord"
    return Piece(text + _raised(node.sub, SUBSCRIPTS, "_") + _raised(node.sup, SUPERSCRIPTS, "^"), kind)


def _stack(base: Node, under: Node | None, over: Node | None) -> Piece:
    piece = piece_of(base)
    if under is None and over is None:
        return piece
    text = bracketed(piece, Tie.UNIT)
    return Piece(text + _raised(under, SUBSCRIPTS, "_") + _raised(over, SUPERSCRIPTS, "^"), piece.kind)


def _raised(node: Node | None, letters: dict[str, str], mark: str) -> str:
    return script(compact(piece_of(node).text), letters, mark)


def script(text: str, letters: dict[str, str], mark: str) -> str:
    """A script in small letters where Unicode has every one of them, else behind `mark`: x_L, x^(a/b).

    A subscript of plain letters and digits needs no brackets; `join` keeps it from what follows.
    """
    if not text:
        return ""
    if small_one := small(text, letters):
        return small_one
    if len(text) == 1 and not text.isalnum():  # ∞, *
        return mark + text
    if mark == "_" and is_plain(text):
        return mark + text
    return f"{mark}{text}" if _is_bracketed(text) else f"{mark}({text})"


def compact(text: str) -> str:
    """A script does without the spaces beside its signs."""
    return _ROOMY.sub("", text.strip())


def small(text: str, letters: dict[str, str]) -> str:
    """`text` letter by letter in `letters`; "" when a letter is missing there."""
    found = [letters.get(letter, letter if letter in _MARKS else "") for letter in text]
    return "".join(found) if all(found) else ""


def _is_bracketed(text: str) -> bool:
    """Whether one pair of brackets holds all of it."""
    inside = text[1:-1]
    return (text[0] + text[-1]) in ("()", "[]", "{}") and not any(bracket in inside for bracket in "()[]{}")


def _fraction(node: Fraction) -> Piece:
    top, bottom = piece_of(node.top), piece_of(node.bottom)
    if not node.bar:
        return Piece(f"({top.text} choose {bottom.text})", "fence")
    return Piece(f"{bracketed(top, Tie.PRODUCT)}/{bracketed(bottom, Tie.CALL)}", "fraction", Tie.QUOTIENT)


def _accent(name: str, body: Node) -> Piece:
    if isinstance(body, Group) and len(body.items) == 1:
        body = body.items[0]
    if isinstance(body, Script) and body.base is not None and is_letter(body.base):
        return piece_of(Script(Accent(name, body.base), body.sub, body.sup))
    piece = piece_of(body)
    mark = ACCENTS[name]
    if accented := with_accent(piece.text, mark):
        return Piece(accented, piece.kind)
    if mark in JOINING and piece.text.isalnum():
        return Piece("".join(letter + JOINING[mark] for letter in piece.text), piece.kind, piece.tie)
    return Piece(f"{name}({piece.text})", "word") if piece.text else piece


def is_letter(node: Node) -> bool:
    """Whether a node is one letter, in whatever alphabet: an accent over it and its scripts goes on it alone."""
    match node:
        case Symbol(text) | Styled(_, Symbol(text)):
            return len(text) == 1
    return False


def with_accent(text: str, mark: str) -> str:
    """One letter with a combining character on it; "" where `text` is not one letter."""
    letters = len(text) - sum(map(bool, map(unicodedata.combining, text)))
    return unicodedata.normalize("NFC", text + mark) if letters == 1 else ""


def _fence(left: str, body: Node, right: str) -> Piece:
    if isinstance(body, Group) and len(body.items) == 1 and isinstance(body.items[0], Matrix):
        matrix = body.items[0]
        if matrix.shape == "grid" and not matrix.left and left and right:
            return _matrix(Matrix(matrix.rows, "grid", left, right))
    inner = piece_of(body)
    signs = any(isinstance(item, Symbol) and item.kind == "bin" for item in getattr(body, "items", ()))
    tie = Tie.UNIT if left and right else inner.tie
    return Piece(f"{left}{inner.text.strip()}{right}", "fence", tie, Tie.SUM if signs else Tie.UNIT)


def _matrix(node: Matrix) -> Piece:
    if node.shape == "lines":
        return _lines(node)
    rows = [[piece_of(cell).text.strip() for cell in row] for row in node.rows]
    if node.shape == "cases":
        return Piece("{" + "; ".join(_case(cells) for cells in rows) + "}", "fence")
    between = ", " if any(" " in cell for row in rows for cell in row) else " "
    body = "; ".join(between.join(cells) for cells in rows)
    # Round brackets on one line would be read as a call.
    left, right = ("[", "]") if (node.left, node.right) in (("", ""), ("(", ")")) else (node.left, node.right)
    return Piece(f"{left}{body}{right}", "fence")


def _case(cells: list[str]) -> str:
    """A value and when it holds: `x if x > 0`, or with a comma where no word joins the two."""
    filled = [cell.rstrip(",") for cell in cells if cell]
    words = len(filled) > 1 and filled[1].split()[0].lower() in ("if", "for", "when", "otherwise", "else", "where")
    return (" " if words else ", ").join(filled)


def _lines(node: Matrix) -> Piece:
    """Lines one after the other; one that goes on with a relation or a sign belongs to the one before it."""
    text = ""
    tie = Tie.UNIT
    for row in node.rows:
        items = [item for cell in row if cell.items for item in (Space(1), *cell.items)]
        piece = join([piece_of(item) for item in items])
        first = next((item for item in items if not isinstance(item, Space)), None)
        goes_on = isinstance(first, Symbol) and first.kind in ("rel", "bin")
        if text:
            text = text.rstrip(" ,;") + (" " if goes_on else "; ")
            tie = Tie.SUM
        text += piece.text.strip()
        tie = max(tie, piece.tie)
    return Piece(text, "ord", tie)
