"""A demo file in a real process, and the conversation with it."""

from __future__ import annotations

import queue
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from studytool.demo.process import DemoProcess


@pytest.fixture(autouse=True, scope="session")
def one_thread() -> None:
    """As in a demo's own process: beside other work two threads take several times as long as one."""
    import torch

    torch.set_num_threads(1)


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

    def next(self, kind: str, seconds: float = 60) -> dict[str, Any]:
        """The next message of this kind; others before it are dropped."""
        while True:
            message = self.arrived.get(timeout=seconds)
            if message["type"] == kind:
                return message
            assert message["type"] in ("hello", "output", "bye", "frame"), message

    def next_error(self) -> dict[str, Any]:
        """The next error; whatever comes before it is dropped."""
        while (message := self.arrived.get(timeout=60))["type"] != "error":
            pass
        return message

    def frame(self) -> dict[str, Any]:
        self.process.credit()
        return self.next("frame")

    def frame_of(self, step: int) -> dict[str, Any]:
        """The frame of a step; a slow machine shows some before it."""
        while (frame := self.frame())["step"] < step:
            pass
        assert frame["step"] == step
        return frame

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


@pytest.fixture
def preamble() -> str:
    """The lines that every demo source of these tests begins with."""
    return PREAMBLE


@pytest.fixture
def count() -> str:
    """A demo that counts its steps, for ever."""
    return COUNT
