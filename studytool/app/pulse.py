"""Whether a process still answers: a question at a time, and how long its answer has been waited for."""

from __future__ import annotations

# The first answer has to wait for torch to be imported, the others at most for one step.
PATIENCE, AT_FIRST = 2.0, 15.0


class Pulse:
    """Times are seconds of any clock that goes on."""

    def __init__(self) -> None:
        self._asked: float | None = None
        self._known = False

    def ask(self, now: float) -> bool:
        """Whether a question should be sent now, because none is on its way."""
        if self._asked is not None:
            return False
        self._asked = now
        return True

    def answered(self) -> None:
        """It has answered: nothing is on its way."""
        self._asked = None
        self._known = True

    def silent(self, now: float) -> float:
        """For how many seconds it has not answered, or 0 while that is no longer than it may take."""
        waited = 0.0 if self._asked is None else now - self._asked
        return waited if waited > (PATIENCE if self._known else AT_FIRST) else 0.0
