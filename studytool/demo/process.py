"""A demo in a process of its own, seen from the app: start it, ask it, end it whatever it does. Never imports torch."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import studytool
from studytool.demo import wire
from studytool.errors import StudytoolError
from studytool.text import clean

Message = dict[str, object]

# How long a child may take to end by itself, then after SIGTERM; after that it is killed. Together under 2 s.
_PATIENCE = (0.7, 0.5)

# A demo that prints in its loop must not fill the memory of the app.
_OUTPUT_LINES = 200
_OUTPUT_BYTES = 4096


class DemoProcess:
    """One run of a demo file. `on_message` is called from a reading thread and must not wait for the one that closes.

    Messages have a `type`:
    hello {title, topics, parameters, device, why, seed, steps, speed, playing};
    frame {step, done, limit, steps_per_second, panels, series: last values};
    error {message, traceback, fatal: false when the request was wrong and nothing changed};
    output {text}: a line the demo printed;
    claim {text, held, measured, seconds} and at last claims {count};
    outcome {number, outcome: one of the options, or empty with the problem said, why, problem, seconds};
    question {name, text, answer, mistakes: {name: value}, why, problem} and at last questions {count};
    bye {code}: the process has ended, always the last one (not sent for `close`).

    A frame is sent only for a credit, and only when something changed. The first step is taken even when paused.
    """

    def __init__(
        self,
        path: Path,
        parameters: Mapping[str, object],
        seed: int,
        device: str,
        on_message: Callable[[Message], None],
        *,
        playing: bool = True,
    ) -> None:
        self._path = path.resolve()
        options = {"parameters": dict(parameters), "seed": seed, "device": device, "playing": playing}
        self._options = json.dumps(options)
        self._on_message = on_message
        self._child: subprocess.Popen[bytes] | None = None
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._folder = ""
        self._said_bye = False

    def start(self) -> None:
        """Start the process; its hello follows within about two seconds, the time that torch takes to load.

        Raises `StudytoolError` when the system has no room for a process or its folder.
        """
        try:
            self._folder = tempfile.mkdtemp(prefix="studytool-demo-")
        except OSError as error:
            raise StudytoolError(
                f"There is no place for the demo's temporary files: {error}.", "Set TMPDIR to a folder for them."
            ) from error
        root = str(Path(studytool.__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        try:
            self._child = subprocess.Popen(
                [sys.executable, "-P", "-m", "studytool.demo.child", str(self._path), self._options, self._folder],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
                start_new_session=True,  # a Ctrl-C is for the app, and all that the demo starts can be ended together
            )
        except OSError as error:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise StudytoolError(f"A process for the demo cannot be started: {error}.") from error
        for read, pipe in ((self._read_output, self._child.stderr), (self._read_messages, self._child.stdout)):
            thread = threading.Thread(target=read, args=(pipe,), daemon=True)
            thread.start()
            self._threads.append(thread)

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._child is not None and self._child.poll() is None

    def credit(self) -> None:
        """Allow one more frame."""
        self.send({"type": "credit"})

    def send(self, request: Mapping[str, object]) -> None:
        """Send a request such as {"type": "set", "name": …, "value": …}; nothing happens when the process has ended."""
        if self._child is None or self._child.stdin is None:
            return
        with contextlib.suppress(OSError, ValueError):  # the pipe is broken or closed: its bye is on the way
            self._child.stdin.write(wire.encode(request))
            self._child.stdin.flush()

    def close(self) -> None:
        """End the process, at the latest by killing it after about a second, and clear away all that belongs to it."""
        self._closed = True
        child = self._child
        if child is None:
            return
        self.send({"type": "quit"})
        with contextlib.suppress(OSError):
            if child.stdin is not None:
                child.stdin.close()
        for patience, next_signal in zip(_PATIENCE, (signal.SIGTERM, signal.SIGKILL), strict=True):
            try:
                child.wait(patience)
                break
            except subprocess.TimeoutExpired:
                _signal(child, next_signal)
        child.wait()
        _signal(child, signal.SIGKILL)  # whatever the demo itself has started
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(1)
        for pipe in (child.stdout, child.stderr):
            if pipe is not None and not any(thread.is_alive() for thread in self._threads):
                pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _tell(self, message: Message) -> None:
        if not self._closed:
            self._on_message(message)

    def _read_messages(self, pipe: IO[bytes]) -> None:
        for line in pipe:
            try:
                message = _cleaned(wire.decode(line))
            except ValueError:
                message = {"type": "error", "message": "The demo's process sent something else than a message."}
            if message["type"] == "bye":
                continue  # told below, once the process has really ended
            self._tell(message)
        child = self._child
        assert child is not None
        self._threads[0].join(0.2)  # what it printed comes before its bye
        code = child.wait()
        if code < 0 and not self._closed:
            text = f"The demo's process was ended by {_signal_name(-code)}."
            self._tell({"type": "error", "message": text, "traceback": "", "fatal": True})
        self._tell({"type": "bye", "code": code})

    def _read_output(self, pipe: IO[bytes]) -> None:
        # Cut where a line has no end: a demo that prints without one must not fill the memory, either.
        for number, line in enumerate(iter(lambda: pipe.readline(_OUTPUT_BYTES), b"")):
            if number < _OUTPUT_LINES:
                self._tell({"type": "output", "text": clean(line.decode("utf-8", "replace")).rstrip("\n")})
            elif number == _OUTPUT_LINES:
                self._tell({"type": "output", "text": "… (more is not shown)"})


def _signal(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to the child and all that it has started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, number)


def _signal_name(number: int) -> str:
    """A signal's name, with what it mostly means where a learner would not know."""
    meant = {signal.SIGKILL: " (perhaps there was not enough memory)", signal.SIGSEGV: " (a fault in compiled code)"}
    try:
        return signal.Signals(number).name + meant.get(signal.Signals(number), "")
    except ValueError:  # one of those that have only a number
        return f"signal {number}"


def _cleaned(value: Message) -> Message:
    """`value` with every text in it made harmless; the bytes of arrays are left as they are."""
    return {key: item if key == "base64" else _cleaned_item(item) for key, item in value.items()}


def _cleaned_item(item: object) -> object:
    if isinstance(item, str):
        return clean(item)
    if isinstance(item, dict):
        return _cleaned(item)
    if isinstance(item, list):
        return [_cleaned_item(part) for part in item]
    return item
