"""What the runs behind a question may take: a time that the parent keeps, and a memory that the system keeps.

The memory is held by RLIMIT_DATA, which counts the private writable memory of the process. RLIMIT_AS would count the
address space as well, of which CUDA reserves more than there is memory. Watching the resident size from outside would
end the process after the fact; here the allocation that goes too far fails in its line, and the process lives on.
It is a guard against mistakes and not against malice: a demo could raise it again, or start processes of its own.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass

# What is asked, and the message that ends the answer.
_ANSWERS = {"predict": "outcome", "questions": "questions", "claims": "claims", "check": "checked"}

# What the allocators of torch, C++ and the system say that are told in a RuntimeError.
_REFUSED = ("can't allocate memory", "bad_alloc", "Cannot allocate memory", "not enough memory")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a prediction, a claim, a computed question or a card's check may take."""

    seconds: float = 60.0
    """On two slow cores that did other work as well a prediction of the course has taken more than 20."""
    memory: int = 2 * 2**30
    """Bytes beyond those that torch takes itself."""
    start: float = 60.0
    """Seconds more for the first answer of a process: from a slow disk torch is long in coming."""

    @property
    def late(self) -> str:
        """The sentence for one that took too long."""
        return f"There was no answer within {self.seconds:g} s, and the runs were ended."


class Watch:
    """Calls `late` when something was asked and nothing was heard for so long; from a thread of its own.

    The time begins anew with everything that is heard: the process has come up, one of several questions is settled.
    """

    def __init__(self, limits: Limits, late: Callable[[], None]) -> None:
        self._limits, self._late = limits, late
        self._has_come_up = False
        self._open: list[str] = []
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()

    def asked(self, kind: str) -> None:
        """A request of this kind was sent."""
        if kind in _ANSWERS:
            with self._lock:
                self._open.append(_ANSWERS[kind])
                self._wind()

    def heard(self, kind: str) -> None:
        """A message of this kind came."""
        with self._lock:
            self._has_come_up = True
            if kind in self._open:
                self._open.remove(kind)
            self._wind()

    def close(self) -> None:
        """Watch no longer."""
        with self._lock:
            self._open.clear()
            self._wind()

    def _wind(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._open:
            seconds = self._limits.seconds + (0 if self._has_come_up else self._limits.start)
            self._timer = threading.Timer(seconds, self._late)
            self._timer.daemon = True
            self._timer.start()


def hold_memory(more: int) -> None:
    """Let this process have so many bytes more than it has now; nothing happens where the system cannot (macOS)."""
    with contextlib.suppress(ImportError, OSError, ValueError, StopIteration):
        import resource

        with open("/proc/self/status", encoding="ascii", errors="replace") as file:
            now = next(int(line.split()[1]) * 1024 for line in file if line.startswith("VmData:"))
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (now + more, hard))


def is_out_of_memory(kind: str, message: str) -> bool:
    """Whether an exception of this class and message says that the main memory did not suffice."""
    return kind == "MemoryError" or (kind == "RuntimeError" and any(words in message for words in _REFUSED))


def told_too_much(memory: int) -> str:
    """The sentence for runs that wanted more than `memory` bytes."""
    return f"they need more than the {memory / 2**30:.3g} GB of memory that a question may take"
