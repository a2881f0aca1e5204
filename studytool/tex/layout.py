"""A formula's tree as a box of rows: what TeX sets above and below a line stands above and below it here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Literal

from studytool.tex import box as boxes
from studytool.tex import marks, signs
from studytool.tex.box import EMPTY, Box, beside, heightened, of, stacked, widened
from studytool.tex.grid import grid
from studytool.tex.letters import ACCENTS, ALPHABETS, SUBSCRIPTS, SUPERSCRIPTS
from studytool.tex.line import compact, is_letter, piece_of, small, with_accent
from studytool.tex.part import Part, as_one, joined, of_height, spaced
from studytool.tex.row import PieceKind, Tie
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

Style = Literal["display", "text", "script"]
"""TeX's: limits go above and below in `display`, beside the sign where they can be small in `text`, always in
`script`."""

_LONGEST_SCRIPT = 16  # characters of a script that is written on one line (e⁻ˣ²/²) rather than drawn
_SUPERSCRIPTS = {**SUPERSCRIPTS, "*": "*", "∗": "*"}  # a star stands high in every font
_KEPT = frozenset(("rel", "bin", "name", "limits", "large", "open", "close", "bar"))  # by a base that has scripts


def part_of(node: Node | None, style: Style) -> Part:
    """A node as a box."""
    match node:
        case None:
            return Part(EMPTY)
        case Symbol(text, kind, tall):
            grow = partial(signs.delimiter, text) if kind in ("open", "close", "bar") else None
            return Part(of(text), kind, grow=grow, tall=tall)
        case Text(text):
            return Part(of(text), "text")
        case Space(width):
            return Part(of(" " * width), "space")
        case Operator(text, limits):
            return Part(of(text), "large" if node.large else "limits" if limits else "name")
        case Group(items):
            return as_one(parts_of(items, style))
        case Script():
            return _script(node, style)
        case Stack():
            return _stack(node, style)
        case Fraction(top, bottom, bar):
            return _fraction(top, bottom, bar=bar, style=style)
        case Root(body, index):
            return Part(_root(part_of(body, _inner(style)).box, index))
        case Accent(name, body):
            return _accent(name, body, style)
        case Styled(name, body):
            part = part_of(body, style)
            letters = str.maketrans(ALPHABETS[name])
            return replace(part, box=replace(part.box, rows=tuple(row.translate(letters) for row in part.box.rows)))
        case Fence(left, body, right):
            return _fence(left, body, right, style)
        case Matrix():
            return _matrix(node, style)
        case Marked(body):
            part = part_of(body, style)
            return replace(part, box=boxes.marked(part.box))
        case Command():
            return Part(of(piece_of(node).text), "word")


def parts_of(items: Sequence[Node], style: Style, *, goes_on: bool = False) -> list[Part]:
    """The nodes of a row, spaced and with their brackets grown; `goes_on` says that an operand stands before it."""
    return spaced([part_of(item, style) for item in items], tight=style == "script", goes_on=goes_on)


def _inner(style: Style) -> Style:
    return "text" if style == "display" else style


# Above and below


def _script(node: Script, style: Style) -> Part:
    base = node.base
    if isinstance(base, Operator) and (base.limits or base.text == "∫") and style != "script":
        return _limits(base, node, style)
    part = part_of(base, style)
    held = isinstance(base, (Fraction, Root, Script)) or (isinstance(base, Group) and piece_of(base).tie > Tie.UNIT)
    drawn = _fenced("(", part.box, ")") if held else part.box
    scripted = partial(_with_scripts, sub=_script_box(node.sub), sup=_script_box(node.sup))
    kind = part.kind if part.kind in _KEPT else "ord"
    grow = part.grow
    return Part(scripted(drawn), kind, grow=grow and (lambda above, below: scripted(grow(above, below))))


def _with_scripts(base: Box, sub: Box | None, sup: Box | None) -> Box:
    """Small letters stay on the line; what is raised stands right above it, or at the top of a tall base."""
    small_sub, small_sup = _small(sub, SUBSCRIPTS), _small(sup, _SUPERSCRIPTS)
    middle = ""
    if small_sub is not None:
        middle, sub = (middle, small_sub) if base.below else (small_sub.rows[0], None)
    if small_sup is not None:
        middle, sup = (middle, small_sup) if base.above else (middle + small_sup.rows[0], None)
    pile = [of(middle)]
    place = 0
    if sup is not None:
        pile = [heightened(sup, sup.above, sup.below + max(base.above - 1, 0)), *pile]
        place = 1
    if sub is not None:
        pile.append(heightened(sub, sub.above + max(base.below - 1, 0), sub.below))
    return beside([base, stacked(pile, place, "l")])


def _script_box(node: Node | None) -> Box | None:
    """A script: on one line where that reads as well, else drawn."""
    if node is None:
        return None
    line = compact(piece_of(node).text)
    if not line:
        return None
    if len(line) <= _LONGEST_SCRIPT and not any(mark in line for mark in "^_;"):
        return of(line)
    return part_of(node, "script").box


def _small(script: Box | None, letters: dict[str, str]) -> Box | None:
    if script is None or script.height > 1:
        return None
    found = small(script.rows[0], letters)
    return of(found) if found else None


def _limits(base: Operator, node: Script, style: Style) -> Part:
    """Limits above and below a sign or a name; an integral has them at its ends."""
    sub, sup = _script_box(node.sub), _script_box(node.sup)
    kind: PieceKind = "large" if base.large else "limits"
    if base.text == "∫" and not base.limits:
        return Part(signs.integral(sub or EMPTY, sup or EMPTY), kind)
    small_sub, small_sup = _small(sub, SUBSCRIPTS), _small(sup, _SUPERSCRIPTS)
    if style == "text" and (sub is None or small_sub) and (sup is None or small_sup):
        return Part(beside([of(base.text), small_sub or EMPTY, small_sup or EMPTY]), kind)
    return Part(_piled(of(base.text), sub, sup), kind)


def _piled(base: Box, under: Box | None, over: Box | None) -> Box:
    pile = [part for part in (over, base, under) if part is not None]
    return stacked(pile, 0 if over is None else 1)


def _stack(node: Stack, style: Style) -> Part:
    base = part_of(node.base, style)
    over = part_of(node.over, "script").box if node.over is not None else None
    under = part_of(node.under, "script").box if node.under is not None else None
    drawn = base.box
    if node.brace == "⏟":
        under = _piled(signs.brace(node.brace, drawn.width), under, None)
    elif node.brace == "⏞":
        over = _piled(signs.brace(node.brace, drawn.width), None, over)
    elif base.kind == "rel" and drawn.height == 1:
        longest = max((label.width + 2 for label in (over, under) if label is not None and label.width), default=0)
        drawn = signs.arrow(drawn.rows[0], longest)
    return Part(_piled(drawn, under, over), base.kind)


def _fraction(top: Node, bottom: Node, *, bar: bool, style: Style) -> Part:
    upper, lower = part_of(top, _inner(style)).box, part_of(bottom, _inner(style)).box
    width = max(upper.width, lower.width)
    if bar:
        return Part(stacked([upper, of("─" * (width + 2)), lower], 1), "fraction")
    # The blank row in the middle is its baseline, as a fraction's bar is.
    pair = stacked([upper, of(" "), lower], 1)
    return Part(_fenced("(", pair, ")"), "fence")


def _root(body: Box, index: Node | None) -> Box:
    text = compact(piece_of(index).text)
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(text)
    if sign is None:
        sign = small(text, _SUPERSCRIPTS) + "√"
    drawn = signs.root(body, sign)
    if sign != "√" or text in ("", "2"):
        return drawn
    # An index without small letters stands over the hook, left of the roof.
    upper = widened(of(text), max(marks.width(text), 1))
    pad = Box((" " * (upper.width - 1),) * drawn.height, drawn.baseline, upper.width - 1)
    rows = list(beside([pad, drawn]).rows)
    row = max(drawn.baseline - 1, 0) if body.height == 1 else drawn.height - 2
    rows[row] = upper.rows[0] + rows[row][upper.width :]
    return Box(tuple(rows), drawn.baseline, drawn.width + upper.width - 1)


def _accent(name: str, body: Node, style: Style) -> Part:
    if isinstance(body, Group) and len(body.items) == 1:
        body = body.items[0]
    if isinstance(body, Script) and body.base is not None and is_letter(body.base):
        return part_of(Script(Accent(name, body.base), body.sub, body.sup), style)
    part = part_of(body, style)
    if part.box.height == 1 and (accented := with_accent(part.box.rows[0], ACCENTS[name])):
        return Part(of(accented), part.kind)
    return Part(signs.accent(name, part.box), part.kind) if part.box.width else part


# Brackets


def _fence(left: str, body: Node, right: str, style: Style) -> Part:
    match body:
        case Group((Matrix(shape="grid", left="", right="") as matrix,)) if "{" in left or "}" in right:
            body = replace(matrix, shape="cases", left=left, right=right)
            return part_of(body, style)
    parts = parts_of(body.items if isinstance(body, Group) else (body,), style)
    inside = joined(parts)
    parts = [of_height(part, inside.above, inside.below) if part.tall else part for part in parts]
    return Part(_fenced(left, joined(parts), right), "fence")


def _fenced(left: str, body: Box, right: str) -> Box:
    """A box between two brackets of its height."""
    opening, closing = (signs.delimiter(sign, body.above, body.below) for sign in (left, right))
    return beside([opening, body, closing])


# Matrices


def _matrix(node: Matrix, style: Style) -> Part:
    inner: Style = style if node.shape == "lines" else _inner(style)
    going_on = node.shape == "lines"
    cells = [
        [joined(parts_of(cell.items, inner, goes_on=going_on and number > 0)) for number, cell in enumerate(row)]
        for row in node.rows
    ]
    if not cells:
        return Part(EMPTY)
    body = grid(cells, node.shape, node.columns)
    if node.shape == "cases":  # a fraction's bar must not run into the brace
        body = beside([of(" " * bool(node.left)), body, of(" " * bool(node.right))])
    if node.left or node.right:
        return Part(_fenced(node.left, body, node.right), "fence")
    return Part(body, "fraction" if body.height > 1 else "ord")
