"""A run that is held: nothing of it is on its way any more."""

from __future__ import annotations

from typing import Any


async def hold(pilot: Any, until: Any) -> None:
    """Hold the run on the screen with the key for that, and wait for the picture of its last step.

    The process answers in order. It has taken the pause when it answers the first question, and what it shows for the
    credit that came with it is sent before the second answer.
    """
    screen = pilot.app.screen
    if screen._standing.playing:
        await pilot.press("space")
    assert not screen._standing.playing
    await until(pilot, lambda: screen._frame is not None)
    screen._process.credit()
    for _ in range(2):
        await answer(pilot, until)


async def answer(pilot: Any, until: Any) -> None:
    """Ask the process whether it is there, and wait until it says so."""
    pulse = pilot.app.screen._pulse
    await until(pilot, lambda: pulse._asked is None)
    pulse._asked = 1e12  # the screen itself asks nothing meanwhile, and nobody calls the process silent
    pilot.app.screen._send(type="ping")
    await until(pilot, lambda: pulse._asked is None)
