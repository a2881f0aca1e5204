"""What the host says is wrong with a run: right where something is, silent where nothing is."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from studytool.demo import wire
from studytool.demo.diagnosis import Diagnosis
from studytool.demo.load import load
from studytool.demo.panels import line
from studytool.demo.parameters import checked
from studytool.demo.series import Series
from studytool.demo.training import Training
from studytool.demo.units import Layer, watched

Open = Callable[..., Any]
DEMOS = sorted((Path(__file__).resolve().parents[2] / "demos").glob("*.py"))


def ended(talk: Open, name: str, steps: int, **parameters: object) -> list[str]:
    """The diagnosis of a real run after so many steps."""
    path = next(path for path in DEMOS if path.stem == name)
    one = talk(path, **parameters)
    one.process.send({"type": "run", "steps": steps})
    frame = one.frame()
    told: list[str] = frame["diagnosis"]
    return told


def said(values: Sequence[float], title: str = "loss", axis: str = "steps") -> list[str]:
    """The diagnosis of one series of these values."""
    series = Series()
    diagnosis = Diagnosis()
    found: list[str] = []
    for step, value in enumerate(values, 1):
        series.append(step, value)
        found = diagnosis.sentences({"it": series}, (line(title, axis=axis, it=value),))
    return found


def test_a_rate_far_too_high_is_stuck_at_ln_10_because_all_neurons_are_dead(talk: Open) -> None:
    told = ended(talk, "learning-rate", 60, learning_rate=8)
    assert any(one.startswith("`middle` is stuck near ln 10 = 2.30, at 2.2") for one in told)
    assert any("32 of the 32 units of a layer are 0 for all 500 inputs" in one for one in told)


def test_descent_above_the_edge_grows_without_end_and_says_how_fast(talk: Open) -> None:
    (told,) = ended(talk, "gradient-descent", 60, learning_rate=0.21)
    assert re.match(r"`distance` grows without end: 1\.\d+ at first, \d{3}\.\d at step 60, ", told)
    assert "1.1 times larger with each step" in told, "|1 − 0.21·10|"


def test_descent_below_the_edge_says_nothing(talk: Open) -> None:
    assert ended(talk, "gradient-descent", 60, learning_rate=0.199) == []


def test_dead_relus_are_counted_and_leaky_ones_are_not(talk: Open) -> None:
    (told,) = ended(talk, "activations", 60, learning_rate=0.4)
    assert "4 of the 4 units of a layer are 0 for all 64 inputs" in told


@pytest.mark.parametrize("path", DEMOS, ids=lambda path: path.stem)
def test_no_demo_is_called_broken_at_its_defaults_and_its_picture_stays_a_short_message(path: Path) -> None:
    import torch

    demo = load(path)
    training = Training(demo, checked(demo.parameters, {}), 0, torch.device("cpu"))
    while training.steps < 40 and training.step():
        assert training.diagnosis() == []
    for series in training.series.values():
        for step in range(41, min(demo.steps, 2000)):  # the history of a long run
            series.append(step, math.sin(step**2))
    panels = [wire.panel(panel, training.series) for panel in training.panels]
    assert len(wire.encode({"panels": panels})) <= 32_000


def test_of_the_three_rates_the_highest_is_told_to_guess(talk: Open) -> None:
    (told,) = ended(talk, "learning-rate", 100)
    assert told.startswith("`high` is stuck near ln 10"), "4η = 2 stalls, as its text says"


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([3.0, 2.0, math.nan, math.nan], "`it` is not a number (NaN) since step 3; the value before was 2."),
        ([3.0, 1e38, math.inf, math.nan], "`it` is infinite since step 3; the value before was 1e+38."),
        ([math.nan] * 12, "`it` is not a number (NaN) since step 1."),
        ([2.0, 0.70] + [0.693] * 40, "`it` is stuck near ln 2 = 0.69, at 0.693, since step 2: a guess among"),
        ([1.1**k for k in range(120)], "`it` grows without end: 1 at first, 8.428e+04 at step 120, 1.1 times"),
    ],
    ids=["NaN", "infinite", "never a number", "stuck", "grows"],
)
def test_each_fault_is_named_with_its_evidence(values: list[float], told: str) -> None:
    (sentence,) = said(values)
    assert sentence.startswith(told)


@pytest.mark.parametrize(
    "values",
    [
        [math.nan, math.nan, 1.0, 0.5],
        [1.0, math.nan, 0.5],
        [0.0, -math.inf],
        [2.4 - 0.003 * k for k in range(60)],
        [0.9 + 0.1 * math.sin(k) for k in range(60)],
        [float(k) ** 2 for k in range(400)],
        [1e-4 * 1.1**k for k in range(100)],
        [2.303] * 15,
    ],
    ids=["begins late", "a gap", "log of zero", "passing ln 10", "level", "a power", "small", "too early"],
)
def test_what_only_looks_odd_gets_no_sentence(values: list[float]) -> None:
    assert said(values) == []


def test_only_a_loss_over_time_can_be_stuck_and_only_what_follows_in_time_can_grow() -> None:
    assert said([0.693] * 60, title="accuracy") == []
    assert said([10.0**k for k in range(40)], axis="neurons") == []


def test_after_a_gap_the_next_fault_is_found() -> None:
    (told,) = said([1.0, math.nan, 2.0, 3.0, math.nan])
    assert "since step 5; the value before was 3." in told


def test_watching_a_step_changes_no_number_and_sees_the_units_of_a_relu_either_way_round() -> None:
    import torch
    import torch.nn.functional as F

    z = torch.randn(3, 60, 8, generator=torch.Generator().manual_seed(0))  # networks, inputs, units
    z[1, :, :2] = -1.0
    plain = z.relu()
    with watched() as layers:
        assert torch.equal(z.relu(), plain)
        F.relu(z[1].T)  # [units, inputs]
        torch.nn.ReLU()(z[1].T.reshape(1, 8, 6, 10).expand(2, -1, -1, -1))  # [inputs, maps, y, x]
        F.leaky_relu(z)
        z[0, :10].relu()  # too few inputs to tell
        z[0, 0].relu()
    assert layers == [Layer(24, 2, 60), Layer(8, 2, 60), Layer(8, 2, 120)]
