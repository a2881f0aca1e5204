"""What a demo file is written with: parameters, series, runs without pictures, claims and predictions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from studytool.demo import Choice, Demo, Float, Int, Question, Sim, iris, line, table, wire
from studytool.demo.api import Run
from studytool.demo.device import choose
from studytool.demo.find import list_demos
from studytool.demo.load import load
from studytool.demo.parameters import checked
from studytool.demo.proving import asked
from studytool.demo.series import Series
from studytool.demo.training import Training
from studytool.errors import UsageError

CPU = torch.device("cpu")
BUILT_IN = [info.path for info in list_demos()]


@pytest.fixture
def demo() -> Demo:
    demo = Demo("Halving", topics=[], steps=50, rate=Float(0.5, 0.0, 1.0), width=Int(2, 1, 4), kind=Choice("a", "b"))

    @demo.train
    def halve(run: Run) -> Iterator[Any]:
        x = run.randn(run.width).abs().sum()
        while x > 1e-3:
            x *= run.rate  # in place, as a demo may do
            yield line("x", x=x, twice=2 * float(x))

    return demo


def test_the_same_seed_gives_the_same_run_and_another_seed_another(demo: Demo) -> None:
    sim = Sim(demo, CPU)
    assert sim(seed=3).series("x") == Sim(demo, CPU)(seed=3).series("x")
    assert sim(seed=3).series("x") != sim(seed=4).series("x")
    assert sim(seed=3) is sim(seed=3), "a run is remembered"


def test_a_run_is_done_when_its_loop_returns_and_not_when_it_is_stopped(demo: Demo) -> None:
    sim = Sim(demo, CPU)
    ended, stopped = sim(), sim(steps=3)
    assert ended.done
    assert ended.last("x") <= 1e-3
    assert (stopped.done, stopped.steps, len(stopped.series("x"))) == (False, 3, 3)


def test_a_series_keeps_the_value_of_its_step_though_the_tensor_goes_on(demo: Demo) -> None:
    values = Sim(demo, CPU)().series("x")
    assert values[1] == pytest.approx(values[0] / 2)
    assert Sim(demo, CPU)().series("twice")[0] == pytest.approx(2 * values[0])


def test_a_float_is_a_tensor_that_changes_in_place(demo: Demo) -> None:
    training = Training(demo, checked(demo.parameters, {}), 0, CPU)
    training.step()
    training.set("rate", 0.25)
    training.step()
    first, second = training.series["x"].values()
    assert second == pytest.approx(first / 4)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("rate", "2", "from 0 to 1"),
        ("rate", "nan", "from 0 to 1"),
        ("rate", "fast", "from 0 to 1"),
        ("width", "1.5", "whole number from 1 to 4"),
        ("width", "9", "whole number from 1 to 4"),
        ("kind", "c", "`a` or `b`"),
        ("widht", "2", r"Did you mean `width`\?"),
    ],
)
def test_a_wrong_parameter_is_told_its_bounds_or_the_nearest_name(
    demo: Demo, name: str, value: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        checked(demo.parameters, {name: value})


def test_a_parameter_that_a_loop_misspells_is_named(demo: Demo) -> None:
    run = Run(demo.parameters, checked(demo.parameters, {}), 0, CPU)
    with pytest.raises(AttributeError, match="Did you mean `width`"):
        _ = run.widht


def test_a_long_series_is_thinned_without_losing_its_peaks() -> None:
    series = Series()
    for step in range(1, 10_001):
        series.append(step, torch.tensor(1e3) if step == 7_777 else float(step % 7))
    steps, values = series.thinned(100)
    assert len(values) <= 202
    assert values.max() == 1e3
    assert steps[values.argmax()] == 7_777
    assert (steps[0], steps[-1]) == (1, 10_000)


def test_the_flowers_are_a_hundred_petals_in_two_kinds() -> None:
    X, y = iris("setosa", "virginica")
    assert (X.shape, X.dtype, y.tolist()) == ((100, 2), torch.float32, [-1.0] * 50 + [1.0] * 50)
    assert X[0].tolist() == pytest.approx([1.4, 0.2])
    assert X[-1].tolist() == pytest.approx([5.1, 1.8])
    with pytest.raises(UsageError, match="rose"):
        iris("setosa", "rose")


def test_the_device_comes_with_its_reason() -> None:
    assert choose("cpu") == (CPU, "the CPU was asked for")
    device, why = choose("cuda")
    if torch.cuda.is_available():
        assert device.type == "cuda"
    else:
        assert device == CPU
        assert why.startswith("cuda was asked for, but torch")
    with pytest.raises(UsageError, match="no device `tpu`"):
        choose("tpu")


def test_a_series_takes_the_numbers_of_python_torch_and_numpy() -> None:
    panel = line("a", one=1, two=torch.tensor([2.0]), three=np.float32(3))
    series = {name: Series() for name in panel.series}
    for name, value in panel.series.items():
        series[name].append(1, value)
    assert {name: one.last() for name, one in series.items()} == {"one": 1, "two": 2, "three": 3}


def test_a_parameter_cannot_hide_what_a_run_has() -> None:
    with pytest.raises(ValueError, match=r"run\.seed is taken"):
        Demo("Hiding", topics=[], steps=1, seed=Int(1, 0, 9))


def test_the_boundary_in_the_perceptrons_claim_has_the_largest_margin() -> None:
    """Of all u with u·z ≥ 1 for every flower z (signed, a 1 added) the shortest is Σ a·z with a ≥ 0 (Karush, 1939)."""
    X, y = iris("setosa", "versicolor")
    Z = y[:, None].double() * torch.cat([X, torch.ones(100, 1)], dim=1)
    u = torch.tensor([40.0, 60, -143]).double() / 43
    nearest = Z[Z @ u < 1 + 1e-6].unique(dim=0)
    a = torch.linalg.solve(nearest.T, u)
    assert (Z @ u).min() == pytest.approx(1, abs=1e-6)
    assert (a >= 0).all()
    assert float((Z.norm(dim=1).max() * u.norm()) ** 2) == pytest.approx(410.19, abs=0.01)


@pytest.fixture(scope="module", params=BUILT_IN, ids=lambda path: path.stem)
def quick(request: pytest.FixtureRequest) -> tuple[Demo, Sim]:
    """Each built-in demo in turn with its runs on a few seeds: a claim and a prediction often ask for the same run."""
    demo = load(request.param)
    return demo, Sim(demo, CPU, at_most=2)


def test_every_claim_holds_on_a_few_seeds(quick: tuple[Demo, Sim]) -> None:
    demo, sim = quick
    for claim in demo.claims:
        outcome = claim.proof(sim)
        held, measured = outcome if isinstance(outcome, tuple) else (outcome, "")
        assert held, f"{claim.text} {measured}"


@pytest.mark.slow
@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_every_claim_holds_on_all_its_seeds(path: Path) -> None:
    demo = load(path)
    sim = Sim(demo, CPU)
    assert [claim.text for claim in demo.claims if not _holds(claim.proof(sim))] == []


def _holds(outcome: object) -> bool:
    return bool(outcome[0] if isinstance(outcome, tuple) else outcome)


def test_the_outcome_of_every_prediction_is_one_of_its_options(quick: tuple[Demo, Sim]) -> None:
    demo, sim = quick
    for prediction in demo.predictions:
        assert prediction.outcome(sim) in prediction.options


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.stem)
def test_every_computed_question_has_one_answer_and_mistakes_that_come_to_something_else(path: Path) -> None:
    demo = load(path)
    assert len(demo.questions) >= 2
    for function in demo.questions:
        made = [asked(function, seed) for seed in range(40)]
        assert made == [asked(function, seed) for seed in range(40)], "the same seed asks the same"
        assert len({one["text"] for one in made}) > 5
        for one in made:
            assert len(one["mistakes"]) >= 1
            assert one["answer"] not in one["mistakes"].values()
        assert max(len(one["mistakes"]) for one in made) >= 3


def test_a_question_whose_mistake_is_the_answer_or_whose_answer_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        asked(lambda rng: Question("?", 1.0, {"none": 1.0000000001}), 0)
    with pytest.raises(ValueError, match="is no answer"):
        asked(lambda rng: Question("?", torch.tensor(float("nan")), {}), 0)
    assert asked(lambda rng: Question("?", (3, torch.tensor(0.5)), {}), 0)["answer"] == [3, 0.5]


def test_the_outcomes_of_the_perceptron_are_what_its_explanations_say() -> None:
    (path,) = [path for path in BUILT_IN if path.stem == "perceptron"]
    demo = load(path)
    sim = Sim(demo, CPU, at_most=5)
    assert [p.outcome(sim) for p in demo.predictions] == ["stays the same", "under 30", "not fewer"]


def test_a_table_goes_over_the_pipe_as_words_and_numbers_and_its_rows_are_made_when_it_is_shown() -> None:
    made = []

    def rows() -> list[list[torch.Tensor | float | str | None]]:
        made.append(1)
        return [["SGD", torch.tensor(0.5), None], ["Adam" * 100, 2, "x"]]

    shown = table("optimizers", ["name", "loss", "note"], rows, mark=1)
    assert not made
    sent = wire.panel(shown, {})
    assert made
    assert wire.decode(wire.encode({"type": "frame", "panel": sent}))["panel"] == {
        "kind": "table",
        "title": "optimizers",
        "columns": ["name", "loss", "note"],
        "rows": [["SGD", 0.5, None], ["Adam" * 50, 2.0, "x"]],
        "mark": 1,
    }
    with pytest.raises(ValueError, match=r"table\(\) of 2 columns has a row of 1"):
        wire.panel(table("short", ["a", "b"], [["one"]]), {})
