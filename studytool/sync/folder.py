"""The log shared by a folder: each device appends to one file of its own, and reads those of all others."""

from __future__ import annotations

import os
from contextlib import ExitStack, closing
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studytool.errors import StudytoolError, UsageError
from studytool.sync.files import LogFile, Mark, append, names, own_name
from studytool.sync.marks import Marks, alone
from studytool.sync.outcome import Outcome, passable, take
from studytool.sync.rows import arrived

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studytool.memory.store.sqlite import Store

_BATCH = 10_000
"""How many events are added in one transaction, or appended in one go."""


def sync_folder(store: Store, folder: Path, cache: Path) -> Outcome:
    """Bring the log and the files in `folder` to the union of their events, as far as those can be read and written.

    What could not be done is told in the outcome. `StudytoolError` where the folder is not there or cannot be looked
    into; nothing was changed then.
    """
    folder = _there(folder)
    marks = Marks(cache, store, str(folder))
    with alone(store.path.parent), ExitStack() as stack:
        outcome = Outcome()
        told = marks.load(store)
        logs, before = _opened(stack, folder, told, outcome)
        start = (told["log"][0], told["log"][1]) if told is not None and before is not None else (0, "")
        seen = _receive(store, logs, outcome)
        path = folder / own_name(store.device)
        own = next((log for log in logs if log.path == path), None)
        end, mark = _send(store, path, own, start, seen, outcome)
        for log in logs:
            outcome.problems += log.problems
            outcome.notices += log.notices
            if log.tail and log.path != path:
                outcome.notices.append(f"{log.path}: its last line has no end yet; it is read when all of it is there.")
        if end is not None:
            kept = {**(before or {}), **{log.path.name: log.progress.mark(log.problems) for log in logs}}
            kept.pop(path.name, None)
            marks.save(end, files={**kept, **({path.name: mark} if mark else {})})
    return outcome


def _there(folder: Path) -> Path:
    try:
        real = folder.resolve(strict=True)
        if not real.is_dir():
            raise UsageError(f"{folder} is not a folder.", "Give a folder that your devices share.")
    except (FileNotFoundError, NotADirectoryError):
        raise UsageError(
            f"There is no folder {folder}. Nothing was sent or received.",
            "Make it if it is a new one; if not, see whether its disk or its sync tool is there.",
        ) from None
    except (OSError, RuntimeError) as error:
        raise StudytoolError(f"{folder} cannot be read: {error}. Nothing was sent or received.") from error
    return real


def _opened(
    stack: ExitStack, folder: Path, told: dict[str, Any] | None, outcome: Outcome
) -> tuple[list[LogFile], dict[str, Mark] | None]:
    """The files that can be read, each where its last reading ended; and the marks of those that cannot just now.

    None instead of the latter where a file is gone or replaced, or nothing is remembered: all is read anew then.
    """
    try:
        found = names(folder)
    except OSError as error:
        raise StudytoolError(
            f"{folder} cannot be read: {error.strerror}. Nothing was sent or received.",
            "Make that folder readable.",
        ) from error
    marks = _marks(told)
    if marks is None or not marks.keys() <= set(found):
        return _open(stack, folder, found, {}, outcome)[0], None
    with ExitStack() as trial:
        attempt = Outcome()
        logs, unread = _open(trial, folder, found, marks, attempt)
        if all(log.goes_on for log in logs):
            stack.push(trial.pop_all())
            outcome.problems += attempt.problems
            return logs, {name: marks[name] for name in unread if name in marks}
    return _open(stack, folder, found, {}, outcome)[0], None


def _marks(told: dict[str, Any] | None) -> dict[str, Mark] | None:
    try:
        return None if told is None else {name: Mark(*values) for name, values in told["files"].items()}
    except (KeyError, TypeError, AttributeError):
        return None


def _open(
    stack: ExitStack, folder: Path, found: list[str], marks: dict[str, Mark], outcome: Outcome
) -> tuple[list[LogFile], list[str]]:
    """The files that can be read, and the names of those that cannot, which are told."""
    logs, unread = [], []
    for name in found:
        try:
            logs.append(stack.enter_context(closing(LogFile(folder / name, marks.get(name, Mark())))))
        except OSError as error:
            unread.append(name)
            outcome.problems.append(f"{folder / name} cannot be read: {error.strerror}.")
    return logs, unread


def _receive(store: Store, logs: list[LogFile], outcome: Outcome) -> set[str]:
    """Add to the log what the files hold that was not read before; returns the ids of all of it."""
    seen: set[str] = set()
    rows = chain.from_iterable(map(_readable, logs, [outcome] * len(logs)))
    while batch := list(islice(rows, _BATCH)):
        take(store, batch, outcome)
        seen.update(row.id for _, row in batch)
    return seen


def _readable(log: LogFile, outcome: Outcome) -> Iterator[Any]:
    try:
        yield from log.rows()
    except OSError as error:  # a disk that fails, a network folder that goes away
        outcome.problems.append(f"{log.path} cannot be read on: {error.strerror}.")


def _send(
    store: Store, path: Path, own: LogFile | None, start: tuple[int, str], seen: set[str], outcome: Outcome
) -> tuple[tuple[int, str] | None, Mark | None]:
    """Append to the file `path`, read as `own`, what no file of the folder holds.

    That are the events after the place `start` in the log whose ids were not `seen` just now. Returns the last place
    that is in the folder, None if some could not be written; and the end of the file, if all before it is known.
    """
    end = start

    def missing() -> Iterator[list[bytes]]:
        nonlocal end
        while rows := arrived(store, end[0], _BATCH):
            lines = [passable(row, outcome) for _, row in rows if row.id not in seen]
            end = rows[-1][0], rows[-1][1].id
            if batch := [line.encode() + b"\n" for line in lines if line is not None]:
                yield batch

    batches = missing()
    first = next(batches, None)
    if first is None:
        return end, own.progress.mark(own.problems) if own else None
    written = append(path, own, chain([first], batches))
    outcome.sent = written.lines
    if written.error is None:
        mark = written.mark
        return end, mark._replace(problems=own.problems) if mark and own else mark
    outcome.problems.append(
        f"{path} could not be written: {os.strerror(written.error.errno or 0)}. "
        f"{outcome} so far; the rest goes with the next `studytool sync`. The log on this device is whole."
    )
    return None, None
