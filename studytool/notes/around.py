"""Where notes lie: the root of their library, and the files around them (disk)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from studytool.notes.model import Note
from studytool.notes.reading import text_of
from studytool.notes.walk import GRAPH_MARK, Tops, names

_ROOT_MARKS = ("studytool.toml", ".obsidian", ".git")
_MOST_FILES = 200_000
"""In a folder with more files than that, what notes refer to is not looked for among all of them."""


def library_root(path: Path) -> Path:
    """The nearest folder at or above `path` with a `studytool.toml`, `.obsidian` or `.git`, else the path's own.

    Where none has any of them, a graph of Logseq is one.
    """
    own = path if path.is_dir() else path.parent
    found = _marked(os.path.abspath(own), _holds)
    return Path(found) if found else own


def roots_of(paths: Iterable[str]) -> dict[str, str]:
    """The root that each of some absolute paths belongs to, absolute too: see `library_root`."""
    folders = {path: path if os.path.isdir(path) else os.path.dirname(path) for path in paths}
    holds = lru_cache(maxsize=None)(_holds)  # a thousand paths have most folders above them in common
    found = {folder: _marked(folder, holds) or folder for folder in set(folders.values())}
    return {path: found[folder] for path, folder in folders.items()}


def _marked(folder: str, holds: Callable[[str, tuple[str, ...]], bool]) -> str:
    """The nearest folder at or above an absolute one that has a mark; empty where none has."""
    folders = [folder]
    while (above := os.path.dirname(folders[-1])) != folders[-1]:
        folders.append(above)
    for marks in (_ROOT_MARKS, (GRAPH_MARK,)):
        for one in folders:
            if holds(one, marks):
                return one
    return ""


def _holds(folder: str, marks: tuple[str, ...]) -> bool:
    return any(os.path.exists(os.path.join(folder, mark)) for mark in marks)  # Path.exists raises where it may not look


class Around:
    """The files around the notes of a library, as `shelved.Surroundings` asks for them."""

    def __init__(self, root: str, tops: Tops) -> None:
        self._root, self._tops = root, tops

    def place(self, path: str) -> str:
        below = os.path.join(self._root, "")
        return (path[len(below) :] if path.startswith(below) else path).replace(os.sep, "/")

    def files(self) -> list[str] | None:
        marked = any(os.path.exists(os.path.join(self._root, mark)) for mark in (*_ROOT_MARKS, GRAPH_MARK))
        paths = self._tops.absolute
        if not marked and all(os.path.dirname(path) == self._root and not os.path.isdir(path) for path in paths):
            return None  # the folder of a lone note may be anything, a home for one
        found = names(self._root, _MOST_FILES)
        return found if len(found) < _MOST_FILES else None

    def existing(self, notes: Iterable[Note]) -> Iterator[str]:
        from studytool.notes.targets import unquoted

        for note in notes:
            folder = os.path.join(self._root, os.path.dirname(note.place))
            for reference in note.references:
                name = reference.target.partition("#")[0].strip()
                for told in {name, f"{name}.md", unquoted(name)} if reference.kind != "demo" and name else ():
                    path = os.path.normpath(os.path.join(folder, told))
                    if os.path.isfile(path):
                        yield self.place(path)

    def read(self, place: str) -> str:
        return text_of(os.path.join(self._root, place))
