"""`studytool check --run` executes what cards carry, in a process of its own, and only what was agreed to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.note_folder import note_file
from tests.warm import TORCH

NOTE = """\
# Numbers

Q: A 5 by 5 filter runs over a 32 by 32 image. What size is its output?
A: 28 by 28.

```python check
nn.Conv2d(1, 1, 5)(torch.zeros(1, 1, 32, 32)).shape[2:]
```

Q: Which cross-entropy has a guess among ten classes?
A: About 2.303.

```python check
math.log(10)
```

Q: Nobody checks this?
A: Right.
"""
WRONG = "\nQ: What is two and two?\nA: 5\n\n```python check\nx = 2\nx + 2\n```\n"
DEMO = """\
from studytool.demo import Demo, Float, text

demo = Demo("Mine", topics=[], steps=3, rate=Float(1.0, 0.0, 2.0))

@demo.train
def trains(run):
    while True:
        yield text("x")

@demo.claim("Water is wet.")
def wet(sim):
    return True

@demo.claim("Fire is cold.")
def cold(sim):
    return False, "it is not"
"""


@pytest.fixture
def lent() -> Sequence[int]:
    """Demos and checks are forked from a process that has torch."""
    return TORCH.lend()


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return note_file(tmp_path, "numbers", NOTE)


def test_what_was_verified_is_counted(studytool, note: Path) -> None:
    done = studytool("check", "--run", "--trust", "numbers.md")
    assert (done.code, done.out) == (0, "2 of 3 cards verified by running them.\n")


def test_what_names_a_source_instead_is_counted(studytool, note: Path) -> None:
    note.write_text(f"{NOTE}Source: Nobody 2020\n", "utf-8")
    done = studytool("check", "--run", "--trust", "numbers.md")
    assert done.out == "2 of 3 cards verified by running them.\n1 of the other 1 names a source.\n"


def test_a_check_that_does_not_hold_is_told_with_its_line_and_ends_with_1(studytool, note: Path) -> None:
    note.write_text(NOTE + WRONG, "utf-8")
    done = studytool("check", "--run", "--trust", "numbers.md")
    assert done.code == 1
    assert done.out.startswith("numbers.md:24:1: error failed-check: This check comes to 4, and the answer is “5”.\n")
    assert done.out.endswith("2 of 4 cards verified by running them.\n")
    told = json.loads(studytool("check", "--run", "--trust", "--json", "numbers.md").out)
    assert (told["verified"], told["cards"], [one["code"] for one in told["failed"]]) == (2, 4, ["failed-check"])


def test_a_note_runs_only_as_it_was_agreed_to(studytool, note: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    note.write_text(f"{NOTE}\n```python check\nopen({str(ran)!r}, 'w').close()\n```\n", "utf-8")
    refused = studytool("check", "--run", "numbers.md")
    assert (refused.code, ran.exists()) == (2, False)
    assert "numbers.md is not trusted" in refused.err
    assert "studytool trust numbers.md" in refused.err
    assert studytool("trust", "numbers.md").code == 0
    assert studytool("check", "--run", "numbers.md").code == 0
    assert ran.exists()
    note.write_text(note.read_text("utf-8") + "\nmore\n", "utf-8")
    assert studytool("check", "--run", "numbers.md").code == 2
    assert studytool("trust", "--revoke", "numbers.md").out.endswith("no longer trusted\n")


def test_without_run_nothing_runs(studytool, note: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    note.write_text(f"{NOTE}\n```python check\nopen({str(ran)!r}, 'w').close()\n```\n", "utf-8")
    for command in ("check", "cards"):
        assert studytool(command, "numbers.md").code == 0
    assert not ran.exists()


def test_a_check_that_ends_its_process_costs_only_itself(studytool, note: Path) -> None:
    codes = ("import os\nos._exit(0)", "raise SystemExit", "1 / 0", "answer = [")
    bad = "".join(f"Q: Number {at}?\nA: 1\n\n```python check\n{code}\n```\n\n" for at, code in enumerate(codes))
    note.write_text(bad + NOTE, "utf-8")
    done = studytool("check", "--run", "--trust", "numbers.md")
    assert done.code == 1
    assert done.out.count("failed-check") == 4
    assert done.out.endswith("2 of 7 cards verified by running them.\n")


def test_a_check_without_a_card_is_told(studytool, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("```python check\nTrue\n```\n\nQ: One?\nA: 1\n", "utf-8")
    done = studytool("check", "--run", "--trust", "a.md")
    assert done.code == 1
    assert "a.md:1:1: error stray-check: No card stands above this check.\n" in done.out


def test_a_card_is_borne_out_by_a_claim_of_its_demo(studytool, tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(DEMO, "utf-8")
    card = "---\ndemo: ./mine.py\n---\n\nQ: How is {0}?\nA: {1}\n\n```claim check\n{2}\n```\n"
    note = tmp_path / "a.md"
    note.write_text(card.format("water", "Wet.", "Water is"), "utf-8")
    refused = studytool("check", "--run", "a.md")
    assert refused.code == 2
    assert "mine.py is not trusted" in refused.err
    quick = studytool("check", "--run", "--no-claims", "a.md")
    assert (quick.code, quick.out) == (0, "0 of 1 card verified by running them.\n")
    done = studytool("check", "--run", "--trust", "a.md")
    assert done.code == 1
    assert "mine.py:14:1: error failed-claim: A claim of this demo does not hold: Fire is cold. (it is not)" in done.out
    assert "1 of 1 card verified by running them.\n1 of 2 claims of their demos held" in done.out
    note.write_text(card.format("fire", "Cold.", "Fire is"), "utf-8")
    assert (
        "a.md:9:1: error failed-check: The claim does not hold: Fire is cold."
        in studytool("check", "--run", "--trust", "a.md").out
    )
    note.write_text(card.format("air", "Thin.", "Air is"), "utf-8")
    assert "No claim of the demo mine has the words “Air is”." in studytool("check", "--run", "--trust", "a.md").out


def test_a_claim_that_stands_beside_its_demo_is_told_with_that_file(studytool, tmp_path: Path) -> None:
    idea, _, claims = DEMO.partition('@demo.claim("Water')
    (tmp_path / "mine.py").write_text(idea, "utf-8")
    (tmp_path / "asked").mkdir()
    (tmp_path / "asked" / "mine.py").write_text(f'from demo_mine import demo\n\n@demo.claim("Water{claims}', "utf-8")
    (tmp_path / "a.md").write_text("---\ndemo: ./mine.py\n---\n\nQ: How is water?\nA: Wet.\n", "utf-8")
    refused = studytool("check", "--run", "a.md")
    assert f"Look at it and {tmp_path / 'asked' / 'mine.py'}, then say `studytool trust" in refused.err
    done = studytool("check", "--run", "--trust", "a.md")
    assert "asked/mine.py:7:1: error failed-claim: A claim of this demo does not hold: Fire is cold." in done.out
