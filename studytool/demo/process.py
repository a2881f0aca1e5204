"""A demo in a process of its own, seen from the app: start it, ask it, end it whatever it does. Never imports torch."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

from studytool.demo import wire
from studytool.demo.limits import Limits, Watch
from studytool.demo.spawn import Child, spawn
from studytool.text import clean

Message = dict[str, object]

# A demo that prints in its loop must not fill the memory of the app.
_OUTPUT_LINES = 200
_OUTPUT_BYTES = 4096


class DemoProcess:
    """One run of a demo file. `on_message` is called from a reading thread and must not wait for the one that closes.

    Messages have a `type`:
    hello {title, topics, parameters, device, why, seed, steps, speed, playing};
    device {device, why}: the accelerator failed, and the run goes on from its first step on another device;
    frame {run: counted from 1, branch: the step at which it left the run before or 0, step, done, limit,
    steps_per_second, panels, series: last values, parameters: {name: value}, changes: how many since the start,
    line: of the file, or null, diagnosis: sentences};
    history {parameters: at the start, changes: [[after so many steps, name, value]], seed, device};
    pong;
    error {message, traceback, at: [[file, line] of each call, the innermost last],
    fatal: false when the request was wrong and nothing changed};
    output {text}: a line the demo printed;
    claim {text, held, measured, seconds} and at last claims {count};
    outcome {number, outcome: one of the options, or empty with the problem said, why, problem, seconds};
    ready, where there is no demo, and checked {value, problem, line: of the check, or 0, seconds};
    question {name, text, answer, mistakes: {name: value}, why, problem} and at last questions {count};
    sweeping {found, pixels, step; at first also series, logs: those that are logarithms, measure},
    and pixels {found, pixels, values, broken, reached}
    as runs of a sweep are done, arrays [k]: `broken` is since which step a run is no number, `reached` at which
    it was low enough, 0 for never; at last swept {seconds, way}; all with the `number` of the request;
    bye {code}: the process has ended, always the last one (not sent for `close`).

    A frame is sent only for a credit, and only when something changed. The first step is taken even when paused.
    """

    def __init__(
        self,
        path: Path | None,
        parameters: Mapping[str, object],
        seed: int,
        device: str,
        on_message: Callable[[Message], None],
        *,
        playing: bool = True,
        digest: str = "",
        limits: Limits | None = None,
    ) -> None:
        """`digest` is the hash that the file must still have, where only that was agreed to; see `demo.trust`.

        Without a `path` no demo runs: the process answers checks, and nothing else.
        `limits` hold for every prediction, claim and computed question; a run is not limited.
        """
        opening: Message = {"type": "checks"}
        if path is not None:
            opening = {"type": "open", "path": str(path.resolve()), "digest": digest}
            opening |= {"parameters": dict(parameters), "seed": seed, "device": device, "playing": playing}
        self._opening = wire.encode(opening | {"memory": limits.memory if limits else None})
        self._on_message = on_message
        self._limits = limits
        self._watch = Watch(limits, self._late) if limits else None
        self._child: Child | None = None
        self._threads: list[threading.Thread] = []
        self._closed = False
        self._ended = False

    def start(self, spare: Child | None = None) -> None:
        """Open the demo in the `spare` process, or start one; then its hello takes the two seconds that torch takes.

        Raises `StudytoolError` when the system has no room for a process or its folder.
        """
        self._child = spare or spawn()
        self._child.write(self._opening)
        process = self._child.process
        threading.Thread(target=self._child.outlive, daemon=True).start()
        for read, pipe in ((self._read_output, process.stderr), (self._read_messages, process.stdout)):
            thread = threading.Thread(target=read, args=(pipe,), daemon=True)
            thread.start()
            self._threads.append(thread)

    @property
    def alive(self) -> bool:
        """Whether the process is there."""
        return self._child is not None and self._child.alive

    def credit(self) -> None:
        """Allow one more frame."""
        self.send({"type": "credit"})

    def send(self, request: Mapping[str, object]) -> None:
        """Send a request such as {"type": "set", "name": …, "value": …}; nothing happens when the process has ended."""
        if self._child is None:
            return
        if self._watch:
            self._watch.asked(str(request["type"]))
        self._child.write(wire.encode(request))

    def close(self) -> None:
        """End the process, at the latest by killing it after about a second, and clear away all that belongs to it."""
        self._closed = True
        if self._watch:
            self._watch.close()
        if self._child is None:
            return
        self._child.write(wire.encode({"type": "quit"}))
        self._child.end()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(1)
        if not any(thread.is_alive() for thread in self._threads):
            self._child.clear()

    def _late(self) -> None:
        """A question was not answered in its time: say so, and end the process."""
        assert self._child is not None
        assert self._limits is not None
        self._ended = True
        self._tell({"type": "error", "message": self._limits.late, "traceback": "", "fatal": True})
        self._child.signal(signal.SIGKILL)

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
            if self._watch:
                self._watch.heard(str(message["type"]))
            self._tell(message)
        if self._watch:
            self._watch.close()
        assert self._child is not None
        self._threads[0].join(0.2)  # what it printed comes before its bye
        code = self._child.process.wait()
        if code < 0 and not self._closed and not self._ended:
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
