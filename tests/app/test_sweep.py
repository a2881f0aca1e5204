"""The sweep screen: a picture that grows finer, a cursor that opens the run under it, and the way back."""

from __future__ import annotations

import pytest

from studytool.app.demo_app import DemoApp
from studytool.app.screens.demo import DemoScreen
from studytool.app.screens.sweep import SweepScreen
from studytool.app.widgets.prediction import Prediction
from studytool.demo.find import find_demo
from studytool.demo.trust import agreed
from studytool.settings import Settings

SIZES = pytest.mark.parametrize("size", [(80, 24), (40, 14)], ids=lambda size: f"{size[0]}x{size[1]}")


def app_on(name: str) -> DemoApp:
    return DemoApp(find_demo(name), {}, 0, "auto", Settings())


async def open_sweep(pilot, text, until) -> SweepScreen:
    await until(pilot, lambda: "waiting for your prediction" in text(pilot) or "step" in text(pilot))
    if pilot.app.screen.query_one(Prediction).asking:
        await pilot.press("enter")
    await pilot.press("v")
    await until(pilot, lambda: isinstance(pilot.app.screen, SweepScreen))
    return pilot.app.screen


@SIZES
async def test_v_sweeps_and_enter_opens_the_very_run_of_the_pixel(text, until, size):
    app = app_on("gradient-descent")
    async with app.run_test(size=size) as pilot:
        screen = await open_sweep(pilot, text, until)
        await until(pilot, lambda: " diverged · " in text(pilot), seconds=90)
        findings = screen._findings
        assert findings.done.all()
        column, row = screen._cursor
        await pilot.press("left", "k")
        assert screen._cursor == (column - 1, row + 1)
        words = findings.words(screen._pixel)
        assert words.split(":")[0] in text(pilot)
        value = float(findings.values[row + 1, column - 1])
        wanted = findings.sweep.values(screen._pixel)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, DemoScreen) and app.screen._frame is not None)
        opened = app.screen
        assert {name: float(opened._parameters[name]) for name in wanted} == wanted
        opened._process.send({"type": "speed", "value": None})  # as fast as it can: at its pace that takes a minute
        # The run goes on to its own end; at the step of the sweep it was what the pixel says.
        await until(pilot, lambda: opened._frame["step"] >= findings.sweep.steps or size[0] < 60)
        charts = [panel for panel in opened._frame["panels"] if panel["kind"] == "line"]
        if opened._frame["step"] == findings.sweep.steps:
            assert opened._frame["series"]["distance"] == pytest.approx(value, abs=1e-5)
        assert charts
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is screen)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, DemoScreen) and app.screen is not opened)
        await until(pilot, lambda: not screen._process.alive)


async def test_other_axes_another_measure_zoom_and_out_and_a_picture_written(text, until, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    app = app_on("sgd-vs-adam")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_sweep(pilot, text, until)
        await until(pilot, lambda: screen._series == ["SGD", "momentum", "Adam"])
        assert (screen._findings.sweep.x.name, screen._findings.sweep.y.name) == ("condition", "angle")
        await pilot.press("x")
        assert screen._findings.sweep.x.name == "sgd_rate", "the angle is on the other axis"
        await until(pilot, lambda: screen._findings.measure == "SGD")
        await pilot.press("m")
        await until(pilot, lambda: "log₁₀ momentum after 300 steps" in text(pilot))
        whole = screen._findings.sweep
        await pilot.press("L", "z")
        assert screen._findings.sweep.x.low > whole.x.low
        assert screen._findings.sweep.measure == "momentum"
        await until(pilot, lambda: screen._findings.done.any())
        await pilot.press("u")
        assert screen._findings.sweep == whole
        await until(pilot, lambda: "log₁₀ momentum after 300 steps" in text(pilot))
        await pilot.press("w")
        written = tmp_path / "sgd-vs-adam-sweep-sgd_rate-angle.svg"
        await until(pilot, written.exists)
        assert "log₁₀ momentum after 300 steps" in written.read_text("utf-8")


async def test_a_click_looks_at_a_pixel(text, until):
    app = app_on("gradient-descent")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_sweep(pilot, text, until)
        await until(pilot, lambda: screen._findings is not None and screen._findings.done.all())
        before = screen._cursor
        await pilot.click("#picture", offset=(10, 5))
        await until(pilot, lambda: screen._cursor != before)
        assert screen._cursor[0] < before[0]
        assert screen._cursor[1] > before[1]


async def test_a_demo_that_cannot_do_many_at_once_is_swept_run_by_run(text, until, monkeypatch):
    said, count = [], SweepScreen._say_found

    def heard(screen, *told):
        count(screen, *told)
        said.append((screen._state, screen._findings.done.sum()))

    monkeypatch.setattr(SweepScreen, "_say_found", heard)  # before it begins: it may be over at once
    app = app_on("perceptron")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await open_sweep(pilot, text, until)
        await until(pilot, lambda: screen._findings is not None and screen._findings.done.all(), seconds=90)
        assert all(state.startswith(f"{done:,} of ") for state, done in said)  # as many as are painted
        assert len({done for _, done in said if done}) > 3
        await until(pilot, lambda: "one run after the other" in text(pilot))
        runs = screen._findings.sweep.pixels
        assert runs <= 20 * 20
        told = f"All {runs} runs come to the same: m measures something else."
        await until(pilot, lambda: told in [one.message for one in app._notifications])
        await pilot.press("m")
        await until(pilot, lambda: screen._findings.done.all() and "steps until done" in text(pilot), seconds=90)
        assert not screen._findings.is_even
        assert told not in [one.message for one in app._notifications]


READS = '''"""Counts."""

from studytool.demo import Demo, Float, line

demo = Demo(
    "Reads", topics=[], steps=3, broadcast=0, rate=Float(1.0, 0, 2), pull=Float(1.0, 0, 2), read=Float(1.0, 0, 2)
)


@demo.train
def count(run):
    n = run.zeros()
    while True:
        n = n + run.rate * run.pull + float(run.read)  # which is one number, not one a run
        yield line("n", n=n)
'''


async def test_what_cannot_be_swept_says_why_and_the_next_axis_goes_on(text, until, tmp_path):
    (tmp_path / "reads.py").write_text(READS, "utf-8")
    app = DemoApp(agreed(find_demo(str(tmp_path / "reads.py"))), {}, 0, "auto", Settings())
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await open_sweep(pilot, text, until)
        await until(pilot, lambda: screen._series)
        await pilot.press("x")
        assert screen._findings.sweep.x.name == "read"
        await until(pilot, lambda: "cannot be swept at once" in text(pilot))
        await pilot.press("x")
        assert screen._findings.sweep.x.name == "seed"
        await until(pilot, lambda: screen._findings.done.any())
