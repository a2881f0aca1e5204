"""Reading the notes in a thread of its own, and going on to read what is edited: the screen is there meanwhile."""

from __future__ import annotations

import threading
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING

from studytool import places
from studytool.desk import Desk, Request, open_shelf, read_log
from studytool.desk.reading import no_notes
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytool.memory import Store
    from studytool.notes.library import Shelf, Step
    from studytool.notes.model import Library

    Tell = Callable[[Library, bool, bool], None]
    """Is told a library, whether it is complete, and whether it differs by an edit just made alone."""

_PATIENCE = 0.6
"""Seconds of reading after which what has been read so far is shown."""
_SETTLE = 0.5
"""Seconds that the first screen has for itself before this thread takes time to prepare for edits."""
_FEW, _SHORT = 5_000, 2_000_000
"""So many cards and so many bytes of a log are opened within a blink."""


class Opening:
    """The notes on their way: started when it is made, waited for with `ready`, opened with `desk`.

    Where there are many, `desk` opens on what has been read so far. From then on whoever called `follow` is told of
    every library that takes the place of the one before, because more has been read or a note was edited.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self._paths = [path.absolute() for path in request.paths]  # while the working folder is sure to be there
        self.step: Step | None = None
        """How far reading has come, at first or of notes that were put in later; None before and after."""
        self.refusal = ""
        """Why the log can only be read, where that is so: what the learner answers cannot be kept."""
        self._rest: Step | None = None  # how far it had come when it was halted, as long as the rest was not read
        self.watching = False
        """Whether every edit is seen at once from now on."""
        self.broken = ""
        """Why no edit is seen any more, where that is so."""
        self.missing: tuple[str, ...] = ()
        """Folders that were asked for and are no longer there: what was read of them stays."""
        self._told: tuple[Library, bool, bool] | None = None  # the latest library, as it is told
        self._failure: BaseException | None = None
        self._usable, self._whole = threading.Event(), threading.Event()
        self._followed, self._stop = threading.Event(), threading.Event()
        self._halt, self._again = threading.Event(), threading.Event()
        self._follow: Tell | None = None
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="read notes", daemon=True)
        self._thread.start()

    def ready(self, seconds: float, *, whole: bool = False) -> bool:
        """Whether there is something to open, or the `whole` of the notes, after waiting up to `seconds` for it."""
        return (self._whole if whole else self._usable).wait(seconds)

    @property
    def is_quick(self) -> bool:
        """Whether what is ready by now can be opened on the thread that paints: few cards, and a short log."""
        with self._lock:
            cards = len(self._told[0].entries) if self._told else 0
        try:
            log = (places.data_folder() / "reviews.db").stat().st_size
        except (OSError, StudytoolError):  # there is none, or it is told when it is opened
            log = 0
        return cards <= _FEW and log <= _SHORT

    def desk(self) -> Desk:
        """The open desk; raises what went wrong, `StudytoolError` for all that a user can do something about.

        Whether its library is complete belongs to that library: reading may end while the log is opened.
        The log is opened in the calling thread, whichever that is.
        """
        self._usable.wait()
        if self._failure is not None:
            raise self._failure
        with self._lock:
            told = self._told
        if told is None:
            raise StudytoolError("The notes could not be read.", "Start again.")
        library, complete, _ = told
        return Desk(self.request, library, *read_log(self.request, self._log), complete=complete)

    def _log(self) -> Store:
        """The log; where the disk is full, or it may not be written, as it is, to look around."""
        from studytool.memory import open_store

        try:
            return open_store(places.data_folder())
        except StudytoolError as error:
            store = open_store(places.data_folder(), wait=0, to_read=True)  # else the same once more
            self.refusal = str(error) if store.only_reads else ""
            return store

    def follow(self, tell: Tell) -> None:
        """Have `tell` called, in the reading thread, with each later library, whether it is complete, and whether it
        differs from the one before by an edit just made alone: not because more has been read.

        Called at once, in this thread, with the latest so far: reading may have gone on, and stopped, since `desk`.
        """
        with self._lock:
            self._follow = tell
            if self._told is not None:
                tell(*self._told)
        self._followed.set()

    @property
    def is_read(self) -> bool:
        """Whether the notes have been read, or the reading of them was halted: the log is what is opened now."""
        return self._whole.is_set()

    @property
    def halted(self) -> Step | None:
        """How far it had come when it was halted; None where it was not, or goes on."""
        return self._rest if self._halt.is_set() else None

    def halt(self) -> None:
        """Read no more notes for now: those that have been read are handed out, and `read_on` goes on.

        Nothing where all have been read: it would stop those that are put in later.
        """
        with self._lock:
            if self.step is not None or self._rest is not None or not self.is_read:
                self._halt.set()

    def _unhalt(self) -> None:
        """All notes have been read: a halt that came too late holds no more."""
        with self._lock:
            self.step = None
            if self._rest is None:
                self._halt.clear()

    def read_on(self) -> None:
        """Read the rest of the notes after all."""
        self._halt.clear()
        self._again.set()

    def close(self) -> None:
        """Stop reading; what has been read is kept in the index."""
        self._stop.set()
        self._followed.set()
        self._thread.join(2)

    def _work(self) -> None:
        try:
            shelf = open_shelf(self.request)
            self._read(shelf)
        except BaseException as failure:  # carried over to the thread that asked, and raised there
            self._failure = failure
            self._usable.set()
            self._whole.set()
            return
        self._followed.wait()
        if not self._stop.wait(_SETTLE):
            try:
                self._watch(shelf)
            except Exception as failure:  # nobody hears of it in this thread
                self.broken = f"{type(failure).__name__}: {failure}"
                self._unhalt()

    def _read(self, shelf: Shelf) -> None:
        started, shown, before = monotonic(), 0, self._rest.done if self._rest else 0
        self.step, self._rest = self._rest, None
        for step in shelf.read():
            self.step = replace(step, done=before + step.done, total=before + step.total)
            if self._stop.is_set():
                return
            halts, many = self._halt.is_set(), monotonic() - started > _PATIENCE and step.done >= 2 * shown
            if (halts or many) and step.done < step.total:
                library = shelf.library()
                if library.entries:
                    shown = step.done
                    if halts:
                        self._rest, self.step = self.step, None
                    self._hand_out(library, complete=False)
                    if halts:
                        self._whole.set()  # no more will come
                        return
        self.step = None
        library = shelf.library()
        if not library.notes and self._told is None:  # later it is an edit that took all of them away
            raise no_notes(self.request, library)
        self._hand_out(library, complete=True)
        self._unhalt()

    def _watch(self, shelf: Shelf) -> None:
        import studytool.notes.parse  # (60 ms that the first edit need not wait for)
        import studytool.notes.relink  # noqa: F401 (80 ms on the thread that paints)
        from studytool.notes.watch import edits

        folders = [path for path in self._paths if path.is_dir()]
        for changed in edits(self._paths, self._stop, self._again):
            if changed is None:  # to write the index takes time that the thread which takes an edit up needs
                shelf.keep()
                continue
            self.missing = tuple(str(path) for path in folders if not path.exists())
            if self._rest is None:
                differs = shelf.read_again(changed, self._goes_on)
                self.step = None  # nothing more is on its way: what has changed may be told at once
                if differs and not self._stop.is_set():
                    self._hand_out(shelf.library(), complete=self._rest is None, just_made=True)
            elif not self._halt.is_set():
                self._read(shelf)
            elif shelf.read_again(changed, known_only=True):
                self._hand_out(shelf.library(), complete=False, just_made=True)
            self._unhalt()
            self.watching = True

    def _goes_on(self, step: Step) -> bool:
        self.step = step
        if self._halt.is_set() and step.done < step.total:
            self._rest = step
        return not self._stop.is_set() and self._rest is None

    def _hand_out(self, library: Library, *, complete: bool, just_made: bool = False) -> None:
        _ = library.entries  # known before the thread that paints asks for it
        with self._lock:
            self._told = library, complete, just_made
            if self._follow:
                self._follow(library, complete, just_made)
        self._usable.set()
        if complete:
            self._whole.set()
