"""A demo's own process: `python -m studytool.demo.child FOLDER` reads requests on stdin and answers on stdout.

Requests: first open {path, digest, parameters, seed, device, playing, memory: bytes or null}, or checks {memory} for
a process that runs no demo and answers only check {code, answer} and quit; then
play, pause, step {count}, restart {seed}, set {name, value}, speed {value: steps a second or null},
run {steps: advance to that many and only then send a frame}, back {step, changes: how many of them had been made},
history, ping, credit, claims {seeds}, predict {number: which, from 0},
questions {seed, name: of the one that is asked, or none for all},
sweep {number, sweep: a `Sweep` as plain values, or null to end it}, quit.
Answers: hello, device, frame, history, pong, error, claim, outcome, question, sweeping, pixels, swept, ready, checked,
bye; see `DemoProcess`.
The end of stdin ends the process.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from functools import cached_property, partial
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

from studytool.demo import warmup, wire
from studytool.demo.parameters import Float, checked, described, whole
from studytool.demo.past import Change, Past
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from studytool.demo.api import Demo
    from studytool.demo.proving import Prover
    from studytool.demo.sweeping import Sweeping
    from studytool.demo.training import Training

# Long enough that looking for requests costs nothing, short enough that a key is answered at once.
_SLICE = 0.030  # seconds

# As many steps as can be asked for at once.
_MANY = 10**12


class Requests:
    """What the parent asked for, in order; read by a thread, so that the pipe's end is noticed at any time."""

    def __init__(self, pipe: BinaryIO, folder: str) -> None:
        self._pipe = pipe
        self._folder = folder
        self.waiting: deque[dict[str, object]] = deque()
        self._news = threading.Event()
        threading.Thread(target=self._read, daemon=True).start()

    def take(self) -> dict[str, object] | None:
        """The oldest request, if there is one."""
        return self.waiting.popleft() if self.waiting else None

    def put_back(self, requests: list[dict[str, object]]) -> None:
        """Requests to be taken again, before all others."""
        self.waiting.extendleft(reversed(requests))

    def wait(self, seconds: float | None) -> None:
        """Sleep until there is a request, or for so long."""
        if not self.waiting:
            self._news.wait(seconds)
        self._news.clear()

    def _read(self) -> None:
        for line in self._pipe:
            with contextlib.suppress(ValueError):  # what is no message changes nothing
                self.waiting.append(wire.decode(line))
                self._news.set()
        _vanish(self._folder)  # the parent is gone; the demo may be in a loop that never ends


class Host:
    """Runs one demo for a parent: takes its requests, trains in slices, sends a frame for a credit."""

    def __init__(self, demo: Demo, options: dict[str, object], requests: Requests, out: BinaryIO) -> None:
        from studytool.demo import device
        from studytool.demo.limits import hold_memory

        self.demo, self.requests, self.out = demo, requests, out
        self.past = Past(checked(demo.parameters, dict(options["parameters"])))  # type: ignore[call-overload]
        self.seed = _seed(options["seed"])
        self.device, self.why = device.choose(str(options["device"]))
        self.has_moved = False
        self.memory = options["memory"] if isinstance(options["memory"], int) else None
        if self.memory is not None:
            hold_memory(self.memory)  # now that the device has taken what it needs
        self.pace = demo.pace
        self.playing = bool(options["playing"])
        self.credits = 0
        self.run = 0  # counts the runs of this process, from 1
        self.ended = False
        self.sweeping: Sweeping | None = None

    def hello(self) -> None:
        """Introduce the demo: what it is, its controls with their present values, where it runs and why."""
        values = self.past.values()
        parameters = [described(n, p, values[n]) for n, p in self.demo.parameters.items()]
        self.send(
            type="hello",
            title=self.demo.title,
            topics=list(self.demo.topics),
            parameters=parameters,
            device=str(self.device),
            why=self.why,
            seed=self.seed,
            steps=self.demo.steps,
            speed=self.pace,
            playing=self.playing,
        )

    def send(self, **message: object) -> None:
        """Write one message."""
        self.out.write(wire.encode(message))
        self.out.flush()

    def serve(self) -> None:
        """Take requests and train until told to quit."""
        self.restart()
        while not self.ended:
            while (request := self.requests.take()) is not None:
                try:
                    self.handle(request)
                except (StudytoolError, KeyError, ValueError) as error:
                    self.send(type="error", **described_error(error) | {"fatal": False})
            if self.ended:
                return
            self.guarded(self.advance)
            if self.sweeping is not None:
                self.guarded(self.sweep_on)
            if self.credits and self.changed and not self.until:
                self.guarded(self.frame)
            elif self.sweeping is not None:
                continue
            elif not self.busy():
                self.requests.wait(None)
            elif self.pace and not self.until:
                self.requests.wait(max(self.next_step - time.perf_counter(), 0))

    def guarded(self, action: Callable[[], None]) -> None:
        """Do `action`; whatever the demo raises becomes a message, and the process lives on."""
        try:
            action()
        except Exception as error:
            if not self.moved(error):
                self.broken = True
                self.until = self.count = self.branch = 0
                self.send(type="error", **described_error(error))

    def moved(self, error: Exception) -> bool:
        """Begin again on the CPU if it was the accelerator that failed; only once, for the CPU itself is none."""
        from studytool.demo import device

        reason = device.failure(type(error).__name__, str(error))
        if not reason or self.has_moved:
            return False
        self.has_moved = True
        self.device, self.why = device.instead(reason)
        self.send(type="device", device=str(self.device), why=self.why)
        self.begin(Past(self.past.values()), 1, self.until)
        self.branch = 0  # it leaves no run before
        return True

    def restart(self) -> None:
        """Begin again with the present parameters and seed, and take the first step: there is always a picture."""
        self.begin(Past(self.past.values()), 1, 0)

    def begin(self, past: Past, count: int, until: int) -> None:
        """Begin a run with this past: take `count` steps, or go to the step `until` as an earlier run went."""
        self.past, self.count, self.until, self.branch = past, count, until, until
        self.replay = past.replay()
        self.held: list[dict[str, object]] = []
        self.run += 1
        self.broken = False
        self.changed = False
        self.next_step = 0.0
        self.trained = 0.0  # seconds spent in steps
        self.training: Training | None = None

    def busy(self) -> bool:
        """Whether there are steps to take now."""
        return not self.over() and (self.playing or self.count > 0 or self.until > 0)

    def over(self) -> bool:
        """Whether this run has come to its end: done, at its limit of steps, or broken."""
        training = self.training
        if self.broken:
            return True
        return training is not None and (training.done or training.steps >= max(self.demo.steps, self.until))

    def advance(self) -> None:
        """Train for one slice, or until a request comes in, or until the next step is due."""
        from studytool.demo.training import Training

        if self.training is None and not self.broken:
            self.training = Training(self.demo, self.past.start, self.seed, self.device)
        training = self.training
        if training is None or not self.busy():
            return
        clock, waiting, last = time.perf_counter, self.requests.waiting, max(self.demo.steps, self.until)
        began = now = clock()
        while now < began + _SLICE and not waiting and not training.done and training.steps < last:
            if self.count:
                self.count -= 1
            elif not self.until:
                if not self.playing or (self.pace and now < self.next_step):
                    break
                if self.pace:
                    self.next_step = max(self.next_step, now - 1 / self.pace) + 1 / self.pace
            self.change_again(training)
            self.changed = True
            training.step()
            now = clock()
            if training.steps == 1:  # the first step loads data and warms torch up: it says nothing about the speed
                began, self.trained = now, 0.0
            if self.until and (training.done or training.steps >= self.until):
                self.until = 0
                self.change_again(training)
                self.requests.put_back(self.held)
                self.held = []
                break
        self.trained += clock() - began

    def change_again(self, training: Training) -> None:
        """In a run that is repeated: change what was changed at this step."""
        for change in self.replay.due(training.steps):
            training.set(change.name, change.value)

    def frame(self) -> None:
        """Send the picture of the last step, for one credit."""
        training = self.training
        assert training is not None
        self.credits -= 1
        self.changed = False
        with training.aside():
            panels = [wire.panel(panel, training.series) for panel in training.panels]
        self.send(
            type="frame",
            run=self.run,
            branch=self.branch,
            step=training.steps,
            done=training.done,
            limit=not training.done and training.steps >= self.demo.steps,
            steps_per_second=max(training.steps - 1, 0) / self.trained if self.trained else 0.0,
            panels=panels,
            series={name: series.last() for name, series in training.series.items()},
            parameters=training.values,
            changes=len(self.past.changes),
            line=training.line,
            diagnosis=training.diagnosis(),
        )

    def handle(self, request: dict[str, object]) -> None:
        """Do what one request says; a wrong one is answered with an error and changes nothing."""
        kind = request["type"]
        if self.until and self.branch and kind in ("set", "step"):  # meant for the step that a replay goes to
            self.held.append(request)
        elif kind == "credit":
            self.credits += 1
        elif kind in ("play", "pause"):
            self.playing = kind == "play"
            self.next_step = 0.0
        elif kind == "step":
            self.playing = False
            self.count += whole("count", request.get("count", 1), 1, _MANY)
        elif kind == "run":
            self.until = whole("steps", request["steps"], 1, _MANY)
        elif kind == "speed":
            wanted = request.get("value")
            self.pace = Float(1.0, 1e-3, 1e9).parse("speed", wanted) if wanted else None
            self.next_step = 0.0
        elif kind == "restart":
            if request.get("seed") is not None:
                self.seed = _seed(request["seed"])
            self.restart()
        elif kind == "back":
            count = whole("changes", request.get("changes", 0), 0, _MANY)
            self.begin(self.past.first(count), 0, whole("step", request["step"], 1, _MANY))
        elif kind == "history":
            self.send(
                type="history",
                parameters=self.past.start,
                changes=[[change.step, change.name, change.value] for change in self.past.changes],
                seed=self.seed,
                device=str(self.device),
            )
        elif kind == "ping":
            self.send(type="pong")
        elif kind == "set":
            self.set(str(request["name"]), request["value"])
        elif kind == "claims":
            self.prover.prove(request.get("seeds"))
        elif kind == "predict":
            self.prover.predict(request["number"])
        elif kind == "questions":
            self.prover.ask(request.get("seed", 0), request.get("name"))
        elif kind == "sweep":
            self.sweep(request["sweep"], request.get("number", 0))
        elif kind == "quit":
            self.ended = True

    def set(self, name: str, value: object) -> None:
        """Give a parameter a new value: live where it is a `Float`, else from the start."""
        values = checked(self.demo.parameters, {**self.past.values(), name: value})
        if self.demo.parameters[name].live and self.training is not None:
            self.past.note(Change(self.training.steps, name, float(values[name])))
            self.training.set(name, float(values[name]))
            self.changed = self.changed or bool(self.training.panels)
        else:
            self.begin(Past(values), 1, 0)

    def sweep(self, asked: object, number: object) -> None:
        """Begin a sweep with the present parameters in place of the one before, or end that; it is told by `number`."""
        from studytool.demo.sweep import Sweep

        self.sweeping = None
        if isinstance(asked, dict):
            from studytool.demo.sweeping import Sweeping

            sweep, tell = Sweep.of(asked), partial(self.send, number=number)
            self.sweeping = Sweeping(self.demo, self.past.values(), self.seed, self.device, sweep, tell)

    def sweep_on(self) -> None:
        """Go on with the sweep for one slice; an error ends it."""
        sweeping, self.sweeping = self.sweeping, None
        assert sweeping is not None
        sweeping.advance(_SLICE)
        self.sweeping = None if sweeping.done else sweeping

    @cached_property
    def prover(self) -> Prover:
        """What answers questions about many runs; its own runs are not seen here."""
        from studytool.demo.proving import Prover

        return Prover(self.demo, self.device, self.send, self.memory)


def described_error(error: BaseException) -> dict[str, object]:
    """An exception as a message for the learner and, unless it is one of our own sentences, its traceback."""
    if isinstance(error, StudytoolError):
        return {"message": str(error), "traceback": "", "fatal": True}
    frames = traceback.extract_tb(error.__traceback__)
    inner = [frame for frame in frames if Path(frame.filename).parent != Path(__file__).parent] or list(frames)
    where = inner[-1]
    message = f"{where.filename}:{where.lineno}: {type(error).__name__}: {error}".strip().rstrip(":")
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(inner)]
    lines += traceback.format_exception_only(error)
    return {"message": message, "traceback": "".join(lines), "fatal": True}


def main(arguments: list[str]) -> int:
    """Import torch, load the demo that is asked for, introduce it, and serve until stdin ends or the parent says quit.

    The arguments are the temporary folder that belongs to this process, and `spare` where no demo is asked for yet.
    """
    _volunteer()
    # The pipes are ours alone: whatever the demo prints goes to stderr, and it reads from nothing.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)
    requests = Requests(os.fdopen(os.dup(0), "rb"), arguments[0])
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    code = 0
    try:
        warmup.prepare(spare=arguments[1:] == ["spare"])
        while (opening := requests.take()) is None:
            requests.wait(None)
        if opening["type"] == "open":
            _open(opening, requests, out)
        elif opening["type"] == "checks":
            from studytool.demo.checking import serve

            serve(opening, requests, out)
    except (Exception, SystemExit) as error:
        out.write(wire.encode({"type": "error", **described_error(error)}))
        code = 1
    out.write(wire.encode({"type": "bye", "code": code}))
    out.flush()
    return code


def _open(opening: dict[str, object], requests: Requests, out: BinaryIO) -> None:
    from studytool.demo.load import load

    demo = load(Path(str(opening["path"])), str(opening["digest"]))
    host = Host(demo, opening, requests, out)
    host.hello()
    host.serve()


def _vanish(folder: str) -> NoReturn:
    """End this process and all that the demo has started, and take the temporary folder along."""
    shutil.rmtree(folder, ignore_errors=True)
    if os.getpgrp() == os.getpid():  # the parent made this a group of its own
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _volunteer() -> None:
    """Where memory runs out, Linux shall end this process and not the app."""
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _seed(given: object) -> int:
    """A seed as torch takes it."""
    return whole("seed", given, -(2**63), 2**63 - 1)


if __name__ == "__main__":
    code = main(sys.argv[1:])
    sys.stdout.flush()
    os._exit(code)  # without waiting for threads and libraries that a demo left behind
