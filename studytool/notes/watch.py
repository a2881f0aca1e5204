"""Edits to notes as they happen, told by the system."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING

from studytool.notes.walk import EXTENSIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from watchfiles import Change

_QUIET_MS = 20
"""An edit is told once nothing more has changed for so long: editors write in several steps."""
_LONGEST_MS = 200
_IDLE_MS = 300
_POLL_MS = 1000
"""How often the folders are looked at where the system has no room for another watch."""
_LOOK = 0.1
"""Seconds after which `stop` is looked at: whoever leaves the app waits for it."""
_GONE = 0.3
"""Seconds between two looks for folders that are not there."""
_AGAIN = 0.05
"""Seconds after which a note that has gone is looked for again: some editors write a new file and then rename it."""


def edits(paths: Sequence[Path], stop: Event, again: Event | None = None) -> Iterator[set[str] | None]:
    """The absolute paths of notes and folders below `paths` that changed, as soon as they did; ends when `stop` is set.

    Files that are no notes and what lies in hidden folders are not told of. An empty set says that from now on nothing
    will be missed: what changed before that has to be looked for; who sets `again` is told so once more. A folder that
    is made again is followed again. None comes when nothing has changed for a while after something did, and at the
    end: there is time then for what may wait.
    """
    told: SimpleQueue[set[str]] = SimpleQueue()
    folders = [os.path.abspath(path) for path in paths if path.is_dir()]
    files = {os.path.abspath(path) for path in paths if not path.is_dir()}
    groups = [(folders, True, folders)] if folders else []
    if files:  # the folder is watched, not the file: to save is often to put another file in its place
        groups.append((sorted({os.path.dirname(file) for file in files}), False, sorted(files)))
    for watched, recursive, wanted in groups:
        Thread(target=_watch, args=(watched, recursive, wanted, told, stop), name="watch notes", daemon=True).start()
    rests = True
    while not stop.is_set():
        try:
            changed = told.get(timeout=_LOOK)
        except Empty:
            if again and again.is_set():
                again.clear()
                yield set()
            elif not rests:
                rests = True
                yield None
            continue
        if not all(map(os.path.exists, changed)):
            stop.wait(_AGAIN)
        rests = False
        yield changed
    yield None


def _watch(
    folders: Sequence[str], recursive: bool, wanted: Sequence[str], told: SimpleQueue[set[str]], stop: Event
) -> None:
    def matters(_: Change, path: str) -> bool:
        top = next((top for top in wanted if path == top or path.startswith(os.path.join(top, ""))), None)
        if top is None:
            return False
        name = os.path.basename(path)
        hidden = any(part.startswith(".") for part in path[len(top) :].split(os.sep)) and name != ".gitignore"
        is_note = path == top or name.lower().endswith(EXTENSIONS) or name == ".gitignore"
        return not hidden and (is_note or os.path.isdir(path) or not os.path.lexists(path))

    polling = None
    while not stop.is_set():
        there = {folder: _identity(folder) for folder in folders}
        watched = [folder for folder, found in there.items() if found]
        if not watched:
            stop.wait(_GONE)
            continue
        try:
            if _told(watched, recursive, there, matters, told, stop, polling):
                return
            told.put(set())  # a folder has gone, or is there again: what its watch tells from now on is of another
        except OSError:  # no room for another watch: look at the folders from time to time instead
            polling = True
            stop.wait(_GONE)


def _told(
    watched: Sequence[str],
    recursive: bool,
    there: Mapping[str, object],
    matters: Callable[[Change, str], bool],
    told: SimpleQueue[set[str]],
    stop: Event,
    polling: bool | None,
) -> bool:
    """Tell of changes until `stop` is set: True; or until folders are not those that were `there`: False."""
    from watchfiles import Change, watch

    ready = False
    for changes in watch(
        *watched,
        watch_filter=matters,
        debounce=_LONGEST_MS,
        step=_QUIET_MS,
        rust_timeout=_IDLE_MS,
        yield_on_timeout=True,
        stop_event=stop,
        recursive=recursive,
        ignore_permission_denied=True,
        raise_interrupt=False,
        force_polling=polling,
        poll_delay_ms=_POLL_MS,
    ):
        if changes or not ready:
            told.put({path for _, path in changes} if ready else set())
        ready = True
        deleted = {path for kind, path in changes if kind == Change.deleted}
        if not deleted.isdisjoint(there) or any(_identity(folder) != found for folder, found in there.items()):
            return False
    return True


def _identity(folder: str) -> tuple[int, int] | None:
    """Which folder it is, None where there is none."""
    try:
        found = os.stat(folder)
    except OSError:
        return None
    return found.st_dev, found.st_ino
