"""What the runs behind a question may take; and that a run itself may take what it wants."""

from __future__ import annotations

import queue
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from studytool.demo.headless import DemoFailed, ask
from studytool.demo.limits import Limits, is_out_of_memory
from studytool.demo.process import DemoProcess

QUESTIONS = """
from studytool.demo import Question
import torch, time

@demo.train
def trains(run):
    n = len(torch.ones(60_000_000)) if run.size == 9 else 0
    while True:
        yield line("n", n=n)

def small(sim): return "small"
def endless(sim): time.sleep(99)
def deaf(sim): return str(sum(range(10**12)))
def greedy(sim): return str(torch.ones(60_000_000).sum())
def wide(sim): return "x" * 10**12
def hoards(sim):
    kept = []
    while True:
        kept.append(bytearray(10**6))

for function in (small, endless, deaf, greedy, wide, hoards):
    demo.predict(function.__name__, "small", "other", why="so")(function)
"""
NAMES = ("small", "endless", "deaf", "greedy", "wide", "hoards")


class Asked:
    """A demo's questions in a process with limits."""

    def __init__(self, path: Path, limits: Limits | None) -> None:
        self.arrived: queue.Queue[dict[str, Any]] = queue.Queue()
        self.process = DemoProcess(path, {}, 0, "cpu", self.arrived.put, playing=False, limits=limits)
        self.process.start()

    def predict(self, name: str) -> dict[str, Any]:
        """The outcome, or the error instead."""
        self.process.send({"type": "predict", "number": NAMES.index(name)})
        while (message := self.arrived.get(timeout=60))["type"] not in ("outcome", "error", "bye"):
            pass
        return message


Ask = Callable[..., Asked]


@pytest.fixture
def asked(tmp_path: Path, preamble: str) -> Iterator[Ask]:
    opened: list[Asked] = []
    path = tmp_path / "asks.py"
    path.write_text(preamble + textwrap.dedent(QUESTIONS))

    def start(limits: Limits | None) -> Asked:
        opened.append(Asked(path, limits))
        return opened[-1]

    yield start
    for one in opened:
        one.process.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_a_prediction_that_wants_too_much_memory_is_a_sentence_and_the_next_is_answered(asked: Ask) -> None:
    one = asked(Limits(seconds=60, memory=2**27))
    for name in ("greedy", "wide", "hoards"):
        told = one.predict(name)
        assert (told["type"], told["outcome"]) == ("outcome", "")
        assert told["problem"] == "they need more than the 0.125 GB of memory that a question may take"
    assert one.predict("small")["outcome"] == "small"


def test_a_prediction_with_room_enough_is_answered_however_much_it_takes(asked: Ask) -> None:
    assert one_word(asked(Limits(seconds=60)).predict("greedy")) == "none of the options"
    assert one_word(asked(None).predict("greedy")) == "none of the options"


def one_word(told: dict[str, Any]) -> str:
    return "none of the options" if "none of the options" in told["problem"] else str(told)


@pytest.mark.parametrize("name", ["endless", "deaf"])
def test_a_prediction_that_takes_too_long_is_a_sentence_and_its_process_ends(asked: Ask, name: str) -> None:
    one = asked(Limits(seconds=4))
    assert one.predict("small")["outcome"] == "small"
    told = one.predict(name)
    assert told["message"] == "There was no answer within 4 s, and the runs were ended."
    assert told["traceback"] == ""
    while (message := one.arrived.get(timeout=30))["type"] != "bye":
        raise AssertionError(message)
    assert not one.process.alive


def test_a_run_is_not_limited(asked: Ask) -> None:
    one = asked(None)
    one.process.send({"type": "set", "name": "size", "value": 9})
    one.process.credit()
    while (message := one.arrived.get(timeout=60))["type"] != "frame":
        assert message["type"] == "hello", message
    assert message["series"] == {"n": 60_000_000}


def test_a_computed_question_that_never_comes_is_ended_too(tmp_path: Path, preamble: str) -> None:
    path = tmp_path / "asks.py"
    body = "@demo.train\ndef t(run):\n    yield text('a')\n@demo.question\ndef slow(rng):\n    time.sleep(99)\n"
    path.write_text(preamble + body)
    with pytest.raises(DemoFailed, match=r"no answer within 4 s"):
        list(ask(path, 0, "cpu", limits=Limits(seconds=4, start=4)))


def test_a_file_that_never_gets_to_its_demo_is_ended_too(tmp_path: Path, preamble: str) -> None:
    path = tmp_path / "asks.py"
    path.write_text(preamble + "while True: pass\n")
    with pytest.raises(DemoFailed, match=r"no answer within 4 s"):
        list(ask(path, 0, "cpu", limits=Limits(seconds=4, start=4)))


@pytest.mark.parametrize(
    ("kind", "message", "is_memory"),
    [
        ("MemoryError", "", True),
        ("RuntimeError", "[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: "
                         "you tried to allocate 100000000000000 bytes. Error code 12 (Cannot allocate memory)", True),
        ("RuntimeError", "std::bad_alloc", True),
        ("RuntimeError", "[enforce fail at alloc_cpu.cpp:117] data. DefaultCPUAllocator: not enough memory: you tried "
                         "to allocate 400000000000 bytes.", True),
        ("RuntimeError", "The size of tensor a (3) must match the size of tensor b (4)", False),
        ("ValueError", "bad_alloc", False),
    ],
)  # fmt: skip
def test_what_says_that_the_memory_was_not_enough(kind: str, message: str, is_memory: bool) -> None:
    assert is_out_of_memory(kind, message) is is_memory
