"""What is wrong with a query, and at which of its characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from studytool.errors import UsageError
from studytool.text import clean

_SHOWN = 72
"""Cells of a query that are shown; of a longer one those around the place."""
_BEFORE = 40
_LIKE = 0.7
"""How like a known name a word is that was meant to be it: "leach" is leech, and "nonsense" not open."""
_TELLING = 3
"""Letters of a name that tell it."""


class QueryError(UsageError):
    """A query that cannot be read: characters `start` to `end` (at least one, maybe one past the last) are wrong."""

    def __init__(self, message: str, query: str, start: int, end: int | None = None, hint: str = "") -> None:
        super().__init__(message, hint)
        self.query = query
        self.start = min(start, len(query))
        self.end = max(min(start + 1 if end is None else end, len(query)), self.start + 1)
        self.excerpt = excerpt(query, self.start, self.end)


def excerpt(query: str, start: int, end: int) -> str:
    """The query on one line, and carets under the characters from `start` to `end`."""
    first = 0 if end <= _SHOWN else max(0, start - _BEFORE)
    cells = ["…"] if first else []
    carets = [" "] if first else []
    for at in range(first, max(end, len(query))):
        shown = _printed(query[at]) if at < len(query) else " "
        width = _width(shown)
        if sum(map(_width, cells)) + width >= _SHOWN:
            cells.append("…")
            break
        cells.append(shown)
        carets.append(("^" if start <= at < end else " ") * width)
    return f"{''.join(cells).rstrip()}\n{''.join(carets).rstrip()}"


def _printed(character: str) -> str:
    """One character as a terminal may have it: what it would act on, or not show, is a replacement character."""
    if character.isspace():
        return " "
    kept = clean(character).encode("utf-8", "replace").decode()
    return kept if kept and unicodedata.category(character) not in ("Cf", "Cs", "Cn", "Co") else "\ufffd"


def _width(character: str) -> int:
    """The cells that a character takes on a terminal."""
    if unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def nearest(word: str, known: Iterable[str], meant: dict[str, str] | None = None) -> str:
    """The known name that `word` probably stands for, empty where none is near in spelling or begins with it.

    `meant` has names of other programs.
    """
    wanted, names = word.casefold(), list(known)
    close = get_close_matches(wanted, names, 1, _LIKE)
    begun = [name for name in names if len(wanted) >= _TELLING and name.startswith(wanted)]
    return (meant or {}).get(wanted) or next(iter([*close, *begun]), "")
