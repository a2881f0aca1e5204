"""The report of `studytool exam --plain`: how sure one was, marks that are overruled, its file, and --last."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.quiz.by_line import answers, called, exam, run, sat, told


def test_a_mark_is_overruled_after_the_report_which_is_written_again(tides: Path, tmp_path: Path, home: Path) -> None:
    typed = f"{answers(tides, 3)[0]}\nzzz\nyyy\n\ny 1\ny 9\n:y 2\n"
    done = exam("--plain", tides, "--seed", "3", "--report", tmp_path / "r.json", typed=typed)
    assert "(y 2 counts your answer to question 2 as right; enter: none, or no more)" in done.stdout
    why = "counts nothing as right: y goes with the number of an answer that is not right (2, 3)."
    assert done.stdout.count(why) == 2
    assert f"'y 1' {why}" in done.stdout
    assert "(y 3 counts your answer to question 3 as right;" in done.stdout.split("Question 2 counts as right.\n")[1]
    assert done.stdout.index("**1 of 3 right (33 %)**") < done.stdout.index("Question 2 counts as right.\n")
    assert "2 of 3 right (67 %) (1 overruled)" in done.stdout
    marks = json.loads((tmp_path / "r.json").read_text("utf-8"))["marks"]
    assert marks["right"] == 2
    assert sorted(attempt["overruled"] for attempt in told(home, "attempt")) == [False, False, False, True]


def test_how_sure_is_asked_after_each_answer_and_told_of_in_the_report(tides: Path) -> None:
    one, two, _ = answers(tides, 3)
    done = exam("--plain", tides, "--seed", "3", "--sure", typed=f"{one}\nl\n{two}\nx\ng\nzzz\ns\n\n")
    assert "'x' is none of g, l and s." in done.stdout
    report = done.stdout.split("# Exam:")[1]
    assert report.index("## Sure and wrong") < report.index("## Study next")
    assert "Brier score 0.472 over 3 answers" in report


@pytest.mark.parametrize("ending", ["md", "json"])
def test_the_report_is_written_and_replaces_no_file(tides: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"report.{ending}"
    done = exam("--plain", tides, "--report", path, typed=":h\n\n")
    assert f"The report is in {path}" in done.stdout
    text = path.read_text("utf-8")
    assert json.loads(text)["marks"]["asked"] == 3 if ending == "json" else text.startswith("# Exam: tides.md")
    again = exam("--plain", tides, "--report", path, typed=":h\n\n")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert path.read_text("utf-8") == text


def test_a_report_is_written_before_anything_is_asked_and_can_be_had_again(
    sea: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report, found = tmp_path / "report.md", []

    class BrokenOff(io.StringIO):
        """Where nothing more was typed, ctrl+c is pressed."""

        def readline(self, *_: object) -> str:
            if line := super().readline():
                return line
            found.append(report.read_text("utf-8"))
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", BrokenOff("rain\n.\n\n"))
    assert called("exam", "--plain", sea, "--report", report) == 130
    assert found == [report.read_text("utf-8")]
    assert found[0] in capsys.readouterr().out

    assert sat(monkeypatch, sea, "--last", "--report", tmp_path / "again.json") == 0
    told_again = capsys.readouterr().out
    assert found[0] in told_again
    assert "how was it?" not in told_again
    assert sat(monkeypatch, sea, "--last", "--json", "--report", tmp_path / "again.md") == 0
    assert json.loads(capsys.readouterr().out) == json.loads((tmp_path / "again.json").read_text("utf-8"))
    assert (tmp_path / "again.md").read_text("utf-8") == found[0]
    assert sat(monkeypatch, sea, "--plain", "--resume") == 1
    assert "`studytool exam --last` shows the report of the last one." in capsys.readouterr().err


def test_own_words_that_are_marked_are_in_the_report_that_was_written_before(
    sea: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "report.md"
    assert sat(monkeypatch, "--plain", sea, "--report", report, typed="rain\n.\n\n3\n") == 0
    assert "**1 of 1 right (100 %)**" in report.read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.md", "sea.md"]


def test_the_stored_answers_of_an_exam_count_only_with_the_setting(tides: Path, home: Path) -> None:
    for answer in ("ebb", "surge", "neap"):
        assert run("study", "--plain", tides, typed=f"{answer}\n4\n" * 3).returncode == 0
    before = len(told(home, "review"))
    assert before == 3
    exam("--plain", tides, typed="zzz\nzzz\nzzz\n\n")
    assert len(told(home, "review")) == before
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("exams_count = true\n", "utf-8")
    exam("--plain", tides, typed="zzz\nzzz\nzzz\n\n")
    counted = told(home, "review")[before:]
    assert [review["grade"] for review in counted] == [1, 1, 1]
    assert len({review["attempt"] for review in counted}) == 3


def test_stats_tell_how_sure_one_was(tides: Path) -> None:
    exam("--plain", tides, "--seed", "3", "--sure", typed="zzz\ns\nzzz\ng\nzzz\n\n\n")
    done = run("stats", tides)
    assert "how sure you were in quizzes and exams: Brier score 0.512 over 2 answers" in done.stdout
    found = run("stats", tides, "--json")
    assert [word["word"] for word in json.loads(found.stdout)["quiz"]["words"]] == ["guess", "sure"]
