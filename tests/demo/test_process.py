"""A demo in its real child process: frames for credits, requests, parameters, pace."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.demo.waiting import wait

Open = Callable[..., Any]
PERCEPTRON = Path(__file__).resolve().parents[2] / "demos" / "perceptron.py"


def test_a_demo_introduces_itself_and_waits_paused_with_its_first_picture(talk: Open) -> None:
    one = talk(PERCEPTRON, flowers="versicolor/virginica")
    hello = one.next("hello")
    assert hello["title"].startswith("Perceptron")
    assert {p["name"]: p["value"] for p in hello["parameters"]}["flowers"] == "versicolor/virginica"
    assert (hello["device"], hello["why"]) == ("cpu", "the CPU was asked for")
    frame = one.frame()
    assert frame["step"] == 1
    assert [panel["kind"] for panel in frame["panels"]] == ["scatter", "line", "text"]


def test_no_frame_comes_without_a_credit_and_none_without_news(talk: Open, count: str) -> None:
    one = talk(count, playing=True)
    one.next("hello")
    assert one.quiet()
    first, second = one.frame(), one.frame()
    assert second["step"] > first["step"]
    assert one.quiet(), "two credits, two frames"
    one.process.send({"type": "pause"})
    last = one.frame()
    one.process.credit()
    assert one.quiet(), "nothing has changed since"
    one.process.send({"type": "step"})
    assert one.next("frame")["step"] == last["step"] + 1, "the credit was kept for the next news"


def test_step_restart_and_seed(talk: Open) -> None:
    one = talk(PERCEPTRON)
    first = one.frame()
    one.process.send({"type": "step", "count": 3})
    one.frame_of(4)
    one.process.send({"type": "restart"})
    again = one.frame()
    assert again["step"] == 1
    assert again["panels"] == first["panels"], "the same seed gives the same run"
    one.process.send({"type": "restart", "seed": 5})
    assert one.frame()["panels"][0]["mark"] != first["panels"][0]["mark"]


@pytest.mark.parametrize("after", ["yield line('n', n=2.0)", "return", "while True: pass"])
def test_a_step_that_is_reached_already_may_be_asked_for(talk: Open, after: str) -> None:
    one = talk(f"""
        @demo.train
        def first(run):
            print("first")
            yield line("n", n=1.0)
            {after}
    """)
    one.next("output")
    time.sleep(0.3)  # the first step is taken, and waits for a credit
    one.process.send({"type": "run", "steps": 1})
    assert one.frame()["step"] == 1


def test_a_float_changes_live_and_an_int_restarts(talk: Open, count: str) -> None:
    one = talk(count)
    one.process.send({"type": "run", "steps": 10})
    assert one.frame()["series"] == {"n": 10}
    one.process.send({"type": "set", "name": "rate", "value": "2.5"})
    one.process.send({"type": "step"})
    changed = one.frame()
    while changed["step"] == 10:  # the change alone is news, too
        changed = one.frame()
    assert (changed["step"], changed["series"]) == (11, {"n": 27.5})
    one.process.send({"type": "set", "name": "size", "value": 7})
    restarted = one.frame()
    assert (restarted["step"], restarted["panels"][1]["text"]) == (1, "7")
    assert restarted["series"] == {"n": 2.5}, "the other parameters stay as they are"


def test_a_wrong_value_is_an_error_that_changes_nothing(talk: Open, count: str) -> None:
    one = talk(count)
    one.frame()
    one.process.send({"type": "set", "name": "rate", "value": 11})
    error = one.arrived.get(timeout=60)
    assert (error["type"], error["fatal"]) == ("error", False)
    assert "from 0 to 10" in error["message"]
    one.process.send({"type": "step"})
    assert one.frame()["series"] == {"n": 2.0}


def test_a_pause_takes_effect_before_the_next_step_though_a_step_is_slow(talk: Open, tmp_path: Path) -> None:
    one = talk(
        f"""
        import gc
        from pathlib import Path
        from studytool.demo.requests import Requests
        (requests,) = [one for one in gc.get_objects() if type(one) is Requests]
        @demo.train
        def slow(run):
            yield text("one")
            Path({str(tmp_path / "in step two")!r}).touch()
            while not any(one["type"] == "pause" for one in list(requests.waiting)):
                time.sleep(0.01)
            while True:
                yield text("more")
        """,
        playing=True,
    )
    wait((tmp_path / "in step two").exists)
    one.process.send({"type": "pause"})
    assert one.frame()["step"] == 2
    one.process.credit()
    assert one.quiet()


def test_a_pace_limits_the_steps_and_can_be_lifted(talk: Open, count: str) -> None:
    one = talk(count, playing=True)
    one.process.send({"type": "speed", "value": 10})
    one.frame()
    began = time.monotonic()
    start = one.frame()["step"]
    time.sleep(0.5)
    paced = one.frame()["step"] - start
    assert 1 <= paced <= 10 * (time.monotonic() - began) + 2
    one.process.send({"type": "speed", "value": None})
    wait(lambda: one.frame()["step"] - start > 1000)  # ten a second would not get there


@pytest.mark.parametrize(
    ("request_sent", "told"),
    [
        ({"type": "set", "name": "rate", "value": "fast"}, "from 0 to 10"),
        ({"type": "set", "name": "rate", "value": None}, "from 0 to 10"),
        ({"type": "set", "name": "rate", "value": [1]}, "from 0 to 10"),
        ({"type": "set", "name": "raet", "value": 1}, "Did you mean `rate`?"),
        ({"type": "step", "count": -3}, "`count`"),
        ({"type": "run", "steps": -1}, "`steps`"),
        ({"type": "speed", "value": "nan"}, "`speed`"),
        ({"type": "speed", "value": -1}, "`speed`"),
        ({"type": "restart", "seed": 2**70}, "`seed`"),
    ],
    ids=lambda value: str(value) if isinstance(value, dict) else "",
)
def test_a_request_that_makes_no_sense_is_refused_and_the_run_goes_on(
    talk: Open, request_sent: dict[str, object], told: str, count: str
) -> None:
    one = talk(count)
    one.frame()
    one.process.send(request_sent)
    error = one.next_error()
    assert (error["fatal"], error["traceback"]) == (False, "")
    assert told in error["message"]
    one.process.send({"type": "step"})
    assert one.frame()["series"] == {"n": 2.0}


def test_a_restart_while_paused_shows_the_first_step_and_stays_paused(talk: Open, count: str) -> None:
    one = talk(count)
    one.process.send({"type": "run", "steps": 5})
    assert one.frame()["step"] == 5
    one.process.send({"type": "restart"})
    assert one.frame()["step"] == 1
    one.process.credit()
    assert one.quiet()


def test_after_the_end_only_a_restart_goes_on(talk: Open) -> None:
    one = talk("@demo.train\ndef short(run):\n    for n in range(3):\n        yield text(str(n))\n", playing=True)
    while not (frame := one.frame())["done"]:
        pass
    assert (frame["step"], frame["limit"]) == (3, False)
    one.process.send({"type": "step"})
    one.process.send({"type": "play"})
    one.process.credit()
    assert one.quiet()
    one.process.send({"type": "pause"})
    one.process.send({"type": "restart"})
    frame = one.next("frame")
    assert (frame["step"], frame["done"]) == (1, False)
