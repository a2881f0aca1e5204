"""Where things lie: what the program brings along, and the user's own folders."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from studytool.errors import StudytoolError, UsageError

_PACKAGE = Path(__file__).resolve().parent


def built_in(kind: Literal["cards", "demos"]) -> Path:
    """The folder of the built-in course or demos: inside the package in a wheel, beside it in a checkout."""
    for folder in (_PACKAGE / "built_in" / kind, _PACKAGE.parent / kind):
        if folder.is_dir():
            return folder
    raise StudytoolError(
        f"The built-in {kind} are missing: this installation of studytool is not complete.",
        "Install it again with `pip install --force-reinstall --no-deps studytool`.",
    )


def data_folder() -> Path:
    """Where the review log lies: `$STUDYTOOL_DATA`, else the platform's folder for the user's data. Not created.

    `UsageError` where a variable, of this folder or the others, is no whole path: each place would have its own log.
    """
    return _user_folder("STUDYTOOL_DATA", "user_data_path")


def config_folder() -> Path:
    """Where the user's `settings.toml` lies: `$STUDYTOOL_CONFIG`, else the platform's folder. Not created."""
    return _user_folder("STUDYTOOL_CONFIG", "user_config_path")


def cache_folder() -> Path:
    """Where what can be made again lies: `$STUDYTOOL_CACHE`, else the platform's folder. Not created."""
    return _user_folder("STUDYTOOL_CACHE", "user_cache_path")


def expanded(path: str, named: str) -> Path:
    """`path` with `~` and `~user` replaced; `UsageError` when there is no such home, saying whose path it is."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        home = Path(path).parts[0]
        raise UsageError(f"{named}: {path} lies in {home}, but there is no such home folder.") from None


def missing(path: str) -> str:
    """Why nothing can be read at `path`, as the end of a sentence; empty where something is there."""
    if not path:
        return "an empty path leads nowhere"
    try:
        expanded(path, "").stat()
    except UsageError:
        return "there is no such home folder"
    except (FileNotFoundError, NotADirectoryError):
        return "nothing is there"
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    except ValueError:  # a path with a NUL in it
        return "that is not a path"
    return "it cannot be read: Permission denied" if is_closed(expanded(path, "")) else ""


def at_home(path: str) -> str:
    """A path as it is read most easily: from the home folder where it lies there."""
    home = os.path.expanduser("~").rstrip(os.sep)
    return f"~{path.removeprefix(home)}" if home and path.startswith(f"{home}{os.sep}") else path


def is_closed(path: Path) -> bool:
    """Whether `path` is a folder that may not be listed, or in which nothing may be looked at."""
    return path.is_dir() and not os.access(path, os.R_OK | os.X_OK)


def _user_folder(variable: str, function: str) -> Path:
    given = os.environ.get(variable)
    if given:
        folder = expanded(given, f"${variable}")
        if not folder.is_absolute():
            raise UsageError(
                f"${variable} is {given}, a path from wherever you stand: each folder would have its own.",
                f"Set it to a whole path, such as {folder.absolute()}.",
            )
        return folder
    import platformdirs  # 18 ms

    found: Path = getattr(platformdirs, function)("studytool", appauthor=False)
    return found
