"""The host of a demo in its own process: takes the parent's requests, has the run go on, sends frames for credits."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING, BinaryIO

from studytool.demo import wire
from studytool.demo.budget import Budget
from studytool.demo.parameters import checked, described
from studytool.demo.past import Past
from studytool.demo.player import SLICE, Player
from studytool.demo.raised import described_error
from studytool.errors import StudytoolError

if TYPE_CHECKING:
    from studytool.demo.api import Demo
    from studytool.demo.proving import Prover
    from studytool.demo.requests import Requests
    from studytool.demo.sweeping import Sweeping

# So long a run that is played waits for its first picture to be asked for: its second step may take long, or for ever.
_FIRST = 0.2

# What the learner wants to see the outcome of at once.
_SHOWN = frozenset(("play", "pause", "step", "run", "restart", "back", "set"))


class Host:
    """Runs one demo for a parent: takes its requests, trains in slices, sends a frame for a credit."""

    def __init__(self, demo: Demo, options: dict[str, object], requests: Requests, out: BinaryIO) -> None:
        from studytool.demo import device
        from studytool.demo.limits import hold_memory

        self.demo, self.requests, self.out = demo, requests, out
        past = Past(checked(demo.parameters, dict(options["parameters"])))  # type: ignore[call-overload]
        on, self.why = device.choose(str(options["device"]))
        self.has_moved = False
        self.memory = options["memory"] if isinstance(options["memory"], int) else None
        if self.memory is not None:
            hold_memory(self.memory)  # now that the device has taken what it needs
        self.credits = 0
        self.begun = 0  # the run whose first picture was waited for
        self.waited = False  # whether that was just now
        self.budget = Budget()
        self.player = Player(demo, past, options["seed"], on, requests, self.budget)
        self.player.playing = bool(options["playing"])
        self.ended = False
        self.sweeping: Sweeping | None = None

    def hello(self) -> None:
        """Introduce the demo: what it is, its controls with their present values, where it runs and why."""
        values = self.player.past.values()
        parameters = [described(n, p, values[n]) for n, p in self.demo.parameters.items()]
        self.send(
            type="hello",
            title=self.demo.title,
            topics=list(self.demo.topics),
            parameters=parameters,
            device=str(self.player.device),
            why=self.why,
            seed=self.player.seed,
            steps=self.demo.steps,
            speed=self.player.pace,
            playing=self.player.playing,
        )

    def send(self, **message: object) -> None:
        """Write one message."""
        self.out.write(wire.encode(message))
        self.out.flush()

    def serve(self) -> None:
        """Take requests and train until told to quit."""
        player = self.player
        player.restart()
        while not self.ended:
            while (request := self.requests.take()) is not None:
                try:
                    self.handle(request)
                except (StudytoolError, KeyError, ValueError) as error:
                    self.send(type="error", **described_error(error) | {"fatal": False})
            if self.ended:
                return
            if not (self.waited and self.shows()):  # else that picture first: the next step may be long
                self.guarded(self.advance, "In step", 1)
            self.waited = False
            if self.sweeping is not None:
                self.guarded(self.sweep_on)
            if self.shows():
                self.guarded(self.frame, "In the picture of step")
            elif self.sweeping is not None:
                continue
            elif not player.busy():
                self.rest(None)
            elif self.begins():
                self.waited = True
                self.rest(_FIRST)
            elif player.pace and not player.until:
                self.rest(player.wait)

    def advance(self) -> None:
        """Have the run go on for a slice."""
        self.player.advance(awaited=self.credits > 0)

    def shows(self) -> bool:
        """Whether a picture is to be made now: there is a new one, it is asked for, and afforded or holding nobody."""
        if not (self.credits and self.player.changed) or self.player.until:
            return False
        return self.budget.affords or not self.player.busy()

    def begins(self) -> bool:
        """Whether a run that is played has taken its first step, and nobody has asked for the picture; true once."""
        player, before = self.player, self.begun
        self.begun = player.run
        return before != player.run and player.playing and not player.until and not self.credits

    def rest(self, seconds: float | None) -> None:
        """Wait for a request, or for so long; then pictures cost the run nothing."""
        began = time.perf_counter()
        self.requests.wait(seconds)
        self.budget.rested(time.perf_counter() - began)

    def guarded(self, action: Callable[[], None], when: str = "", ahead: int = 0) -> None:
        """Do `action`; whatever the demo raises becomes a message, and the process lives on.

        `when` is told with the number of the last step, or of one `ahead` of it.
        """
        try:
            action()
        except (Exception, SystemExit) as error:
            if not self.moved(error):
                steps = self.player.training.steps if self.player.training else 0
                self.player.end()
                self.send(type="error", **described_error(error, f"{when} {steps + ahead:,}" if when else ""))

    def moved(self, error: BaseException) -> bool:
        """Begin again on the CPU if it was the accelerator that failed; only once, for the CPU itself is none."""
        from studytool.demo import device

        reason = device.failure(type(error).__name__, str(error))
        if not reason or self.has_moved:
            return False
        self.has_moved = True
        player = self.player
        player.device, self.why = device.instead(reason)
        self.send(type="device", device=str(player.device), why=self.why)
        player.begin(Past(player.past.values()), 1, player.until)
        player.branch = 0  # it leaves no run before
        return True

    def frame(self) -> None:
        """Send the picture of the last step, for one credit."""
        player = self.player
        training = player.training
        assert training is not None
        began, busy = time.perf_counter(), time.thread_time()
        self.credits -= 1
        player.changed = False
        with training.aside():
            panels = [wire.panel(panel, training.series) for panel in training.panels]
        self.send(
            type="frame",
            run=player.run,
            branch=player.branch,
            step=training.steps,
            done=training.done,
            limit=not training.done and training.steps >= self.demo.steps,
            steps_per_second=player.speed,
            panels=panels,
            series={name: series.last() for name, series in training.series.items()},
            parameters=training.values,
            changes=len(player.past.changes),
            line=training.line,
            diagnosis=training.diagnosis(),
        )
        taken = time.thread_time() - busy
        if player.pace:  # until the next step is due it holds nobody
            taken = min(taken, max(time.perf_counter() - max(player.next_step, began), 0.0))
        self.budget.spent(taken)

    def handle(self, request: dict[str, object]) -> None:
        """Do what one request says; a wrong one is answered with an error and changes nothing."""
        kind, player = request["type"], self.player
        if kind in _SHOWN:
            self.budget.free()
        if kind == "credit":
            self.credits += 1
        elif kind == "history":
            self.send(
                type="history",
                parameters=player.past.start,
                changes=[[change.step, change.name, change.value] for change in player.past.changes],
                seed=player.seed,
                device=str(player.device),
            )
        elif kind == "ping":
            self.send(type="pong")
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
        else:
            player.steer(kind, request)

    def sweep(self, asked: object, number: object) -> None:
        """Begin a sweep with the present parameters in place of the one before, or end that; it is told by `number`."""
        from studytool.demo.sweep import Sweep

        self.sweeping = None
        if isinstance(asked, dict):
            from studytool.demo.sweeping import Sweeping

            player, sweep, tell = self.player, Sweep.of(asked), partial(self.send, number=number)
            self.sweeping = Sweeping(self.demo, player.past.values(), player.seed, player.device, sweep, tell)

    def sweep_on(self) -> None:
        """Go on with the sweep for one slice. An error ends it; where it is the device that failed, it begins again."""
        sweeping, self.sweeping = self.sweeping, None
        assert sweeping is not None
        try:
            sweeping.advance(SLICE)
        except Exception as error:
            if sweeping.device == self.player.device and not self.moved(error):
                raise
            sweeping = sweeping.on(self.player.device)
        self.sweeping = None if sweeping.done else sweeping

    @cached_property
    def prover(self) -> Prover:
        """What answers questions about many runs; its own runs are not seen here."""
        from studytool.demo.proving import Prover

        return Prover(self.demo, self.player.device, self.send, self.memory)
