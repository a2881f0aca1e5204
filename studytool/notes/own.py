"""Several libraries open together: what the settings of each say for the reading of its own notes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import NamedTuple, TypeVar

_T = TypeVar("_T")


class Own(NamedTuple):
    """What holds for the notes of one path of a library."""

    levels: tuple[str, ...]
    """The levels of card that are wanted."""
    off: tuple[str, ...] = ()
    """The names of the dialects that make no cards."""
    ignore: tuple[str, ...] = ()
    """What holds no notes, as patterns of a `.gitignore` from `root`."""
    root: str = ""
    """The absolute path of the folder that the notes belong to; a `Shelf` finds it where it is not given."""


def nearest(path: str, tops: Mapping[str, _T]) -> _T | None:
    """What `tops` has for the innermost of its paths that an absolute path is or lies in; None where it lies in none.

    As many steps as the path has folders.
    """
    while path not in tops:
        above = os.path.dirname(path)
        if above == path:
            return None
        path = above
    return tops[path]
