"""A file of settings as it is read: each value checked, with its line, and what is strange about it in sentences."""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from studytool import places
from studytool.errors import UsageError
from studytool.setting_values import KEYS, checked, checked_keys
from studytool.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from studytool.setting_values import About

_TELLING = 4
"""So many letters of a name tell which one is meant that has them in it."""

_NAMING = "dialects_off"
"""The setting whose list may name what this version of studytool lacks: another one may have had it."""
_SEARCHING = "syllabus"
"""The setting whose list may hold searches."""


@dataclass(frozen=True, slots=True)
class Layer:
    """What one source sets."""

    kind: Literal["library", "user", "environment"]
    place: str
    """The path of the file, or the name of the variable."""
    values: Mapping[str, object]
    """The values by the names of the settings, each checked."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """The lines in which the names stand, where they were seen; `keys.ACTION` for those of the section [keys]."""
    unknown: tuple[str, ...] = ()
    """Sentences about keys that no setting has, and about dialects that are none."""
    refused: Mapping[str, UsageError] = field(default_factory=dict)
    """Why the wrong values of the file are left aside, by the names of their settings, `keys.ACTION` for those of the
    section [keys]; by an empty name why all is."""

    def place_of(self, name: str) -> str:
        """The file with the line in which a setting stands, or the variable."""
        line = self.lines.get(name) or self.lines.get(name.partition(".")[0])
        return f"{self.place}:{line}" if line else self.place


def read_layer(
    path: Path,
    kind: Literal["library", "user"],
    known: Mapping[str, About],
    aside: Mapping[str, str],
) -> Layer:
    """What a file sets of what is `known`, nothing where there is no file; `aside` are sentences about other names."""
    text, table, refused = "", dict[str, object](), dict[str, UsageError]()
    with _told_to(refused, ""):
        text, table = _table(path)
    lines = {name: line for name, line in _name_lines(text.splitlines()).items() if name in table}
    lines |= _key_lines(text.splitlines()) if KEYS in table else {}
    place = {name: f"{path}:{lines[name]}" if name in lines else str(path) for name in {**table, **lines}}
    others = [name for name in table if name not in known]
    strange = [f"{place[name]}: {aside.get(name) or _strange(name, table[name], known)}" for name in others]
    values: dict[str, object] = {}
    for name in table:
        with _told_to(refused, name):
            if name == KEYS and name in known:
                values[name], slips = checked_keys(place[name], table[name], place)
                refused |= slips
            elif name in known:
                given = table[name]
                if name == _NAMING and isinstance(given, list):
                    given, none = _parted(given, known[name].choices)
                    strange += (f"{place[name]}: {told}" for told in none)
                elif name == _SEARCHING:
                    given, none = _searched(given)
                    strange += (f"{place[name]}: {told}" for told in none)
                values[name] = _from_there(path, name, checked(place[name], known[name], given))
    return Layer(kind, str(path), values, lines, tuple(strange), refused)


@contextmanager
def _told_to(refused: dict[str, UsageError], name: str) -> Iterator[None]:
    """Keep a `UsageError` under the name of the setting that it is about."""
    try:
        yield
    except UsageError as error:
        refused[name] = error


def _table(path: Path) -> tuple[str, dict[str, object]]:
    """The text of a file and what it says as TOML, both empty where there is no file; raises `UsageError`."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return "", {}
    except OSError as error:
        raise UsageError(f"The settings in {path} cannot be read: {error.strerror}.") from error
    import tomllib  # 14 ms, and most people have no settings file

    text = ""
    try:
        text = content.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UsageError(f"{path}:{line}: this is not valid TOML: {error}.", "Correct that line.") from error
    except tomllib.TOMLDecodeError as error:
        line = _never_ended(text) if "end of document" in str(error) else 0
        place = f"{path}:{line}" if line else str(path)
        raise UsageError(f"{place}: this is not valid TOML: {error}.", "Correct that line.") from error
    except (ValueError, RecursionError) as error:
        raise too_much(path, text, error) from error


def too_much(path: Path, text: str, error: ValueError | RecursionError) -> UsageError:
    """What to say of TOML that may be valid, and is more than can be read."""
    why = "its brackets are nested too deeply" if isinstance(error, RecursionError) else "a number is too long"
    return UsageError(f"{path}:{_unreadable(text)}: this cannot be read: {why}.", "Correct that line.")


def _unreadable(text: str) -> int:
    """The line, from 1, at which TOML that may be valid cannot be read: a text that ends above it can, or is broken."""
    import tomllib

    lines = text.splitlines()
    good, bad = 0, len(lines)
    while bad - good > 1:
        middle = (good + bad) // 2
        try:
            tomllib.loads("\n".join(lines[:middle]))
        except tomllib.TOMLDecodeError:
            good = middle
        except (ValueError, RecursionError):
            bad = middle
        else:
            good = middle
    return bad


def _never_ended(text: str) -> int:
    """The line, from 1, in which the value begins that goes on to the end of the text: all above it is valid TOML."""
    import tomllib

    lines = text.splitlines()
    begins = re.compile(r"""\s*["']?[\w.-]+["']?\s*=|\s*\[""")
    for number in range(len(lines), 0, -1):
        if begins.match(lines[number - 1]):
            with suppress(tomllib.TOMLDecodeError):
                tomllib.loads("\n".join(lines[: number - 1]))
                return number
    return 1


def _from_there(path: Path, name: str, value: object) -> object:
    """A value of a file with the paths in it made complete: they are relative to the file that names them."""
    if name == "libraries" and isinstance(value, tuple):
        return tuple(_library(path.parent, item) for item in value)
    if name == "sync" and isinstance(value, str) and value and "://" not in value:
        return str(path.parent / places.expanded(value, f"{path}: `sync`"))
    return value


def _library(folder: Path, item: str) -> str:
    try:
        return str(folder / places.expanded(item, "libraries")) if item else ""
    except UsageError:  # as any library that is not there, it must not keep the others from being opened
        return item


_NAME = re.compile(r"""\s*\[{0,2}\s*("(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)\s*[=.\]]""")


def _name_lines(lines: Sequence[str]) -> dict[str, int]:
    """The first line, from 1, that begins with each name, be it in quotes."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if begin := _NAME.match(line):
            found.setdefault(_plain(begin[1]), number)
    return found


def _plain(name: str) -> str:
    """A name of TOML without its quotes, and what is written in it with a backslash as what it stands for."""
    if "\\" not in name or name[0] != '"':
        return name.strip("\"'") if name[0] in "\"'" else name
    import tomllib

    with suppress(tomllib.TOMLDecodeError):
        return next(iter(tomllib.loads(f"{name} = 0")))
    return name


_PART = r"""(?:"[^"]*"|'[^']*'|[\w-]+)"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEAD, _BEGIN = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]"), re.compile(rf"\s*({_DOTTED})\s*=")


def _key_lines(lines: Sequence[str]) -> dict[str, int]:
    """The lines, from 1, in which the actions of the section [keys] stand, as `keys.ACTION`, however it is written."""
    found: dict[str, int] = {}
    section: list[str] = []
    for number, line in enumerate(lines, 1):
        if head := _HEAD.match(line):
            section = _parts(head[1])
        elif begin := _BEGIN.match(line):
            name = ".".join([*section, *_parts(begin[1])])
            if name.startswith(f"{KEYS}."):
                found.setdefault(name, number)
    return found


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, dotted)]


def _parted(given: Sequence[object], choices: Sequence[str]) -> tuple[list[object], list[str]]:
    """The items of a list less the texts that are no choice, and a sentence about each of those."""
    others = [item for item in given if isinstance(item, str) and item not in choices]
    close = {item: nearest(item, choices) for item in others}
    told = [
        f"there is no dialect `{one_line(item, 60)}`{f'; did you mean `{close[item]}`?' if close[item] else '.'}"
        for item in others
    ]
    return [item for item in given if item not in others], told


def _searched(given: object) -> tuple[object, list[str]]:
    """A syllabus less the searches that cannot be read, and a sentence about each; all of it where nothing is left."""
    from studytool.syllabus import unread

    items = [given] if isinstance(given, str) else given if isinstance(given, list) else []
    wrong = {item: error for item in items if isinstance(item, str) and (error := unread(item))}
    told = [f"`{_SEARCHING}` has the search {one_line(item, 60)}, which is none: {wrong[item]}" for item in wrong]
    return [item for item in items if item not in wrong] or given, told


def _strange(name: str, value: object, known: Mapping[str, About]) -> str:
    """A sentence about a key that no setting has, with what may have been meant."""
    if isinstance(value, dict) and (inside := sorted(known.keys() & value.keys())):
        named = ", ".join(f"`{each}`" for each in inside)
        return f"there is no section [{one_line(name, 60)}]; {named} should stand above all sections."
    close = nearest(name, known)
    meant = f"did you mean `{close}`?" if close else "`studytool settings` lists them."
    return f"there is no setting `{one_line(name, 60)}`; {meant}"


def nearest(name: str, known: Collection[str]) -> str:
    """The one of the `known` names that may have been meant by one that is none; empty where none is like it."""
    from difflib import get_close_matches

    wanted = name.lower().replace("-", "_")
    close = get_close_matches(wanted, sorted(known), 1, 0.75)
    within = [one for one in sorted(known) if len(wanted) >= _TELLING and wanted in one]
    words = {word: one for one in sorted(known) for word in one.split("_") if len(word) >= _TELLING}
    slipped = [words[word] for word in get_close_matches(wanted, words, 1, 0.8)]
    return next(iter([*close, *within, *slipped]), "")
