"""The order of study: a topic comes after those its note names under `after`, else notes keep the order of files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from studytool.notes.model import Topic


def stem_of(path: str) -> str:
    """The name of a file without folders and the extension."""
    name = path.replace("\\", "/").rstrip("/").rpartition("/")[2]
    stem, dot, extension = name.rpartition(".")
    return stem.strip() if dot and stem and extension.lower() in ("md", "markdown", "mdown", "txt", "gift") else name


def names_of(path: str, topic: Topic) -> Iterator[str]:
    """The names a note goes by, case-folded: its file name, its topic and its aliases."""
    for name in (stem_of(path), topic.name, *topic.aliases):
        yield " ".join(name.split()).casefold()


def study_order(topics: Sequence[Topic]) -> list[int]:
    """The numbers of `topics` so that each stands after those it names; in a circle, the first stays first."""
    if not any(topic.after for topic in topics):
        return list(range(len(topics)))
    by_name: dict[str, int] = {}
    for at, topic in enumerate(topics):
        for name in names_of(topic.path, topic):
            by_name.setdefault(name, at)
    done: set[int] = set()
    ordered: list[int] = []
    for start in range(len(topics)):
        path: list[tuple[int, Iterator[int]]] = []
        _enter(start, topics, by_name, done, path)
        while path:
            at, before = path[-1]
            following = next(before, None)
            if following is None:
                ordered.append(at)
                path.pop()
            else:
                _enter(following, topics, by_name, done, path)
    return ordered


def _enter(
    at: int, topics: Sequence[Topic], by_name: dict[str, int], done: set[int], path: list[tuple[int, Iterator[int]]]
) -> None:
    if at in done:  # placed already, or on the way: a cycle ends here
        return
    done.add(at)
    wanted = (by_name.get(" ".join(name.split()).casefold()) for name in topics[at].after)
    path.append((at, iter([other for other in wanted if other is not None and other != at])))
