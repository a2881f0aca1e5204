"""Sweeps: a pixel is the single run with its values, whatever is swept; what is asked wrongly is a sentence."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
import pytest
import torch

from studytool.demo import Choice, Demo, Float, Int, Sim, line
from studytool.demo.api import Run, Swept
from studytool.demo.find import DemoInfo, list_demos
from studytool.demo.findings import Findings, given, told
from studytool.demo.graphs import captured
from studytool.demo.load import load
from studytool.demo.parameters import checked
from studytool.demo.sweep import SEED, Axis, Sweep, axis, nearest_done
from studytool.demo.sweeping import Runs, Sweeping
from studytool.demo.training import Training
from studytool.draw import Look, draw_panels
from studytool.draw.arrays import array
from studytool.draw.sweep import pixel_at
from studytool.errors import StudytoolError, UsageError

CPU = torch.device("cpu")
BROADCAST = [info for info in list_demos() if info.broadcast]


def small(broadcast: int | None = 1) -> Demo:
    """A bowl that is too steep for large rates, in broadcast style: it diverges above a rate of 0.2."""
    demo = Demo(
        "Bowl",
        topics=[],
        steps=400,
        broadcast=broadcast,
        rate=Float(0.1, 0.01, 1, log=True),
        momentum=Float(0.0, 0.0, 0.9),
        width=Int(2, 1, 4),
        kind=Choice("a", "b"),
    )

    @demo.train
    def descend(run: Run) -> Iterator[Any]:
        w, v = run.randn(run.width), run.zeros(run.width)
        while True:
            v = run.momentum * v + 10 * w
            w = w - run.rate * v
            yield line("loss", loss=(w * w).sum(-1), same=1.0)

    return demo


def swept(sweep: Sweep, demo: Demo | None = None, **parameters: float) -> tuple[Findings, list[dict[str, Any]]]:
    """A sweep done to its end, and all that it told."""
    demo = demo or small()
    said: list[dict[str, Any]] = []
    findings = Findings(sweep, "loss")
    sweeping = Sweeping(demo, checked(demo.parameters, parameters), 0, CPU, sweep, lambda **told: said.append(told))
    while not sweeping.done:
        sweeping.advance(0.01)
    for message in said:
        if message["type"] == "pixels":
            findings.take(*(array(message[name]) for name in ("pixels", "values", "broken", "reached")))
    return findings, said


def over(x: str, y: str, columns: int = 6, rows: int = 5, *, single: bool = False, **more: Any) -> Sweep:
    parameters = small().parameters
    axes = (axis(parameters, name, count, single=single) for name, count in ((x, columns), (y, rows)))
    return Sweep(*axes, **{"steps": 40, "single": single} | more)


def test_several_demos_are_written_in_broadcast_style() -> None:
    names = {"gradient-descent", "sgd-vs-adam", "network", "loss-functions", "activations"}
    assert names <= {info.name for info in BROADCAST}


@pytest.mark.parametrize("info", BROADCAST, ids=lambda info: str(info.name))
def test_a_batch_equals_single_runs_within_a_hundred_thousandth_over_the_whole_series(info: DemoInfo) -> None:
    demo = load(info.path)
    assert demo.broadcast is not None
    sim, steps = Sim(demo, CPU), min(demo.steps, 600)
    names = [n for n, p in demo.parameters.items() if isinstance(p, Float) and (info.name, n) != ("network", "shown")]
    for name in names:
        values = [axis(demo.parameters, name, 9).value(k) for k in (1, 4, 6)]
        batch = Training(demo, checked(demo.parameters, {}), 0, CPU, Swept({name: values}, demo.broadcast))
        histories: dict[str, list[torch.Tensor]] = {}
        for _ in range(steps):
            batch.step()
            for series, numbers in batch.newest().items():
                column = torch.as_tensor(numbers, dtype=torch.float64).detach().reshape(-1).expand(len(values))
                histories.setdefault(series, []).append(column.clone())
        for k, value in enumerate(values):
            single = sim(steps=steps, **{name: value})
            for series, rows in histories.items():
                alone = torch.tensor(single.series(series), dtype=torch.float64)
                torch.testing.assert_close(torch.stack(rows)[:, k], alone, rtol=1e-5, atol=1e-5, equal_nan=True)


def test_every_pixel_is_the_single_run_with_its_values_also_where_it_diverges() -> None:
    sweep = over("rate", "momentum")
    findings, _ = swept(sweep)
    sim = Sim(small(), CPU)
    assert findings.done.all()
    assert 0 < findings.diverged < sweep.pixels
    for pixel in range(sweep.pixels):
        column, row = sweep.place(pixel)
        alone = sim(steps=sweep.steps, **sweep.values(pixel)).series("loss")
        first = next((k for k, v in enumerate(alone, 1) if not math.isfinite(v)), 0)
        assert findings.broken[row, column] == first
        assert findings.values[row, column] == pytest.approx(alone[-1], rel=1e-5, nan_ok=True)


def test_a_swept_seed_gives_each_column_the_numbers_of_its_seed() -> None:
    sweep = over(SEED, "rate", 4, 3)
    findings, _ = swept(sweep)
    sim = Sim(small(), CPU)
    for pixel in range(sweep.pixels):
        column, row = sweep.place(pixel)
        seed, rate = column, sweep.values(pixel)["rate"]
        alone = sim(seed=seed, steps=sweep.steps, rate=rate).last("loss")
        assert findings.values[row, column] == pytest.approx(alone, rel=1e-5, nan_ok=True)


def test_random_numbers_are_the_same_for_every_run_of_a_sweep() -> None:
    demo = small()
    values = checked(demo.parameters, {})
    many, one = (
        Run(demo.parameters, values, 3, CPU, Swept({"rate": [0.1, 0.2]}, 1)),
        Run(demo.parameters, values, 3, CPU),
    )
    assert (many.n, one.n) == ((2,), ())
    assert (many.rate.shape, one.rate.shape, many.momentum.shape) == ((2, 1), (), ())
    assert many.zeros(3).shape == (2, 3)
    assert torch.equal(many.randn(3), one.randn(3).expand(2, 3))


def test_a_sweep_of_single_runs_finds_the_same_and_takes_whole_numbers() -> None:
    at_once, _ = swept(over("rate", "momentum", 4, 3))
    alone, _ = swept(over("rate", "momentum", 4, 3, single=True), small(broadcast=None))
    np.testing.assert_allclose(at_once.values, alone.values, rtol=1e-5)
    assert (at_once.broken == alone.broken).all()
    sweep = over("width", "rate", 4, 3, single=True)
    assert {sweep.values(k)["width"] for k in range(sweep.pixels)} == {1, 2, 3, 4}
    swept(sweep)


def test_the_step_at_which_a_series_was_low_enough_is_measured() -> None:
    sweep = over("rate", "momentum", measure="loss", below=1e-3)
    findings, _ = swept(sweep)
    sim = Sim(small(), CPU)
    for pixel in range(sweep.pixels):
        column, row = sweep.place(pixel)
        alone = sim(steps=sweep.steps, **sweep.values(pixel)).series("loss")
        assert findings.values[row, column] == next((k for k, v in enumerate(alone, 1) if v <= 1e-3), math.inf)
    assert np.isinf(findings.values).any()
    assert "stays above 0.001" in findings.words(int(np.isinf(findings.values).argmax()))


def test_levels_go_from_coarse_to_fine_and_do_no_pixel_twice() -> None:
    sweep = over("rate", "momentum", 60, 40)
    levels = list(sweep.levels())
    assert [len(level) for level in levels] == [15 * 10, 30 * 20 - 15 * 10, 60 * 40 - 30 * 20]
    assert sorted(pixel for level in levels for pixel in level) == list(range(2400))


@pytest.mark.parametrize("shape", [(40, 60), (7, 5), (1, 2), (4, 4)])
def test_a_coarse_picture_shows_what_is_done_nearby_and_never_another_value_where_a_pixel_is_done(shape: Any) -> None:
    rows, columns = shape
    sweep = Sweep(Axis("a", 0, 1, columns), Axis("b", 0, 1, rows), 1)
    values, done = np.full(shape, np.nan), np.zeros(shape, bool)
    assert np.isnan(nearest_done(values, done)).all()
    for level in sweep.levels():
        values.flat[level], done.flat[level] = level, True
        shown = nearest_done(values, done)
        assert (shown[done] == values[done]).all()
        assert not np.isnan(shown).any()
        assert set(shown.ravel()) <= set(values[done])


def test_a_sweep_is_done_in_slices_and_tells_first_what_can_be_measured() -> None:
    sweep, said = over("rate", "momentum", 40, 40), []
    demo = small()
    sweeping = Sweeping(demo, checked(demo.parameters, {}), 0, CPU, sweep, lambda **told: said.append(told))
    slices = 0
    while not sweeping.done:
        sweeping.advance(0.002)
        slices += 1
    assert slices > 3, "a sweep is done in many slices, so that requests are heard between them"
    assert said[0]["series"] == ["loss", "same"]
    assert said[0]["measure"] == "loss"
    assert said[-1]["type"] == "swept"
    assert all(len(json.dumps(message)) < 32_000 for message in said)


def test_what_cannot_be_swept_is_said_before_the_first_pixel() -> None:
    with pytest.raises(StudytoolError, match="cannot do many runs at once"):
        swept(over("rate", "momentum"), small(broadcast=None))
    with pytest.raises(StudytoolError, match=r"no series `los` to measure\. Did you mean `loss`"):
        swept(over("rate", "momentum", measure="los"))
    demo = small()

    @demo.train
    def stubborn(run: Run) -> Iterator[Any]:
        yield line("loss", loss=float(run.rate))

    with pytest.raises(StudytoolError, match=r"`rate` and `momentum` cannot be swept at once: .*--single"):
        swept(over("rate", "momentum"), demo)


@pytest.mark.parametrize(
    ("name", "bounds", "single", "message"),
    [
        ("rat", None, False, r"Did you mean `rate`\?"),
        ("kind", None, True, "one of a, b, with nothing in between"),
        ("width", None, False, "--single does one run after the other"),
        ("rate", (0.001, 1.0), False, "a number from 0.01 to 1"),
        ("rate", (0.5, 0.1), False, "cannot go from 0.5 to 0.1"),
        (SEED, (-3.0, 4.0), False, "The seed cannot go from -3 to 4"),
    ],
)
def test_a_wrong_axis_is_a_sentence(name: str, bounds: Any, single: bool, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        axis(small().parameters, name, 10, bounds, single=single)


def test_an_axis_has_the_middles_of_its_pixels_and_zooms_within_its_ends() -> None:
    line = Axis("a", 0.01, 100, 4, log=True)
    assert [line.value(k) for k in range(4)] == pytest.approx([10**-1.5, 10**-0.5, 10**0.5, 10**1.5])
    near, corner = line.zoomed(1, 4), line.zoomed(0, 4)
    assert math.sqrt(near.low * near.high) == pytest.approx(line.value(1))
    assert corner.low == pytest.approx(0.01)
    assert math.log10(corner.high / corner.low) == pytest.approx(1)
    flat = Axis("b", 0, 1, 10).zoomed(9, 2)
    assert (flat.low, flat.high) == (0.5, 1)


def test_words_tell_a_pixel_from_its_neighbours_and_give_its_run_exactly() -> None:
    close = Axis("rate", 0.1, 0.1 + 1e-6, 10)
    assert told(close, 3) != told(close, 4)
    values, seed = given(over(SEED, "rate", 4, 3), 6)
    assert seed == 2
    assert float(values["rate"]) == over(SEED, "rate", 4, 3).values(6)["rate"]


def test_too_few_steps_for_a_graph_are_done_one_by_one_with_the_reason() -> None:
    demo, sweep = small(), over("rate", "momentum", 4, 3)
    sweeping = Sweeping(demo, checked(demo.parameters, {}), 0, CPU, sweep, lambda **told: None)
    work, steps = captured(lambda pixels: Runs(sweeping, pixels), [0, 5], 40), []
    while True:
        try:
            steps.append(next(work))
        except StopIteration as ended:
            runs, way = ended.value
            break
    assert steps == list(range(1, 41))
    assert "step by step (fewer than 100 steps are not worth a graph)" in way
    alone = Sim(demo, CPU)(steps=40, **sweep.values(5)).last("loss")
    assert float(runs.value[1]) == pytest.approx(alone, rel=1e-5)


@pytest.mark.parametrize("size", [(80, 20), (40, 8), (200, 60), (12, 5)])
@pytest.mark.parametrize("colour", [True, False])
def test_the_picture_fits_any_size_and_signs_tell_what_diverged_without_colour(size: Any, colour: bool) -> None:
    findings, _ = swept(over("rate", "momentum", 20, 20))
    picture = draw_panels([findings.panel((3, 4))], *size, Look(colour=colour))
    assert [sum(len(run.text) for run in row) for row in picture.rows] == [size[0]] * size[1]
    if size[0] >= 40:
        assert "×" in picture.plain
        assert "momentum" in picture.plain


def test_a_cell_of_the_picture_leads_back_to_its_pixel() -> None:
    findings, _ = swept(over("rate", "momentum", 20, 20))
    found = {pixel_at(findings.panel(), 80, 24, x, y) for x in range(80) for y in range(24)} - {None}
    assert {place[0] for place in found if place} == set(range(20))
    assert {place[1] for place in found if place} <= set(range(20))
    assert pixel_at(findings.panel(), 80, 24, 0, 0) is None


def test_a_sweep_in_a_child_goes_on_beside_requests_and_is_ended_by_one(talk: Any, preamble: str) -> None:
    sweep = Sweep(Axis("rate", 0, 10, 100), Axis("seed", 0, 100, 100, whole=True), 100_000)
    source = """
        demo.broadcast = 0

        @demo.train
        def train(run):
            while True:
                yield line("a", a=run.rate)
    """
    running = talk(source)
    running.next("hello")
    running.process.send({"type": "sweep", "number": 7, "sweep": asdict(sweep)})
    first = running.arrived.get(timeout=30)
    assert (first["type"], first["number"], first["series"]) == ("sweeping", 7, ["a"])
    running.process.send({"type": "set", "name": "rate", "value": 99})
    while (message := running.arrived.get(timeout=30))["type"] != "error":
        assert message["type"] == "sweeping"
    assert not message["fatal"]
    running.process.send({"type": "sweep", "sweep": None})
    running.process.send({"type": "step", "count": 1})
    running.process.credit()
    while (message := running.arrived.get(timeout=30))["type"] != "frame":
        assert message["type"] == "sweeping"
    assert running.quiet()
