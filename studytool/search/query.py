"""The nouns of the search language: a query as a tree of frozen values. `str` writes it so that it reads the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Operator = Literal["<", "<=", "=", ">=", ">"]
Side = Literal["", "front", "back"]


@dataclass(frozen=True, slots=True)
class Number:
    """A plain number: a count, a difficulty, a probability."""

    value: float

    def __str__(self) -> str:
        return f"{self.value:.6f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Days:
    """A length of time, or how far away something lies: "3d"."""

    count: float

    def __str__(self) -> str:
        return f"{Number(self.count)}d"


@dataclass(frozen=True, slots=True)
class Date:
    """A day of the calendar, as a `date` ordinal."""

    ordinal: int

    def __str__(self) -> str:
        return date.fromordinal(self.ordinal).isoformat()


@dataclass(frozen=True, slots=True)
class Relative:
    """A day of the calendar by its distance from today, -1 to 1: "yesterday", "today", "tomorrow"."""

    offset: int

    def __str__(self) -> str:
        return ("yesterday", "today", "tomorrow")[self.offset + 1]


Value = Number | Days | Date | Relative


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand in a card, on one `side` or anywhere; where `wild`, each `*` stands for any text."""

    text: str
    side: Side = ""
    wild: bool = False

    def __str__(self) -> str:
        prefix = f"{self.side}:" if self.side else ""
        return prefix + (self.text if self.wild else _as_word(self.text, alone=not self.side))


@dataclass(frozen=True, slots=True)
class Name:
    """A field that should have a name: `topic:cnn`; each `*` in the pattern stands for any text."""

    field: str
    pattern: str

    def __str__(self) -> str:
        return f"{self.field}:{_as_word(self.pattern, stars=True)}"


@dataclass(frozen=True, slots=True)
class Flag:
    """A yes or no about a card: `is:due`, `has:math`, `graded:again`."""

    field: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{self.value}"


@dataclass(frozen=True, slots=True)
class Compare:
    """A field that is measured: `recall:<0.8`, `due:<3d`."""

    field: str
    operator: Operator
    value: Value

    def __str__(self) -> str:
        return f"{self.field}:{'' if self.operator == '=' else self.operator}{self.value}"


@dataclass(frozen=True, slots=True)
class Not:
    """Cards that `part` does not find."""

    part: Query

    def __str__(self) -> str:
        return f"-{_grouped(self.part)}"


@dataclass(frozen=True, slots=True)
class And:
    """Cards that all parts find; without a part, every card. No part is an `And` itself: see `both`."""

    parts: tuple[Query, ...] = ()

    def __str__(self) -> str:
        return " ".join(str(part) if not isinstance(part, Or) else _grouped(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or:
    """Cards that one part at least finds; two parts or more, none an `Or` itself: see `either`."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.parts))


Query = Text | Name | Flag | Compare | Not | And | Or


def both(parts: Iterable[Query]) -> Query:
    """What all parts find; one part alone is itself."""
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, And) else (part,))
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def either(parts: Iterable[Query]) -> Query:
    """What one of the parts finds; one part alone is itself."""
    flat: list[Query] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, Or) else (part,))
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def conjuncts(query: Query) -> tuple[Query, ...]:
    """The parts that a card must all satisfy."""
    return query.parts if isinstance(query, And) else (query,)


OPERATORS = frozenset(("or", "OR", "and", "AND", "not", "NOT"))
"""Words that join others; in quotes they are text."""
STATES_IN_A_WORD = ("aside", "suspended", "buried", "rejected", "leech")
"""States that need no `is:`; in quotes they are text."""
_BARE = re.compile(r'[^\s()"|*:\\<>=-][^\s()"|*:\\]*')


def _as_word(text: str, *, alone: bool = False, stars: bool = False) -> str:
    """The text as one word of the language, in quotes where it needs them.

    `alone` where no field stands before it, which makes some words operators; `stars` where `*` means the same in
    quotes and without.
    """
    kept = text.replace("*", "x") if stars else text
    if _BARE.fullmatch(kept) and not (alone and (text in OPERATORS or text in STATES_IN_A_WORD)):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _grouped(query: Query) -> str:
    """The query, in parentheses where it has several parts."""
    return f"({query})" if isinstance(query, And | Or) else str(query)
