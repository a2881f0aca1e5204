"""A process that waits for a demo: it is what a demo opens in, there is one at most, and it does not stay."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from studytool.demo.process import DemoProcess
from studytool.demo.spare import Spare, has_room
from studytool.demo.spawn import spawn
from tests.demo.waiting import wait

PERCEPTRON = Path(__file__).resolve().parents[2] / "demos" / "perceptron.py"


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little memory other tests leave, it is enough for a process that waits."""
    monkeypatch.setattr("studytool.demo.spare._ROOM", 0)


@pytest.fixture
def spare(room: None) -> Iterator[Spare]:
    one = Spare()
    yield one
    one.close()


def priority(task: Path) -> int:
    try:
        return os.getpriority(os.PRIO_PROCESS, int(task.name))
    except ProcessLookupError:  # it has just ended
        return 0


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_demo_opens_in_the_waiting_process_as_in_one_of_its_own(spare: Spare) -> None:
    spare.want()
    child = spare._child
    assert child is not None
    pid = child.process.pid
    spare.want()
    assert spare._child is child, "one is enough"
    frames = []
    for waiting in (spare.take(), None):
        arrived: queue.Queue[dict[str, Any]] = queue.Queue()
        process = DemoProcess(PERCEPTRON, {"learning_rate": "2"}, 3, "cpu", arrived.put, playing=False)
        process.start(waiting)
        try:
            assert process._child is not None
            assert (process._child.process.pid == pid) == (waiting is not None)
            process.send({"type": "run", "steps": 3})
            process.credit()
            while (message := arrived.get(timeout=60))["type"] != "frame":
                assert message["type"] == "hello", message
            frames.append(message | {"steps_per_second": 0})
        finally:
            process.close()
    assert frames[0] == frames[1], "nothing of the demo depends on where it runs"
    assert spare.take() is None
    assert not is_there(pid)


def test_a_waiting_process_ends_when_nothing_was_wanted_for_a_while(
    room: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr("studytool.demo.spare.time", SimpleNamespace(monotonic=lambda: now))
    spare = Spare(idle=0.2)
    spare.want()
    child = spare._child
    assert child is not None
    for _ in range(3):
        now += 0.15
        spare.want()
        clock = spare._clock
        wait(lambda: spare._clock is not clock)  # noqa: B023 it has looked whether the time is over
        assert spare._child is child, "each look at a demo begins the time anew"
    now += 0.3
    wait(lambda: not child.alive)
    wait(lambda: not Path(child.folder).exists())
    assert spare.take() is None
    spare.want()
    assert spare.waiting, "and another look starts another"
    spare.close()


def test_closing_ends_the_waiting_process_and_none_comes_after(spare: Spare) -> None:
    spare.want()
    child = spare._child
    assert child is not None
    spare.close()
    assert not child.alive
    assert not Path(child.folder).exists()
    spare.want()
    assert not spare.waiting


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_an_app_killed_outright_leaves_no_waiting_process_behind(tmp_path: Path) -> None:
    code = (
        "import time\nfrom studytool.demo import spare as module\nmodule._ROOM = 0\n"
        "spare = module.Spare()\nspare.want()\n"
        "print(spare._child.process.pid, spare._child.folder, flush=True)\ntime.sleep(99)"
    )
    app = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert app.stdout is not None
    pid, folder = app.stdout.readline().split(maxsplit=1)
    time.sleep(0.5)
    app.kill()
    app.wait()
    app.stdout.close()
    wait(lambda: not is_there(int(pid)))
    wait(lambda: not Path(folder.strip()).exists())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere priority belongs to a process and is left alone")
def test_the_import_has_a_low_priority_and_the_demo_the_usual_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torch.py").write_text("import time\ntime.sleep(99)\n")  # it is looked at while it is imported
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    child = spawn(spare=True)
    try:
        tasks = Path(f"/proc/{child.process.pid}/task")
        wait(lambda: any(priority(task) > 0 for task in tasks.iterdir()))
        main = os.getpriority(os.PRIO_PROCESS, child.process.pid)
        assert main == os.getpriority(os.PRIO_PROCESS, 0), "the thread that will train"
    finally:
        child.kill()
        child.clear()


def test_without_torch_the_demo_says_so_itself_and_no_more_processes_are_tried(
    spare: Spare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torch.py").write_text("raise ImportError('hidden by the test')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    spare.want()
    wait(lambda: not spare.waiting)
    assert spare.take() is None
    spare.want()
    assert not spare.waiting


@pytest.mark.parametrize(
    ("told", "enough"),
    [
        ("MemTotal: 8000000 kB\nMemAvailable:    3000000 kB\n", True),
        ("MemTotal: 8000000 kB\nMemAvailable:     900000 kB\n", False),
        ("MemTotal: 8000000 kB\n", True),
        ("nothing that is known", True),
    ],
)
def test_none_is_started_where_less_than_a_gigabyte_is_available(tmp_path: Path, told: str, enough: bool) -> None:
    file = tmp_path / "meminfo"
    file.write_text(told)
    assert has_room(str(file)) is enough


def test_where_the_system_does_not_tell_its_memory_there_is_room(tmp_path: Path) -> None:
    assert has_room(str(tmp_path / "missing"))


def test_with_a_process_all_that_a_demo_is_shown_with_is_made_ready_and_never_torch() -> None:
    program = (
        "import sys; from studytool.app.frame import Frame; from studytool.settings import Settings;"
        "app = Frame(Settings()); app.spare.close();"
        "names = ('numpy', 'studytool.draw', 'studytool.demo.process', 'studytool.app.screens.demo', 'torch');"
        "known = lambda: [name for name in names if name in sys.modules];"
        "before = known(); app.expected._make_ready(); print(before, known() == [*names[:4]])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] True"
