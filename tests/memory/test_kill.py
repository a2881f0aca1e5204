"""kill -9 at any moment loses no answer that was acknowledged."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import studytool
from studytool.memory import Moment, open_store, replay

ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}

ANSWERING = """
import random, sys
from pathlib import Path
from studytool.memory import Candidate, Grade, Limits, Moment, Session, open_store, replay
store = open_store(Path(sys.argv[1]))
memory = replay(store.events(), desired_retention=0.9, rollover=4)
draw, run = random.Random(int(sys.argv[2])), int(sys.argv[2])
candidates = [Candidate(f"{n:032x}", "topic") for n in range(40)]
day = 0
while True:
    now = Moment(1_704_110_400_000 + (run * 1000 + day) * 86_400_000, 0)
    session = Session(candidates, memory, store, Limits(20, 200), now)
    while session.shown(now) is not None:
        event = session.answer(draw.choice(list(Grade)), now, took_ms=1, text={"front": "question"})
        print(event.id, event.card, event.payload["grade"], flush=True)
    day += 1
"""


def _killed_after(folder: Path, run: int, seconds: float) -> list[str]:
    """Answer cards in a process of its own until it is killed; the lines in which it acknowledged its answers."""
    command = [sys.executable, "-c", ANSWERING, str(folder), str(run)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRON)
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    rest, errors = _remaining(process)
    assert process.returncode == -signal.SIGKILL, errors
    return [line for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


def _remaining(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What a killed process had written; `communicate` would lose the lines that `readline` has read ahead."""
    assert process.stdout is not None
    with process.stdout:
        written = process.stdout.read()
    errors = ""
    if process.stderr is not None:
        with process.stderr:
            errors = process.stderr.read()
    process.wait(30)
    return written, errors


def test_every_acknowledged_answer_survives_kill_9_at_twenty_random_moments(tmp_path: Path) -> None:
    draw = random.Random(20)
    acknowledged: set[tuple[str, str, str]] = set()
    for run in range(20):
        lines = _killed_after(tmp_path, run, draw.uniform(0, 0.12))
        assert lines
        acknowledged |= {tuple(line.split()) for line in lines}  # type: ignore[misc]
        store = open_store(tmp_path)
        events = store.events()
        store.close()
        assert acknowledged <= {(e.id, e.card, str(e.payload["grade"])) for e in events}
        assert len(events) <= len(acknowledged) + run + 1  # at most one a run was saved and not yet acknowledged
    memory = replay(events, desired_retention=0.9, rollover=4)
    answers = sum(state.reviews for key in memory.cards() if (state := memory.state(key)))
    assert answers == len(events) >= 20


STARTING = """
import itertools, sys
from pathlib import Path
from studytool.memory import Moment, open_store
for number in itertools.count():
    print(number, flush=True)
    store = open_store(Path(sys.argv[1]) / str(number))
    store.append("review", "k", {"grade": 3}, Moment(1, 0))
"""


def test_a_first_start_that_is_killed_leaves_a_log_that_opens(tmp_path: Path) -> None:
    draw = random.Random(21)
    for run in range(10):
        folder = tmp_path / str(run)
        command = [sys.executable, "-c", STARTING, str(folder)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRON)
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(draw.uniform(0, 0.05))
        process.kill()
        started = (first + _remaining(process)[0]).split()
        for number, name in enumerate(started):
            store = open_store(folder / name)
            store.append("review", "k", {"grade": 3}, Moment(2, 0))
            assert len(store.events()) == 2 or number == len(started) - 1
            store.close()
