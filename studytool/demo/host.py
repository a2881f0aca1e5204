"""The host of a demo in its own process: takes the parent's requests, trains in slices, sends frames for credits."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, BinaryIO

from studytool.demo import wire
from studytool.demo.budget import Budget
from studytool.demo.parameters import Float, checked, described, whole
from studytool.demo.past import Change, Past
from studytool.demo.raised import described_error
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from studytool.demo.api import Demo
    from studytool.demo.proving import Prover
    from studytool.demo.requests import Requests
    from studytool.demo.sweeping import Sweeping
    from studytool.demo.training import Training

# Long enough that looking for requests costs nothing, short enough that a key is answered at once.
_SLICE = 0.030  # seconds

# So long a burst of steps goes on before the clock is looked at: reading it at every step is dear for tiny ones.
_BURST = 0.001  # seconds

# Steps of a burst at most: a request ends it in any case.
_MOST_AT_ONCE = 1024

# What the learner wants to see the outcome of at once.
_SHOWN = frozenset(("play", "pause", "step", "run", "restart", "back", "set"))

# As many steps as can be asked for at once.
_MANY = 10**12


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
        self.budget = Budget()
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
            if self.shows():
                self.guarded(self.frame)
            elif self.sweeping is not None:
                continue
            elif not self.busy():
                self.rest(None)
            elif self.pace and not self.until:
                self.rest(max(self.next_step - time.perf_counter(), 0))

    def shows(self) -> bool:
        """Whether a picture is to be made now: there is a new one, it is asked for, and afforded or holding nobody."""
        if not (self.credits and self.changed) or self.until:
            return False
        return self.budget.affords or not self.busy()

    def rest(self, seconds: float | None) -> None:
        """Wait for a request, or for so long; then pictures cost the run nothing."""
        began = time.perf_counter()
        self.requests.wait(seconds)
        self.budget.rested(time.perf_counter() - began)

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
        self.burst = 1  # steps between two looks at the clock
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
        clock, last = time.perf_counter, max(self.demo.steps, self.until)
        began = now = clock()
        busy, end = time.thread_time(), began + _SLICE
        if self.credits and not self.until:  # a picture is waited for: no longer than until it is afforded
            end = began + min(max(self.budget.unpaid, _BURST), _SLICE)
        while now < end and not self.requests.waiting and not training.done and training.steps < last:
            count = self.due(now, training.steps)
            if not count:
                break
            self.change_again(training)
            self.changed = True
            taken = self.some(training, min(count, last - training.steps))
            before, now = now, clock()
            if now - before < _BURST:
                self.burst = min(2 * self.burst, _MOST_AT_ONCE)
            elif now - before > 2 * _BURST:
                self.burst = max(self.burst // 2, 1)
            self.count -= min(taken, self.count)
            if training.steps == 1:  # the first step loads data and warms torch up: it says nothing about the speed
                began, self.trained = now, 0.0
            if self.until and (training.done or training.steps >= self.until):
                self.arrive(training)
                break
        self.trained += now - began
        self.budget.trained(time.thread_time() - busy)

    def due(self, now: float, steps: int) -> int:
        """How many steps may be taken now without another look at the clock; 0 where it is not time for one."""
        if self.until:
            return min(self.burst, self.until - steps, self.replay.until_next(steps))
        if self.count:
            return min(self.burst, self.count)
        if not self.playing or (self.pace and now < self.next_step):
            return 0
        if self.pace:
            self.next_step = max(self.next_step, now - 1 / self.pace) + 1 / self.pace
            return 1
        return min(self.burst, self.replay.until_next(steps))

    def some(self, training: Training, count: int) -> int:
        """Take so many steps, or fewer where the demo ends or a request comes; how many it took."""
        waiting, step = self.requests.waiting, training.step
        for taken in range(1, count + 1):
            if not step() or waiting:
                return taken
        return count

    def arrive(self, training: Training) -> None:
        """The step that a repeated run goes to is reached: what was meant for it is done now."""
        self.until = 0
        self.change_again(training)
        self.requests.put_back(self.held)
        self.held = []

    def change_again(self, training: Training) -> None:
        """In a run that is repeated: change what was changed at this step."""
        for change in self.replay.due(training.steps):
            training.set(change.name, change.value)

    def frame(self) -> None:
        """Send the picture of the last step, for one credit."""
        training = self.training
        assert training is not None
        began, busy = time.perf_counter(), time.thread_time()
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
        taken = time.thread_time() - busy
        if self.pace:  # until the next step is due it holds nobody
            taken = min(taken, max(time.perf_counter() - max(self.next_step, began), 0.0))
        self.budget.spent(taken)

    def handle(self, request: dict[str, object]) -> None:
        """Do what one request says; a wrong one is answered with an error and changes nothing."""
        kind = request["type"]
        if kind in _SHOWN:
            self.budget.free()
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


def _seed(given: object) -> int:
    """A seed as torch takes it."""
    return whole("seed", given, -(2**63), 2**63 - 1)
