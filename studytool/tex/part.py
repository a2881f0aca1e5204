"""The parts of a row: what each is, the blanks between them, and brackets that grow with what is in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from studytool.tex import marks
from studytool.tex.box import EMPTY, Box, beside, of
from studytool.tex.row import Piece, PieceKind, gap, with_signs

_SIGNS = frozenset(("rel", "bin", "punct"))  # a script does without the spaces beside them


@dataclass(frozen=True, slots=True)
class Part:
    """One thing in a row: its box, what it does beside others, and the blanks before it.

    A bracket has `grow`, which gives its box for so many rows above and below the baseline; one that is `tall` is to
    grow whatever it stands beside.
    """

    box: Box
    kind: PieceKind = "ord"
    before: int = 0
    grow: Callable[[int, int], Box] | None = None
    tall: bool = False


def spaced(parts: Sequence[Part], *, tight: bool = False, goes_on: bool = False) -> list[Part]:
    """The parts of a row with the blanks between them and their brackets grown; empty ones go.

    `tight` leaves out the blanks beside signs, as scripts do; `goes_on` says that an operand stands before the row.
    """
    parts = _grown([part for part in parts if part.box.height > 1 or part.box.rows[0]])
    pieces = [Piece(_edge(part), part.kind) for part in parts]
    signed = with_signs(pieces)
    first = next((at for at, piece in enumerate(pieces) if piece.kind != "space"), 0)
    if goes_on and pieces and pieces[first].kind == "bin":
        signed[first] = pieces[first]
    found: list[Part] = []
    inside_bars = False
    for place, (part, piece) in enumerate(zip(parts, signed, strict=True)):
        blanks = 0
        if place:
            last = signed[place - 1]
            wanted = gap(last, piece, inside_bars) and not (tight and _SIGNS & {last.kind, piece.kind})
            wanted = wanted or _beside_a_bar(last.kind, piece.kind, inside_bars)
            blanks = int(wanted and " " not in last.text[-1:] + piece.text[:1])
        inside_bars ^= piece.kind == "bar"
        found.append(replace(part, kind=piece.kind, before=blanks))
    return found


def joined(parts: Sequence[Part]) -> Box:
    """Parts that `parts_of` has spaced, as one box; blanks before the first one go."""
    row: list[Box] = []
    for part in parts:
        if part.before and row:
            row.append(of(" " * part.before))
        row.append(part.box)
    return beside(row) if row else EMPTY


def as_one(parts: Sequence[Part]) -> Part:
    """A row as one thing in another."""
    if len(parts) == 1:
        return parts[0]
    names = bool(parts) and all(part.kind in ("name", "limits") for part in parts)  # arg min is one operator
    return Part(joined(parts), "limits" if names else "ord")


def _edge(part: Part) -> str:
    """What decides about the space beside a part: its text, or a letter in place of a tall box."""
    return marks.unmarked(part.box.rows[0]) if part.box.height == 1 else "x"


def _beside_a_bar(left: str, right: str, inside_bars: bool) -> bool:
    """A fraction's bar must not run into what stands beside it: a minus, another bar. Brackets round it are close."""
    if left == "fraction":
        return right not in ("space", "close", "punct") and not (right == "bar" and inside_bars)
    return right == "fraction" and left not in ("space", "open") and not (left == "bar" and inside_bars)


def _grown(parts: Sequence[Part]) -> list[Part]:
    """Brackets written without `\\left` and `\\right` grow too when something stands both above and below in them."""
    found = list(parts)
    opened: list[tuple[int, int, int]] = []  # place, and how far what follows reaches up and down
    for place, part in enumerate(parts):
        closing = part.kind == "close" or (part.kind == "bar" and _top(parts, opened) == "bar")
        above, below = part.box.above, part.box.below
        while closing and opened and part.kind == "close" and _top(parts, opened) == "bar":
            opened = _reaching(opened[:-1], opened[-1][1], opened[-1][2])
        if closing and opened:
            start, above, below = opened.pop()
            if above and below:
                found[start] = of_height(parts[start], above, below)
                found[place] = of_height(part, above, below)
        elif part.kind == "bar" and (part.box.height > 1 or len(part.box.rows[0]) > 1):
            found[place] = _value_at(part, found[place - 1] if place else None)
        elif part.kind in ("open", "bar"):
            opened.append((place, 0, 0))
            continue
        opened = _reaching(opened, above, below)
    return found


def _value_at(bar: Part, before: Part | None) -> Part:
    """A bar with scripts that closes nothing says where a value is taken; it is as tall as what it stands behind."""
    above, below = (before.box.above, before.box.below) if before else (0, 0)
    return of_height(replace(bar, kind="close"), above, below)


def _top(parts: Sequence[Part], opened: Sequence[tuple[int, int, int]]) -> str:
    return parts[opened[-1][0]].kind if opened else ""


def _reaching(opened: list[tuple[int, int, int]], above: int, below: int) -> list[tuple[int, int, int]]:
    if opened and (above or below):
        start, over, under = opened[-1]
        opened[-1] = (start, max(over, above), max(under, below))
    return opened


def of_height(part: Part, above: int, below: int) -> Part:
    """A bracket that reaches so many rows up and down; what does not grow is left as it is."""
    return replace(part, box=part.grow(above, below)) if part.grow else part
