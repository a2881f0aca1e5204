"""What the host costs a run, counted: pictures by the time they are granted, a step by the calls made for it."""

from __future__ import annotations

import io
import os
import random
import sys
import threading
import time
from collections import deque
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from studytool.demo import host as hosting
from studytool.demo import player as playing
from studytool.demo import requests as asked
from studytool.demo import wire
from studytool.demo.budget import LEAST, MOST, Budget
from studytool.demo.host import Host
from studytool.demo.load import load

TICKING = """
    import builtins

    @demo.train
    def count(run):
        clock = builtins.ticking
        while True:
            clock.now += 0.0001
            yield line("n", n=1.0), text(lambda: clock.draw())
"""


class Ticking:
    """A clock that goes on only where a step is taken or a picture is drawn."""

    def __init__(self, dear: float) -> None:
        self.now, self.dear, self.drawn, self.read = 0.0, dear, 0, 0

    def perf_counter(self) -> float:
        self.read += 1
        return self.now

    def draw(self) -> str:
        self.drawn += 1
        self.now += self.dear
        return "drawn"


class Silence:
    """A parent that asks for nothing, and for how long it was waited for."""

    def __init__(self, clock: Ticking) -> None:
        self.waiting: deque[dict[str, object]] = deque()
        self._clock = clock

    def wait(self, seconds: float | None) -> None:
        self._clock.now += seconds or 0.0

    def put_back(self, requests: list[dict[str, object]]) -> None:
        assert not requests


def hosted(path: Path) -> Host:
    options: dict[str, object] = {"parameters": {}, "seed": 0, "device": "cpu", "playing": True, "memory": None}
    one = Host(load(path), options, Silence(Ticking(0)), io.BytesIO())  # type: ignore[arg-type]
    one.player.restart()
    return one


@pytest.fixture
def ticking(tmp_path: Path, preamble: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A host and its clock, where a step takes 0.1 ms and a picture so many seconds."""
    import builtins
    import textwrap

    def start(dear: float) -> tuple[Host, Ticking]:
        clock = Ticking(dear)
        monkeypatch.setattr(builtins, "ticking", clock, raising=False)
        clocks = SimpleNamespace(perf_counter=clock.perf_counter, thread_time=lambda: clock.now)
        monkeypatch.setattr(hosting, "time", clocks)
        monkeypatch.setattr(playing, "time", clocks)
        (tmp_path / "count.py").write_text(preamble + textwrap.dedent(TICKING), encoding="utf-8")
        one = hosted(tmp_path / "count.py")
        one.requests = one.player.requests = Silence(clock)  # type: ignore[assignment]
        return one, clock

    return start


def go(one: Host, clock: Ticking, seconds: float) -> None:
    """As `serve` does, with a credit for every picture at once."""
    end = clock.now + seconds
    while clock.now < end:
        one.advance()
        one.credits = 1
        if one.shows():
            one.frame()
        elif one.player.pace:
            one.rest(one.player.wait)


@pytest.mark.parametrize("dear", [0.001, 0.05])
def test_pictures_take_no_more_of_a_run_than_their_share_however_dear_they_are(ticking: Any, dear: float) -> None:
    one, clock = ticking(dear)
    go(one, clock, 8.0)
    steps, share = 0.0001 * one.player.training.steps, one.budget.share
    assert share == pytest.approx(LEAST)  # of steps of 0.1 ms
    assert clock.drawn * dear <= share * steps + 2 * dear  # the first was free, the last is still to be paid for
    assert clock.drawn * dear >= 0.5 * share * steps  # and what is granted is used


def test_the_clock_is_not_looked_at_for_every_step(ticking: Any) -> None:
    one, clock = ticking(0.001)
    go(one, clock, 1.0)
    assert clock.read < one.player.training.steps / 5


def test_a_demo_that_waits_between_its_steps_shows_every_one_of_them(ticking: Any) -> None:
    one, clock = ticking(0.05)
    one.player.pace = 10.0
    go(one, clock, 3.0)
    assert clock.drawn >= one.player.training.steps - 1 >= 28


def test_what_the_learner_does_is_shown_at_once(ticking: Any) -> None:
    one, clock = ticking(0.5)
    go(one, clock, 2.0)
    one.budget.spent(100.0)
    drawn = clock.drawn
    one.handle({"type": "set", "name": "rate", "value": "2"})
    one.credits = 1
    assert one.shows()
    one.frame()
    assert clock.drawn == drawn + 1


def test_a_budget_is_never_saved_up() -> None:
    rng, budget = random.Random(0), Budget()
    granted, costs = 0.0, [0.0]
    for _ in range(500):
        seconds = rng.expovariate(10)
        budget.trained(seconds, 10_000)
        granted += budget.share * seconds
        while budget.affords:
            costs.append(rng.choice((0.001, 0.01, 0.2)))
            budget.spent(costs[-1])
    assert sum(costs) <= granted + max(costs) * 2
    budget.rested(1e6)
    budget.spent(0.1)
    assert not budget.affords


def test_the_shorter_the_steps_the_less_is_left_for_pictures() -> None:
    shares = []
    for step in (10e-6, 200e-6, 1e-3, 1.0):
        budget = Budget()
        budget.trained(30 * step, 30)
        shares.append(budget.share)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (LEAST, MOST)
    assert LEAST < shares[1] < MOST


def test_a_step_costs_the_host_few_calls(tmp_path: Path, preamble: str, count: str) -> None:
    import textwrap

    from studytool.demo.api import Run
    from studytool.demo.parameters import checked

    path = tmp_path / "count.py"
    path.write_text(preamble + textwrap.dedent(count), encoding="utf-8")
    one = hosted(path)
    demo, steps = one.demo, 2000
    bare = demo.training(Run(demo.parameters, checked(demo.parameters, {}), 0, one.player.device))  # type: ignore[misc]
    for _ in range(50):
        next(bare)
    one.handle({"type": "run", "steps": 50})
    while one.player.until:
        one.advance()

    calls = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(seen)
    for _ in range(steps):
        next(bare)
    sys.setprofile(None)
    alone, calls = calls, 0
    one.handle({"type": "run", "steps": 50 + steps})
    sys.setprofile(seen)
    while one.player.until:
        one.advance()
    sys.setprofile(None)
    assert one.player.training is not None
    assert one.player.training.steps == 50 + steps
    assert (calls - alone) / steps < 4


class Late(Silence):
    """A parent that asks for a picture once it is waited for, and then wants to end."""

    def take(self) -> dict[str, object] | None:
        return self.waiting.popleft() if self.waiting else None

    def wait(self, seconds: float | None) -> None:
        self.waiting.append({"type": "credit" if seconds else "quit"})


def test_the_first_picture_comes_before_the_second_step_when_it_is_asked_for_in_between(
    tmp_path: Path, preamble: str
) -> None:
    text = "@demo.train\ndef two(run):\n    yield text('first')\n    raise RuntimeError('second')\n"
    (tmp_path / "two.py").write_text(preamble + text, encoding="utf-8")
    one = hosted(tmp_path / "two.py")
    one.requests = one.player.requests = Late(Ticking(0))  # type: ignore[assignment]
    one.serve()
    assert isinstance(one.out, io.BytesIO)
    said = [wire.decode(line)["type"] for line in one.out.getvalue().splitlines()]
    assert said == ["frame", "error"]


def test_a_request_that_was_taken_wakes_nobody_later(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    monkeypatch.setattr(asked, "_vanish", lambda folder: ended.set())  # it would end this process, too
    theirs, ours = os.pipe()
    requests = asked.Requests(os.fdopen(theirs, "rb"), "nowhere")
    with os.fdopen(ours, "wb", buffering=0) as pipe:
        pipe.write(wire.encode({"type": "ping"}))
        while not requests._news.is_set():
            time.sleep(0.001)
        assert requests.take() == {"type": "ping"}
        waiting = threading.Thread(target=requests.wait, args=(60,))
        waiting.start()
        waiting.join(0.1)
        assert waiting.is_alive()
        pipe.write(wire.encode({"type": "ping"}))
        waiting.join(60)
        assert not waiting.is_alive()
    assert ended.wait(60)
    requests._pipe.close()
