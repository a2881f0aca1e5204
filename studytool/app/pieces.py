"""What takes longer than a frame, done on the thread that paints a piece at a time: keys are answered in between."""

from __future__ import annotations

from concurrent.futures import Future
from threading import Thread
from time import thread_time
from typing import TYPE_CHECKING, Any, TypeVar

from studytool.app.timers import once
from studytool.memory.pieces import WAITS

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

    from textual.screen import Screen

    from studytool.app.frame import Frame

_STRETCH = 0.008
"""Seconds of the processor after which others have their turn."""
_TURN = 0.004
"""Seconds that they have: what waits by then is done before the next piece."""
_LOOK = 0.02
"""Seconds between two looks whether a thread has done its part."""
Found = TypeVar("Found")


def in_a_thread(work: Callable[[], Found]) -> Generator[str | None, None, Found]:
    """What some work comes to that needs nothing of the thread it is in; `Pieces` waits for it.

    Who no longer wants it, or leaves the program, waits for nothing.
    """
    doing: Future[Found] = Future()

    def do() -> None:
        try:
            doing.set_result(work())
        except BaseException as failure:  # raised where it is waited for
            doing.set_exception(failure)

    Thread(target=do, name="aside", daemon=True).start()
    while not doing.done():
        yield WAITS
    return doing.result()


class Pieces:
    """Work for a screen, as long as that is there. What few cards need is done when this is made."""

    def __init__(self, screen: Screen[Any], pieces: Iterator[object], done: Callable[[], object] | None = None) -> None:
        """`done` is called at the end, unless all was done at once."""
        self._screen, self._pieces, self._done = screen, pieces, done
        self.is_at_work = True
        self._go_on(is_first=True)

    def stop(self) -> None:
        """Leave the rest."""
        self.is_at_work, self._pieces = False, iter(())  # what the work holds goes with it

    def _go_on(self, *, is_first: bool = False) -> None:
        app: Frame = self._screen.app  # type: ignore[assignment]
        if not self.is_at_work or not (is_first or app.holds(self._screen)):
            self.stop()
            return
        until = thread_time() + _STRETCH
        for told in self._pieces:
            if told == WAITS or thread_time() >= until:
                once(self._screen, _LOOK if told == WAITS else _TURN, self._go_on)
                return
        self.is_at_work = False
        if self._done and not is_first:
            self._done()
