"""`studytool log export` and `import`, killed at some moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from studytool.memory import open_store
from studytool.memory.store.lines import Row, to_line


def test_an_import_that_is_killed_adds_all_or_nothing(tmp_path: Path, log: Path) -> None:
    count = 8000
    rows = [Row(f"{n:032x}", n, 0, "d", n, "review", f"{n % 9}", '{"grade":3}', 1) for n in range(count)]
    (tmp_path / "a.jsonl").write_text("".join(f"{to_line(row)}\n" for row in rows))
    seen, killed = set(), 0
    for run in range(12):
        folder = tmp_path / str(run)
        open_store(folder).close()
        command = [sys.executable, "-m", "studytool", "log", "import", "a.jsonl"]
        environ = {**os.environ, "STUDYTOOL_DATA": str(folder)}
        process = subprocess.Popen(command, cwd=tmp_path, env=environ, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 30
        journal = folder / "reviews.db-wal"
        while not journal.exists() and process.poll() is None and time.monotonic() < until:
            time.sleep(0.001)
        time.sleep(run * 0.02)
        process.send_signal(signal.SIGKILL)
        killed += process.wait(30) == -signal.SIGKILL
        store = open_store(folder)
        seen.add(len(store.events()))
        store.close()
    assert seen <= {0, count}
    assert killed


def test_an_export_that_is_killed_leaves_no_file_of_that_name(tmp_path: Path, log: Path) -> None:
    store = open_store(log.parent)
    store.merge_rows(Row(f"{n:032x}", n, 0, "d", n, "review", "k", '{"grade":3}', 1) for n in range(20_000))
    store.close()
    for run in range(6):
        command = [sys.executable, "-m", "studytool", "log", "export", f"{run}.jsonl"]
        process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while not (parts := list(tmp_path.glob(f".{run}.jsonl.*.part"))) and process.poll() is None:
            assert time.monotonic() < until, "nothing is written"
            time.sleep(0.001)
        time.sleep(run * 0.01)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        assert parts or (tmp_path / f"{run}.jsonl").exists()
        target = tmp_path / f"{run}.jsonl"
        assert not target.exists() or target.read_bytes().count(b"\n") == 20_000
