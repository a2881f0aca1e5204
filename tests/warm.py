"""Processes that are forked from one which has imported torch and studytool: that takes longer than most of them run.

Only what is imported is shared. What is forked gets the arguments, environment, folder, pipes and session that it would
have as a new process. On Linux only, and not where a test brings modules of its own, asks for something of the
interpreter, or the parent has ended: there the process is a new one, as is whatever a test starts by itself.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import random
import runpy
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

ROOT = str(Path(__file__).resolve().parents[1])
HEEDED = {"PYTHONPATH", "PYTHONIOENCODING"}
"""What of the interpreter may be asked for: only studytool's own path, and UTF-8, which a forked one has anyhow."""

PATIENCE = 10.0
"""Seconds to wait for what ends at once."""

STARTED_BY_ITSELF = {"studytool.__main__", "studytool.demo.child"}
"""What is run with `-m` is imported by nobody."""


class Forked:
    """What is used of `subprocess.Popen`, over a process that was forked."""

    def __init__(
        self,
        parent: socket.socket,
        command: Sequence[str],
        folder: str,
        env: Mapping[str, str],
        lent: Sequence[int] = (),
    ) -> None:
        (stdin, ours_in), (ours_out, stdout), (ours_err, stderr), (told, tell) = (os.pipe() for _ in range(4))
        theirs = [stdin, stdout, stderr, tell]
        self._told = os.fdopen(told, encoding="ascii")
        try:
            try:
                asked = json.dumps({"command": command, "folder": folder, "env": dict(env)}).encode()
                socket.send_fds(parent, [asked], [*theirs, *lent])
            finally:
                for descriptor in theirs:
                    os.close(descriptor)
            self.pid = int(self._told.readline())  # it leads a session by now, so that it can be signalled
        except (OSError, ValueError):  # the parent has ended
            self._told.close()
            for descriptor in (ours_in, ours_out, ours_err):
                os.close(descriptor)
            raise
        self.stdin = os.fdopen(ours_in, "wb")
        self.stdout, self.stderr = (os.fdopen(descriptor, "rb") for descriptor in (ours_out, ours_err))
        self.returncode: int | None = None
        self._waiting = threading.Thread(target=self._wait, daemon=True)
        self._waiting.start()

    def _wait(self) -> None:
        with self._told:
            self.returncode = int(self._told.readline() or -signal.SIGKILL)

    def communicate(self, input: bytes, timeout: float) -> tuple[bytes, bytes]:
        """Write to its stdin, and read what it writes until it has ended; killed after so many seconds."""
        read: dict[str, bytes] = {}

        def write() -> None:
            with suppress(BrokenPipeError), self.stdin:
                self.stdin.write(input)

        def take(name: str, pipe: BinaryIO) -> None:
            with pipe:
                read[name] = pipe.read()

        threads = [
            threading.Thread(target=write, daemon=True),
            threading.Thread(target=take, args=("out", self.stdout), daemon=True),
            threading.Thread(target=take, args=("err", self.stderr), daemon=True),
        ]
        for thread in threads:
            thread.start()
        try:
            self.wait(timeout)
        except subprocess.TimeoutExpired:
            os.killpg(self.pid, signal.SIGKILL)
            raise
        finally:
            for thread in threads:
                thread.join(PATIENCE)  # what it has started itself may keep the pipes
        assert len(read) == 2, "it has ended, and something that it has started keeps its pipes open"
        return read["out"], read["err"]

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        self._waiting.join(timeout)
        if self._waiting.is_alive():
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        assert self.returncode is not None
        return self.returncode


@cache
def forks() -> bool:
    """Whether there is what is needed here: Linux, and a kernel that tells by a descriptor when a process has ended."""
    try:
        os.close(os.pidfd_open(os.getpid()))
    except (AttributeError, OSError):
        return False
    return sys.platform == "linux"


class Warm:
    """Stands in for the module `subprocess`; the process that others are forked from is started for the first."""

    PIPE, TimeoutExpired = subprocess.PIPE, subprocess.TimeoutExpired

    def __init__(self, *imported: str) -> None:
        self._imported = imported
        self._lock = threading.Lock()
        self._started: tuple[subprocess.Popen[bytes] | None, socket.socket] | None = None

    def Popen(self, command: Sequence[str], *, cwd: str, env: Mapping[str, str], **more: Any) -> Any:
        """A process for `python -P -m MODULE …` with a pipe for each stream, in a session of its own."""
        return self._forked(command, cwd, env) or subprocess.Popen(command, cwd=cwd, env=env, **more)

    def run(
        self,
        command: Sequence[str],
        *,
        input: bytes,
        cwd: str,
        env: Mapping[str, str],
        timeout: float,
        lent: Sequence[int] = (),
    ) -> subprocess.CompletedProcess[bytes]:
        """`subprocess.run` with a pipe for each stream, for `python -m MODULE …`.

        With what `TORCH.lend` gives, the demos that it starts are forked as well.
        """
        if (process := self._forked(command, cwd, env, lent)) is None:
            return subprocess.run(command, input=input, capture_output=True, cwd=cwd, env=env, timeout=timeout)
        stdout, stderr = process.communicate(input, timeout)
        return subprocess.CompletedProcess(command, process.wait(), stdout, stderr)

    def lend(self) -> tuple[int, ...]:
        """The descriptor by which another process, which inherits it, may ask for forks: see `borrow`; none if none."""
        return (self._parent().fileno(),) if forks() else ()

    def borrow(self, *descriptors: int) -> None:
        """Ask for forks where another process has lent them."""
        for descriptor in descriptors:
            self._started = None, socket.socket(fileno=descriptor)

    def close(self) -> None:
        """End the process that others were forked from."""
        if self._started is not None:
            process, requests = self._started
            requests.close()
            if process is not None:
                try:
                    process.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            self._started = None

    def _forked(
        self, command: Sequence[str], cwd: str, env: Mapping[str, str], lent: Sequence[int] = ()
    ) -> Forked | None:
        own = {*env["PYTHONPATH"].split(os.pathsep)} - {ROOT}
        asked = {name for name in env if name.startswith("PYTHON") and env[name] != os.environ.get(name)}
        if not own and asked <= HEEDED and forks():
            with suppress(OSError, ValueError):
                return Forked(self._parent(), command, cwd, env, lent)
        return None

    def _parent(self) -> socket.socket:
        with self._lock:
            if self._started is None:
                ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                with its:
                    command = [sys.executable, "-P", __file__, str(its.fileno()), *self._imported]
                    env = {**os.environ, "PYTHONPATH": ROOT}
                    process = subprocess.Popen(command, pass_fds=[its.fileno()], env=env, start_new_session=True)
                self._started = process, ours
            return self._started[1]


WARM, TORCH = Warm("studytool"), Warm("studytool", "torch")
"""Where commands come from, and where demos come from: to fork what has imported torch takes longer."""


def serve(requests: socket.socket, *imported: str) -> None:
    """Fork a process for each request until there is nobody to ask; of each, tell its number and how it ended."""
    import numpy as np

    import studytool

    np.zeros(1)
    if "torch" in imported:
        import torch

        torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)  # the first one imports as much as torch itself
    for module in pkgutil.walk_packages(studytool.__path__, "studytool."):
        if module.name not in STARTED_BY_ITSELF and not module.name.startswith(("studytool.app", "studytool.serve")):
            importlib.import_module(module.name)
    gc.freeze()
    running: dict[int, tuple[int, int]] = {}  # by the descriptor of each process: its number, and where it is told
    with selectors.DefaultSelector() as ready:
        ready.register(requests, selectors.EVENT_READ)
        while True:
            for key, _ in ready.select():
                if key.fd in running:
                    ready.unregister(key.fd)
                    _tell_end(key.fd, *running.pop(key.fd))
                    continue
                asked, descriptors, _, _ = socket.recv_fds(requests, 2**20, 5)
                if not asked:
                    return
                pipes, tell, lent = descriptors[:3], descriptors[3], descriptors[4:]
                if (child := os.fork()) == 0:
                    ready.close()
                    requests.close()
                    for other, (_, end) in running.items():
                        os.close(other)
                        os.close(end)
                    _become(json.loads(asked), pipes, tell, lent)
                for descriptor in (*pipes, *lent):
                    os.close(descriptor)
                running[process := os.pidfd_open(child)] = child, tell
                ready.register(process, selectors.EVENT_READ)


def _tell_end(process: int, child: int, tell: int) -> None:
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with suppress(BrokenPipeError):
        os.write(tell, b"%d\n" % code)
    os.close(tell)
    os.close(process)


def _become(asked: dict[str, Any], pipes: list[int], tell: int, lent: list[int]) -> NoReturn:
    """Become the process that is asked for, in a session of its own.

    It ends without clearing away what it has imported, which takes longer than most of what is asked for.
    """
    import numpy as np

    os.setsid()
    os.write(tell, b"%d\n" % os.getpid())
    for place, descriptor in enumerate(pipes):
        os.dup2(descriptor, place)
    for descriptor in (*pipes, tell):
        os.close(descriptor)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, encoding="utf-8", errors="backslashreplace", closefd=False)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])
    time.tzset()
    random.seed()
    np.random.seed()
    if lent:
        from studytool.demo import spawn

        TORCH.borrow(*lent)
        spawn.subprocess = TORCH  # type: ignore[assignment]
    module, *arguments = asked["command"][asked["command"].index("-m") + 1 :]
    sys.argv = [module, *arguments]
    code: object = None
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        code = ended.code
    except BaseException:
        traceback.print_exc()
        code = 1
    if code is not None and not isinstance(code, int):
        print(code, file=sys.stderr)
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
    os._exit((code or 0) & 0xFF)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])), *sys.argv[2:])
