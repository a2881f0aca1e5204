"""Notes that take their time to be read, for tests of what is seen meanwhile."""

from __future__ import annotations

import os
import time


def one_by_one(monkeypatch, seconds, gate=None, seen=None):
    """Have each note handed out as soon as it is read, the next one `seconds` later.

    Before the tenth a `gate` has to be open; `seen` takes their paths.
    """
    from studytool.notes import library

    read_all = library.read_all

    def slowly(jobs, manner, workers=None):
        for number, job in enumerate(jobs):
            assert number != 10 or gate is None or gate.wait(60)
            if seen is not None:
                seen.append(job.path)
            yield from read_all([job], manner, 1)
            time.sleep(seconds)

    monkeypatch.setattr(library, "read_all", slowly)
    monkeypatch.setattr("studytool.app.opening._PATIENCE", 0.0)


def many(library, folder) -> None:
    """Sixty notes that come into a library at once, as a folder that is moved in."""
    folder.mkdir()
    for number in range(60):
        path = folder / f"more {number}.md"
        path.write_text(f"# More {number}\n\nQ: What is {number} times one?\nA: {number}\n")
        os.utime(path, (1_700_000_000, 1_700_000_000))  # what was written just now is read once more
    folder.rename(library / "more")
