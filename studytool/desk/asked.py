"""What was asked for: the paths of a command line, checked to be there, and the settings in force for them."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import places
from studytool import settings as settings_file
from studytool.errors import UsageError
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytool.settings import Settings


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked to open: the paths to read, checked to be there, and the settings in force for them."""

    paths: tuple[Path, ...]
    settings: Settings
    root: Path | None = None
    """The folder that the notes belong to, where the user has named it."""
    is_course: bool = False
    """True when nothing was given or set, so that the built-in course is what opens."""

    @property
    def library(self) -> Path | None:
        """The folder whose `studytool.toml` holds, if it has one; None for the built-in course."""
        return self.root or (library_of(self.paths[0]) if self.paths and not self.is_course else None)

    @property
    def title(self) -> str:
        """A short name of the library for the screen."""
        if self.is_course:
            return "Deep learning, the built-in course"
        return one_line(", ".join(path.resolve().name for path in self.paths))


def request(paths: Sequence[str], root: str | None = None) -> Request:
    """Resolve the paths of a command line; with none, those of the settings, else the built-in course.

    The settings are those of the library named by `root`, else of the one that the first path belongs to.
    Raises `UsageError` for a path that does not exist, so that it is said before anything opens; what is strange about
    the settings is said on standard error.
    """
    if root and not os.path.isdir(root):
        raise UsageError(f"There is no folder {root}.", "`--root` names the folder that the notes belong to.")
    named = [_there(path, "Give the path of a note or of a folder of notes.") for path in paths]
    base = Path(root) if root else None
    given = named or [_there(path, "Correct `libraries` in the settings.") for path in settings_file.load().libraries]
    settings = settings_file.load(base or (library_of(given[0]) if given else None))
    settings_file.tell(settings)
    return Request(tuple(given) or (places.built_in("cards"),), settings, base, is_course=not given)


def _there(path: str, hint: str) -> Path:
    """The path, after a look that something is there."""
    found = places.expanded(path, "The notes")
    try:
        found.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"There is no file or folder {path}.", hint) from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", hint) from error
    return found


def library_of(path: Path) -> Path:
    """The nearest folder above `path` that holds a `studytool.toml`, else the path's own folder."""
    start = path if path.is_dir() else path.parent
    for folder in (start, *start.resolve().parents):
        if os.path.isfile(folder / "studytool.toml"):  # Path.is_file raises where it may not look
            return folder
    return start
