"""A demo file executed: its `Demo`, or a sentence about what is wrong with it. Only in a demo's own process."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

from studytool.demo.api import Demo
from studytool.demo.find import unreadable
from studytool.demo.trust import digest_of
from studytool.errors import StudytoolError


def load(path: Path, digest: str = "") -> Demo:
    """Execute the file at `path` and return its demo; with a `digest`, only if the content has that hash.

    Raises `StudytoolError` when the file cannot be read or compiled, is another than was agreed to, or holds no demo;
    whatever the file itself raises passes through.
    """
    try:
        content = path.read_bytes()
        if digest and digest_of(content) != digest:
            raise StudytoolError(f"{path} has changed since you agreed to run it.", "Open it again to look at it.")
        code = compile(content.decode("utf-8"), str(path), "exec")
    except OSError as error:
        raise StudytoolError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise StudytoolError(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from error
    except (SyntaxError, ValueError) as error:
        raise StudytoolError(unreadable(path, error), "Correct that line.") from error
    module = ModuleType("demo_" + path.stem)
    module.__file__ = str(path)
    sys.modules[module.__name__] = module  # dataclasses and pickle look modules up by name
    exec(code, module.__dict__)
    demos = [value for value in vars(module).values() if isinstance(value, Demo)]
    if not demos:
        raise StudytoolError(f"{path}: there is no demo in this file.", "It needs a line `demo = Demo(…)`.")
    return demos[0]
