"""`studytool demo`, and a demo file run as a program, without a terminal."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from studytool.commands.demo import prove_each
from studytool.demo.find import find_demo
from tests.demo.commands import demo

PERCEPTRON = Path(__file__).resolve().parents[2] / "demos" / "perceptron.py"


def test_the_list_has_a_line_a_demo_and_as_json_what_it_asks_and_claims() -> None:
    listed, _ = demo()
    rows = [line.split(maxsplit=1) for line in listed.splitlines()]
    assert ["perceptron", "Perceptron: a line between two kinds of flowers"] in rows
    (perceptron,) = [one for one in json.loads(demo("--json")[0]) if one["name"] == "perceptron"]
    assert perceptron["parameters"][1]["low"] == 0.01
    assert "Novikoff's bound of 410" in perceptron["claims"][0]
    assert "doubles" in perceptron["predictions"][0]["options"]


def test_headless_prints_the_last_metrics_the_device_and_the_picture_in_words() -> None:
    printed, _ = demo("perceptron", "--headless", "--steps=100", "--json", "--seed=3", "--set", "learning_rate=0.5")
    result: dict[str, Any] = json.loads(printed)
    assert (result["demo"], result["seed"], result["done"]) == ("perceptron", 3, True)
    assert 4 <= result["steps"] <= 22
    assert result["metrics"] == {"errors": 0}
    assert result["parameters"] == {"flowers": "setosa/versicolor", "learning_rate": 0.5}
    assert result["device"] in ("cpu", "cuda")
    assert result["why"]
    assert "It separates setosa from versicolor: none is on the wrong side." in result["summary"]


def test_cuda_that_is_not_there_is_a_sentence_and_a_run_on_the_cpu() -> None:
    import torch

    if torch.cuda.is_available():
        pytest.skip("there is CUDA here")
    printed, _ = demo("perceptron", "--device", "cuda", "--steps", "2")
    assert "On cpu (cuda was asked for, but torch" in printed


def test_without_a_terminal_it_says_so_and_stops_after_a_while() -> None:
    printed, said = demo("perceptron", "--set", "flowers=versicolor/virginica")
    assert "stopped, not done after 5,000 steps" in printed
    assert "There is no terminal to draw on" in said
    assert "5,000 of its 20,000 steps" in said


def test_a_demo_file_is_a_program_with_the_same_options() -> None:
    command = [sys.executable, str(PERCEPTRON), "--steps", "5"]
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "stopped, not done after 5 steps" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["percetron"], "Did you mean `perceptron`?"),
        (["perceptron", "--set", "learning_rat=1"], "Did you mean `learning_rate`?"),
        (["perceptron", "--set", "learning_rate=1000"], "from 0.01 to 100"),
        (["perceptron", "--set", "learning_rate"], "--set NAME=VALUE"),
        (["nowhere/mine.py"], "There is no file nowhere/mine.py"),
    ],
)
def test_wrong_usage_is_one_sentence(arguments: list[str], message: str) -> None:
    _, said = demo(*arguments, code=2)
    assert message in said
    assert len(said.splitlines()) == 1


HEADER = 'from studytool.demo import Demo, text\ndemo = Demo("Mine", topics=[], steps=10)\n'
ENDS = '@demo.claim("it ends")\ndef _(sim): return sim().done\n'


def test_a_file_that_is_not_built_in_runs_only_when_it_is_trusted(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(HEADER + '@demo.train\ndef train(run):\n    print("hello")\n    yield text("a")\n')
    _, said = demo(str(path), "--headless", code=2)
    assert "--trust" in said
    printed, said = demo(str(path), "--headless", "--trust")
    assert "done after 1 step," in printed
    assert "hello" in said


def test_a_demo_that_raises_shows_its_traceback_and_ends_with_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    path.write_text(HEADER + "@demo.train\ndef train(run):\n    yield text('a')\n    1 / 0\n")
    _, said = demo(str(path), "--headless", "--trust", code=1)
    assert "    1 / 0" in said
    assert "mine.py:6: ZeroDivisionError: division by zero" in said.splitlines()[-1]


def test_claims_are_proved_and_a_wrong_one_fails(tmp_path: Path) -> None:
    path = tmp_path / "mine.py"
    claims = '@demo.claim("it ends")\ndef _(sim): return sim().done\n'
    claims += '@demo.claim("it flies")\ndef _(sim): return False, "0 m"\n'
    path.write_text(HEADER + "@demo.train\ndef train(run):\n    yield text('a')\n" + claims)
    printed, _ = demo(str(path), "--claims", "--trust", code=1)
    assert printed.splitlines()[2].startswith("held ")
    assert printed.splitlines()[3].startswith("FAILED")
    assert printed.splitlines()[3].endswith("it flies (0 m)")


def test_the_claims_of_several_demos_are_proved_one_after_the_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    claims = {"ends": ENDS, "quiet": ""}
    for name, claim in claims.items():
        text = HEADER + "@demo.train\ndef train(run):\n    yield text('a')\n" + claim
        (tmp_path / f"{name}.py").write_text(text)
    infos = [find_demo(str(tmp_path / f"{name}.py")) for name in claims]
    told = {as_json: (prove_each(infos, _asked(as_json)), capsys.readouterr().out) for as_json in (False, True)}
    assert [code for code, _ in told.values()] == [0, 0]
    assert [line[:4] for line in told[False][1].splitlines() if "it ends" in line] == ["held"]
    assert "This demo claims nothing." in told[False][1]
    found = json.loads(told[True][1])
    assert [(one["demo"], one["held"], len(one["claims"])) for one in found] == [("ends", True, 1), ("quiet", True, 0)]


def test_a_demo_that_cannot_be_run_does_not_keep_the_others_from_being_proved(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    train = "@demo.train\ndef train(run):\n    yield text('a')\n"
    (tmp_path / "broken.py").write_text(HEADER + train + ENDS + "1 / 0\n")
    (tmp_path / "ends.py").write_text(HEADER + train + ENDS)
    infos = [find_demo(str(tmp_path / f"{name}.py")) for name in ("broken", "ends")]
    assert prove_each(infos, _asked(as_json=True)) == 1
    printed, said = capsys.readouterr()
    broken, ends = json.loads(printed)
    assert (broken["demo"], broken["held"], broken["claims"]) == ("broken", False, [])
    assert "ZeroDivisionError" in broken["error"]
    assert "1 / 0" in said
    assert (ends["demo"], ends["held"]) == ("ends", True)


@pytest.mark.parametrize(
    "option", ["--set=a=1", "--headless", "--steps=3", "--questions", "--sweep=a,b", "--save=a.svg"]
)
def test_what_needs_a_demo_asks_for_its_name(option: str) -> None:
    for more in ((), ("--claims",)):
        _, said = demo(option, *more, code=2)
        assert f"{option.partition('=')[0]} needs the name of a demo" in said


def _asked(as_json: bool) -> Namespace:
    return Namespace(seed=0, device="cpu", json=as_json)


@pytest.mark.parametrize("options", [["--headless"], ["--json"], ["--claims"], ["--steps=3"]], ids=lambda o: o[0])
def test_a_missing_torch_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]) -> None:
    (tmp_path / "torch.py").write_text("raise ImportError('hidden by the test')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    printed, said = demo("perceptron", *options, code=1)
    assert printed == ""
    assert "Install it with `pip install torch`." in said
    assert len(said.splitlines()) == 1


def test_questions_are_asked_with_their_answers_and_one_that_cannot_be_made_says_why(tmp_path: Path) -> None:
    told = json.loads(demo("cnn", "--questions", "--seed", "3", "--json")[0])
    (shape, weights) = told["questions"]
    assert shape["name"] == "shape_after_a_convolution"
    assert len(shape["answer"]) == 3
    assert "forgot the biases" in weights["mistakes"]
    printed, _ = demo("cnn", "--questions", "--seed", "3")
    assert f"({', '.join(map(str, shape['answer']))})" in printed
    path = tmp_path / "mine.py"
    made = "@demo.train\ndef train(run):\n    yield text('a')\n@demo.question\ndef broken(rng):\n    return 1 / 0\n"
    path.write_text(HEADER + made)
    printed, _ = demo(str(path), "--questions", "--trust", code=1)
    assert "broken: this question cannot be made: ZeroDivisionError: division by zero" in printed


def test_the_command_that_is_printed_repeats_the_run() -> None:
    arguments = ["network", "--headless", "--json", "--steps=30", "--seed=4", "--set", "learning_rate=0.2"]
    first = json.loads(demo(*arguments)[0])
    words = shlex.split(first["command"])
    assert words[:2] == ["studytool", "demo"]
    assert words[3:] == shlex.split("--set learning_rate=0.2 --seed 4 --device cpu --headless --steps 30")
    again = json.loads(demo(*words[2:], "--json")[0])
    assert again["metrics"] == first["metrics"]
    assert again["command"] == first["command"]


def test_what_is_wrong_is_printed_without_pictures() -> None:
    printed, _ = demo("gradient-descent", "--steps", "60", "--set", "learning_rate=0.3")
    assert "`distance` grows without end" in printed
