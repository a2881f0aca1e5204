"""Going back in a running demo: the same run again from the seed, with the same changes at the same steps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studytool.demo.past import Change, Past

Open = Callable[..., Any]
DEMOS = Path(__file__).resolve().parents[2] / "demos"


def walk(one: Any, steps: int) -> list[dict[str, Any]]:
    """The frames of so many single steps."""
    frames = []
    for _ in range(steps):
        one.process.send({"type": "step"})
        frames.append(one.frame())
    return frames


def set_live(one: Any, name: str, value: object) -> dict[str, Any]:
    one.process.send({"type": "set", "name": name, "value": value})
    frame: dict[str, Any] = one.frame()
    return frame


@pytest.mark.parametrize(
    ("name", "parameter", "values"),
    [
        ("network", "learning_rate", (0.5, 2)),
        ("dropout", "p", (0.3, 0.1)),
        ("sgd-vs-adam", "angle", (30, 10)),
        ("gradient-descent", "momentum", (0.5, 0.9)),
    ],
)
def test_a_run_is_repeated_bit_for_bit_with_the_changes_made_while_it_ran(
    talk: Open, name: str, parameter: str, values: tuple[float, float]
) -> None:
    one = talk(DEMOS / f"{name}.py")
    frames = [one.frame(), *walk(one, 3)]
    frames.append(set_live(one, parameter, values[0]))
    frames += walk(one, 4)
    looked_at = frames[-1]
    frames.append(set_live(one, parameter, values[1]))
    frames += walk(one, 4)
    assert (looked_at["step"], looked_at["changes"], frames[-1]["changes"]) == (8, 1, 2)

    one.process.send({"type": "back", "step": 8, "changes": 1})
    again = one.frame()
    assert (again["run"], again["branch"], again["step"], again["changes"]) == (2, 8, 8, 1)
    assert again["panels"] == looked_at["panels"], "every number of every picture"
    assert again["series"] == looked_at["series"]
    assert again["parameters"][parameter] == pytest.approx(values[0])

    repeated = [set_live(one, parameter, values[1]), *walk(one, 4)]
    assert [frame["series"] for frame in repeated] == [frame["series"] for frame in frames[-5:]]
    assert repeated[-1]["panels"] == frames[-1]["panels"]


def test_another_value_after_going_back_makes_a_branch_that_goes_elsewhere(talk: Open, count: str) -> None:
    one = talk(count)
    one.frame()
    walk(one, 9)
    one.process.send({"type": "back", "step": 5, "changes": 0})
    one.process.send({"type": "set", "name": "rate", "value": 2})
    one.process.send({"type": "step"})
    while (frame := one.frame())["step"] < 6:
        pass
    assert frame["series"] == {"n": 12.0}
    one.process.send({"type": "history"})
    history = one.next("history")
    assert history["changes"] == [[5, "rate", 2.0]], "the change waited until the replay was there"
    assert history["parameters"] == {"size": 3, "rate": 1.0}


def test_pictures_that_draw_of_chance_do_not_change_the_run(talk: Open) -> None:
    one = talk(
        """
        import torch
        @demo.train
        def noisy(run):
            while True:
                yield line("n", n=run.randn() + torch.rand(())), text(lambda: str(run.randn() + torch.rand(())))
        """
    )
    one.frame()
    values = [frame["series"] for frame in walk(one, 6)]
    one.process.send({"type": "restart"})
    one.process.send({"type": "run", "steps": 7})  # without a picture in between
    assert one.frame()["series"] == values[-1]


def test_a_replay_is_left_for_a_restart_and_survives_an_error(talk: Open) -> None:
    one = talk(
        """
        @demo.train
        def breaks(run):
            for n in range(40):
                time.sleep(0.01)
                yield line("n", n=n)
            raise ValueError("the end")
        """
    )
    one.frame()
    one.process.send({"type": "play"})
    assert "the end" in one.next_error()["message"]
    one.process.send({"type": "pause"})
    one.process.send({"type": "back", "step": 39, "changes": 0})
    assert one.frame()["step"] == 39
    one.process.send({"type": "back", "step": 39, "changes": 0})
    one.process.send({"type": "restart"})
    assert one.frame()["step"] == 1


def test_the_line_at_which_the_loop_stands_comes_with_each_frame(talk: Open) -> None:
    one = talk(DEMOS / "backprop.py")
    source = (DEMOS / "backprop.py").read_text("utf-8").split("\n")
    lines = [frame["line"] for frame in [one.frame(), *walk(one, 4)]]
    assert len(set(lines)) == 5
    assert all("yield" in source[line - 1] for line in lines)


def test_a_past_keeps_the_last_of_several_changes_between_two_steps() -> None:
    past = Past({"rate": 1.0, "size": 3})
    for step, value in ((0, 2.0), (4, 3.0), (4, 5.0)):
        past.note(Change(step, "rate", value))
    assert past.changes == [Change(0, "rate", 2.0), Change(4, "rate", 5.0)]
    assert past.values() == {"rate": 5.0, "size": 3}
    assert past.first(1).values() == {"rate": 2.0, "size": 3}
    replay = past.replay()
    assert [[change.value for change in replay.due(step)] for step in range(6)] == [[2.0], [], [], [], [5.0], []]
