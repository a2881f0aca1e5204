"""What is written into the log beside a sitting, by other windows, commands or a fit, taken in while one types."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from studytool.app.pieces import Pieces, in_a_thread
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from studytool.app.ways import Ways
    from studytool.desk import Desk
    from studytool.memory import Event

    Then = Callable[[], object]


class Hearing:
    """Takes events in, in their order, at the desk that an app has.

    Few answers count at once. Other parameters, or very many events, count when they are worked out: from then on it
    is told that there was something.
    """

    def __init__(self, app: Ways) -> None:
        self._app = app
        self._waiting: deque[tuple[Event, Then | None]] = deque()
        self._at_work: Pieces | None = None
        self._is_news = False
        self._failed = ""  # why the log could not be read when it was looked at last

    def hear(self) -> bool:
        """Look at the log; whether anything was taken in since this was asked last.

        It is asked every few seconds: why the log cannot be read is told once, until that changes.
        """
        try:
            self.take(self._app.desk.news())
            self._fail("")
        except StudytoolError as error:
            self._fail(str(error))
        is_news, self._is_news = self._is_news, False
        return is_news

    def take(self, events: Sequence[Event], then: Then | None = None) -> None:
        """Have events of the log count; `then` is called after the last one."""
        self._waiting += [(event, then if event is events[-1] else None) for event in events]
        if self._waiting and (self._at_work is None or not self._at_work.is_at_work):
            self._at_work = Pieces(self._app.screen_stack[0], self._taken(self._app.desk))

    def forget(self) -> None:
        """Another desk takes the place of the one that this was for."""
        if self._at_work:
            self._at_work.stop()
        self._waiting.clear()

    def _taken(self, desk: Desk) -> Iterator[str | None]:
        while self._waiting:
            event, then = self._waiting.popleft()
            try:
                yield from desk.taking(event, in_a_thread)
            except StudytoolError as error:
                self._fail(str(error))
            self._is_news = True
            if then:
                then()
            yield None

    def _fail(self, failed: str) -> None:
        if failed and failed != self._failed:
            self._app.warn(failed)
        self._failed = failed
