"""A demo in its real child process: frames for credits, requests, and every way in which a demo can go wrong."""

from __future__ import annotations

import queue
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from studytool.demo.process import DemoProcess

PERCEPTRON = Path(__file__).resolve().parents[2] / "demos" / "perceptron.py"

PREAMBLE = """
import time
from studytool.demo import Demo, Float, Int, line, text

demo = Demo("Count", topics=[], steps=10**9, size=Int(3, 1, 9), rate=Float(1.0, 0.0, 10.0))
"""


class Talk:
    """A running demo and what it has said so far."""

    def __init__(self, path: Path, *, playing: bool, parameters: dict[str, object]) -> None:
        self.arrived: queue.Queue[dict[str, Any]] = queue.Queue()
        self.process = DemoProcess(path, parameters, 0, "cpu", self.arrived.put, playing=playing)
        self.process.start()

    def next(self, kind: str, seconds: float = 30) -> dict[str, Any]:
        """The next message of this kind; others before it are dropped."""
        while True:
            message = self.arrived.get(timeout=seconds)
            if message["type"] == kind:
                return message
            assert message["type"] in ("hello", "output", "bye", "frame"), message

    def next_error(self) -> dict[str, Any]:
        """The next error; whatever comes before it is dropped."""
        while (message := self.arrived.get(timeout=30))["type"] != "error":
            pass
        return message

    def frame(self) -> dict[str, Any]:
        self.process.credit()
        return self.next("frame")

    def quiet(self, seconds: float = 0.3) -> bool:
        time.sleep(seconds)
        return self.arrived.empty()


Open = Callable[..., Talk]


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Open]:
    opened: list[Talk] = []

    def start(source: str | Path, *, playing: bool = False, **parameters: object) -> Talk:
        if isinstance(source, str):
            path = tmp_path / "count.py"
            path.write_text(PREAMBLE + textwrap.dedent(source), encoding="utf-8")
            source = path
        opened.append(Talk(source, playing=playing, parameters=parameters))
        return opened[-1]

    yield start
    for one in opened:
        one.process.close()


COUNT = """
    @demo.train
    def count(run):
        n = 0
        while True:
            n += 1
            yield line("n", n=n * float(run.rate)), text(str(run.size))
"""


def test_a_demo_introduces_itself_and_waits_paused_with_its_first_picture(talk: Open) -> None:
    one = talk(PERCEPTRON, flowers="versicolor/virginica")
    hello = one.next("hello")
    assert hello["title"].startswith("Perceptron")
    assert {p["name"]: p["value"] for p in hello["parameters"]}["flowers"] == "versicolor/virginica"
    assert (hello["device"], hello["why"]) == ("cpu", "the CPU was asked for")
    frame = one.frame()
    assert frame["step"] == 1
    assert [panel["kind"] for panel in frame["panels"]] == ["scatter", "line", "text"]


def test_no_frame_comes_without_a_credit_and_none_without_news(talk: Open) -> None:
    one = talk(COUNT, playing=True)
    one.next("hello")
    assert one.quiet()
    first, second = one.frame(), one.frame()
    assert second["step"] > first["step"]
    assert one.quiet(), "two credits, two frames"
    one.process.send({"type": "pause"})
    last = one.frame()
    one.process.credit()
    assert one.quiet(), "nothing has changed since"
    one.process.send({"type": "step"})
    assert one.next("frame")["step"] == last["step"] + 1, "the credit was kept for the next news"


def test_step_restart_and_seed(talk: Open) -> None:
    one = talk(PERCEPTRON)
    first = one.frame()
    one.process.send({"type": "step", "count": 3})
    assert one.frame()["step"] == 4
    one.process.send({"type": "restart"})
    again = one.frame()
    assert again["step"] == 1
    assert again["panels"] == first["panels"], "the same seed gives the same run"
    one.process.send({"type": "restart", "seed": 5})
    assert one.frame()["panels"][0]["mark"] != first["panels"][0]["mark"]


def test_a_float_changes_live_and_an_int_restarts(talk: Open) -> None:
    one = talk(COUNT)
    one.process.send({"type": "run", "steps": 10})
    assert one.frame()["series"] == {"n": 10}
    one.process.send({"type": "set", "name": "rate", "value": "2.5"})
    one.process.send({"type": "step"})
    changed = one.frame()
    while changed["step"] == 10:  # the change alone is news, too
        changed = one.frame()
    assert (changed["step"], changed["series"]) == (11, {"n": 27.5})
    one.process.send({"type": "set", "name": "size", "value": 7})
    restarted = one.frame()
    assert (restarted["step"], restarted["panels"][1]["text"]) == (1, "7")
    assert restarted["series"] == {"n": 2.5}, "the other parameters stay as they are"


def test_a_wrong_value_is_an_error_that_changes_nothing(talk: Open) -> None:
    one = talk(COUNT)
    one.frame()
    one.process.send({"type": "set", "name": "rate", "value": 11})
    error = one.arrived.get(timeout=10)
    assert (error["type"], error["fatal"]) == ("error", False)
    assert "from 0 to 10" in error["message"]
    one.process.send({"type": "step"})
    assert one.frame()["series"] == {"n": 2.0}


def test_a_pause_takes_effect_before_the_next_step_though_a_step_is_slow(talk: Open) -> None:
    one = talk(
        """
        @demo.train
        def slow(run):
            while True:
                time.sleep(0.2)
                yield text("slept")
        """,
        playing=True,
    )
    seen = one.frame()["step"]
    one.process.send({"type": "pause"})
    time.sleep(0.5)
    one.process.credit()
    try:
        seen_later = one.next("frame", 0.5)["step"]
    except queue.Empty:
        seen_later = seen
    assert seen_later <= seen + 1


def test_a_pace_limits_the_steps_and_can_be_lifted(talk: Open) -> None:
    one = talk(COUNT, playing=True)
    one.process.send({"type": "speed", "value": 10})
    start = one.frame()["step"]
    time.sleep(0.5)
    paced = one.frame()["step"] - start
    assert 1 <= paced <= 12
    one.process.send({"type": "speed", "value": None})
    time.sleep(0.3)
    assert one.frame()["step"] - start > 100


def test_a_demo_that_raises_at_step_500_tells_where_and_can_be_restarted(talk: Open) -> None:
    one = talk(
        """
        @demo.train
        def breaks(run):
            for n in range(1000):
                if n == 500:
                    raise ValueError("\\x1b[31mno more")
                yield text(str(n))
        """
    )
    one.frame()
    one.process.send({"type": "play"})
    error = one.next_error()
    assert "count.py:" in error["message"]
    assert error["message"].endswith("ValueError: no more"), "nothing in it acts on a terminal"
    assert 'raise ValueError("' in error["traceback"]
    assert "child.py" not in error["traceback"]
    one.process.send({"type": "pause"})
    one.process.send({"type": "restart"})
    assert one.frame()["step"] == 1


def test_a_stray_print_and_a_question_on_stdin_do_not_spoil_the_stream(talk: Open) -> None:
    one = talk(
        """
        import os
        @demo.train
        def chats(run):
            while True:
                print('{"type": "frame"}')
                os.write(1, b"raw\\n")
                try:
                    input()
                except EOFError:
                    print("nobody there", flush=True)
                yield text("fine")
        """
    )
    assert one.frame()["panels"][0]["text"] == "fine"
    one.process.send({"type": "step"})
    said = {one.next("output")["text"] for _ in range(3)}
    assert {"raw", "nobody there"} <= said


@pytest.mark.parametrize(
    "body",
    ["while True: pass", "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(99)"],
    ids=["busy", "asleep and deaf"],
)
def test_a_demo_that_never_yields_is_ended_by_closing(talk: Open, body: str) -> None:
    one = talk(f"@demo.train\ndef stuck(run):\n    {body}\n    yield\n", playing=True)
    one.next("hello")
    time.sleep(0.2)
    began = time.monotonic()
    one.process.close()
    assert time.monotonic() - began < 3
    assert not one.process.alive


def test_closing_ends_a_process_that_the_demo_has_started(talk: Open, tmp_path: Path) -> None:
    sign = tmp_path / "alive"
    one = talk(
        f"""
        import os
        @demo.train
        def forks(run):
            if os.fork() == 0:
                while True:
                    open({str(sign)!r}, "a").write(".")
                    time.sleep(0.05)
            while True:
                yield text(os.getcwd())
        """
    )
    folder = one.frame()["panels"][0]["text"]
    assert Path(folder).is_dir(), "its working folder is a temporary one"
    time.sleep(0.3)
    one.process.close()
    assert not Path(folder).exists()
    size = sign.stat().st_size
    assert size > 0
    time.sleep(0.3)
    assert sign.stat().st_size == size


def test_closing_leaves_no_thread_and_no_zombie(talk: Open) -> None:
    before = threading.active_count()
    one = talk(COUNT, playing=True)
    one.frame()
    one.process.close()
    assert threading.active_count() == before
    assert not one.process.alive
    one.process.send({"type": "play"})  # nothing happens, and nothing is raised
    one.process.close()


def test_a_file_that_is_not_python_is_one_sentence_with_its_line(talk: Open) -> None:
    one = talk("def broken(:\n")
    error = one.next_error()
    assert "count.py:" in error["message"]
    assert "this is not Python" in error["message"]
    assert error["traceback"] == ""
    assert one.next("bye")["code"] == 1


def test_a_process_killed_from_outside_says_so(talk: Open) -> None:
    one = talk(COUNT)
    one.frame()
    child = one.process._child
    assert child is not None
    child.kill()
    assert "SIGKILL" in one.next_error()["message"]
    assert one.next("bye")["code"] == -9


def test_the_end_of_the_pipe_ends_the_process(talk: Open) -> None:
    one = talk("@demo.train\ndef stuck(run):\n    while True: pass\n    yield\n", playing=True)
    one.next("hello")
    child = one.process._child
    assert child is not None
    assert child.stdin is not None
    child.stdin.close()
    child.wait(5)


def test_a_parent_killed_outright_leaves_neither_processes_nor_files(tmp_path: Path) -> None:
    sign, demo = tmp_path / "alive", tmp_path / "forks.py"
    demo.write_text(
        PREAMBLE
        + textwrap.dedent(
            f"""
            import os, signal
            @demo.train
            def forks(run):
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                os.fork()
                while True:
                    open({str(sign)!r}, "a").write(os.getcwd() + "\\n")
                    time.sleep(0.05)
                yield
            """
        )
    )
    code = (
        "import time\nfrom pathlib import Path\nfrom studytool.demo.process import DemoProcess\n"
        f"DemoProcess(Path({str(demo)!r}), {{}}, 0, 'cpu', print).start()\ntime.sleep(99)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            if sign.exists() and sign.stat().st_size > 200:
                break
            time.sleep(0.05)
    finally:
        parent.kill()
        parent.wait()
    time.sleep(0.7)
    written = sign.read_text()
    time.sleep(0.3)
    assert sign.read_text() == written, "nothing writes any more"
    assert not Path(written.split("\n")[0]).exists(), "its temporary folder is gone"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux chooses what to end when memory runs out")
def test_where_memory_runs_out_the_demo_is_ended_and_not_the_app(talk: Open) -> None:
    body = "yield text(open('/proc/self/oom_score_adj').read().strip())"
    one = talk(f"@demo.train\ndef asks(run):\n    {body}\n")
    assert one.frame()["panels"][0]["text"] == "1000"


def test_more_memory_than_there_is_costs_the_demo_only(talk: Open) -> None:
    one = talk(
        """
        import torch
        @demo.train
        def greedy(run):
            yield text("still small")
            torch.zeros(25 * 10**12)
        """
    )
    one.frame()
    one.process.send({"type": "step"})
    assert "allocate" in one.next_error()["message"]
    one.process.send({"type": "restart"})
    assert one.frame()["panels"][0]["text"] == "still small"


def test_printing_without_a_line_end_arrives_in_pieces(talk: Open) -> None:
    one = talk(
        """
        @demo.train
        def chats(run):
            print("x" * 3_000_000, end="", flush=True)
            yield text("fine")
        """
    )
    assert len(one.next("output")["text"]) == 4096
    assert one.frame()["panels"][0]["text"] == "fine"


@pytest.mark.parametrize(
    ("request_sent", "told"),
    [
        ({"type": "set", "name": "rate", "value": "fast"}, "from 0 to 10"),
        ({"type": "set", "name": "rate", "value": None}, "from 0 to 10"),
        ({"type": "set", "name": "rate", "value": [1]}, "from 0 to 10"),
        ({"type": "set", "name": "raet", "value": 1}, "Did you mean `rate`?"),
        ({"type": "step", "count": -3}, "`count`"),
        ({"type": "run", "steps": -1}, "`steps`"),
        ({"type": "speed", "value": "nan"}, "`speed`"),
        ({"type": "speed", "value": -1}, "`speed`"),
        ({"type": "restart", "seed": 2**70}, "`seed`"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_a_request_that_makes_no_sense_is_refused_and_the_run_goes_on(
    talk: Open, request_sent: dict[str, object], told: str
) -> None:
    one = talk(COUNT)
    one.frame()
    one.process.send(request_sent)
    error = one.next_error()
    assert (error["fatal"], error["traceback"]) == (False, "")
    assert told in error["message"]
    one.process.send({"type": "step"})
    assert one.frame()["series"] == {"n": 2.0}


def test_a_restart_while_paused_shows_the_first_step_and_stays_paused(talk: Open) -> None:
    one = talk(COUNT)
    one.process.send({"type": "run", "steps": 5})
    assert one.frame()["step"] == 5
    one.process.send({"type": "restart"})
    assert one.frame()["step"] == 1
    one.process.credit()
    assert one.quiet()


def test_after_the_end_only_a_restart_goes_on(talk: Open) -> None:
    one = talk("@demo.train\ndef short(run):\n    for n in range(3):\n        yield text(str(n))\n", playing=True)
    while not (frame := one.frame())["done"]:
        pass
    assert (frame["step"], frame["limit"]) == (3, False)
    one.process.send({"type": "step"})
    one.process.send({"type": "play"})
    one.process.credit()
    assert one.quiet()
    one.process.send({"type": "pause"})
    one.process.send({"type": "restart"})
    frame = one.next("frame")
    assert (frame["step"], frame["done"]) == (1, False)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("yield", "Step 1 of 'Count' yielded a NoneType, not panels."),
        ("yield [text('a')]", "yielded a list, not panels"),
        ("return None", "The training loop of 'Count' yields nothing."),
        ("import torch; yield line('a', a=torch.zeros(3))", "`a` has the shape [3]"),
        ("import torch; yield scatter(torch.zeros(3, 3), torch.zeros(3))", "points [n, 2] of classes [n]"),
        ("import torch; yield heatmap(torch.zeros(3))", "a matrix [rows, columns], not the shape [3]"),
        ("yield text('a'); raise SystemExit(3)", "SystemExit: 3"),
    ],
)
def test_a_demo_written_wrongly_is_told_what_to_mend(talk: Open, body: str, message: str) -> None:
    one = talk(f"from studytool.demo import scatter, heatmap\n@demo.train\ndef wrong(run):\n    {body}\n", playing=True)
    one.process.credit()
    assert message in one.next_error()["message"]


def test_an_end_by_a_signal_without_a_name_is_told_too(talk: Open) -> None:
    one = talk("import os\n@demo.train\ndef odd(run):\n    yield text('a')\n    os.kill(os.getpid(), 40)\n")
    one.frame()
    one.process.send({"type": "step"})
    assert "ended by signal 40" in one.next_error()["message"]
    assert one.next("bye")["code"] == -40
