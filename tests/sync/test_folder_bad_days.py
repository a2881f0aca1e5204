"""What breaks off or stands in the way while a device writes to a shared folder: nothing is lost, and it is told."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import studytool
from studytool.errors import StudytoolError, UsageError
from studytool.memory.store.lines import Row
from studytool.memory.store.sqlite import Store
from tests.sync.test_folder import NOW, answer, counts, file_of, ids, sync

ENVIRON = {**os.environ, "PYTHONPATH": str(Path(studytool.__file__).parents[1])}
Device = Callable[[str], Store]


def test_a_folder_that_is_not_there_is_named(device: Device, shared: Path) -> None:
    one = device("one")
    (shared / "file").touch()
    for name, told in (
        ("gone", "There is no folder"),
        ("file", "is not a folder"),
        ("file/below", "There is no folder"),
    ):
        with pytest.raises(UsageError, match=told) as caught:
            sync(one, shared / name)
        assert str(shared / name) in str(caught.value)
    assert not (shared / "gone").exists()


def test_what_is_no_regular_file_holds_nobody_up(device: Device, shared: Path) -> None:
    one, two = device("one"), device("two")
    answer(two)
    sync(two, shared)
    os.mkfifo(shared / "studytool-pipe.jsonl")
    (shared / "studytool-folder.jsonl").mkdir()
    (shared / "studytool-link.jsonl").symlink_to(shared / "nowhere")
    outcome = sync(one, shared)
    assert outcome.received == 1
    assert len(outcome.problems) == 3
    assert all("cannot be read" in problem for problem in outcome.problems)


def test_an_event_that_no_line_can_hold_stays_and_is_named(device: Device, shared: Path) -> None:
    one = device("one")
    one.append("review", "k" * 300, {"grade": 3}, NOW)
    one.append("review", "a\0b", {"grade": 3}, NOW)
    one.merge_rows([Row("broken", 5, 0, "d", 1, "review", "k", "{", 1)])
    good = answer(one)
    outcome = sync(one, shared)
    assert outcome.sent == 1
    assert [problem.split(":")[0].split()[0] for problem in outcome.problems] == ["Event"] * 3
    assert ids(file_of(one, shared)) == [event.id for event in good]


def test_an_append_that_was_torn_is_completed_by_the_next(device: Device, shared: Path) -> None:
    one, two = device("one"), device("two")
    answer(one, 2)
    sync(one, shared)
    path = file_of(one, shared)
    first = path.read_bytes()
    answer(one, 2)
    sync(one, shared)
    whole = path.read_bytes()
    for kept in range(len(first), len(whole) + 1, 11):
        path.write_bytes(whole[:kept])
        sync(one, shared)
        assert path.read_bytes() == whole
    assert counts(sync(two, shared)) == (0, 4, 1)


def test_an_end_that_is_no_line_of_ours_is_ended_and_told(device: Device, shared: Path) -> None:
    one, two = device("one"), device("two")
    path = file_of(one, shared)
    path.write_bytes(b"rubbish {")
    answer(one, 2)
    assert counts(sync(one, shared)) == (2, 0, 0)
    assert path.read_bytes().startswith(b"rubbish {\n{")
    outcome = sync(two, shared)
    assert outcome.received == 2
    assert [problem.startswith(f"{path}:1: ") for problem in outcome.problems] == [True]
    assert sync(one, shared).sent == 0


FULL = """
import resource, sys
from pathlib import Path
from studytool.memory import open_store
from studytool.sync.folder import sync_folder
folder, data, cache = map(Path, sys.argv[1:4])
store = open_store(data)
soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[4]), hard))  # no file may grow beyond that
outcome = sync_folder(store, folder, cache)
print(outcome)
print(*outcome.problems)
resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
store.close()
"""


def test_a_disk_that_fills_up_in_the_middle_is_told_and_mended_later(
    device: Device, shared: Path, tmp_path: Path
) -> None:
    one, two = device("one"), device("two")
    answer(one, 400), answer(two, 3)
    sync(two, shared)
    one.close()
    command = [sys.executable, "-c", FULL, shared, tmp_path / "devices" / "one", tmp_path / "cache"]
    size = 50_000
    ran = subprocess.run([*map(str, command), str(size)], capture_output=True, text=True, env=ENVIRON, timeout=60)
    assert ran.stderr == ""
    told, problem = ran.stdout.splitlines()
    one = device("one")
    path = file_of(one, shared)
    assert path.stat().st_size == size
    written = path.read_bytes().count(b"\n")
    assert told == f"{written} sent, 3 received from 1 device"
    assert "could not be written: File too large" in problem
    assert told in problem
    assert len(one.events()) == 403
    assert sync(two, shared).received == written
    assert counts(sync(one, shared)) == (400 - written, 0, 0)
    assert len(ids(path)) == len(set(ids(path))) == 400
    assert sync(two, shared).received == 400 - written
    assert two.events() == one.events()


AT_ONCE = """
import sys
from pathlib import Path
from studytool.memory import Moment, open_store
from studytool.sync.folder import sync_folder
folder, data, cache = map(Path, sys.argv[1:4])
store = open_store(data)
for number in range(15):
    store.append("review", sys.argv[4], {"grade": 3}, Moment(1000 + number, 0))
    outcome = sync_folder(store, folder, cache)
    assert not outcome.problems, outcome
store.close()
"""


def test_several_processes_of_one_device_and_of_others_synchronise_at_once(
    device: Device, shared: Path, tmp_path: Path
) -> None:
    running = []
    for name in ("one", "one", "one", "two"):
        data = tmp_path / "devices" / name
        command = [sys.executable, "-c", AT_ONCE, shared, data, tmp_path / f"cache-{name}", name]
        running.append(
            subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRON)
        )
    for process in running:
        assert process.communicate(timeout=120) == (b"", b"")
    one, two = device("one"), device("two")
    sync(one, shared), sync(two, shared)
    assert one.events() == two.events()
    assert len(one.events()) == 60
    assert len(list(shared.iterdir())) == 2
    written = [name for path in shared.iterdir() for name in ids(path)]
    assert len(written) == len(set(written)) == 60


KILLED = AT_ONCE.replace("range(15)", "range(100_000)").replace(
    "    store.append", "    print(number, flush=True)\n    store.append"
)


def test_kill_9_in_the_middle_of_a_synchronisation_loses_nothing(device: Device, shared: Path, tmp_path: Path) -> None:
    import random
    import time

    draw = random.Random(4)
    command = [sys.executable, "-c", KILLED, shared, tmp_path / "devices" / "one", tmp_path / "cache", "one"]
    for _ in range(8):
        process = subprocess.Popen([*map(str, command)], stdout=subprocess.PIPE, env=ENVIRON)
        assert process.stdout is not None
        for _ in range(2):  # the second answer begins when the first is sent
            process.stdout.readline()
        time.sleep(draw.uniform(0, 0.05))
        process.kill()
        process.communicate(timeout=60)
    one, two = device("one"), device("two")
    sync(one, shared), sync(two, shared)
    assert two.events() == one.events()
    assert len(one.events()) >= 8


def test_a_second_process_does_not_wait_for_ever(device: Device, shared: Path) -> None:
    from studytool.sync.marks import alone

    one = device("one")
    with (
        alone(one.path.parent),
        pytest.raises(StudytoolError, match="Another `studytool sync`"),
        alone(one.path.parent, wait=0.05),
    ):
        pass
    assert counts(sync(one, shared)) == (0, 0, 0)
