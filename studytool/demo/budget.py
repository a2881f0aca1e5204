"""What pictures may cost a run: a share of the time that it spends in its steps, and all the time that it waits."""

from __future__ import annotations

# The host may cost a tenth of the time. Of that goes what it does at every step, about so many seconds where a step is
# short; the rest is for pictures, less what a busy machine may add. Long steps leave more of it than is looked at.
_TENTH, _EACH = 0.065, 6e-6
LEAST, MOST = 0.015, 0.05


class Budget:
    """Seconds of the processor that pictures have cost against those that they were granted.

    A picture is afforded when all before it are paid for. So what they cost together is never more than was granted
    and the last of them; nothing is saved up. What the learner has done is shown at once: `free` forgets the debt.
    """

    def __init__(self) -> None:
        self._debt = 0.0
        self.share = LEAST
        """For a second in steps so much may go to pictures, as steps are now."""

    @property
    def affords(self) -> bool:
        """Whether a picture may be made now."""
        return self._debt <= 0.0

    @property
    def unpaid(self) -> float:
        """For how many seconds the run has to go on in its steps until a picture is afforded."""
        return self._debt / self.share

    def trained(self, seconds: float, steps: int) -> None:
        """The run has spent so long in so many steps."""
        if seconds > 0:
            self.share = min(max(_TENTH - _EACH * steps / seconds, LEAST), MOST)
        self.rested(self.share * seconds)

    def rested(self, seconds: float) -> None:
        """The run had nothing to do for so long: pictures cost it nothing."""
        self._debt = max(self._debt - seconds, 0.0)

    def spent(self, seconds: float) -> None:
        """A picture has taken so long to make and to send."""
        self._debt += seconds

    def free(self) -> None:
        """The next picture is afforded, whatever was spent before."""
        self._debt = 0.0
