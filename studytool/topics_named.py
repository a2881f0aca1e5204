"""The topics that somebody names: on the command line, in a syllabus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytool.errors import UsageError
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_NAMED_AT_MOST = 12
"""So many topics are named where there is none of a name."""


def topics_meant(name: str, topics: Collection[str]) -> list[str]:
    """Those of `topics` that a name means: the one so called, in capitals or not, else all that have it as their title.

    Topics of one title in different folders are called `Biology/Week 1` and `Physics/Week 1`: "week 1" means both.
    """
    if name in topics:
        return [name]
    wanted = _folded(name)
    if exact := [topic for topic in topics if _folded(topic) == wanted]:
        return exact
    below = [topic for topic in topics if _folded(topic).endswith(f"/{wanted}")]
    return below if len(below) > 1 else []


def topics_named(names: Iterable[str], topics: Collection[str]) -> list[str]:
    """Those of `topics` that are meant by any of the names; raises `UsageError` for a name that means none."""
    found: dict[str, None] = {}
    for name in names:
        meant = topics_meant(name, topics)
        if not meant:
            there = ", ".join(one_line(topic) for topic in list(topics)[:_NAMED_AT_MOST])
            few = f"There are: {there}." if topics else "There are no cards: `studytool check` says why."
            hint = few if len(topics) <= _NAMED_AT_MOST else "`studytool due` lists the topics."
            raise UsageError(f"There is no topic {one_line(name, 60)} with cards.", hint)
        found.update(dict.fromkeys(meant))
    return [*found]


def _folded(name: str) -> str:
    return one_line(name).casefold()
