"""What keeping the log costs: export and import, backup, `doctor`, and an append against a bare commit.

    python tests/bench/log.py [EVENTS]

EVENTS is 1,000,000. Seconds are of processor time, which a busy machine does not stretch; memory is the most that the
process held. An append is compared with a commit of one row to a bare table in the same run, taking turns.
"""

from __future__ import annotations

import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from studytool.memory import Moment, open_store
from studytool.memory.events import uuid7
from studytool.memory.store.backup import back_up, is_due
from studytool.memory.store.lines import Row

START = 1_600_000_000_000
TEXT = '"text":{"kind":"basic","front":"What does a perceptron draw in the plane, number %d?","back":"One line."}'


def events(count: int, device: str) -> Iterator[Row]:
    """A review each two and a half minutes, every card with its text at first and twenty answers in all."""
    draw, seen = random.Random(1), set()
    for n in range(count):
        ms, key = START + n * 150_000, f"{draw.randrange(count // 20 + 1):032x}"
        text = "" if key in seen else "," + TEXT % n
        seen.add(key)
        payload = f'{{"grade":{draw.choice((1, 2, 3, 3, 3, 4))},"took_ms":{draw.randrange(1000, 20000)}{text}}}'
        yield Row(uuid7(ms, draw.randbytes(10)), ms, 60, device, n + 1, "review", key, payload, 1)


def command(folder: Path, *words: str) -> tuple[float, int]:
    """Run studytool; the processor time it took in seconds, and the most memory in MB."""
    environ = {**os.environ, "STUDYTOOL_DATA": str(folder)}
    process = subprocess.Popen(
        [sys.executable, "-m", "studytool", *words], env=environ, stdout=subprocess.DEVNULL, cwd=folder
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return used.ru_utime + used.ru_stime, used.ru_maxrss // 1024


def commands(full: Path, empty: Path) -> None:
    """Export, import and doctor over the whole log."""
    for words, folder in (
        (("log",), full),
        (("log", "export", "a.jsonl"), full),
        (("log", "export", "a.csv"), full),
        (("log", "import", str(full / "a.jsonl")), empty),
        (("log", "import", str(full / "a.jsonl")), empty),
        (("doctor",), full),
        (("doctor",), full),
        (("doctor", "--restore", "latest"), full),
    ):
        seconds, memory = command(folder, *words)
        print(f"  {' '.join(Path(word).name for word in words):<32} {seconds:7.2f} s  {memory:5} MB")


def backups(folder: Path) -> None:
    """The daily backup, and finding out that none is due."""
    today = date(2026, 1, 1)
    times, looks = [], []
    for _ in range(3):
        started = time.process_time()
        back_up(folder, today)
        times.append(time.process_time() - started)
        started = time.perf_counter()
        is_due(folder, today)
        looks.append(time.perf_counter() - started)
    print(f"  {'a backup':<32} {statistics.median(times):7.3f} s")
    print(f"  {'none is due':<32} {statistics.median(looks) * 1e3:7.3f} ms")


def appends(folder: Path) -> None:
    """One answer, on the disk, against a bare commit."""
    store = open_store(folder)
    bare = sqlite3.connect(folder / "bare.db", isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE t (a TEXT)")
    ours, theirs = [], []
    for n in range(1000):
        started = time.perf_counter()
        store.append("review", f"{n:032x}", {"grade": 3, "took_ms": 1000}, Moment(n, 0))
        between = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        bare.execute("INSERT INTO t VALUES (?)", ("x" * 200,))
        bare.execute("COMMIT")
        ours.append(between - started)
        theirs.append(time.perf_counter() - between)
    store.close()
    bare.close()
    one, other = statistics.median(ours), statistics.median(theirs)
    print(f"  an append {one * 1e3:.3f} ms, a bare commit {other * 1e3:.3f} ms: {one / other:.2f} times")


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if sys.argv[1:] else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        for size in (count // 50, count):
            full, empty = Path(name, f"full {size}"), Path(name, f"empty {size}")
            store = open_store(full)
            store.merge_rows(events(size, store.device))
            store.close()
            empty.mkdir()
            print(f"{size} events, {(full / 'reviews.db').stat().st_size / 1e6:.0f} MB")
            commands(full, empty)
            backups(full)
            appends(full)
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
