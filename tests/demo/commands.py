"""Commands that tests of demos run, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys


def run(*arguments: str, code: int = 0) -> tuple[str, str]:
    """What Python prints with these arguments, on stdout and on stderr."""
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120
    )
    assert done.returncode == code, done.stderr
    assert "child.py" not in done.stderr
    return done.stdout, done.stderr


def studytool(*arguments: str, code: int = 0) -> tuple[str, str]:
    """What `studytool` prints."""
    return run("-m", "studytool", *arguments, code=code)


def demo(*arguments: str, code: int = 0) -> tuple[str, str]:
    """What `studytool demo` prints."""
    return studytool("demo", *arguments, code=code)
