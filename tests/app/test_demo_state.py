"""The line below a demo's picture."""

from __future__ import annotations

from studytool.app.widgets.demo_state import Standing, line_of


def test_what_a_demo_prints_is_read_on_a_narrow_terminal_too() -> None:
    standing = Standing(0, True, where="cpu", why="the CPU was asked for", printed="loss is nan at epoch 12")
    frame = {"step": 1200, "steps_per_second": 30.0}
    everything = "running · step 1,200 · seed 0 · 30 steps/s · cpu (the CPU was asked for) · it printed: loss is nan"
    assert line_of(standing, frame, 200) == everything + " at epoch 12"
    assert line_of(standing, frame, 60) == "running · step 1,200 · it printed: loss is nan at epoch 12"
    assert line_of(standing, frame, 40) == "running · step 1,200 · it printed: loss…"
    assert line_of(standing, None, 200) == "starting torch … · it printed: loss is nan at epoch 12"
