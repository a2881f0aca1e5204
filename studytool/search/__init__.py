"""One small language over cards: `parse` reads a query, `Searcher` finds the cards, `describe` says it in words.

Names are imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytool.search.errors import QueryError
    from studytool.search.find import Searcher
    from studytool.search.grammar import parse
    from studytool.search.query import Query
    from studytool.search.suggest import advice
    from studytool.search.wording import describe

__all__ = ["Query", "QueryError", "Searcher", "advice", "describe", "parse"]

_HOME = {
    "advice": "suggest",
    "Query": "query",
    "QueryError": "errors",
    "Searcher": "find",
    "describe": "wording",
    "parse": "grammar",
}


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = import_module(f"{__name__}.{_HOME[name]}")
    found: object = getattr(module, name)
    globals()[name] = found
    return found
