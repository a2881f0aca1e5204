"""A setting written into the user's file, above everything that stands there."""

from __future__ import annotations

import json
import os
import tomllib
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def toml(name: str, values: Sequence[str]) -> str:
    """A list as a line of TOML."""
    return f"{name} = {json.dumps(list(values), ensure_ascii=False)}"


def write(path: Path, changes: Mapping[str, Sequence[str]]) -> None:
    """Add settings to a file that does not have them; the rest of it stays as it is.

    Raises `StudytoolError`, having written nothing, where the file has one of them already or cannot be read.
    """
    try:
        before = path.read_text("utf-8-sig")
        known = tomllib.loads(before)
    except FileNotFoundError:
        before, known = "", {}
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise StudytoolError(f"{path} is not valid TOML: {error}.", "Correct that first.") from error
    if there := sorted(known.keys() & changes.keys()):
        raise StudytoolError(f"{path} has `{there[0]}` already.", "Change it there.")
    text = "".join(f"{toml(name, values)}\n" for name, values in changes.items()) + before
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(text, "utf-8")
    beside.replace(path)
