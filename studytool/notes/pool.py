"""Worker processes that read notes, and the work given to them piece by piece."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread

from studytool.notes.reading import Job, Manner, Read, read_chunk


def read_by_workers(chunks: Sequence[list[Job]], manner: Manner, workers: int) -> Iterator[list[Read]]:
    """What came of the files of each chunk, in no order; where a worker dies or does not start, its work is done here.

    Ended early, it ends its workers.
    """
    waiting = deque(chunks)
    results: SimpleQueue[tuple[list[Job], list[Read] | None]] = SimpleQueue()
    children = [child for _ in range(min(workers, len(chunks))) if (child := _start(manner))]
    threads = [Thread(target=_employ, args=(child, waiting, results), daemon=True) for child in children]
    for thread in threads:
        thread.start()
    at_work, left = len(children), len(chunks)
    try:
        while left:
            if at_work:
                chunk, found = results.get()
                at_work -= found is None
            else:
                chunk, found = waiting.popleft(), None
            yield found if found is not None else read_chunk(chunk, manner)
            left -= 1
    finally:
        waiting.clear()
        for child, thread in zip(children, threads, strict=True):
            child.kill()
            child.wait()
            thread.join()
            for pipe in (child.stdin, child.stdout):
                with suppress(OSError):  # what was still to be written to it
                    pipe.close()  # type: ignore[union-attr]


def _start(manner: Manner) -> subprocess.Popen[bytes] | None:
    """A worker that knows how notes are to be read; None where the system has no room for one."""
    root = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    try:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "studytool.notes.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            process_group=0,  # ctrl+c is for the process that started this one
        )
    except OSError:
        return None
    assert child.stdin is not None
    with suppress(OSError):  # it has died already: the first piece of work will find out
        pickle.dump(manner, child.stdin)
        child.stdin.flush()
    return child


def _employ(
    child: subprocess.Popen[bytes],
    waiting: deque[list[Job]],
    results: SimpleQueue[tuple[list[Job], list[Read] | None]],
) -> None:
    """Give a worker one piece of work after another; a piece that it dies on comes back undone."""
    assert child.stdin is not None
    assert child.stdout is not None
    while waiting:
        try:
            chunk = waiting.popleft()
        except IndexError:  # another one was quicker
            break
        try:
            pickle.dump(chunk, child.stdin)
            child.stdin.flush()
            results.put((chunk, pickle.load(child.stdout)))
        except Exception:  # whatever it was: the piece must come back, or who waits for it waits for ever
            results.put((chunk, None))
            return
