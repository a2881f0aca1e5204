"""What is written into the log beside a sitting, by other windows, commands or a fit, taken in while one types."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from studytool.app.pieces import Pieces, in_a_thread
from studytool.app.timers import once
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Sequence

    from textual.timer import Timer

    from studytool.app.ways import Ways
    from studytool.desk import Desk
    from studytool.memory import Event

    Then = Callable[[], object]

_AGAIN = 3.0
"""Seconds after which a log that could not be read is read again for what was written here."""


class Hearing:
    """Takes events in, in their order, at the desk that an app has.

    Few answers count at once. Other parameters, or very many events, count when they are worked out: `told` is called
    then. Where the log cannot be read they wait until it can.
    """

    def __init__(self, app: Ways, told: Callable[[], object]) -> None:
        self._app, self._told = app, told
        self._waiting: deque[tuple[Event, Then | None]] = deque()
        self._at_work: Pieces | None = None
        self._listens = False
        self._is_news = False
        self._failed = ""  # why the log could not be read when it was looked at last
        self._again: Timer | None = None  # until what waits is tried again

    def hear(self) -> bool:
        """Look at the log; whether there was anything since this was asked last, and all of it is there now.

        It is asked every few seconds: why the log cannot be read is told once, until that changes.
        """
        self._listens = True
        if self._begin():
            return False
        is_news, self._is_news = self._is_news, False
        return is_news

    def hear_of(self, key: str) -> bool:
        """Take in what others have written of one card while much of theirs is still to be heard; whether any was."""
        return self._heard(lambda desk: desk.hear_of([key]))

    def hear_ahead(self, among: Container[str]) -> bool:
        """The same of a few of these cards: those that others have written of first."""
        return self._heard(lambda desk: desk.hear_ahead(among))

    def _heard(self, hear: Callable[[Desk], bool]) -> bool:
        if self._at_work is None or not self._at_work.is_at_work:
            return False
        try:
            return hear(self._app.desk)
        except StudytoolError:
            return False  # it is told by whoever hears the rest

    def take(self, events: Sequence[Event], then: Then | None = None) -> None:
        """Have events of the log count; `then` is called after the last one."""
        self._waiting += [(event, then if event is events[-1] else None) for event in events]
        self._begin()

    def forget(self) -> None:
        """Another desk takes the place of the one that this was for."""
        if self._at_work:
            self._at_work.stop()
        if self._again:
            self._again.stop()
            self._again = None
        self._waiting.clear()
        self._is_news = False

    def _begin(self) -> bool:
        """Go to work where that is not going on; whether there is something left to do."""
        if self._at_work is None or not self._at_work.is_at_work:
            self._at_work = Pieces(self._app.screen_stack[0], self._taken(self._app.desk), self._tell)
        return self._at_work.is_at_work

    def _taken(self, desk: Desk) -> Iterator[str | None]:
        failed = ""
        while (self._waiting and not failed) or self._listens:
            known = desk.memory.version
            try:
                if self._waiting and not failed:
                    yield from self._first_taken(desk)
                else:
                    self._listens = False
                    self._is_news |= yield from desk.hearing(in_a_thread)
            except StudytoolError as error:
                failed = failed or str(error)
                self._is_news |= desk.memory.version != known
            yield None
        if failed and failed != self._failed:
            self._app.warn_everywhere(failed)
        self._failed = failed
        if failed and self._waiting and self._again is None:
            self._again = once(self._app.screen_stack[0], _AGAIN, self._try_again)

    def _first_taken(self, desk: Desk) -> Iterator[str | None]:
        event, then = self._waiting[0]
        yield from desk.taking(event, in_a_thread)
        self._waiting.popleft()
        self._is_news = True  # also where it was heard of before
        if then:
            then()

    def _try_again(self) -> None:
        self._again = None
        self._begin()

    def _tell(self) -> None:
        if self._is_news:
            self._is_news = False
            self._told()
