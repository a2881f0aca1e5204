"""A run as it is played: its steps in bursts and slices, at a pace, counted, or again as an earlier run went."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from studytool.demo.parameters import Float, checked, whole
from studytool.demo.past import Change, Past

if TYPE_CHECKING:
    import torch

    from studytool.demo.api import Demo
    from studytool.demo.budget import Budget
    from studytool.demo.requests import Requests
    from studytool.demo.training import Training

# Long enough that looking for requests costs nothing, short enough that a key is answered at once.
SLICE = 0.030  # seconds

# So long a burst of steps goes on before the clock is looked at: reading it at every step is dear for tiny ones.
_BURST = 0.002  # seconds

# Steps of a burst at most: a request ends it in any case.
_MOST_AT_ONCE = 1024

# As many steps as can be asked for at once.
_MANY = 10**12


class Player:
    """Plays the runs of one demo, one after the other, as it is steered; steps are taken by `advance` alone."""

    def __init__(
        self, demo: Demo, past: Past, seed: object, device: torch.device, requests: Requests, budget: Budget
    ) -> None:
        """`requests` that wait end a slice; the time spent in steps is told to the `budget`. Then comes `begin`."""
        self.demo, self.past, self.device, self.requests, self.budget = demo, past, device, requests, budget
        self.seed = _seed(seed)
        self.pace = demo.pace
        self.playing = False
        self.run = 0  # counts the runs of this process, from 1

    # -- how it is steered ----------------------------------------------------------------------

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

    def steer(self, kind: object, request: dict[str, object]) -> None:
        """Do what a request of this kind says about the run; a wrong one changes nothing, others are not for it."""
        if self.until and self.branch and kind in ("set", "step"):  # meant for the step that a replay goes to
            self.held.append(request)
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
            if isinstance(given := request.get("parameters"), dict):
                self.begin(Past(checked(self.demo.parameters, given)), 1, 0)
            else:
                self.restart()
        elif kind == "back":
            count = whole("changes", request.get("changes", 0), 0, _MANY)
            self.begin(self.past.first(count), 0, whole("step", request["step"], 1, _MANY))
        elif kind == "set":
            self.set(str(request["name"]), request["value"])

    def set(self, name: str, value: object) -> None:
        """Give a parameter a new value: live where it is a `Float`, else from the start."""
        values = checked(self.demo.parameters, {**self.past.values(), name: value})
        if self.demo.parameters[name].live and self.training is not None:
            self.past.note(Change(self.training.steps, name, float(values[name])))
            self.training.set(name, float(values[name]))
            self.changed = self.changed or bool(self.training.panels)
        else:
            self.begin(Past(values), 1, 0)

    def end(self) -> None:
        """It is broken: there is nothing more to take or to go to."""
        self.broken = True
        self.until = self.count = self.branch = 0

    # -- how it goes on -------------------------------------------------------------------------

    def busy(self) -> bool:
        """Whether there are steps to take now."""
        return not self.over() and (self.playing or self.count > 0 or self.until > 0)

    def over(self) -> bool:
        """Whether this run has come to its end: done, at its limit of steps, or broken."""
        training = self.training
        if self.broken:
            return True
        return training is not None and (training.done or training.steps >= max(self.demo.steps, self.until))

    def advance(self, *, awaited: bool) -> None:
        """Train for one slice, or until a request comes in, or until the next step is due.

        Where a picture is `awaited`, no longer than until it is afforded; after the first step it is at once.
        """
        from studytool.demo.training import Training

        if self.training is None and not self.broken:
            self.training = Training(self.demo, self.past.start, self.seed, self.device)
        training = self.training
        if training is not None and self.arrived(training):  # before the way to it was asked for
            self.arrive(training)
        if training is None or not self.busy():
            return
        clock, last = time.perf_counter, max(self.demo.steps, self.until)
        began = now = clock()
        first = training.steps
        busy, end = time.thread_time(), began + SLICE
        if awaited and not self.until:
            end = began + min(max(self.budget.unpaid, _BURST), SLICE)
        while now < end and not self.requests.waiting and not training.done and training.steps < last:
            count = self.due(now, training.steps)
            if not count:
                break
            self.change_again(training)
            self.changed = True
            taken = training.go(min(count, last - training.steps), self.requests.waiting)
            before, now = now, clock()
            if now - before < _BURST:
                self.burst = min(2 * self.burst, _MOST_AT_ONCE)
            elif now - before > 2 * _BURST:
                self.burst = max(self.burst // 2, 1)
            self.count -= min(taken, self.count)
            if training.steps == 1:  # the first step loads data and warms torch up: it says nothing about the speed
                began, self.trained = now, 0.0
                if not self.until:  # its picture first: the next step may be long
                    break
            if self.arrived(training):
                self.arrive(training)
                break
        self.trained += now - began
        self.budget.trained(time.thread_time() - busy, training.steps - first)

    def due(self, now: float, steps: int) -> int:
        """How many steps may be taken now without another look at the clock; 0 where it is not time for one."""
        if self.until:
            return min(self.burst, self.until - steps, self.replay.until_next(steps))
        if self.count:
            self.next_step = now + 1 / self.pace if self.pace else 0.0
            return min(self.burst, self.count)
        if not self.playing or (self.pace and now < self.next_step):
            return 0
        if self.pace:
            self.next_step = max(self.next_step, now - 1 / self.pace) + 1 / self.pace
            return 1
        return min(self.burst, self.replay.until_next(steps))

    def arrived(self, training: Training) -> bool:
        """Whether the run is to go to a step and is there, beyond it, or at its own end."""
        return self.until > 0 and (training.done or training.steps >= self.until)

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

    @property
    def wait(self) -> float:
        """Seconds until the next step is due at its pace."""
        return max(self.next_step - time.perf_counter(), 0.0)

    @property
    def speed(self) -> float:
        """Steps a second of this run; 0 as long as that is not known."""
        return max(self.training.steps - 1, 0) / self.trained if self.training and self.trained else 0.0


def _seed(given: object) -> int:
    """A seed as torch takes it."""
    return whole("seed", given, -(2**63), 2**63 - 1)
