"""What is done once, a while from now, is done."""

from __future__ import annotations

from itertools import count

from textual.app import App

from studytool.app.timers import once


async def test_what_is_to_be_done_soon_is_done_however_late_the_machine_gets_to_it(until, monkeypatch) -> None:
    came = []
    app: App[None] = App()
    async with app.run_test() as pilot:
        seconds = count()
        monkeypatch.setattr("textual.timer._time.get_time", lambda: float(next(seconds)))  # each look at it takes one
        once(app, 0.001, lambda: came.append("soon"))
        once(app, 2.5, lambda: came.append("later"))
        await until(pilot, lambda: len(came) == 2)
    assert came == ["soon", "later"]
