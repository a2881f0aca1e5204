"""The command line: runs what was asked for, and ends with an exit code; errors are told here.

Each command is imported when it is called, not before.
"""

from __future__ import annotations

import gc
import os
import sys

from studytool.errors import StudytoolError, UsageError
from studytool.parsers import COMMANDS, parse
from studytool.streams import has_screen

TYPE_CHECKING = False  # importing it from typing costs 2 ms, a sixth of all that `--help` takes beyond Python itself
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line; returns the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    gc.disable()  # nothing here makes garbage worth collecting before the first screen; the app turns it on again
    _open_streams()
    try:
        try:
            return _run(*parse(sys.argv[1:] if argv is None else argv))
        finally:
            sys.stdout.flush()
    except StudytoolError as error:
        import re

        from studytool.text import one_line

        told = re.sub(r"(://[^/\s:@]*):\S*@", r"\1:…@", one_line(str(error)))  # a password in a mistyped command
        print(f"studytool: {told}", file=sys.stderr)  # a path in it may hold anything
        for line in error.excerpt.splitlines():
            print(f"  {line}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.filename is not None:
            raise
        # The output: its reader (`head`, a pager) has gone, which needs no words, or its disk is full.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes once more at exit
        if not isinstance(error, BrokenPipeError):
            print(f"studytool: The output could not be written: {error.strerror}.", file=sys.stderr)
        return 1


def _open_streams() -> None:
    """Make the standard streams fit to be used: closed ones lead nowhere, and no character is too strange for them."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us: `studytool <&-`
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal that cannot show η should show ?, not a traceback


def _run(name: str, arguments: Namespace) -> int:
    import importlib

    if name == "app" and arguments.paths and not os.path.exists(arguments.paths[0]):
        from difflib import get_close_matches

        if meant := get_close_matches(arguments.paths[0], COMMANDS, 1):
            raise UsageError(
                f"There is no file or folder {arguments.paths[0]}.", f"The command is `studytool {meant[0]}`."
            )
    if name in {"app", "study", "browse", "quiz", "exam"} and has_screen() and not _prints(arguments):
        from studytool.app import run_app

        return run_app(name, arguments)
    module = "due" if name == "app" else name
    run: Callable[[Namespace], int] = importlib.import_module(f"studytool.commands.{module}").run
    return run(arguments)


def _prints(arguments: Namespace) -> bool:
    """Whether the command was asked to print instead of opening the app."""
    is_line = any(getattr(arguments, name, False) for name in ("plain", "json", "last"))
    return is_line or getattr(arguments, "discard", None) is not None
