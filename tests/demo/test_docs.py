"""docs/demos.md: its keys are the screen's, and its example is a whole demo that holds what it says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from studytool.app.screens.demo import DemoScreen
from tests.demo.commands import demo

TEXT = (Path(__file__).parents[2] / "docs" / "demos.md").read_text("utf-8")


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """The demo of the text, as a file."""
    (source,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    file = tmp_path / "correct.py"
    file.write_text(source, "utf-8")
    return file


def printed(*arguments: str) -> str:
    return demo(*arguments)[0]


def test_the_example_runs_claims_what_holds_and_asks_a_question(example: Path) -> None:
    result = json.loads(printed(str(example), "--trust", "--headless", "--json"))
    assert result["metrics"]["error"] < 1e-6
    assert result["diagnosis"] == []
    assert "held" in printed(str(example), "--trust", "--claims")
    assert "not 0." in printed(str(example), "--trust", "--questions")


def test_the_example_above_its_edge_gets_a_diagnosis(example: Path) -> None:
    result = json.loads(printed(str(example), "--trust", "--headless", "--json", "--set", "learning_rate=2.5"))
    (told,) = result["diagnosis"]
    assert told.startswith("`error` grows without end")


def test_every_key_of_the_table_does_something_on_the_screen() -> None:
    named = {"full_stop": ".", "left": "←", "right": "→", "escape": "esc"}
    bound = {named.get(key, key) for binding in DemoScreen.BINDINGS for key in binding.key.split(",")}
    told = [row.split("|")[1] for row in TEXT.splitlines() if row.startswith("| `")]
    for keys in told:
        for key in re.findall(r"`(.+?)`", keys):
            assert key in bound, f"the table names {key!r}"
    assert len(told) == 11
