"""Computed questions where they are asked: `studytool quiz` and `studytool exam`, which never load torch themselves."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from studytool.memory import open_store
from tests.demo.commands import studytool
from tests.quiz.by_line import told
from tests.quiz.sums import PREDICTS, RAISES, SUM, Make
from tests.warm import TORCH

NO_LUCK = "The demo sums gave no question (ValueError: no luck, at sums.py:15): a card is asked instead."


def quiz(*arguments: str | Path, typed: str = "", name: str = "quiz") -> subprocess.CompletedProcess[str]:
    """One run of the command in this process; what it starts is forked from a process that has imported torch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(typed))
        stdout, stderr = studytool(name, *map(str, arguments))
    return subprocess.CompletedProcess([name], 0, stdout, stderr)


def questions(*arguments: str | Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(quiz("--json", *arguments).stdout)["questions"]
    return found


ALONE = """\
import sys
from studytool.cli import main
from studytool.demo import spawn
from tests.warm import TORCH
TORCH.borrow(*map(int, sys.argv[1].split()))
spawn.subprocess = TORCH
code = main(sys.argv[2:])
assert "torch" not in sys.modules
sys.exit(code)
"""


@pytest.mark.parametrize("form", ["--json", "--plain"])
@pytest.mark.parametrize("name", ["quiz", "exam"])
def test_a_command_whose_questions_are_computed_never_loads_torch(made: Make, name: str, form: str) -> None:
    lent, arguments = TORCH.lend(), (name, form, str(made(SUM).root), "--count", "8", "--seed", "1")
    command = [sys.executable, "-c", ALONE, " ".join(map(str, lent)), *arguments]
    typed = "\n" * 40
    done = subprocess.run(command, input=typed, capture_output=True, text=True, timeout=120, pass_fds=lent)
    assert done.returncode == 0, done.stderr
    assert ("sum_of_two" if form == "--json" else "What is ") in done.stdout


def test_json_holds_the_key_and_the_mistakes(made: Make) -> None:
    folder = Path(made(SUM).root)
    (asked,) = [one for one in questions(folder, "--count", "8", "--seed", "1") if one["computed"]]
    assert asked["computed"]["demo"] == str(folder / "sums.py")
    assert asked["computed"]["name"] == "sum_of_two"
    assert [one["why"] for one in asked["computed"]["mistakes"]] == [
        "the mistake: subtracted",
        "the mistake: multiplied",
    ]
    assert asked["card"] == ""
    assert asked["line"] == 1


def test_computed_questions_can_be_left_out(made: Make, home: Path) -> None:
    folder = Path(made(SUM).root)
    arguments = (folder, "--count", "8", "--seed", "1")
    assert not any(one["computed"] for one in questions(*arguments, "--no-computed"))
    (home / "config").mkdir(exist_ok=True)
    (home / "config" / "settings.toml").write_text("computed = false\n")
    assert not any(one["computed"] for one in questions(*arguments))
    assert any(one["computed"] for one in questions(*arguments, "--computed"))


def test_plain_asks_in_order_names_the_mistake_and_records_no_card(made: Make, home: Path) -> None:
    folder = Path(made(SUM).root)
    arguments = (folder, "--count", "8", "--seed", "1")
    typed = []
    for asked in questions(*arguments):
        if not asked["computed"]:
            typed += [
                "abcd"[[o["correct"] for o in asked["options"]].index(True)] if asked["options"] else asked["answer"]
            ]
            continue
        wrong = asked["computed"]["mistakes"][0]["text"]
        texts = [option["text"] for option in asked["options"]]
        typed += ["abcd"[texts.index(wrong)] if texts else wrong, ""]
    done = quiz("--plain", *arguments, typed="\n".join(typed) + "\n")
    assert "the mistake: subtracted" in done.stdout
    assert "studytool demo" in done.stdout
    assert "7 of 8 right" in done.stdout
    store = open_store(home / "data")
    events = [event for event in store.events() if event.kind == "attempt"]
    store.close()
    assert [event.card for event in events if event.payload["computed"]] == [None]
    assert all(event.card == event.payload["card"] for event in events if not event.payload["computed"])


def test_a_demo_that_fails_is_told_beside_the_json(made: Make) -> None:
    done = quiz("--json", Path(made(RAISES).root), "--count", "8", "--seed", "1")
    assert done.stderr == f"studytool: {NO_LUCK}\n"
    assert len(json.loads(done.stdout)["questions"]) == 8


def right(asked: dict[str, Any]) -> str:
    """What answers a question of a paper rightly, line by line."""
    if asked["options"]:
        return "abcd"[[option["correct"] for option in asked["options"]].index(True)]
    answer: str = asked["answer"].partition(" ±")[0]
    return answer


def test_an_exam_has_computed_questions_and_the_same_seed_sets_the_same_paper(made: Make) -> None:
    arguments = ("--json", Path(made(SUM + PREDICTS).root), "--count", "8", "--seed", "1")
    paper = json.loads(quiz(*arguments, name="exam").stdout)["questions"]
    assert len([asked for asked in paper if asked["computed"]]) == 2
    assert {asked["computed"]["prediction"] for asked in paper if asked["computed"]} == {None, 0}
    assert questions(*arguments[1:]) == paper
    without = json.loads(quiz(*arguments, "--no-computed", name="exam").stdout)["questions"]
    assert not any(asked["computed"] for asked in without)


def test_an_exam_goes_on_with_its_computed_questions_when_the_demo_is_gone(
    made: Make, tmp_path: Path, home: Path
) -> None:
    folder = Path(made(SUM).root)
    arguments = (folder, "--count", "8", "--seed", "1")
    first = right(questions(*arguments, "--no-computed")[0])  # the first question is of a card either way
    begun = quiz("--plain", *arguments, typed=f"{first}\n", name="exam").stdout
    assert "Demos compute 1 question; the exam begins when they are ready" in begun
    (folder / "sums.py").unlink()
    paper = told(home, "exam")[0]["paper"]["questions"]
    assert any(asked["computed"] for asked in paper)
    typed = "".join(f"{right(asked)}\n" for asked in paper[1:])
    report = tmp_path / "report.json"
    done = quiz("--plain", folder, "--resume", "--report", report, typed=f"{typed}\n", name="exam").stdout
    assert "**8 of 8 right (100 %)**" in done
    assert [one["verdict"] for one in json.loads(report.read_text())["questions"]] == ["right"] * 8


def test_the_report_names_the_demo_of_a_computed_question_that_was_not_right(made: Make) -> None:
    folder = Path(made(SUM).root)
    typed = ":n\n" * 8 + ":h\n\n"
    done = quiz("--plain", folder, "--count", "8", "--seed", "1", typed=typed, name="exam").stdout
    assert f"; run `studytool demo {folder / 'sums.py'}`\n" in done, "the demo that its cards link to, too, and once"
    assert f"  - studytool demo {folder / 'sums.py'}\n" in done


def test_a_demo_that_fails_costs_an_exam_a_sentence_and_no_question(made: Make) -> None:
    arguments = (Path(made(RAISES).root), "--count", "8", "--seed", "1")
    done = quiz("--json", *arguments, name="exam")
    assert done.stderr == f"studytool: {NO_LUCK}\n"
    assert len(json.loads(done.stdout)["questions"]) == 8
    assert f"{NO_LUCK}\nExam: notes. 8 questions" in quiz("--plain", *arguments, name="exam").stdout
