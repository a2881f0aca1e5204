"""Reading the notes in a thread of its own, so that the screen is there and the keys answer meanwhile."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from studytool.desk import Desk, Request, read_log, read_notes
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from studytool.notes.model import Library


class Opening:
    """A desk on its way: started when it is made, waited for with `ready`, taken with `desk`."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._library: Library | None = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._read, name="read notes", daemon=True)
        self._thread.start()

    def _read(self) -> None:
        try:
            self._library = read_notes(self.request)
        except BaseException as failure:  # carried over to the thread that asked, and raised there
            self._failure = failure

    def ready(self, seconds: float) -> bool:
        """Whether the notes are read, after waiting up to `seconds` for them."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def desk(self) -> Desk:
        """The open desk; raises what went wrong, `StudytoolError` for all that a user can do something about.

        The log is opened here, in the calling thread, because SQLite wants one thread to a connection.
        """
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        if self._library is None:
            raise StudytoolError("The notes could not be read.", "Start again.")
        return Desk(self.request, self._library, *read_log(self.request))
