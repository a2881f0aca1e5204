"""The topics that somebody names: on the command line, in a syllabus."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studytool.errors import UsageError
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from studytool.notes.model import Library

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


def topics_named(names: Iterable[str], topics: Collection[str], library: Library) -> list[str]:
    """Those of `topics` that are meant by any of the names; raises `UsageError` for a name that means none.

    A name that is no topic's may be that of a folder of the library: then all topics below it are meant.
    """
    found: dict[str, None] = {}
    for name in names:
        meant = topics_meant(name, topics) or _below(name, topics, library)
        if not meant:
            there = ", ".join(one_line(topic) for topic in list(topics)[:_NAMED_AT_MOST])
            few = f"There are: {there}." if topics else "There are no cards: `studytool check` says why."
            hint = few if len(topics) <= _NAMED_AT_MOST else "`studytool due` lists the topics."
            raise UsageError(f"There is no topic {one_line(name, 60)} with cards.", hint)
        found.update(dict.fromkeys(meant))
    return [*found]


def _below(name: str, topics: Collection[str], library: Library) -> list[str]:
    """Those of `topics` with a note in a folder of that name, or of that path, or further below it."""
    wanted = f"/{_folded(name).strip('/')}/"
    if wanted == "//":
        return []
    top = os.path.join(os.path.abspath(library.root), "")
    folders = (os.path.dirname(file.removeprefix(top)) for file in library.files)
    there = (wanted in f"/{_folded(folder.replace(os.sep, '/'))}/" for folder in folders)
    below = {topic for topic, is_there in zip(library.names, there, strict=True) if is_there}
    return [topic for topic in topics if topic in below]


def _folded(name: str) -> str:
    return one_line(name).casefold()
