"""The command line as a child process, and a small library to give it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from tests.note_folder import note_folder
from tests.warm import WARM

PERCEPTRON = """\
---
title: Perceptron
aliases: [perceptrons]
---
# Perceptron

Q: What does a perceptron draw in the plane?
A: One straight line.

Q: On which examples does the perceptron rule change the weights?
A: Only on those it gets wrong.

C: Before the sign is taken, a [bias] is added to the weighted sum.
"""

LOSS = """\
---
title: Loss
after: [Perceptron]
---
# Loss

Q: What does a loss measure?
A: How far a prediction lies from its target.

Q: Which loss goes with softmax?
A: Cross-entropy, $-\\log p$ of the right class.
"""

# Runs the rest of its arguments as a user whose access is checked: root without the right to pass every check.
MORTAL = """\
import ctypes, os, sys
if os.geteuid() == 0:
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, dropped from the bounding set
        prctl(24, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a child process ended."""

    code: int
    stdout: bytes
    stderr: bytes

    @property
    def out(self) -> str:
        return self.stdout.decode()

    @property
    def err(self) -> str:
        return self.stderr.decode()


class Studytool(Protocol):
    """Runs `studytool` with these arguments; never on a terminal."""

    def __call__(
        self,
        *arguments: str | os.PathLike[str],
        stdin: str | bytes = "",
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        prefix: Sequence[str] = (),
    ) -> Outcome: ...


@pytest.fixture
def lent() -> Sequence[int]:
    """What the program forks the demos from that it starts; nothing: each of them is a new process."""
    return ()


@pytest.fixture
def studytool(tmp_path: Path, lent: Sequence[int]) -> Studytool:
    """The program as a child process with a pipe for each of its streams; a traceback anywhere fails the test."""

    def run(
        *arguments: str | os.PathLike[str],
        stdin: str | bytes = "",
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        prefix: Sequence[str] = (),
    ) -> Outcome:
        command = [sys.executable, *prefix, "-m", "studytool", *map(os.fspath, arguments)]
        given = stdin.encode() if isinstance(stdin, str) else stdin
        environment, folder = {**os.environ, **(env or {})}, str(cwd or tmp_path)
        if prefix:
            done = subprocess.run(command, input=given, capture_output=True, env=environment, cwd=folder, timeout=120)
        else:
            done = WARM.run(command, input=given, env=environment, cwd=folder, timeout=120, lent=lent)
        assert b"Traceback" not in done.stderr, done.stderr.decode(errors="replace")
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture(scope="session")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Sequence[str]:
    """What to put before a child's arguments so that folders can be closed to it, even when root runs the tests."""
    prefix = ("-c", MORTAL)
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o500)
    probe = [sys.executable, *prefix, "-c", f"open({str(closed / 'x')!r}, 'w')"]
    if subprocess.run(probe, capture_output=True, timeout=60).returncode == 0:
        pytest.skip("nothing is closed to this user, and it cannot give that up")
    return prefix


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A library of two notes: three cards about the perceptron, then two about loss."""
    return note_folder(tmp_path, perceptron=PERCEPTRON, loss=LOSS)


@pytest.fixture
def log(home: Path) -> Path:
    """Where the review log of the child processes lies (not created)."""
    return home / "data" / "reviews.db"
