"""One process that has imported torch and waits, so that the next demo opens at once instead of after two seconds."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from studytool.demo.spawn import Child

# Seconds without a look at anything that has a demo after which the spare process is not worth its memory.
_IDLE = 300.0

# A spare process takes about 0.2 GB for itself, and the demo that it becomes wants some too.
_ROOM = 2**30  # bytes


class Spare:
    """At most one waiting process. The app says when a demo is likely (`want`) and when there is one (`take`).

    It ends when nothing was wanted for `idle` seconds, at `close`, and with the app, however that ends.
    """

    def __init__(self, idle: float = _IDLE) -> None:
        self._idle = idle
        self._lock = threading.Lock()
        self._child: Child | None = None
        self._clock: threading.Timer | None = None
        self._wanted = 0.0
        self._closed = False

    @property
    def waiting(self) -> bool:
        """Whether a process is there, ready or on the way."""
        child = self._child
        return child is not None and child.alive

    def want(self) -> None:
        """Have a process ready soon. Takes a few ms; nothing happens where memory is short or a process failed."""
        with self._lock:
            self._wanted = time.monotonic()
            if self._closed or self._child is not None or not has_room():
                return
            from studytool.demo.spawn import spawn

            try:
                self._child = spawn(spare=True)
            except StudytoolError:  # the demo itself will say so when it is opened
                self._closed = True
                return
            self._watch(self._idle)

    def take(self) -> Child | None:
        """The waiting process, if there is one: it belongs to the caller now, and another may be wanted."""
        with self._lock:
            child, self._child = self._child, None
            if self._clock is not None:
                self._clock.cancel()
            if child is not None and not child.alive:  # no torch, or no memory: the next would end like it
                self._closed = True
                child.clear()
                return None
            return child

    def close(self) -> None:
        """End the process; none is started any more."""
        self._closed = True
        if (child := self.take()) is not None:
            child.kill()
            child.clear()

    def _watch(self, seconds: float) -> None:
        self._clock = threading.Timer(seconds, self._look)
        self._clock.daemon = True
        self._clock.start()

    def _look(self) -> None:
        """End the process if it was not wanted for so long, else look again when that may be."""
        with self._lock:
            child = self._child
            if child is None or self._clock is not threading.current_thread():
                return
            left = self._wanted + self._idle - time.monotonic()
            if left > 0:
                self._watch(left)
                return
            self._child = None
        child.kill()
        child.clear()


def has_room(meminfo: str = "/proc/meminfo") -> bool:
    """Whether at least 1 GiB of memory is available; yes where the system does not say."""
    try:
        with open(meminfo, encoding="ascii") as file:
            told = dict(line.split(":", 1) for line in file if ":" in line)
        return int(told["MemAvailable"].split()[0]) * 1024 >= _ROOM
    except (OSError, KeyError, ValueError, IndexError):
        return True
