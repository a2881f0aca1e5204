"""The order of study: a topic comes after those its note names under `after`, else notes keep the order of files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath

from studytool.notes.model import Note


def stem_of(path: str) -> str:
    """The name of a file without folders and the extension."""
    name = PurePath(path.replace("\\", "/")).name
    stem, dot, extension = name.rpartition(".")
    return stem.strip() if dot and stem and extension.lower() in ("md", "markdown", "mdown", "txt") else name


def names_of(note: Note) -> Iterator[str]:
    """The names a note goes by, case-folded: its file name, its topic and its aliases."""
    for name in (stem_of(note.path), note.topic.name, *note.topic.aliases):
        yield " ".join(name.split()).casefold()


def in_study_order(notes: Sequence[Note]) -> list[Note]:
    """`notes` reordered so that each stands after those it names; where they name each other, the first stays first."""
    by_name: dict[str, int] = {}
    for at, note in enumerate(notes):
        for name in names_of(note):
            by_name.setdefault(name, at)
    done: set[int] = set()
    ordered: list[Note] = []
    for start in range(len(notes)):
        path: list[tuple[int, Iterator[int]]] = []
        _enter(start, notes, by_name, done, path)
        while path:
            at, before = path[-1]
            following = next(before, None)
            if following is None:
                ordered.append(notes[at])
                path.pop()
            else:
                _enter(following, notes, by_name, done, path)
    return ordered


def _enter(
    at: int, notes: Sequence[Note], by_name: dict[str, int], done: set[int], path: list[tuple[int, Iterator[int]]]
) -> None:
    if at in done:  # placed already, or on the way: a cycle ends here
        return
    done.add(at)
    wanted = (by_name.get(" ".join(name.split()).casefold()) for name in notes[at].topic.after)
    path.append((at, iter([other for other in wanted if other is not None and other != at])))
