"""What was asked for: the paths of a command line, checked to be there, and the settings in force for them."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studytool import places
from studytool import settings as settings_file
from studytool.errors import UsageError
from studytool.setting_values import written
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
    lost: tuple[str, ...] = ()
    """Sentences about libraries of the settings that are not there, and are not opened."""
    is_set: bool = False
    """True when nothing was given, so that libraries of the settings are what opens."""

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
    """Resolve the paths of a command line; with none, `root`, else those of the settings, else the built-in course.

    The settings are those of the library named by `root`, else of the one that the first path belongs to.
    Raises `UsageError` for a path that does not exist, so that it is said before anything opens. Of the libraries of
    the settings those that are there will do. What is strange about the settings is said on standard error.
    """
    settings_file.check_root(root)
    base = Path(root) if root else None
    named = [_there(path) for path in paths] or ([base] if base else [])
    given, told = (named, []) if named else _set(settings_file.load().libraries)
    settings = settings_file.load(base or (library_of(given[0]) if given else None))
    settings_file.tell([*told, *settings.unknown])
    found = tuple(given) or (places.built_in("cards"),)
    return Request(found, settings, base, is_course=not given, lost=tuple(told), is_set=bool(given and not named))


def _there(path: str) -> Path:
    """The path, after a look that something is there."""
    hint = "Give the path of a note or of a folder of notes."
    if not path:
        raise UsageError("A path is empty: a variable in the command may not be set.", hint)
    found = places.expanded(path, "The notes")
    try:
        found.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"There is no file or folder {path}.", hint) from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", hint) from error
    return found


def _set(paths: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Of the libraries of the settings those that are there, and a sentence about each other one.

    Raises `UsageError` where none is there.
    """
    found = [path for path in paths if not places.missing(path)]
    if len(found) == len(paths):
        return [*map(Path, found)], []
    told = lost(paths, _place())
    if not found:
        raise UsageError(" ".join(told), _others("A drive has to be mounted; else"))
    left = shlex.quote(written(found))
    told[-1] += f" Mount the drive, or leave out what is not there: `studytool settings libraries {left}`."
    return [*map(Path, found)], told


def lost(paths: Sequence[str], place: str) -> list[str]:
    """A sentence about each library of the settings that is not there; `place` is where they are set."""
    return [f"{place}: `libraries` names {path or '“”'}: {why}." for path in paths if (why := places.missing(path))]


def other_libraries() -> str:
    """Where the libraries of the settings are set, and how to have something else opened."""
    return _others(f"It is one of `libraries` in {_place()}:")


def _others(before: str) -> str:
    return (
        f"{before} `studytool settings libraries FOLDER` names another one, and `studytool settings libraries --reset` "
        "lets the built-in course open."
    )


def _place() -> str:
    return settings_file.layer(settings_file.user_file(), "user").place_of("libraries")


def root_of(root: str | None) -> Path | None:
    """The folder whose `studytool.toml` holds for `root`, or else for what `studytool` opens; None where it has none.

    Unlike `request`, this does not mind what is wrong in the settings. Raises `UsageError` where `root` is no folder.
    """
    settings_file.check_root(root)
    if root:
        return Path(root)
    paths = settings_file.united(settings_file.layers(wrong=[])).libraries
    there = next((path for path in paths if not places.missing(path)), None)
    return library_of(Path(there)) if there else None


def library_of(path: Path) -> Path:
    """The nearest folder above `path` that holds a `studytool.toml`, else the path's own folder."""
    start = path if path.is_dir() else path.parent
    for folder in (start, *start.resolve().parents):
        if os.path.isfile(folder / "studytool.toml"):  # Path.is_file raises where it may not look
            return folder
    return start
