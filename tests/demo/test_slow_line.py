"""A terminal that takes what is painted slowly: it is known what is on its way, and a picture goes to it in parts."""

from __future__ import annotations

import os
import sys
import termios
import time
from collections.abc import Callable, Iterator
from io import FileIO
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from textual.drivers._writer_thread import WriterThread

from studytool.app import demo_line
from studytool.app.demo_line import Line, unwritten

MUCH = "█" * 100_000 + "."  # more than a pipe holds
ASK = b"\x1b[6n"


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


class Terminal:
    """The far end of a pipe, and an app that writes into it as Textual does."""

    def __init__(self) -> None:
        self._end, near = os.pipe()
        os.set_blocking(self._end, False)
        self.file = os.fdopen(near, "w", encoding="utf-8")
        self.writer = WriterThread(self.file)
        self.writer.start()
        self.app: Any = SimpleNamespace(_driver=SimpleNamespace(_writer_thread=self.writer))

    def take(self, end: str = ".") -> bytes:
        """Everything that is written up to this sign."""
        told, limit = b"", time.monotonic() + 30
        while not told.endswith(end.encode()):
            assert time.monotonic() < limit
            try:
                told += os.read(self._end, 65536)
            except BlockingIOError:
                time.sleep(0.001)
        until(lambda: not unwritten(self.app))
        return told

    def close(self) -> None:
        self.writer.stop()
        self.file.close()
        os.close(self._end)


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    one = Terminal()
    yield one
    one.close()


@pytest.fixture
def slow(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> Line:
    """A line that has been found to be slow."""
    monkeypatch.setattr(demo_line, "_SLOW", -1.0)
    line = Line(terminal.app)
    terminal.writer.write(MUCH)
    line.sent(40)
    assert not line.look()
    assert ASK not in terminal.take()
    assert line.look()
    return line


def test_a_picture_is_unwritten_until_the_terminal_has_taken_the_last_of_it(terminal: Terminal) -> None:
    line = Line(terminal.app)
    assert line.look()
    terminal.writer.write(MUCH)
    line.sent(40)
    until(lambda: terminal.writer._queue.qsize() == 1)  # the picture is being written
    assert not line.look()
    assert ASK not in terminal.take(), "who takes it quickly is not asked"
    assert line.look()


def test_a_slow_line_gets_a_part_at_a_time_and_says_when_it_has_come(terminal: Terminal, slow: Line) -> None:
    assert slow.rows == 4
    terminal.writer.write("part")
    slow.sent(4)
    assert terminal.take("n") == b"part" + ASK
    assert not slow.look(), "it may wait in the network"
    slow.heard()
    assert slow.look()
    assert 1 <= slow.rows <= 8


def test_a_terminal_that_does_not_answer_is_asked_no_more_until_it_does(
    terminal: Terminal, slow: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    for patience in ("_DEAF", "_LOST"):
        monkeypatch.setattr(demo_line, patience, 0.0)
    told = []
    for heard in (False, False, True):
        if heard:
            slow.heard()
        slow.sent(4)
        terminal.writer.write(".")
        told.append(terminal.take())
        until(lambda: slow.look())
    assert [ASK in each for each in told] == [True, False, True]


def test_the_last_answer_is_not_left_to_the_shell(slow: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """It comes when the terminal is the shell's again: what is typed is echoed, and handed out line by line."""
    far, near = os.openpty()
    with os.fdopen(near, "rb", buffering=0) as stdin, os.fdopen(far, "r+b", buffering=0) as keyboard:
        monkeypatch.setattr(sys, "__stdin__", stdin)
        monkeypatch.setattr(demo_line, "_FAREWELL", 60.0)
        before = termios.tcgetattr(near)
        slow.sent(4)
        answer = Thread(target=until, args=(lambda: type_once_unheard(near, keyboard),))
        answer.start()
        slow.end()
        answer.join()
        assert termios.tcgetattr(near) == before
        keyboard.write(b"ls\n")
        assert stdin.readline() == b"ls\n", "nothing else is left"
        echoed = b""
        while not echoed.endswith(b"\n"):
            echoed += keyboard.read(1)
        assert echoed == b"ls\r\n", "nothing else was echoed"


def type_once_unheard(terminal: int, keyboard: FileIO) -> bool:
    """Answer as a terminal does, as soon as it does not echo; whether that was done."""
    if termios.tcgetattr(terminal)[3] & termios.ECHO:
        return False
    keyboard.write(b"\x1b[12;40R")
    return True
