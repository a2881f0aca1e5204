"""The tree of a formula: what `parse` makes and every layout reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind = Literal["ord", "bin", "rel", "open", "close", "punct", "prefix", "slash", "bar"]
"""What a symbol does in a formula, and so how much space it wants: TeX's classes, and
`prefix` (∀, ¬), `slash` (/) and `bar` (|, which opens as often as it closes)."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A letter, a number or a sign."""

    text: str
    kind: Kind = "ord"
    tall: bool = False  # a delimiter behind `\\middle`: it grows with the fence it stands in


@dataclass(frozen=True, slots=True)
class Text:
    """Words set upright, with the spaces they came with."""

    text: str


@dataclass(frozen=True, slots=True)
class Space:
    """White space asked for, in characters; 0 for what TeX would pull together."""

    width: int


@dataclass(frozen=True, slots=True)
class Operator:
    """A function's name (log, max) or a large sign (∑, ∫); with `limits` its scripts stand below and above."""

    text: str
    limits: bool = False

    @property
    def large(self) -> bool:
        """Whether it is a sign and not a name."""
        return not self.text[:1].isalpha()


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes in a row: what stands between two braces."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """A base with what is written below and above its right side."""

    base: Node | None
    sub: Node | None = None
    sup: Node | None = None


@dataclass(frozen=True, slots=True)
class Stack:
    """A base with something small right under or over it (`\\underset`, `\\overset`, long arrows).

    `brace` is ⏟ or ⏞ where one stands between the two.
    """

    base: Node
    under: Node | None = None
    over: Node | None = None
    brace: str = ""


@dataclass(frozen=True, slots=True)
class Fraction:
    """One above the other, with a bar (a quotient) or without (a binomial coefficient)."""

    top: Node
    bottom: Node
    bar: bool = True


@dataclass(frozen=True, slots=True)
class Root:
    """A root; `index` is None for the square root."""

    body: Node
    index: Node | None = None


@dataclass(frozen=True, slots=True)
class Accent:
    """A mark on its body: `name` is LaTeX's (hat, bar, overline, …)."""

    name: str
    body: Node


@dataclass(frozen=True, slots=True)
class Styled:
    """A body in another alphabet: `style` is a key of `letters.ALPHABETS`."""

    style: str
    body: Node


@dataclass(frozen=True, slots=True)
class Fence:
    """A body between two delimiters that grow with it; a delimiter may be empty."""

    left: str
    body: Node
    right: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of cells. `shape` tells what they are: a grid of numbers, cases, or lines aligned at their relations.

    `columns` says how each column is aligned (l, c, r) and where rules stand between them (|), as `array` is told.
    """

    rows: tuple[tuple[Group, ...], ...]
    shape: Literal["grid", "cases", "lines"]
    left: str = ""
    right: str = ""
    columns: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """What a reader should see at once: `==x==`, the answer of a cloze."""

    body: Node


@dataclass(frozen=True, slots=True)
class Command:
    """A command that is not known, with what was given to it in braces."""

    name: str
    arguments: tuple[Node, ...] = ()


Node: TypeAlias = (
    Symbol
    | Text
    | Space
    | Operator
    | Group
    | Script
    | Stack
    | Fraction
    | Root
    | Accent
    | Styled
    | Fence
    | Matrix
    | Marked
    | Command
)
