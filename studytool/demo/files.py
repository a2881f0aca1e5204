"""The files that a demo is made of: FOLDER/NAME.py, and FOLDER/asked/NAME.py with what is asked about it, if there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from studytool.errors import UsageError

# Bytes of the longest source: a hundred times that of the longest built-in demo.
_LONGEST = 2**20


class Source(NamedTuple):
    """One file of a demo and what it held when it was read."""

    path: Path
    content: bytes


def asked_beside(path: Path) -> Path | None:
    """The file with the predictions, claims and questions of the demo at `path`; None where it has none of its own.

    Raises `OSError` where the folder cannot be looked into.
    """
    real = path.resolve()
    beside = real.parent / "asked" / real.name
    return beside if real.suffix == ".py" and beside.is_file() else None


def sources(path: Path) -> list[Source]:
    """The file at `path`, and the one beside it if there is one; `UsageError` for what cannot be read or is no source.

    Nothing is read that might never end or fill the memory.
    """
    found = [Source(path, _content(path))]
    try:
        beside = asked_beside(path)
    except OSError as error:
        raise UsageError(f"{path.parent / 'asked'} cannot be read: {error.strerror}.") from error
    return [*found, Source(beside, _content(beside))] if beside else found


def module_name(path: Path) -> str:
    """The name by which the file beside a demo imports it: `demo_sgd_vs_adam` for sgd-vs-adam.py.

    Of a link it is that of the file it leads to, beside which that other file lies.
    """
    return "demo_" + re.sub(r"\W", "_", path.resolve().stem)


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise UsageError(f"{path} is a folder.", "Give the path of a demo file, or the name of a built-in demo.")
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", "Give the path of a demo file, or the name of a built-in demo.")
    try:
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from error
    if len(content) > _LONGEST:
        raise UsageError(f"{path} has more than {_LONGEST // 2**20} MB: that is no demo.")
    return content
