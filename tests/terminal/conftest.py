"""The installed program in a real pseudo-terminal of 80 by 24, and its screen as pyte reads it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pexpect
import pyte
import pytest

from tests.note_folder import note_folder

PERCEPTRON = """\
# Perceptron

Q: What does a perceptron draw in the plane?
A: One straight line.

Q: On which examples do its weights change?
A: Only on those it gets wrong.

Q: Which problem of two bits can it not learn?
A: Exclusive or.

Q: What is added before the sign is taken?
A: The bias.

Q: Who described it in 1958?
A: Frank Rosenblatt.
"""

HELD = "import os; os.read(0, 1)\n"
"""The first line of a program that begins when enter is pressed: meanwhile its terminal is looked at, or changed."""

PATIENCE = 60.0
"""Seconds to wait for what should come at once: a loaded machine is slow, and only a hang should fail a test."""


class Screen(pyte.Screen):
    """A screen that ignores what pyte does not know and a terminal may ignore too."""

    def report_device_status(self, *_: object, **__: object) -> None:
        """Nobody answers."""


def _interruptible() -> None:
    """In a child: hear ctrl+c also where the tests themselves run in the background and ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Terminal:
    """A child process on a pseudo-terminal; `text` is what a person would see."""

    def __init__(
        self, command: Sequence[str], columns: int = 80, rows: int = 24, environ: Mapping[str, str] | None = None
    ) -> None:
        """`environ` is what is different in its environment; what is empty there is not set."""
        self.raw = b""
        """Every byte that the child has written."""
        self.screen = Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        usual = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LINES": "", "COLUMNS": ""}
        environment = {**os.environ, **usual, **(environ or {})}
        self.child = pexpect.spawn(
            command[0],
            list(command[1:]),
            dimensions=(rows, columns),
            env={name: value for name, value in environment.items() if value},
            timeout=PATIENCE,
            preexec_fn=_interruptible,
        )
        self.child.delaybeforesend = None

    @property
    def text(self) -> str:
        """The screen, its rows without the spaces at their ends."""
        return "\n".join(row.rstrip() for row in self.screen.display)

    def read(self, seconds: float = 0.05) -> bool:
        """Take in what the child has written, waiting so long for the first of it; False when it has ended."""
        try:
            data = self.child.read_nonblocking(65536, timeout=seconds)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        # pyte knows no private modes of the kitty keyboard protocol and would print their letters.
        self._stream.feed(data)
        return True

    def wait(self, condition: str | Callable[[str], object], patience: float = PATIENCE) -> str:
        """The screen's text once it holds a string or satisfies a condition; fails, showing it, if it never does.

        A frame may come in parts: of the text nothing is sure but the condition, so what else is asked of the screen
        belongs into it, or `settled` is waited for. What the screen before holds too, is no sign that a key was heard.
        """
        holds = condition if callable(condition) else lambda text: condition in text
        end = time.monotonic() + patience
        while not holds(self.text):
            if not self.read() or time.monotonic() > end:
                state = "has ended" if not self.child.isalive() else "still runs"
                pytest.fail(f"waited for {condition!r}; the program {state} and the screen shows:\n{self.text}")
        return self.text

    def settled(self, condition: str | Callable[[str], object]) -> str:
        """The screen's text once a condition holds and nothing more is written: a frame may come in parts."""
        holds = condition if callable(condition) else lambda text: condition in text
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.wait(holds)
            seen = len(self.raw)
            self.read(0.4)
            if len(self.raw) == seen and holds(self.text):
                return self.text
        pytest.fail(f"the program goes on writing; the screen shows:\n{self.text}")

    def press(self, *keys: str) -> None:
        """Type keys, one after the other."""
        for key in keys:
            self.child.send(key)

    def drain(self, patience: float = PATIENCE) -> None:
        """Take in all that the child writes until it ends by itself."""
        end = time.monotonic() + patience
        while self.read():
            if time.monotonic() > end:
                pytest.fail(f"the program does not end; the screen shows:\n{self.text}")

    def ended(self, patience: float = PATIENCE) -> int:
        """Wait for the child to end by itself; its exit code."""
        self.drain(patience)
        end = time.monotonic() + patience
        while self.child.isalive():  # it may have closed its terminal, and still be on its way out
            assert time.monotonic() < end, "the program has closed its terminal and does not end"
            time.sleep(0.01)
        self.child.close()
        assert self.child.signalstatus is None
        assert self.child.exitstatus is not None
        return int(self.child.exitstatus)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.child.isalive():
            self.child.kill(signal.SIGKILL)
        self.child.close(force=True)


Start = Callable[..., Terminal]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts `studytool` with some arguments on a pseudo-terminal of its own; whatever still runs is killed after."""
    running: list[Terminal] = []

    def begin(
        *arguments: str | Path,
        columns: int = 80,
        rows: int = 24,
        python: Sequence[str] = (),
        environ: Mapping[str, str] | None = None,
    ) -> Terminal:
        script = Path(sys.executable).with_name("studytool")
        program = [str(script)] if script.exists() else [sys.executable, "-m", "studytool"]
        if python:
            program = [sys.executable, *python]
        terminal = Terminal([*program, *map(str, arguments)], columns, rows, environ)
        running.append(terminal)
        return terminal

    yield begin
    for terminal in running:
        terminal.kill()


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A library of one note with five cards."""
    return note_folder(tmp_path, perceptron=PERCEPTRON)


@pytest.fixture
def answers(home: Path) -> Callable[[], list[tuple[str, int]]]:
    """Reads the log from outside: the (card, grade) of every review, in order."""
    import json
    import sqlite3

    def read() -> list[tuple[str, int]]:
        connection = sqlite3.connect(home / "data" / "reviews.db")
        try:
            rows = connection.execute(
                "SELECT card, payload FROM events WHERE kind = 'review' ORDER BY sequence"
            ).fetchall()
        finally:
            connection.close()
        return [(card, json.loads(payload)["grade"]) for card, payload in rows]

    return read
