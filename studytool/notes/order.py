"""The order of study: a topic comes after those its note names under `after`, else notes keep the order of files."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence

from studytool.notes.model import Topic


def stem_of(path: str) -> str:
    """The name of a file without folders and the extension."""
    name = path.replace(os.sep, "/").rstrip("/").rpartition("/")[2]
    stem, dot, extension = name.rpartition(".")
    return stem.strip() if dot and stem and extension.lower() in ("md", "markdown", "mdown", "txt", "gift") else name


def study_order(topics: Sequence[Topic]) -> list[int]:
    """The numbers of `topics` so that each stands after those it names; in a circle, the first stays first."""
    if not any(topic.after for topic in topics):
        return list(range(len(topics)))
    named = named_before(topics)
    done: set[int] = set()
    ordered: list[int] = []
    for start in range(len(topics)):
        path: list[tuple[int, Iterator[int]]] = []
        _enter(start, named, done, path)
        while path:
            at, before = path[-1]
            following = next(before, None)
            if following is None:
                ordered.append(at)
                path.pop()
            else:
                _enter(following, named, done, path)
    return ordered


def _enter(at: int, named: Mapping[int, list[int]], done: set[int], path: list[tuple[int, Iterator[int]]]) -> None:
    if at in done:  # placed already, or on the way: a cycle ends here
        return
    done.add(at)
    path.append((at, iter(named.get(at, ()))))


def named_before(topics: Sequence[Topic]) -> dict[int, list[int]]:
    """For each number of a topic that has an `after` the numbers of those it names, by file name, title or alias.

    Of several of one name that in its own folder is meant, else the first.
    """
    wanted = {at: [_folded(name) for name in topic.after] for at, topic in enumerate(topics) if topic.after}
    names = {name for told in wanted.values() for name in told}
    found: dict[tuple[str, str], int] = {}
    for at, topic in enumerate(topics if names else ()):
        for name in names.intersection(map(_folded, (stem_of(topic.path), topic.title, *topic.aliases))):
            found.setdefault(("", name), at)
            found.setdefault((_folder_of(topic), name), at)
    return {
        at: [other for other in (_named(name, topics[at], found) for name in told) if other is not None and other != at]
        for at, told in wanted.items()
    }


def _named(name: str, topic: Topic, found: Mapping[tuple[str, str], int]) -> int | None:
    return found.get((_folder_of(topic), name), found.get(("", name)))


def _folder_of(topic: Topic) -> str:
    return topic.path.replace(os.sep, "/").rpartition("/")[0] + "/"


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
