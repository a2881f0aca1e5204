"""A demo's files executed: its `Demo`, or a sentence about what is wrong with it. Only in a demo's own process."""

from __future__ import annotations

import sys
from pathlib import Path
from types import CodeType, ModuleType

from studytool.demo.api import Demo
from studytool.demo.files import Source, module_name, sources
from studytool.demo.find import unreadable
from studytool.demo.trust import digest_of
from studytool.errors import StudytoolError


def load(path: Path, digest: str = "") -> Demo:
    """Execute the file at `path`, then what is asked beside it (see `files`), and return its demo.

    With a `digest` only if the contents have that hash. Raises `StudytoolError` when a file cannot be read or compiled,
    when they are others than was agreed to, or the first holds no demo; what a file itself raises passes through.
    """
    found = sources(path)
    if digest and digest_of(*(file.content for file in found)) != digest:
        which = " or ".join(str(file.path) for file in found)
        raise StudytoolError(f"{which} has changed since you agreed to run it.", "Open it again to look at it.")
    name, (code, *more) = module_name(path), [_compiled(file) for file in found]
    module = _executed(name, path, code)
    demos = [value for value in vars(module).values() if isinstance(value, Demo)]
    if not demos:
        raise StudytoolError(f"{path}: there is no demo in this file.", "It needs a line `demo = Demo(…)`.")
    for file, code in zip(found[1:], more, strict=True):
        _executed(f"asked_{name}", file.path, code)
    return demos[0]


def _compiled(file: Source) -> CodeType:
    try:
        return compile(file.content.decode("utf-8"), str(file.path), "exec")
    except UnicodeDecodeError as error:
        raise StudytoolError(f"{file.path} is not UTF-8 text.", "Save it as UTF-8.") from error
    except (SyntaxError, ValueError) as error:
        raise StudytoolError(unreadable(file.path, error), "Correct that line.") from error


def _executed(name: str, path: Path, code: CodeType) -> ModuleType:
    """The module of a file, executed under a name by which it can be imported, as dataclasses and pickle do too."""
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module
    exec(code, module.__dict__)
    return module
