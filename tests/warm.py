"""Processes that are forked from one which has imported torch: the import takes longer than most tests of a demo.

Only the interpreter, torch and its numpy are shared. What is forked gets the arguments, environment, folder, pipes and
session that it would have as a new process, and imports studytool anew. On Linux only, and not where a test brings
modules of its own or the parent has ended: there the process is a new one, as is whatever a test starts by itself.
"""

from __future__ import annotations

import gc
import json
import os
import random
import runpy
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = str(Path(__file__).resolve().parents[1])


class Forked:
    """What is used of `subprocess.Popen`, over a process that was forked."""

    def __init__(self, parent: socket.socket, command: Sequence[str], folder: str, env: Mapping[str, str]) -> None:
        (stdin, ours_in), (ours_out, stdout), (ours_err, stderr), (told, tell) = (os.pipe() for _ in range(4))
        theirs = [stdin, stdout, stderr, tell]
        self._told = os.fdopen(told, encoding="ascii")
        try:
            try:
                asked = json.dumps({"command": command, "folder": folder, "env": dict(env)}).encode()
                socket.send_fds(parent, [asked], theirs)
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
        self._ended = threading.Event()
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        with self._told:
            self.returncode = int(self._told.readline() or -signal.SIGKILL)
        self._ended.set()

    def poll(self) -> int | None:
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        if not self._ended.wait(timeout):
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0.0)
        assert self.returncode is not None
        return self.returncode


class Warm:
    """Stands in for the module `subprocess`; the process that others are forked from is started for the first."""

    PIPE, TimeoutExpired = subprocess.PIPE, subprocess.TimeoutExpired

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._started: tuple[subprocess.Popen[bytes], socket.socket] | None = None

    def Popen(self, command: Sequence[str], *, cwd: str, env: Mapping[str, str], **more: Any) -> Any:
        """A process for `python -P -m MODULE …` with a pipe for each stream, in a session of its own."""
        own = {*env["PYTHONPATH"].split(os.pathsep)} - {ROOT}
        if not own and sys.platform == "linux":
            with suppress(OSError, ValueError):
                return Forked(self._parent(), command, cwd, env)
        return subprocess.Popen(command, cwd=cwd, env=env, **more)

    def close(self) -> None:
        """End the process that others were forked from."""
        if self._started is not None:
            process, requests = self._started
            requests.close()
            process.wait()
            self._started = None

    def _parent(self) -> socket.socket:
        with self._lock:
            if self._started is None:
                ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
                with its:
                    command = [sys.executable, "-P", __file__, str(its.fileno())]
                    env = {**os.environ, "PYTHONPATH": ROOT}
                    process = subprocess.Popen(command, pass_fds=[its.fileno()], env=env, start_new_session=True)
                self._started = process, ours
            return self._started[1]


WARM = Warm()


def serve(requests: socket.socket) -> None:
    """Fork a process for each request until there is nobody to ask."""
    import torch

    torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)  # the first one imports as much as torch itself
    gc.freeze()
    while True:
        asked, descriptors, _, _ = socket.recv_fds(requests, 2**20, 4)
        with suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        if not asked:
            return
        if os.fork() == 0:
            requests.close()
            _fork(json.loads(asked), *descriptors)
            return
        for descriptor in descriptors:
            os.close(descriptor)


def _fork(asked: dict[str, Any], *descriptors: int) -> None:
    """Fork the process that is asked for, and tell its number and how it ended."""
    *pipes, tell = descriptors
    child = os.fork()
    if child == 0:
        _become(asked, pipes, tell)
        return
    for descriptor in pipes:
        os.close(descriptor)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.write(tell, b"%d\n" % code)
    os._exit(0)


def _become(asked: dict[str, Any], pipes: list[int], tell: int) -> None:
    """Become the process that is asked for, in a session of its own."""
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
    module, *arguments = asked["command"][asked["command"].index("-m") + 1 :]
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
