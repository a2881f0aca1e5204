"""`studytool demo --sweep`: a picture and every value of it; what is asked wrongly is a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from studytool import places
from studytool.cli import main
from studytool.demo import Sim
from studytool.demo.load import load

CPU = torch.device("cpu")


def test_the_command_prints_a_picture_and_as_json_every_value(capsys: pytest.CaptureFixture[str]) -> None:
    sweep = ["demo", "gradient-descent", "--sweep", "learning_rate,momentum", "--grid", "8x6", "--steps", "50"]
    assert main([*sweep, "--range", "learning_rate=0.1:0.4"]) == 0
    printed = capsys.readouterr().out
    assert "Log₁₀ distance after 50 steps, of 48 runs: learning rate from 0.1 to 0.4 to the right" in printed
    assert "Lowest: learning rate" in printed
    assert main([*sweep, "--json", "--set", "condition=20"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["x"]["name"], len(told["x"]["values"]), told["measure"], told["steps"]) == (
        "learning_rate", 8, "distance", 50,
    )  # fmt: skip
    assert told["parameters"] == {"condition": 20}
    assert [len(row) for row in told["values"]] == [8] * 6
    pixel = {"learning_rate": told["x"]["values"][2], "momentum": told["y"]["values"][4]}
    sim = Sim(load(places.built_in("demos") / "gradient-descent.py"), CPU)
    alone = sim(steps=50, condition=20, **pixel).last("distance")
    assert told["values"][4][2] == pytest.approx(alone, abs=1e-5)


def test_a_sweep_is_written_as_a_picture_and_says_of_what_it_is_the_logarithm(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep = ["demo", "gradient-descent", "--sweep", "learning_rate,momentum", "--grid", "8x6", "--steps", "20"]
    for ending, begins in ((".svg", b"<svg"), (".png", b"\x89PNG")):
        path = tmp_path / f"sweep{ending}"
        assert main([*sweep, "--save", str(path)]) == 0
        assert begins in path.read_bytes()[:200]
        said = capsys.readouterr().out
        assert "Log₁₀ distance after 20 steps, of 48 runs" in said
        assert str(path) in said
    drawn = (tmp_path / "sweep.svg").read_text("utf-8")
    assert "log₁₀ distance after 20 steps" in drawn
    assert "condition 10" in drawn
    assert main([*sweep, "--save", str(path)]) != 0, "what is there is not replaced"
    assert main([*sweep, "--save", str(tmp_path / "sweep.gif")]) == 2
    assert "an animation" in capsys.readouterr().err


def test_one_run_after_the_other_any_demo_can_be_swept(capsys: pytest.CaptureFixture[str]) -> None:
    sweep = ["demo", "perceptron", "--sweep", "seed,learning_rate", "--grid", "3x2", "--single", "--measure", "steps"]
    assert main([*sweep, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["values"][0] == told["values"][1], "η changes no correction"
    assert all(4 <= steps <= 22 for steps in told["values"][0])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["perceptron", "--sweep", "seed,learning_rate"], "cannot do many runs at once"),
        (["network", "--sweep", "activation,learning_rate"], "one of tanh, ReLU, none"),
        (["network", "--sweep", "hidden,learning_rate"], "--single"),
        (["network", "--sweep", "momentm,learning_rate"], "Did you mean `momentum`?"),
        (["network", "--sweep", "momentum"], "--sweep X,Y"),
        (["network", "--sweep", "momentum,learning_rate", "--grid", "60"], "--grid 60x40"),
        (["network", "--sweep", "momentum,learning_rate", "--range", "momentum=1"], "--range NAME=LOW:HIGH"),
        (["network", "--sweep", "momentum,learning_rate", "--range", "shown=1:2"], "for what is not swept"),
        (["network", "--sweep", "momentum,learning_rate", "--measure", "los"], "no series `los` to measure"),
        (["network", "--sweep", "momentum,learning_rate", "--measure", "loss<x"], "has no number"),
    ],
)
def test_a_wrong_sweep_is_one_sentence_and_exit_code_two(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", *arguments]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert len(said.splitlines()) == 1


def test_a_sweep_that_a_demo_reads_as_one_number_is_one_sentence_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "reads.py"
    file.write_text(
        '"""Reads."""\n\nfrom studytool.demo import Demo, Float, line\n\n'
        'demo = Demo("Reads", topics=[], steps=3, broadcast=0, a=Float(1.0, 0, 2), b=Float(1.0, 0, 2))\n\n\n'
        '@demo.train\ndef reads(run):\n    while True:\n        yield line("n", n=run.a + float(run.b))\n',
        "utf-8",
    )
    assert main(["demo", str(file), "--trust", "--sweep", "a,b"]) == 2
    said = capsys.readouterr().err
    assert "`a` and `b` cannot be swept at once" in said
    assert len(said.splitlines()) == 1
