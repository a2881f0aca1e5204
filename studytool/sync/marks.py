"""How far the last synchronisation came, kept in the cache folder: without it all is compared again, no more."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studytool.errors import StudytoolError
from studytool.sync.rows import arrived

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studytool.memory.store.sqlite import Store

_VERSION = 1
_WAIT = 60.0


class Marks:
    """What is remembered of one target by one log: JSON values by name, dropped when they cannot be right any more."""

    def __init__(self, cache: Path, store: Store, target: str) -> None:
        name = blake2b(f"{os.path.realpath(store.path)}\0{target}".encode(errors="surrogateescape"), digest_size=16)
        self.path = cache / "sync" / f"{name.hexdigest()}.json"
        self._device = store.device

    def load(self, store: Store) -> dict[str, Any] | None:
        """What was saved; None where nothing was, or where the log is not the one of that time any more."""
        try:
            told = json.loads(self.path.read_bytes())
            place, last = told["log"]
            if told["version"] != _VERSION or told["device"] != self._device or not isinstance(place, int):
                return None
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None
        if place and [(at, row.id) for at, row in arrived(store, place - 1, 1)] != [(place, last)]:
            return None  # the log was restored from a backup, or made anew
        return told if isinstance(told, dict) else None

    def save(self, log: tuple[int, str], **values: object) -> None:
        """Keep `values`, and that all events of the log up to the place `log`, with its id, are at the target."""
        told = {"version": _VERSION, "device": self._device, "log": log, **values}
        with suppress(OSError):  # a cache that cannot be written costs time, nothing else
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(f".{os.getpid()}")
            fresh.write_text(json.dumps(told), "utf-8")
            os.replace(fresh, self.path)


@contextmanager
def alone(folder: Path, wait: float = _WAIT) -> Iterator[None]:
    """Hold the right to synchronise the log in `folder`: one process at a time, the others wait up to `wait` seconds.

    The lock lies on the folder itself, leaves nothing behind, and ends with the process whatever happens to it.
    """
    import fcntl
    from time import monotonic, sleep

    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    end = monotonic() + wait
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if monotonic() > end:
                    raise StudytoolError(
                        f"Another `studytool sync` is at work on {folder} since more than {wait:.0f} s. "
                        "Nothing was sent or received.",
                        "Wait until it is done, or end it.",
                    ) from None
                sleep(0.02)
            except OSError:
                break  # a file system without locks; what two processes write at once is whole lines even so
        yield
    finally:
        os.close(descriptor)
