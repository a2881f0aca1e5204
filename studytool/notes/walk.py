"""Which files are notes: walks folders and honours ignore rules. Looks at names and times, opens no note."""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from errno import ELOOP
from pathlib import Path
from stat import S_ISDIR
from typing import TYPE_CHECKING, NamedTuple

from studytool.errors import UsageError
from studytool.notes.lazy import cached_property

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

EXTENSIONS = (".md", ".markdown", ".mdown", ".txt", ".gift")
"""What counts as a note in a folder; a file that is named is read whatever its name."""
_LONGEST_EXTENSION = max(map(len, EXTENSIONS))
SKIPPED = frozenset({"node_modules", "__pycache__"})
"""Folders that are not looked into, beside hidden ones."""
GRAPH_MARK = os.path.join("logseq", "config.edn")
"""What shows a folder to be a graph of Logseq."""
_IGNORE_FILE = ".gitignore"
_LONGEST_RULES = 1_000_000

Stamp = tuple[int, int, int]
"""Size in bytes, when the content was changed and when the entry was, in nanoseconds: the same stamp, the same file."""
_HALF = 1 << 63


@dataclass(frozen=True, slots=True)
class Trouble:
    """A file or folder that could not be looked at, and why."""

    path: str
    message: str
    hint: str


class Listing(NamedTuple):
    """Files in an order, and their stamps one after another, 8 bytes a number: compared as a whole in no time."""

    paths: Sequence[str] = ()
    stamps: bytes = b""

    @classmethod
    def of(cls, paths: Iterable[str], numbers: Iterable[int]) -> Listing:
        """The listing of files, with the numbers of their stamps; of dates beyond 2262 their last 8 bytes."""
        numbers = list(numbers)
        try:
            stamps = array("q", numbers)
        except OverflowError:
            stamps = array("q", [(number + _HALF) % (2 * _HALF) - _HALF for number in numbers])
        return cls(list(paths), stamps.tobytes())

    def files(self) -> dict[str, Stamp]:
        """The stamp of each file."""
        numbers = iter(array("q", self.stamps))
        return dict(zip(self.paths, zip(numbers, numbers, numbers, strict=True), strict=True))


@dataclass
class Scan:
    """What lies in the paths of a library: the notes with their stamps, by absolute path."""

    listing: Listing = field(default_factory=Listing)
    """The notes as they were met."""
    troubles: list[Trouble] = field(default_factory=list)
    graphs: set[str] = field(default_factory=set)
    """The folders that are graphs of Logseq, whose own files are no notes."""

    @cached_property
    def files(self) -> dict[str, Stamp]:
        """The stamp of each note."""
        return self.listing.files()


def why_unread(path: str, error: OSError) -> tuple[str, str]:
    """Why a file or folder cannot be read, and what to do about it."""
    if os.path.islink(path) and not os.path.exists(path):
        leads = "to itself" if error.errno == ELOOP else f"to {os.readlink(path)}, and nothing is there"
        return f"This link leads {leads}.", "Delete it, or let it lead to a file."
    hint = "Check its permissions." if isinstance(error, PermissionError) else ""
    return f"This {'folder' if os.path.isdir(path) else 'file'} cannot be read: {error.strerror}.", hint


class Tops:
    """The paths of a library, as the user typed them and as they are."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.typed = [str(path) for path in paths]
        self.absolute = [os.path.abspath(path) for path in paths]

    def shown(self, path: str) -> str:
        """An absolute path below one of them, as the user would type it."""
        for typed, absolute in zip(self.typed, self.absolute, strict=True):
            if path == absolute:
                return typed
            below = absolute if absolute.endswith(os.sep) else absolute + os.sep
            if path.startswith(below):
                return os.path.join(typed, path[len(below) :])
        return path

    def check(self) -> None:
        """Raise `UsageError` for the first path that is not there or cannot be looked at."""
        for path in self.typed:
            try:
                os.stat(path)
            except FileNotFoundError:
                raise UsageError(f"There is no file or folder `{path}`.", "Check the path.") from None
            except OSError as error:
                raise UsageError(f"`{path}` cannot be read: {error.strerror}.") from error
            except ValueError:  # a path with a NUL in it
                raise UsageError(f"`{path}` is not a path.") from None


def scan(tops: Tops, ignored: Callable[[str, bool], bool] | None = None) -> Scan:
    """The notes in the paths of a library, each file once; hidden and generated folders are passed over.

    Rules of the `.gitignore` files below the paths hold; `ignored` tells of an absolute path, and whether it is a
    folder's, that the library's own settings leave it out. Loops of links end. The order is that of the disk:
    `reading_order` sorts.
    """
    walk = _Walk(ignored, many=len(tops.absolute) > 1)
    for path in tops.absolute:
        if os.path.isdir(path):
            walk.folder(path)
        else:
            walk.file(path)
    walk.settle()
    walk.found.listing = Listing.of(walk.paths, walk.numbers)
    return walk.found


def reading_order(paths: Sequence[str], tops: Tops) -> list[str]:
    """`paths` in the order in which a reader meets them: as the tops are named, by name, files before folders.

    Numbers in names count as numbers: "Lecture 2" comes before "Lecture 10".
    """
    folders: dict[str, tuple[int, _Names]] = {}

    def place(path: str) -> tuple[int, _Names]:
        folder, _, name = path.rpartition(os.sep)
        if folder not in folders:
            at = [number for number, top in enumerate(tops.absolute) if path.startswith(os.path.join(top, ""))]
            above = [(True, _counted(part)) for part in folder.split(os.sep)]
            folders[folder] = at[0] if at else len(tops.absolute), above
        top, above = folders[folder]
        return min(named.get(path, top), top), [*above, (False, _counted(name))]

    named = {path: at for at, path in reversed([*enumerate(tops.absolute)])}
    return sorted(sorted(paths), key=place)


_Names = list[tuple[bool, list[str | int]]]
_NUMBER = re.compile(r"(\d+)")


def _counted(name: str) -> list[str | int]:
    """A name with its numbers as such: words and numbers in turn, so that two names can always be compared."""
    parts: list[str | int] = [*_NUMBER.split(name.lower())]
    parts[1::2] = map(int, parts[1::2])
    return parts


def graphs_around(tops: Tops) -> set[str]:
    """The graphs of Logseq that the paths of a library lie in, or are."""
    folders = {top if os.path.isdir(top) else os.path.dirname(top) for top in tops.absolute}
    waiting, found = [*folders], set[str]()
    while waiting:
        folder = waiting.pop()
        if os.path.isfile(os.path.join(folder, GRAPH_MARK)):
            found.add(folder)
        above = os.path.dirname(folder)
        if above not in folders:
            folders.add(above)
            waiting.append(above)
    return found


class _Walk:
    def __init__(self, ignored: Callable[[str, bool], bool] | None, many: bool) -> None:
        self.found = Scan()
        self.paths: list[str] = []
        self.numbers: list[int] = []
        """The stamps of `paths`, one after another."""
        self.ignored = ignored
        self.many = many
        self.entered: set[tuple[int, int]] = set()
        self.linked: list[tuple[str, os.stat_result]] = []

    def file(self, path: str) -> None:
        try:
            status = os.stat(path)
        except OSError as error:
            self.trouble(path, *why_unread(path, error))
            return
        self.linked.append((path, status))

    def settle(self) -> None:
        """Take files that may have been met under another name: each once, where it lies rather than through a link."""
        if not self.linked:
            return
        met: set[tuple[int, int]] = set()
        if not self.many:
            for path in self.paths:
                with suppress(OSError):
                    status = os.stat(path)
                    met.add((status.st_dev, status.st_ino))
        for path, status in self.linked:
            identity = (status.st_dev, status.st_ino)
            if identity not in met:
                met.add(identity)
                self.paths.append(path)
                self.numbers += status.st_size, status.st_mtime_ns, status.st_ctime_ns

    def trouble(self, path: str, message: str, hint: str) -> None:
        self.found.troubles.append(Trouble(path, message, hint))

    def folder(self, top: str) -> None:
        """Take the notes of a folder and of those below it; a link to a folder above it leads to what is not in it."""
        above = _above(top)
        waiting: list[tuple[str, tuple[Rules, ...]]] = [(top, ())]
        through_links: list[tuple[str, tuple[Rules, ...]]] = []
        while waiting or through_links:
            linked = not waiting  # a folder is walked where it lies; through a link only when it lies elsewhere
            folder, rules = (through_links if linked else waiting).pop()
            try:
                status = os.stat(folder)
                identity = status.st_dev, status.st_ino
                if identity in self.entered or (linked and identity in above):
                    continue
                self.entered.add(identity)
                entries = os.scandir(folder)
            except OSError as error:
                self.trouble(folder, *why_unread(folder, error))
                continue
            notes: list[os.DirEntry[str]] = []
            folders: list[str] = []
            linked_folders: list[str] = []
            with entries:
                for entry in entries:
                    name = entry.name
                    if name[-3:] == ".md" or name[-_LONGEST_EXTENSION:].lower().endswith(EXTENSIONS):
                        if name[0] != "." and (name[-4] not in "wW" or not name.lower().endswith(".excalidraw.md")):
                            notes.append(entry)
                    elif name == _IGNORE_FILE:
                        rules = (*rules, Rules.of_file(folder, entry.path))
                    elif name == "logseq" and os.path.isfile(os.path.join(folder, GRAPH_MARK)):
                        self.found.graphs.add(folder)
                    elif name[0] != "." and name not in SKIPPED and _is_folder(entry):
                        (linked_folders if entry.is_symlink() else folders).append(entry.path)
            folders += self.notes(notes, rules)
            for path in (*folders, *linked_folders):
                if not self.left_out(rules, path, True):
                    (through_links if path in linked_folders else waiting).append((path, rules))

    def notes(self, entries: Sequence[os.DirEntry[str]], rules: Sequence[Rules]) -> list[str]:
        """Take the notes of one folder; the paths of those that turn out to be folders named like a note."""
        paths, numbers, linked, many = self.paths, self.numbers, self.linked, self.many
        free = not rules and self.ignored is None
        folders: list[str] = []
        for entry in entries:
            path = entry.path
            if not free and self.left_out(rules, path, False):
                continue
            try:
                status = entry.stat()
            except OSError as error:
                self.trouble(path, *why_unread(path, error))
                continue
            if status.st_nlink == 1 and not many and entry.is_file(follow_symlinks=False):
                paths.append(path)
                numbers += status.st_size, status.st_mtime_ns, status.st_ctime_ns
            elif S_ISDIR(status.st_mode):
                folders.append(path)
            else:  # only these can be met twice
                linked.append((path, status))
        return folders

    def left_out(self, rules: Sequence[Rules], path: str, is_folder: bool) -> bool:
        """Whether the rules of the folders, or the library's own settings, leave a path out."""
        if rules and _left_out(rules, path, is_folder):
            return True
        return self.ignored is not None and self.ignored(path, is_folder)


def _above(folder: str) -> set[tuple[int, int]]:
    """The folders that a folder lies in, as the system numbers them."""
    found = set()
    for parent in Path(os.path.realpath(folder)).parents:
        with suppress(OSError):
            status = os.stat(parent)
            found.add((status.st_dev, status.st_ino))
    return found


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


class Rules:
    """Patterns as in a `.gitignore`, for a folder and those below it; one that cannot be understood is passed over."""

    def __init__(self, folder: str, patterns: Sequence[str]) -> None:
        self._below = os.path.join(folder, "")
        self._spec = _spec(patterns)

    @classmethod
    def of_file(cls, folder: str, path: str) -> Rules:
        """Those in a file of the folder; none where it cannot be read."""
        try:
            with open(path, encoding="utf-8", errors="replace") as file:
                return cls(folder, file.read(_LONGEST_RULES).splitlines())
        except OSError:
            return cls(folder, [])

    def says(self, path: str, is_folder: bool) -> bool | None:
        """Whether a path is left out, None where no rule speaks of it."""
        if not path.startswith(self._below):
            return None
        told = path[len(self._below) :].replace(os.sep, "/")
        return self._spec.check_file(told + "/" if is_folder else told).include


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # 12 ms, and most folders of notes have no such file

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:  # one bad line should not undo the others
        return GitIgnoreSpec.from_lines(line for line in lines if _is_rule(line))


def _is_rule(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _left_out(rules: Sequence[Rules], path: str, is_folder: bool) -> bool:
    """What the nearest rule that speaks of a path says of it."""
    return next((said for one in reversed(rules) if (said := one.says(path, is_folder)) is not None), False)


def names(top: str, most: int) -> list[str]:
    """The files below a folder by their paths from it, with `/`, notes or not; the first `most` of them.

    Hidden and generated folders are passed over, and so is what cannot be read; loops of links end.
    """
    found: list[str] = []
    waiting = [(top, "")]
    entered: set[tuple[int, int]] = set()
    while waiting and len(found) < most:
        folder, below = waiting.pop()
        with suppress(OSError):
            status = os.stat(folder)
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name[0] == "." or entry.name in SKIPPED:
                        continue
                    if _is_folder(entry):
                        waiting.append((entry.path, f"{below}{entry.name}/"))
                    else:
                        found.append(below + entry.name)
    return found[:most]


def differences(before: Mapping[str, Stamp], after: Mapping[str, Stamp]) -> tuple[list[str], list[str]]:
    """The paths that are new or changed, and those that are gone."""
    if before == after:
        return [], []
    changed = [path for path, stamp in after.items() if before.get(path) != stamp]
    return changed, [path for path in before if path not in after]
