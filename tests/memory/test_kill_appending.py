"""kill -9 while events are appended, at random moments and at each system call: what `append` returned for is there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import studytool
from studytool.memory import Moment, open_store

ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}

# Forks a child for each moment, which appends until it is killed and tells through a pipe what it was promised.
KILLING = """
import json, os, random, signal, sqlite3, sys, time
from pathlib import Path
from studytool.memory import Moment, open_store

folder, moments, seed = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
draw = random.Random(seed)

def append_for_ever(pipe):
    store = open_store(folder)
    number = 0
    while True:
        number += 1
        text = {"text": {"front": "x" * draw.choice((10, 300, 9000))}} if number % 7 == 0 else {}
        event = store.append("review", f"{number % 50:032x}", {"grade": 3, **text}, Moment(number, 0))
        os.write(pipe, f"{event.id} {event.sequence}\\n".encode())

promised, kept, checked = [], 0, 0
for moment in range(moments):
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        draw.seed(seed + moment)
        os.close(reading)
        try:
            append_for_ever(writing)
        finally:
            os._exit(1)
    os.close(writing)
    told = os.read(reading, 65536) if moment % 4 else b""  # most while they append, some while they open the log
    time.sleep(draw.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    while more := os.read(reading, 65536):
        told += more
    os.close(reading)
    os.waitpid(child, 0)
    mine = [line.split() for line in told.decode().splitlines(keepends=True) if line.endswith("\\n")]
    promised += mine
    if not (folder / "reviews.db").exists():
        continue
    store = open_store(folder)
    for name, _ in mine:
        assert store._connection.execute("SELECT 1 FROM events WHERE id = ?", (name,)).fetchone(), name
    count = store._connection.execute("SELECT COUNT(*) FROM events").fetchone()[0]
    assert kept + len(mine) <= count <= kept + len(mine) + 1, (kept, len(mine), count)
    kept = count
    if moment % 20 == 0 or moment == moments - 1:
        assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        checked += 1
    store.close()
print(json.dumps({"promised": promised, "kept": kept, "checked": checked}))
"""


@pytest.mark.parametrize("moments", [40, pytest.param(1000, marks=pytest.mark.slow)])
def test_every_event_that_append_returned_for_survives_kill_9(tmp_path: Path, moments: int) -> None:
    command = [sys.executable, "-c", KILLING, str(tmp_path), str(moments), "7"]
    ran = subprocess.run(command, capture_output=True, text=True, env=ENVIRON, timeout=60 + moments)
    assert ran.stderr == ""
    told = json.loads(ran.stdout)
    assert told["checked"] >= moments // 20
    assert len(told["promised"]) > moments / 2
    store = open_store(tmp_path)
    events = {event.id: event.sequence for event in store.events()}
    store.close()
    assert all(events[name] == int(sequence) for name, sequence in told["promised"])
    assert sorted(events.values()) == list(range(1, len(events) + 1))


ONE = """
import sys
from pathlib import Path
from studytool.memory import Moment, open_store
store = open_store(Path(sys.argv[1]))
for number in range(3):
    print(store.append("review", "k", {"grade": 3}, Moment(number, 0)).id, flush=True)
store.close()
print("end", flush=True)
"""


def _is_traceable(folder: Path) -> bool:
    if not shutil.which("strace"):
        return False
    probe = ["strace", "-o", str(folder / "probe"), "-e", "inject=getppid:signal=KILL", "true"]
    return subprocess.run(probe, capture_output=True, timeout=60).returncode == 0


@pytest.mark.parametrize(
    "call", ["pwrite64", "fdatasync", pytest.param("fcntl", marks=pytest.mark.slow), "unlink", "ftruncate"]
)
def test_every_event_survives_a_kill_at_each_system_call(tmp_path: Path, call: str) -> None:
    """The n-th call of a name is not made: the process dies there instead. On to the n that is never reached."""
    if not _is_traceable(tmp_path):
        pytest.skip("there is no strace here, or it may not trace")
    died = 0
    for number in range(1, 200):
        folder = tmp_path / str(number)
        store = open_store(folder)
        before = store.append("review", "k", {"grade": 3}, Moment(0, 0))
        store.close()
        inject = f"inject={call}:signal=KILL:error=EIO:when={number}"
        command = ["strace", "-f", "-o", "/dev/null", "-e", inject, sys.executable, "-c", ONE, str(folder)]
        ran = subprocess.run(command, capture_output=True, text=True, env=ENVIRON, timeout=60)
        promised = ran.stdout.split()
        if promised[-1:] == ["end"]:
            break
        assert ran.returncode in (-signal.SIGKILL, 128 + signal.SIGKILL), ran.stderr
        died += 1
        store = open_store(folder)
        there = [event.id for event in store.events()]
        assert store._connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        store.append("review", "k", {"grade": 3}, Moment(9, 0))
        store.close()
        assert {before.id, *promised} <= set(there)
        assert len(there) <= 1 + len(promised) + 1
    else:
        pytest.fail("the process never came to its end")
    assert died >= 1
