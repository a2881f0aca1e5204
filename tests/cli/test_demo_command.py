"""`studytool demo` without a screen: what there is, and a run measured."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.warm import TORCH


@pytest.fixture
def lent() -> Sequence[int]:
    """Demos and checks are forked from a process that has torch."""
    return TORCH.lend()


def test_without_a_name_the_demos_are_listed(studytool) -> None:
    done = studytool("demo")
    assert (done.code, done.err) == (0, "")
    assert "perceptron" in done.out


def test_the_list_as_json_names_parameters(studytool) -> None:
    done = studytool("demo", "--json")
    assert done.code == 0
    assert "perceptron" in done.out
    json.loads(done.out)


def test_a_headless_run_prints_its_last_metrics_and_the_device(studytool) -> None:
    done = studytool("demo", "perceptron", "--headless", "--steps", "40", "--device", "cpu", "--json")
    assert done.code == 0
    told = json.loads(done.out.splitlines()[-1] if not done.out.startswith("{") else done.out)
    assert "cpu" in json.dumps(told["device"])
    numbers = [value for value in told["metrics"].values() if isinstance(value, (int, float))]
    assert numbers
    assert all(math.isfinite(value) for value in numbers)


def test_the_same_seed_gives_the_same_run(studytool) -> None:
    command = ("demo", "perceptron", "--headless", "--steps", "15", "--seed", "3", "--device", "cpu", "--json")
    first, second = (json.loads(studytool(*command).out) for _ in range(2))
    assert first["metrics"] == second["metrics"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("perceptrom", "--headless", "--steps", "1"), "perceptron"),
        (("perceptron", "--headless", "--steps", "1", "--set", "nothing=1"), "nothing"),
        (("perceptron", "--headless", "--steps", "1", "--set", "noequals"), "noequals"),
        (("no/such/file.py", "--headless", "--steps", "1"), "file.py"),
    ],
    ids=["name", "parameter", "form", "file"],
)
def test_what_cannot_run_is_one_sentence(studytool, arguments: tuple[str, ...], told: str) -> None:
    done = studytool("demo", *arguments)
    assert done.code in {1, 2}
    assert done.out == ""
    assert told in done.err
    assert done.err.startswith("studytool")


def test_without_a_terminal_a_demo_does_not_hang(studytool) -> None:
    done = studytool("demo", "perceptron", "--steps", "5", "--device", "cpu")
    assert done.code in {0, 1, 2}
    assert done.out or done.err


def test_trust_is_taken_back_although_nobody_may_look_for_the_file_beside(
    studytool, tmp_path: Path, mortal: Sequence[str]
) -> None:
    folder = tmp_path / "mine"
    (folder / "asked").mkdir(parents=True)
    (folder / "walk.py").write_text("from studytool.demo import Demo\n")
    (folder / "asked").chmod(0)
    done = studytool("trust", "--revoke", folder / "walk.py", prefix=mortal)
    assert (done.code, done.out, done.err) == (0, f"{folder / 'walk.py'}: was not trusted\n", "")
