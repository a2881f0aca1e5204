"""One small language over cards: `parse` reads a query, `Searcher` finds the cards, `describe` says it in words.

Names are imported when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool import late

if TYPE_CHECKING:
    from studytool.search.errors import QueryError
    from studytool.search.find import Searcher
    from studytool.search.grammar import parse
    from studytool.search.query import Query
    from studytool.search.suggest import advice
    from studytool.search.wording import describe

__all__ = ["Query", "QueryError", "Searcher", "advice", "describe", "parse"]

__getattr__ = late.names(
    __name__,
    {
        "errors": "QueryError",
        "find": "Searcher",
        "grammar": "parse",
        "query": "Query",
        "suggest": "advice",
        "wording": "describe",
    },
)
