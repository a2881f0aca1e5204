"""`studytool exam --plain` that is left: resumed, given up, or handed in elsewhere."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from studytool import examining
from studytool.memory import open_store
from studytool.parsers import parse
from tests.note_folder import note_file
from tests.quiz.by_line import TIDES, answers, called, exam, run, sat, told

Tell = Callable[..., str]


def test_what_is_not_complete_is_left_and_resumed(tides: Path, home: Path) -> None:
    one, two, three = answers(tides, 3)
    left = exam("--plain", tides, "--seed", "3", typed=f"{one}\n")
    assert "`studytool exam --resume` goes on" in left.stdout
    offered = exam("--plain", tides, typed=":q\n")
    assert "An exam is not handed in: tides.md" in offered.stdout
    assert "1 of 3 answered" in offered.stdout
    asked = exam("--plain", tides, "--resume", typed=":h\n\n")
    assert asked.returncode == 2
    assert "2 exams are not handed in:\n  1) tides.md, " in asked.stdout
    assert "`--resume 1` is the one begun last." in asked.stderr
    done = exam("--plain", tides, "--resume", "1", typed=":h\n\n")
    assert "0 of 3 right" in done.stdout
    done = exam("--plain", tides, "--resume", typed=f"{two}\n{three}\n\n")
    assert "question 2 of 3" in done.stdout
    assert "**3 of 3 right (100 %)**" in done.stdout
    again = exam("--plain", tides, "--resume")
    assert again.returncode == 1
    assert "There is no exam to resume. `studytool exam --last` shows" in " ".join(again.stderr.split())


@pytest.mark.parametrize("option", ["--resume", "--discard"])
def test_without_any_exam_no_report_of_one_is_offered(tides: Path, option: str) -> None:
    done = exam("--plain", tides, option)
    assert done.returncode == 1
    assert "There is no exam to resume. `studytool exam` begins one." in " ".join(done.stderr.split())


def test_one_that_is_resumed_without_a_path_opens_the_notes_that_it_was_begun_on(
    tides: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_file(tmp_path, "sea", "# Sea\n\nWho rules the sea?\n= Neptune\n")

    def opened(*words: str) -> list[Path]:
        args = parse(["exam", *words])[1]
        return [path.resolve() for path in examining.request_for(args, examining.wish_of(args)).paths]

    usual = opened("--resume")
    monkeypatch.chdir(tmp_path)
    exam("--plain", tides.name, "--count", "1", typed=":q\n")
    monkeypatch.chdir("/")
    assert opened("--resume") == opened("--resume", "1") == [tides.resolve()]
    assert opened() == usual  # a new one
    assert opened("--resume", str(tmp_path)) == [tmp_path.resolve()]
    exam("--plain", tmp_path / "sea.md", typed=":q\n")
    assert opened("--resume") == usual  # which is meant is not known before it is chosen
    assert opened("--resume", "1") == [(tmp_path / "sea.md").resolve()]
    assert opened("--resume", "2") == [tides.resolve()]
    tides.unlink()
    assert opened("--resume", "2") == usual


@pytest.fixture
def told_by(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Tell:
    """What a sitting with these arguments prints; it is left at once, unless something else is `typed`."""

    def sit(*arguments: str | Path, typed: str = ":q\n") -> str:
        assert sat(monkeypatch, "--plain", *arguments, typed=typed) == 0
        return capsys.readouterr().out

    return sit


@pytest.fixture
def begun(tides: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told_by: Tell) -> None:
    """Two exams that were left: one on `sea.md`, then one on the tides, with --sure and a report."""
    note_file(tmp_path, "sea", "# Sea\n\nWho rules the sea?\n= Neptune\n")
    told_by(tmp_path / "sea.md", "--seed", "1")
    monkeypatch.chdir(tmp_path)
    offered = told_by(tides.name, "--seed", "3", "--sure", "--report", "report.md")
    assert "An exam is not handed in: sea.md, " in offered
    monkeypatch.chdir("/")


@pytest.mark.usefixtures("begun")
def test_resuming_obeys_the_path_and_the_number_or_the_id(
    tides: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], told_by: Tell
) -> None:
    # The path chooses, whether it stands before or after; no path and no number choose nothing.
    assert "Exam: sea.md." in told_by(tmp_path / "sea.md", "--resume")
    assert "Exam: tides.md." in told_by("--resume", tides)
    assert "Exam: sea.md." in told_by(tmp_path, "--resume", "2")
    assert sat(monkeypatch, "--resume", "--json", tmp_path) == 0
    listed = json.loads(capsys.readouterr().out)["unfinished"]
    assert [(one["number"], one["title"], one["asked"]) for one in listed] == [(1, "tides.md", 3), (2, "sea.md", 1)]
    (tmp_path / "empty.md").touch()
    for arguments, sentence in (
        ((tmp_path, "--resume", "3"), "There are 2 exams to resume, and no number 3. --resume alone lists them."),
        ((tides, "--resume", "2"), "There is 1 exam to resume, and no number 2."),
        ((tmp_path / "empty.md", "--resume"), "No exam on empty.md is to be resumed. `studytool exam --resume` has 2"),
    ):
        assert sat(monkeypatch, "--plain", *arguments) == 2
        assert sentence in capsys.readouterr().err
    # The id that is listed, or how it begins, chooses too, and does not shift when another is begun.
    ids = [one["exam"] for one in listed]
    assert "Exam: sea.md." in told_by("--resume", ids[1], tmp_path)
    assert "Exam: tides.md." in told_by(tmp_path, "--resume", ids[0][:-1])
    assert sat(monkeypatch, tmp_path, "--resume", "9" * 5000) == 2
    assert "and no number 9999" in capsys.readouterr().err


@pytest.mark.usefixtures("begun")
def test_one_that_is_given_up_is_told_of_and_no_longer_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], told_by: Tell
) -> None:
    told_by(tmp_path / "sea.md", "--seed", "9")
    assert sat(monkeypatch, "--discard", "1", "--sure") == 2
    assert "--discard gives up the exam that it names, and nothing else." in capsys.readouterr().err
    (first, *_) = json.loads(told_by("--resume", "--json", tmp_path))["unfinished"]
    assert sat(monkeypatch, "--discard", first["exam"], tmp_path, "--json") == 0
    assert json.loads(capsys.readouterr().out)["discarded"]["seed"] == 9
    (tmp_path / "empty.md").touch()
    assert sat(monkeypatch, "--discard", "1", tmp_path / "empty.md") == 2
    assert "No exam on empty.md is to be resumed. `studytool exam --resume` has 2" in capsys.readouterr().err


@pytest.mark.usefixtures("begun")
def test_where_nobody_can_be_asked_the_one_that_is_given_up_is_named_by_its_id(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], told_by: Tell
) -> None:
    for words in (["--discard"], ["--discard", "1"], ["--discard", "1", "--json"]):
        assert sat(monkeypatch, *words, tmp_path) == 2
        assert "--discard needs the id of the exam where nobody can be asked" in capsys.readouterr().err
    for one in json.loads(told_by("--resume", "--json", tmp_path))["unfinished"]:
        assert sat(monkeypatch, "--discard", one["exam"], tmp_path) == 0
        assert f"Given up: {one['title']}, " in capsys.readouterr().out
    assert sat(monkeypatch, "--discard", tmp_path) == 1
    assert "There is no exam to resume." in capsys.readouterr().err


class Terminal(io.StringIO):
    """Lines as they are typed at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "is_given_up"), [("y", True), ("", False), ("n", False)])
@pytest.mark.usefixtures("begun")
def test_at_a_terminal_the_one_that_is_given_up_is_shown_and_asked_about(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    told_by: Tell,
    answer: str,
    is_given_up: bool,
) -> None:
    for words, typed in ((["--discard", "2", tmp_path], answer), (["--discard", tmp_path], f"2\n{answer}")):
        before = len(json.loads(told_by("--resume", "--json", tmp_path))["unfinished"])
        monkeypatch.setattr(sys, "stdin", Terminal(f"{typed}\n"))
        assert called("exam", *words) == 0
        shown = capsys.readouterr().out
        assert "sea.md, " in shown.partition("give it up for good? y, or enter to keep it:")[0]
        assert ("Given up: sea.md, " in shown, "Nothing was given up." in shown) == (is_given_up, not is_given_up)
        left = json.loads(told_by("--resume", "--json", tmp_path))["unfinished"]
        assert len(left) == before - is_given_up
        if is_given_up:
            break


@pytest.mark.parametrize(("answer", "goes_on"), [("y", True), ("", False), ("n", False), ("what?\ny", True)])
@pytest.mark.usefixtures("begun")
def test_at_a_terminal_it_is_asked_before_one_is_taken_over_that_may_be_open_elsewhere(
    tides: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    told_by: Tell,
    answer: str,
    goes_on: bool,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("studytool.commands.exam._Sitting._leave", lambda _: None)  # as where it breaks off
        told_by(tides, "--resume")
    listed = told_by("--resume", "1", tides.parent, typed="")
    assert "another window has it open" in listed, "through a pipe nobody can be asked"
    with monkeypatch.context() as patch:
        patch.setattr("studytool.commands.exam._Sitting._leave", lambda _: None)
        told_by(tides, "--resume")
    assert sat(monkeypatch, "--plain", "--resume", tides.parent) == 2
    assert [line.rpartition(", ")[2] for line in capsys.readouterr().out.splitlines()[1:3]] == [
        "open elsewhere?",
        "left",
    ]
    monkeypatch.setattr(sys, "stdin", Terminal(f"{answer}\n:q\n"))
    events = len(told(home, "exam"))
    assert called("exam", "--plain", "--resume", tides) == 0
    shown = capsys.readouterr().out
    assert "go on with it here? y, or enter to leave it where it is:" in shown
    assert ("[question " in shown) == goes_on
    assert len(told(home, "exam")) == events + 2 * goes_on


@pytest.mark.usefixtures("begun")
def test_it_is_sat_as_it_was_begun(tides: Path, tmp_path: Path, home: Path, told_by: Tell) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("confidence = true\n", "utf-8")
    assert "how sure?" not in told_by(tmp_path / "sea.md", "--resume", typed="zzz\n:q\n")
    tides.write_text(TIDES.replace("What", "Which"), "utf-8")
    done = told_by(tides, "--resume", typed="zzz\ns\n:h\n\n")
    assert "how sure?" in done
    assert f"The report is in {tmp_path}/report.md" in done
    assert (tmp_path / "report.md").exists()
    moon = note_file(tmp_path, "moon", "# Moon\n\nWho landed?\n= Neil\n")
    told_by(moon, "--report", tmp_path / "late.md")
    (tmp_path / "late.md").touch()
    assert "late.md is there already. The report is not written there" in told_by(moon, "--resume")


@pytest.mark.parametrize("here", [[], ["--report", "report.md"]], ids=["inherited", "named"])
def test_of_two_windows_the_one_that_hands_in_last_leaves_the_report_of_the_other(
    tides: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], here: list[str]
) -> None:
    class Slow(io.StringIO):
        """Before anything is typed here the exam is handed in elsewhere."""

        def readline(self, *_: object) -> str:
            if not self.tell():
                exam("--plain", "--resume", tides, typed=":h\n\n")
            return super().readline()

    monkeypatch.chdir(tmp_path)
    sat(monkeypatch, "--plain", tides, "--report", "report.md", typed=":q\n")
    monkeypatch.setattr(sys, "stdin", Slow("zzz\n"))
    assert called("exam", "--plain", "--resume", *here) == 0
    done = capsys.readouterr()
    assert "on another device. What you typed to this question was not taken:\n  zzz\nThis is its result." in done.out
    assert "report.md is there already. The report is not written there" in done.out
    assert "0 of 3 right" in done.out
    assert (tmp_path / "report.md").read_text("utf-8").startswith("# Exam: tides.md")


def test_an_answer_counts_for_a_card_whose_note_was_edited_before_the_exam_went_on(tides: Path, home: Path) -> None:
    assert run("study", "--plain", tides, typed="\n4\n" * 3).returncode == 0
    one, two, three = answers(tides, 3)
    exam("--plain", tides, "--seed", "3", typed=f"{one}\n")
    tides.write_text(TIDES.replace(f"= {one}\n", f"= {one}\n= the {one}\n"), "utf-8")
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("exams_count = true\n", "utf-8")
    exam("--plain", tides, "--resume", typed=f"{two}\n{three}\n\n")
    store = open_store(home / "data")
    events = store.events()
    store.close()
    (edited,) = [event.card for event in events if event.kind == "relink"]
    counted = {event.card for event in events if event.kind == "review" and "attempt" in event.payload}
    assert len(counted) == 3
    assert edited in counted
