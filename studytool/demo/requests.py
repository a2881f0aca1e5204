"""What the parent asks a demo's process for, read by a thread; the end of the pipe ends the process."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import threading
from collections import deque
from typing import BinaryIO, NoReturn

from studytool.demo import wire


class Requests:
    """What the parent asked for, in order; read by a thread, so that the pipe's end is noticed at any time."""

    def __init__(self, pipe: BinaryIO, folder: str) -> None:
        self._pipe = pipe
        self._folder = folder
        self.waiting: deque[dict[str, object]] = deque()
        self._news = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def take(self) -> dict[str, object] | None:
        """The oldest request, if there is one."""
        return self.waiting.popleft() if self.waiting else None

    def put_back(self, requests: list[dict[str, object]]) -> None:
        """Requests to be taken again, before all others."""
        self.waiting.extendleft(reversed(requests))

    def wait(self, seconds: float | None) -> None:
        """Sleep until there is a request, or for so long."""
        self._news.clear()  # what came before was taken, or waits
        if not self.waiting:
            self._news.wait(seconds)

    def _read(self) -> None:
        for line in self._pipe:
            with contextlib.suppress(ValueError):  # what is no message changes nothing
                self.waiting.append(wire.decode(line))
                self._news.set()
        _vanish(self._folder)  # the parent is gone; the demo may be in a loop that never ends


def _vanish(folder: str) -> NoReturn:
    """End this process and all that the demo has started, and take the temporary folder along."""
    shutil.rmtree(folder, ignore_errors=True)
    if os.getpgrp() == os.getpid():  # the parent made this a group of its own
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
