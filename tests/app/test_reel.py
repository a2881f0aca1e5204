"""The frames one can go back to, and the run that is pinned: without a screen."""

from __future__ import annotations

from typing import Any

from studytool.app.pulse import AT_FIRST, PATIENCE, Pulse
from studytool.app.reel import Pin, Reel


def frame(step: int, run: int = 1, branch: int = 0, changes: int = 0, **parameters: float | str) -> dict[str, Any]:
    return {"step": step, "run": run, "branch": branch, "changes": changes, "parameters": parameters}


def filled(steps: int) -> Reel:
    reel = Reel()
    for step in range(1, steps + 1):
        reel.add(frame(step))
    return reel


def test_one_looks_back_and_forward_and_never_beyond_the_ends() -> None:
    reel = filled(5)
    assert not reel.looking
    assert [(reel.look(-1) or {})["step"] for _ in range(6)] == [4, 3, 2, 1, 1, 1]
    assert reel.looking
    assert (reel.look(2) or {})["step"] == 3
    assert (reel.look(10) or {})["step"] == 5
    assert not reel.looking


def test_frames_that_come_while_one_looks_back_do_not_move_what_is_looked_at() -> None:
    reel = filled(200)
    looked_at = reel.look(-150)
    for step in range(201, 900):
        reel.add(frame(step))
    assert reel.frame is looked_at


def test_of_a_long_run_the_beginning_stays_and_the_latest_frames_are_dense() -> None:
    reel = filled(10_000)
    assert len(reel) <= 240
    back = [(reel.look(-1) or {})["step"] for _ in range(60)]
    assert back == list(range(9999, 9939, -1))
    assert (reel.look(-(10**6)) or {})["step"] == 1


def test_a_new_run_begins_a_new_reel_and_a_branch_keeps_what_came_before() -> None:
    reel = filled(9)
    reel.look(-4)
    reel.add(frame(5, run=2, branch=5))
    assert not reel.looking
    assert [(reel.look(-1) or {})["step"] for _ in range(4)] == [4, 3, 2, 1]
    reel.add(frame(1, run=3))
    assert len(reel) == 1


def test_of_two_frames_of_a_step_the_later_one_stays() -> None:
    reel = filled(3)
    reel.add(frame(3, changes=1))
    assert len(reel) == 3
    assert (reel.frame or {})["changes"] == 1


def test_a_pinned_run_is_followed_and_becomes_a_ghost_with_the_next_one() -> None:
    pin = Pin()
    pin.put(frame(5, rate=1.0))
    pin.follow(frame(9, rate=1.0))
    assert pin.behind(frame(9, rate=1.0)) is None
    ghost = pin.behind(frame(1, run=2, rate=0.5))
    assert ghost is not None
    assert ghost["step"] == 9
    assert pin.told(frame(1, run=2, rate=0.5)) == "pinned: rate 1"
    pin.put(None)
    assert not pin


def test_a_change_while_it_runs_leaves_the_pinned_run_as_it_was() -> None:
    pin = Pin()
    pin.put(frame(5, rate=1.0))
    pin.follow(frame(8, changes=1, rate=2.0))
    assert (pin.behind(frame(8, changes=1, rate=2.0)) or {})["step"] == 5


def test_after_its_process_no_run_is_the_pinned_one() -> None:
    pin = Pin()
    pin.put(frame(5))
    pin.leave()
    assert pin.behind(frame(1)) is not None


def test_a_process_is_silent_after_two_seconds_and_again_there_when_it_answers() -> None:
    pulse = Pulse()
    assert pulse.ask(0.0)
    assert not pulse.ask(1.0), "one question at a time"
    assert pulse.silent(PATIENCE + 1) == 0, "torch may take longer"
    assert pulse.silent(AT_FIRST + 1) == AT_FIRST + 1
    pulse.answered()
    assert pulse.ask(20.0)
    assert pulse.silent(20.0 + PATIENCE) == 0
    assert pulse.silent(20.5 + PATIENCE) == PATIENCE + 0.5
    pulse.answered()
    assert pulse.silent(99.0) == 0
