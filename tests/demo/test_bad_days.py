"""What a demo can do wrong, and how its process ends: the demo is lost, never the app."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studytool.demo import headless
from tests.demo.waiting import still, wait

Open = Callable[..., Any]


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
    assert error["message"].startswith("In step 501, ")
    assert "count.py:" in error["message"]
    assert error["message"].endswith("ValueError: no more"), "nothing in it acts on a terminal"
    assert 'raise ValueError("' in error["traceback"]
    assert "child.py" not in error["traceback"]
    one.process.send({"type": "pause"})
    one.process.send({"type": "restart"})
    assert one.frame()["step"] == 1


def test_a_prediction_whose_runs_raise_tells_in_which_run_and_step(talk: Open) -> None:
    one = talk(
        """
        from studytool.demo import Float

        demo.parameters["rate"] = Float(1, 0, 9)

        @demo.train
        def breaks(run):
            yield line("a", a=1)
            raise ValueError("no more")

        @demo.predict("What now?", "this", why="so")
        def _(sim):
            return sim(seed=3, rate=2).last("a")
        """
    )
    one.process.send({"type": "predict", "number": 0})
    problem = one.next("outcome")["problem"]
    assert problem == "ValueError: no more, in step 2 of the run with seed 3, rate = 2, at count.py:14"


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
    one.process.close()
    assert not one.process.alive


def test_a_demo_that_gets_stuck_in_its_second_step_has_shown_its_first(talk: Open) -> None:
    one = talk("@demo.train\ndef stuck(run):\n    yield text('first')\n    while True: pass\n", playing=True)
    assert one.frame()["panels"][0]["text"] == "first"


def test_a_run_without_pictures_whose_step_never_ends_is_told_once(
    tmp_path: Path, preamble: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "stuck.py"
    path.write_text(f"{preamble}@demo.train\ndef stuck(run):\n    while True: pass\n    yield\n", encoding="utf-8")
    monkeypatch.setattr(headless, "_PATIENCE", 0.2)

    class Told(Exception):
        """Ends the run, which would never end."""

    def silent() -> None:
        raise Told

    with pytest.raises(Told):
        headless.train(path, {}, 0, "cpu", [5], silent=silent)


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
    wait(sign.exists)
    one.process.close()
    assert not Path(folder).exists()
    wait(lambda: still(sign))


def test_a_demo_that_ends_with_a_process_of_its_own_still_running_has_ended(talk: Open) -> None:
    one = talk(
        """
        import os
        @demo.train
        def forks(run):
            if os.fork() == 0:
                time.sleep(600)
            yield text("fine")
        """
    )
    one.frame()
    one.process.send({"type": "quit"})
    assert one.next("bye")["code"] == 0


def test_what_a_demo_writes_lands_in_a_folder_of_its_own_that_goes_with_it(talk: Open) -> None:
    one = talk(
        """
        import os
        from pathlib import Path

        @demo.train
        def writes(run):
            while True:
                Path("model.pt").write_bytes(bytes(1000))
                yield text(os.getcwd())
        """
    )
    told = Path(one.frame()["panels"][0]["text"])
    assert (told / "model.pt").stat().st_size == 1000
    assert told != Path.cwd()
    assert not Path("model.pt").exists()
    one.process.close()
    assert not told.exists()


def test_closing_leaves_no_thread_and_no_zombie(talk: Open, count: str) -> None:
    before = set(threading.enumerate())
    one = talk(count, playing=True)
    one.frame()
    one.process.close()
    assert set(threading.enumerate()) <= before
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


def test_a_process_killed_from_outside_says_so(talk: Open, count: str) -> None:
    one = talk(count)
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
    assert child.process.stdin is not None
    child.process.stdin.close()
    child.process.wait(60)


def test_a_parent_killed_outright_leaves_neither_processes_nor_files(tmp_path: Path, preamble: str) -> None:
    sign, demo = tmp_path / "alive", tmp_path / "forks.py"
    demo.write_text(
        preamble
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
        wait(lambda: sign.exists() and sign.stat().st_size > 200)
    finally:
        parent.kill()
        parent.wait()
    folder = Path(sign.read_text().split("\n")[0])
    wait(lambda: not folder.exists())  # its temporary folder goes
    wait(lambda: still(sign))  # and nothing writes any more


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
    assert one.next_error()["message"].endswith(": there is not enough memory for 100,000.0 GB more.")
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
    ("body", "message"),
    [
        ("yield", "Step 1 of 'Count' yielded a NoneType, not panels."),
        ("yield [text('a')]", "yielded a list, not panels"),
        ("return None", "The training loop of 'Count' yields nothing."),
        ("import torch; yield line('a', a=torch.zeros(3))", "`a` has the shape [3]"),
        ("import torch; yield scatter(torch.zeros(3, 3), torch.zeros(3))", "points [n, 2] of classes [n]"),
        ("import torch; yield heatmap(torch.zeros(3))", "a matrix [rows, columns], not the shape [3]"),
        ("yield text('a'); raise SystemExit(3)", "SystemExit: 3"),
        ("yield text(lambda: 1 / 0)", "In the picture of step 1, "),
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
