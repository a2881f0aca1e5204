"""The operating system's side of a demo: a child process in a temporary folder that can always be ended."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import studytool
from studytool.errors import StudytoolError

# How long a child may take to end by itself, then after SIGTERM; after that it is killed. Together under 2 s.
_PATIENCE = (0.7, 0.5)


@dataclass(frozen=True, slots=True)
class Child:
    """A process that runs a demo or waits for one, and the temporary folder that it works in."""

    process: subprocess.Popen[bytes]
    folder: str

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self.process.poll() is None

    def write(self, line: bytes) -> None:
        """Give it a line; nothing happens when it has ended."""
        pipe = self.process.stdin
        with contextlib.suppress(OSError, ValueError):  # the pipe is broken or closed: its bye is on the way
            if pipe is not None:
                pipe.write(line)
                pipe.flush()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process and to all that it has started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)

    def end(self) -> None:
        """Close its stdin and wait for it to end; after about a second it is killed."""
        with contextlib.suppress(OSError):
            if self.process.stdin is not None:
                self.process.stdin.close()
        for patience, next_signal in zip(_PATIENCE, (signal.SIGTERM, signal.SIGKILL), strict=True):
            try:
                self.process.wait(patience)
                break
            except subprocess.TimeoutExpired:
                self.signal(next_signal)
        self.kill()

    def outlive(self) -> None:
        """Wait until the process has ended, and end what it has started: that would hold its pipes open."""
        self.process.wait()
        self.signal(signal.SIGKILL)

    def kill(self) -> None:
        """End it and all that it has started at once."""
        self.signal(signal.SIGKILL)
        self.process.wait()

    def clear(self) -> None:
        """Close what can still be read of it, and remove its folder."""
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def spawn(*, spare: bool = False) -> Child:
    """A new process that imports torch and then waits for an `open` request; a `spare` one does so without haste.

    Raises `StudytoolError` when the system has no room for a process or its folder.
    """
    try:
        folder = tempfile.mkdtemp(prefix="studytool-demo-")
    except OSError as error:
        raise StudytoolError(
            f"There is no place for the demo's temporary files: {error}.", "Set TMPDIR to a folder for them."
        ) from error
    root = str(Path(studytool.__file__).resolve().parent.parent)
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-P", "-m", "studytool.demo.child", folder, *["spare"] * spare]
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
            start_new_session=True,  # a Ctrl-C is for the app, and all that the demo starts can be ended together
        )
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise StudytoolError(f"A process for the demo cannot be started: {error}.") from error
    return Child(process, folder)
