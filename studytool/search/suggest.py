"""What to say where a query finds nothing: which of its names does not exist, and which one was probably meant."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from studytool.search.fold import fold
from studytool.search.query import Compare, Flag, Name, Not, Query, Text
from studytool.text import one_line

if TYPE_CHECKING:
    from studytool.memory.events import Moment
    from studytool.search.find import Searcher

_LEAST = 60
"""Per cent by which a name must be like the one that was asked for."""


def advice(query: Query, searcher: Searcher, moment: Moment) -> list[str]:
    """A sentence for every name in a query that no card of the library has."""
    told = []
    for leaf in dict.fromkeys(_names(query)):
        if not searcher.find(leaf, moment):
            meant = _meant(leaf, searcher)
            asked = f"Did you mean `{meant}`? " if meant else ""  # first: a line may have no room for the rest
            told.append(f"{asked}No card has the {leaf.field} {leaf.pattern}.")
    return told


def _meant(leaf: Name, searcher: Searcher) -> str:
    """The name that is most like the one that was asked for, as it is written in a query; empty where none is."""
    from rapidfuzz import process  # 10 ms, and seldom needed

    known = {fold(name): name for name in searcher.names(leaf.field)}
    found = process.extractOne(fold(leaf.pattern), known.keys(), score_cutoff=_LEAST)
    return one_line(str(Name(leaf.field, known[found[0]]))) if found else ""


def _names(query: Query) -> Iterator[Name]:
    """The names that a card should have; what is left out may be missing."""
    if isinstance(query, Name):
        yield query
    elif not isinstance(query, Text | Flag | Compare | Not):
        for part in query.parts:
            yield from _names(part)
