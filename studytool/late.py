"""Names of a package that are imported when they are first used, so that nobody pays for what is not."""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # importing it from typing costs 2 ms
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def names(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """The `__getattr__` of a package: `homes` has the names that each of its modules holds, with blanks between."""
    home = {name: module for module, held in homes.items() for name in held.split()}

    def imported(name: str) -> object:
        if name not in home:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        from importlib import import_module

        found: object = getattr(import_module(f"{package}.{home[name]}"), name)
        vars(sys.modules[package])[name] = found
        return found

    return imported
