"""What was asked for: the paths of a command line, checked to be there, and the settings in force for them."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from studytool import places
from studytool import settings as settings_file
from studytool.errors import StudytoolError, UsageError
from studytool.setting_values import written
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studytool.settings import Settings


@dataclass(frozen=True, slots=True)
class Other:
    """A path that belongs to another library than the first path, and the settings that hold for its notes."""

    path: Path
    library: Path
    """The folder whose `studytool.toml` holds, if it has one."""
    settings: Settings


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked to open: the paths to read, checked to be there, and the settings in force for them.

    Of other libraries than the first, `others` says how their notes are read (`settings.READING`); all else, such as
    the cards of a day, is set by `settings`: those of the first, with the next exam of all.
    """

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
    others: tuple[Other, ...] = ()
    exam_from: Path | None = None
    """The folder of the library that sets the exam; None where that is the first, or the built-in course."""
    own_exam: tuple[tuple[str, object], ...] = ()
    """What the first library says of an exam, by the names of `settings.EXAM`, where another one sets the exam."""

    @property
    def library(self) -> Path | None:
        """The folder whose `studytool.toml` holds, if it has one; None for the built-in course."""
        return self.root or (library_of(self.paths[0]) if self.paths and not self.is_course else None)

    @property
    def exam_library(self) -> Path | None:
        """The folder of the library whose exam is the one in `settings`."""
        return self.exam_from or self.library

    @property
    def libraries(self) -> tuple[Path, ...]:
        """The folders of all libraries, the first one first; none for the built-in course."""
        first = self.library
        return tuple(dict.fromkeys([first, *(one.library for one in self.others)])) if first else ()

    @property
    def made(self) -> tuple[object, ...]:
        """What decides which cards the notes yield."""
        usual = self.settings.made
        own = [(os.path.abspath(one.path), one.settings.made) for one in self.others]
        return usual if all(made == usual for _, made in own) else (*usual, own)

    @property
    def makes_all(self) -> bool:
        """Whether the notes yield every card that they hold."""
        return self.settings.makes_all and all(one.settings.makes_all for one in self.others)

    @property
    def readings(self) -> tuple[tuple[Path | None, Settings], ...]:
        """The folder of the library of each path, and the settings by which its notes are read, the first one first."""
        return (self.library, self.settings), *((one.library, one.settings) for one in self.others)

    def said(self, name: str) -> tuple[object, ...]:
        """The values of a setting that hold: those of all libraries where it is one of `settings.READING`."""
        count = len(self.readings) if name in settings_file.READING else 1
        return tuple(getattr(each, name) for _, each in self.readings[:count])

    def renewed(self) -> Request:
        """The same with what the files of settings say now, as the app reads them: see `settings.load_to_look`."""
        held = dict[str, "Settings"]()
        first = replace(self.settings, **dict(self.own_exam))  # type: ignore[arg-type]
        for library, settings in ((self.library, first), *((one.library, one.settings) for one in self.others)):
            held.setdefault(_says(library), settings)

        def load(library: Path | None) -> Settings:
            return settings_file.load_to_look(library, held.get(_says(library)))

        return replace(self, **_in_force(() if self.is_course else self.paths, self.root, load))

    @property
    def title(self) -> str:
        """A short name of the library for the screen."""
        if self.is_course:
            return "Deep learning, the built-in course"
        return one_line(", ".join(path.resolve().name for path in self.paths))


def request(
    paths: Sequence[str], root: str | None = None, load: Callable[[Path | None], Settings] = settings_file.load
) -> Request:
    """Resolve the paths of a command line; with none, `root`, else those of the settings, else the built-in course.

    The settings are those of the library named by `root`, else of those that the paths belong to: see `Request`.
    Raises `UsageError` for a path that does not exist, `StudytoolError` for one that may not be read, before anything
    opens. Of the libraries of the settings those that are there will do. What is strange about the settings is said on
    standard error.
    `load` reads the settings of a library, None for none, as `settings.load` or `settings.load_to_look` does.
    """
    settings_file.check_root(root)
    base = Path(root) if root else None
    named = [_there(path) for path in paths] or ([base] if base else [])
    given, told = (named, []) if named else _set(load(None).libraries)
    in_force = _in_force(given, base, load)
    settings_file.tell([*told, *in_force["settings"].unknown])
    found = tuple(given) or (places.built_in("cards"),)
    is_set = bool(given and not named)
    return Request(found, root=base, is_course=not given, lost=tuple(told), is_set=is_set, **in_force)


def _says(library: Path | None) -> str:
    """Where a library has settings of its own; empty where it has none, and those of the user hold alone."""
    return os.path.realpath(library) if library and os.path.isfile(settings_file.library_file(library)) else ""


class _InForce(TypedDict):
    """What files of settings say: see `Request`."""

    settings: Settings
    others: tuple[Other, ...]
    exam_from: Path | None
    own_exam: tuple[tuple[str, object], ...]


def _in_force(paths: Sequence[Path], root: Path | None, load: Callable[[Path | None], Settings]) -> _InForce:
    """The settings of the first of `paths`, or of `root`, the other libraries, and the one whose exam is in them."""
    starts = [] if root else [path if os.path.isdir(path) else path.parent for path in paths]
    found = {start: library_of(start) for start in dict.fromkeys(starts)}  # a thousand files may be named
    folders = [found[start] for start in starts]
    first = load(root or (folders[0] if folders else None))
    real = {folder: os.path.realpath(folder) for folder in found.values()}
    homes = [real[folder] for folder in folders]
    usual = lru_cache(lambda: load(None))  # for all folders without such a file
    known: dict[str, Settings] = {}
    others = []
    for path, folder, home in zip(paths, folders, homes, strict=False):
        if home == homes[0]:
            continue
        if home not in known:
            has_one = os.path.isfile(settings_file.library_file(folder))
            known[home] = load(folder) if has_one else usual()
        others.append(Other(path, folder, known[home]))
    if not others:
        return _InForce(settings=first, others=(), exam_from=None, own_exam=())
    every = [first, *(one.settings for one in others)]
    unknown = tuple(dict.fromkeys(told for each in every for told in each.unknown))
    at = _next_exam(every)
    exam, own = ({name: getattr(each, name) for name in settings_file.EXAM} for each in (every[at], first))
    return _InForce(
        settings=replace(first, **exam, unknown=unknown),
        others=tuple(others),
        exam_from=others[at - 1].library if at else None,
        own_exam=tuple(own.items()) if at else (),
    )


def _next_exam(every: Sequence[Settings]) -> int:
    """The place of the settings with the earliest exam after today; without such a one, of the first with an exam."""
    dated = [(each.exam, at) for at, each in enumerate(every) if each.exam]
    if len({day for day, _ in dated}) < 2:
        return dated[0][1] if dated else 0
    from datetime import date

    from studytool import clock

    today = date.fromordinal(clock.now().day(every[0].rollover)).isoformat()
    return min([one for one in dated if one[0] > today], default=dated[0])[1]


def _there(path: str) -> Path:
    """The path, after a look that something is there and may be read."""
    hint = "Give the path of a note or of a folder of notes."
    if not path:
        raise UsageError("A path is empty: a variable in the command may not be set.", hint)
    found = places.expanded(path, "The notes")
    try:
        found.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(f"There is no file or folder {path}.", hint) from None
    except PermissionError as error:
        told = f"{path} cannot be read: {error.strerror}."
        raise StudytoolError(told, "Check the permissions of the folders above it.") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", hint) from error
    if places.is_closed(found):
        raise settings_file.closed(path)
    if not found.is_absolute():
        _check_where_we_are(path)
    return found


def _check_where_we_are(path: str) -> None:
    """Raise `UsageError` where the folder that a relative path begins at was deleted under our feet."""
    try:
        os.getcwd()
    except FileNotFoundError:
        raise UsageError(
            f"{path} lies in the folder you are in, which was deleted.",
            "Change to another folder, or give a whole path.",
        ) from None


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
    return settings_file.layer(settings_file.user_file(), "user", []).place_of("libraries")


def root_of(root: str | None) -> Path | None:
    """The folder whose `studytool.toml` holds for `root`, or else for what `studytool` opens; None where it has none.

    Unlike `request`, this does not mind what is wrong in the settings. Raises `UsageError` where `root` is no folder.
    """
    settings_file.check_root(root)
    return Path(root) if root else next(iter(set_roots()), None)


def set_roots() -> list[Path]:
    """The folders of the libraries that `studytool` opens when no path is given, whose `studytool.toml` would hold."""
    paths = settings_file.united(settings_file.layers(wrong=[])).libraries
    return list(dict.fromkeys(library_of(Path(path)) for path in paths if not places.missing(path)))


def library_of(path: Path) -> Path:
    """The nearest folder above `path` that holds a `studytool.toml`, else the path's own folder."""
    start = path if path.is_dir() else path.parent
    for folder in (start, *start.resolve().parents):
        if os.path.isfile(folder / "studytool.toml"):  # Path.is_file raises where it may not look
            return folder
    return start
