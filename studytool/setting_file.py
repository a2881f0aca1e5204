"""Writing a setting into its file: comments, order and whatever else the user wrote there stay as they are."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from studytool import clock, places
from studytool.errors import StudytoolError, UsageError
from studytool.setting_layer import too_much
from studytool.setting_values import KEYS

if TYPE_CHECKING:
    from pathlib import Path

    from tomlkit import TOMLDocument


def content_of(path: Path) -> bytes | None:
    """What is in a file of settings, None where there is none; raises `StudytoolError` where it cannot be read."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StudytoolError(f"The settings in {path} cannot be read: {error.strerror}.") from error


def to_set(name: str, value: object) -> object:
    """A value as it goes into a file: with the paths in it made complete from the folder one is in.

    Raises `UsageError` for a library that is not there, or an exam that is over.
    """
    if name == "exam" and value and _is_over(str(value)):
        raise UsageError(f"`exam` should be a day to come: {value} is over.")
    if name == "libraries" and isinstance(value, list):
        paths = [_path_from_here(item) for item in value]
        for path in paths:
            if why := places.missing(path):
                raise UsageError(
                    f"`libraries` cannot name {path or '“”'}: {why}.",
                    "Name a folder that is there; a drive has to be mounted.",
                )
        return paths
    if name == "sync" and isinstance(value, str) and value and "://" not in value:
        return _path_from_here(value)
    return value


def _is_over(day: str) -> bool:
    from datetime import date

    return date.fromisoformat(day).toordinal() < clock.now().day(rollover=0)


def _path_from_here(path: str) -> str:
    return path if path.startswith("~") or not path else os.path.abspath(path)


def put(path: Path, name: str, value: object, seen: bytes | None = None) -> None:
    """Set `name` to a value of TOML, or take it out of the file where that is None; the file is made where needed.

    `keys.ACTION` names a line of the section [keys]. `seen` is the file's content when the user decided; of a file
    that has changed since, or changes while this works, nothing is overwritten. Raises `StudytoolError`.
    """
    before = content_of(path)
    if seen is not None and before != seen:
        raise _changed(path)
    text = _edited(path, before or b"", name, value)
    if text != (before or b""):
        _replace(path, before, text)


def _edited(path: Path, content: bytes, name: str, value: object) -> bytes:
    """The text of the file with the change made, read back by another parser before it counts."""
    import tomllib

    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
    try:
        text = content[len(mark) :].decode("utf-8")
        table = tomllib.loads(text)
        windows = text.count("\n") == text.count("\r\n") > 0
        document = tomlkit.parse(text.replace("\r\n", "\n") if windows else text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, TOMLKitError) as error:
        raise UsageError(f"{path}: this is not valid TOML: {error}.", "Correct that line by hand.") from error
    except (ValueError, RecursionError) as error:
        raise too_much(path, text, error) from error
    _set(document, name, value)
    text = tomlkit.dumps(document)
    if _said(tomllib.loads(text)) != _said(_wanted(table, name, value)):
        raise StudytoolError(
            f"`{name}` could not be written into {path} without touching the rest.", "Write it by hand."
        )
    return mark + (text.replace("\n", "\r\n") if windows else text).encode()


def _set(document: TOMLDocument, name: str, value: object) -> None:
    table: Any = document
    section, _, action = name.partition(".")
    if section == KEYS and action:
        if not isinstance(table.get(KEYS), dict):
            if value is None:
                return
            table[KEYS] = {}
        table, name = table[KEYS], action
        place, _, rest = action.partition(".")
        if action not in table and isinstance(table.get(place), dict):  # [keys.study], or study.undo without quotes
            table, name = table[place], rest
    if value is None:
        table.pop(name, None)
        if section == KEYS and not document.get(KEYS) and not _says_more(document.get(KEYS)):
            document.pop(KEYS, None)
    elif not isinstance(value, list) or not _go_on(table.get(name), value):
        table[name] = value


def _says_more(table: object) -> bool:
    """Whether a section has comments."""
    return hasattr(table, "as_string") and "#" in table.as_string()


def _go_on(listed: object, wanted: list[object]) -> bool:
    """Make a list what is wanted by taking away and adding at the end, so that comments in it stay, if that will do."""
    if not isinstance(listed, list):
        return False
    staying = [item for item in listed if item in wanted]
    if wanted[: len(staying)] != staying:
        return False
    for index in reversed(range(len(listed))):
        if listed[index] not in wanted:
            del listed[index]
    listed.extend(wanted[len(staying) :])
    return True


def _said(table: dict[str, Any]) -> dict[str, Any]:
    """What a file says, without a section of keys that says nothing."""
    return {name: value for name, value in table.items() if (name, value) != (KEYS, {})}


def _wanted(table: dict[str, Any], name: str, value: object) -> dict[str, Any]:
    """What the file should say afterwards, as plain values."""
    from copy import deepcopy
    from typing import cast

    wanted = deepcopy(table)
    _set(cast("TOMLDocument", wanted), name, value)
    return wanted


def _replace(path: Path, before: bytes | None, text: bytes) -> None:
    """Put the text in place of the file in one step; a link stays one, and what it leads to keeps its permissions."""
    import tempfile

    target = path.resolve()
    held = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        number, held = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(number, "wb") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if before is None:
            os.chmod(held, 0o644)
        else:
            shutil.copymode(target, held)
        if content_of(path) != before:
            raise _changed(path)
        os.replace(held, target)
        held = None
    except OSError as error:
        raise StudytoolError(f"The settings in {path} could not be written: {error.strerror}.", _HINT) from error
    finally:
        if held is not None:
            with suppress(OSError):
                os.unlink(held)


_HINT = "They are as they were."


def _changed(path: Path) -> StudytoolError:
    return StudytoolError(f"{path} was changed by someone else meanwhile, and is left as it is.", "Set it again.")
