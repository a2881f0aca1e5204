"""`studytool exam --plain` and `--json` through pipes: commands, what is left behind, the report, and bad input."""

from __future__ import annotations

import gc
import io
import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from studytool.cli import main
from studytool.memory import open_store
from studytool.notes import load_library
from studytool.notes.model import Library
from studytool.quiz import build

TIDES = "# Tides\n\n" + "\n---\n\n".join(
    f"What comes with the {name}?\n\n= {answer}\n"
    for name, answer in (("moon", "ebb"), ("storm", "surge"), ("sun", "neap"))
)


def exam(*arguments: str | Path, typed: str = "") -> subprocess.CompletedProcess[str]:
    """One run of the command; a traceback anywhere fails the test."""
    command = [sys.executable, "-m", "studytool", "exam", *map(str, arguments)]
    done = subprocess.run(command, input=typed, capture_output=True, text=True, encoding="utf-8", timeout=120)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def told(home: Path, kind: str) -> list[dict[str, Any]]:
    store = open_store(home / "data")
    try:
        return [dict(event.payload) for event in store.events() if event.kind == kind]
    finally:
        store.close()


@pytest.fixture
def tides(tmp_path: Path) -> Path:
    """A note with three typed questions."""
    path = tmp_path / "tides.md"
    path.write_text(TIDES, "utf-8")
    return path


def answers(tides: Path, seed: int) -> list[str]:
    """The right answers in the order of the paper."""
    paper = json.loads(exam("--json", tides, "--seed", str(seed)).stdout)
    return [question["answer"] for question in paper["questions"]]


def test_json_prints_the_paper_with_its_key_and_opens_no_log(notes: Path, small: Library, home: Path) -> None:
    found = json.loads(exam("--json", notes, "--seed", "9", "--count", "4", "--minutes", "7").stdout)
    assert found["minutes"] == 7
    assert found["seed"] == 9
    assert [one["prompt"] for one in found["questions"]] == [
        asked.prompt for asked in build(small, count=4, seed=9).questions
    ]
    assert {"kind", "prompt", "options", "answer", "card", "path", "line"} <= set(found["questions"][0])
    assert not (home / "data").exists()


def test_nothing_is_marked_before_the_end_of_the_input_which_hands_in_what_is_complete(tides: Path, home: Path) -> None:
    one, two, three = answers(tides, 3)
    done = exam("--plain", tides, "--seed", "3", typed=f"{one}\nzzz\n{three}\n")
    assert done.returncode == 0
    asking, report = done.stdout.split("# Exam:")
    assert "✓" not in asking
    assert two not in asking
    assert "**2 of 3 right (67 %)**" in report
    assert two in report
    assert [event.get("ended") for event in told(home, "exam")] == [None, "handed in"]


def test_commands_flag_jump_list_and_change(tides: Path, home: Path) -> None:
    one, two, three = answers(tides, 3)
    typed = f"zzz\n:f\n\n:l\n:1\n{one}\n{two}\n:b\n:99\n:?\n:n\n{three}\n2\n:n\n\n\n"
    done = exam("--plain", tides, "--seed", "3", typed=typed)
    assert "Flagged." in done.stdout
    assert "your answer so far: zzz" in done.stdout
    assert "  2 ○ ⚑" in done.stdout
    assert "There are questions 1 to 3." in done.stdout
    assert "3 of 3 answered, flagged: 2" in done.stdout
    assert "**3 of 3 right (100 %)**" in done.stdout
    assert len(told(home, "attempt")) == 4


def test_a_colon_more_makes_an_answer_of_a_command_and_q_is_an_answer(tmp_path: Path, home: Path) -> None:
    slices = "# Slices\n\nWhich slice takes the first two?\n= `:2`\n\n---\n\nWhich letter stands for the query?\n= Q\n"
    (tmp_path / "slices.md").write_text(slices, "utf-8")
    done = exam("--plain", tmp_path / "slices.md", "--seed", "1", typed="::2\nq\n:1\nq\n::2\n\n")
    assert "::12 answers :12" in done.stdout
    assert {attempt["response"] for attempt in told(home, "attempt")} == {":2", "q"}
    assert "[ended]" not in done.stdout
    assert [event.get("ended") for event in told(home, "exam")] == [None, "handed in"]


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
    assert "There is no exam to resume." in again.stderr


def test_resuming_obeys_the_path_and_the_number_and_is_sat_as_it_was_begun(
    tides: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def told_by(*arguments: str | Path, typed: str = ":q\n") -> str:
        assert sat(monkeypatch, "--plain", *arguments, typed=typed) == 0
        return capsys.readouterr().out

    (tmp_path / "sea.md").write_text("# Sea\n\nWho rules the sea?\n= Neptune\n", "utf-8")
    told_by(tmp_path / "sea.md", "--seed", "1")
    monkeypatch.chdir(tmp_path)
    begun = told_by(tides.name, "--seed", "3", "--sure", "--report", "report.md")
    assert "An exam is not handed in: sea.md, " in begun
    monkeypatch.chdir("/")
    # The path chooses, whether it stands before or after; no path and no number choose nothing.
    assert "Exam: sea.md." in told_by(tmp_path / "sea.md", "--resume")
    assert "Exam: tides.md." in told_by("--resume", tides)
    assert "Exam: sea.md." in told_by(tmp_path, "--resume", "2")
    assert sat(monkeypatch, "--resume", "--json", tmp_path) == 0
    listed = json.loads(capsys.readouterr().out)["unfinished"]
    assert [(one["number"], one["title"], one["asked"]) for one in listed] == [(1, "tides.md", 3), (2, "sea.md", 1)]
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("confidence = true\n", "utf-8")
    assert "how sure?" not in told_by(tmp_path / "sea.md", "--resume", typed="zzz\n:q\n")
    for arguments, sentence in (
        ((tmp_path, "--resume", "3"), "There are 2 exams to resume, and no number 3. --resume alone lists them."),
        ((tides, "--resume", "2"), "There is 1 exam to resume, and no number 2."),
        ((tmp_path / "empty.md", "--resume"), "No exam on empty.md is to be resumed. `studytool exam --resume` has 2"),
    ):
        (tmp_path / "empty.md").touch()
        assert sat(monkeypatch, "--plain", *arguments) == 2
        assert sentence in capsys.readouterr().err
    # The id that is listed, or how it begins, chooses too, and does not shift when another is begun.
    ids = [one["exam"] for one in listed]
    assert "Exam: sea.md." in told_by("--resume", ids[1], tmp_path)
    assert "Exam: tides.md." in told_by(tmp_path, "--resume", ids[0][:-1])
    assert sat(monkeypatch, tmp_path, "--resume", "9" * 5000) == 2
    assert "and no number 9999" in capsys.readouterr().err
    # One is given up: it is told which it was, and it is no more there.
    sat(monkeypatch, tmp_path / "sea.md", "--plain", "--seed", "9", typed=":q\n")
    assert sat(monkeypatch, "--discard", "1", "--sure") == 2
    assert "--discard gives up the exam that it names, and nothing else." in capsys.readouterr().err
    assert sat(monkeypatch, "--discard", "1", tmp_path, "--json") == 0
    assert json.loads(capsys.readouterr().out)["discarded"]["seed"] == 9
    assert sat(monkeypatch, "--discard", "1", tmp_path / "empty.md") == 2
    assert "No exam on empty.md is to be resumed. `studytool exam --resume` has 2" in capsys.readouterr().err
    tides.write_text(TIDES.replace("What", "Which"), "utf-8")
    done = told_by(tides, "--resume", typed="zzz\ns\n:h\n\n")
    assert "how sure?" in done
    assert f"The report is in {tmp_path}/report.md" in done
    assert (tmp_path / "report.md").exists()
    (tmp_path / "empty.md").write_text("# Moon\n\nWho landed?\n= Neil\n", "utf-8")
    told_by(tmp_path / "empty.md", "--report", tmp_path / "late.md")
    (tmp_path / "late.md").touch()
    assert "late.md is there already. The report is not written there" in told_by(tmp_path / "empty.md", "--resume")


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
    assert "in another window or on another device. This is its result." in done.out
    assert "report.md is there already. The report is not written there" in done.out
    assert "0 of 3 right" in done.out
    assert (tmp_path / "report.md").read_text("utf-8").startswith("# Exam: tides.md")


def test_an_answer_counts_for_a_card_whose_note_was_edited_before_the_exam_went_on(tides: Path, home: Path) -> None:
    study = [sys.executable, "-m", "studytool", "study", "--plain", str(tides)]
    subprocess.run(study, input="\n4\n" * 3, capture_output=True, text=True, timeout=120, check=True)
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


def test_a_mark_is_overruled_after_the_report_which_is_written_again(tides: Path, tmp_path: Path, home: Path) -> None:
    typed = f"{answers(tides, 3)[0]}\nzzz\nyyy\n\ny 1\ny 9\n:y 2\n"
    done = exam("--plain", tides, "--seed", "3", "--report", tmp_path / "r.json", typed=typed)
    assert "'y 1' names no answer that is not right, as y and its number do." in done.stdout
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


def test_the_setting_asks_how_sure_without_the_option(tides: Path, home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("confidence = true\n", "utf-8")
    assert "how sure?" in exam("--plain", tides, "--seed", "3", typed="zzz\n").stdout


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


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--report", "x.txt"], "A report is a .md or a .json file, not x.txt."),
        (["--report", "/nowhere/at/all/x.md"], "There is no folder"),
        (["--topic", "Windmill"], "There is no topic 'Windmill' with cards. There are: Tides."),
        (["--resume", "--no-computed"], "--resume goes on with the paper and the time that were set."),
        (["--resume", "--seed", "3"], "--resume goes on with the paper and the time that were set."),
        (["--minutes", "0"], "above 0 and up to 1440"),
        (["--minutes", "nan"], "above 0 and up to 1440"),
        (["--count", "0"], "at least 1"),
    ],
)
def test_wrong_usage_is_told_of_in_a_sentence_and_begins_nothing(
    tides: Path, home: Path, options: list[str], sentence: str
) -> None:
    done = exam("--plain", tides, *options)
    assert done.returncode == 2
    assert sentence in " ".join(done.stderr.split())
    assert not (home / "data").exists() or not told(home, "exam")


def test_a_topic_without_questions_is_told_of_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "open.md").write_text("# Doubts\n\nQuestions:\n- Why is the sea salty?\n", "utf-8")
    done = exam("--plain", tmp_path / "open.md", "--topic", "Doubts")
    assert done.returncode == 1
    assert "There are no cards in Doubts that a fair question can be made from." in done.stderr


def test_fewer_questions_than_asked_for_is_said(tides: Path) -> None:
    assert "The cards give no more than 3; 50 were asked for." in exam("--plain", tides, "--count", "50").stdout


def test_an_answer_of_a_hundred_kilobytes_is_kept_short_and_the_exam_goes_on(tides: Path, home: Path) -> None:
    one, two, three = answers(tides, 3)
    done = exam("--plain", tides, "--seed", "3", typed=f"{one * 30_000}\n{two}\n{three}\n\n")
    assert "**2 of 3 right (67 %)**" in done.stdout
    assert len(done.stdout) < 5_000
    assert max(len(attempt["response"]) for attempt in told(home, "attempt")) <= 2_000


def test_escape_sequences_in_an_answer_never_reach_the_terminal(tides: Path) -> None:
    done = exam("--plain", tides, typed="\x1b[31mflood\x1b]0;title\x07\n:1\n\n:h\n\n")
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


def test_own_words_are_marked_by_the_learner_at_the_end(tmp_path: Path, home: Path) -> None:
    note = "# Sea\n\n## Why is it salty? (in your own words)\n\nRivers carry salt from rocks; water leaves as vapour.\n"
    (tmp_path / "sea.md").write_text(note, "utf-8")
    done = exam("--plain", tmp_path / "sea.md", typed="rain\n\nand rivers\n.\n\n3\n")
    assert "you wrote:\nrain\n\nand rivers\nthe model answer:" in done.stdout
    assert "**1 of 1 right (100 %)**" in done.stdout
    assert [attempt["self_marked"] for attempt in told(home, "attempt")] == [False, True]


SEA = "# Sea\n\n## Why is it salty? (in your own words)\n\nRivers carry salt from rocks; water leaves as vapour.\n"


def sat(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path, typed: str = "") -> int:
    """The command in this process, which spares a start; its exit code."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return called("exam", *arguments)


def called(*words: str | Path) -> int:
    """A command line in this process, whose garbage is collected again afterwards; its exit code."""
    try:
        return main([str(word) for word in words])
    finally:
        gc.enable()


@pytest.mark.parametrize(("command", "leads"), [(":q", "left"), (":h", "ended"), (":b", "left"), (":n", "ended")])
def test_own_words_are_kept_by_whatever_command_leaves_them(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, command: str, leads: str
) -> None:
    (tmp_path / "sea.md").write_text(SEA + "\n" + TIDES, "utf-8")
    seed = next(seed for seed in range(99) if is_second(tmp_path / "sea.md", seed))
    typed = f"ebb\nrain\n:f\n:?\nand rivers\n:9\n{command}\n" + ("" if leads == "left" else ":h\n\n")
    assert sat(monkeypatch, "--plain", tmp_path / "sea.md", "--seed", str(seed), typed=typed) == 0
    assert [one["response"] for one in told(home, "attempt")] == ["ebb", "rain\nand rivers"]
    assert leads in told(home, "exam")[-1]


def test_how_sure_is_asked_neither_in_quiz_nor_exam_of_own_words(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sea.md").write_text(SEA, "utf-8")
    sat(monkeypatch, "--plain", tmp_path / "sea.md", "--sure", typed="rain\n.\n\n3\n")
    monkeypatch.setattr(sys, "stdin", io.StringIO("rain\n.\n3\n"))
    called("quiz", "--plain", "--sure", tmp_path / "sea.md")
    assert "how sure?" not in capsys.readouterr().out
    assert [(one["verdict"], one["self_marked"]) for one in told(home, "attempt")][1:] == [("right", True)] * 2


def is_second(path: Path, seed: int) -> bool:
    """Whether the second question of two or more is the one to answer in own words."""
    paper = build(load_library([path], root=path.parent), count=40, seed=seed)
    return paper.questions[1].kind == "recall"


def mark_at_the_end(home: Path, terminal: int) -> None:
    """When the exam has ended, type 3 to the question how it was."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        time.sleep(0.05)
        with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{home}/data/reviews.db?mode=ro", uri=True)) as log:
            if log.execute("SELECT 1 FROM events WHERE kind = 'exam' AND instr(payload, '\"ended\"')").fetchone():
                break
    os.write(terminal, b"3\n")


def test_what_was_written_counts_when_the_time_is_up(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pty = pytest.importorskip("pty")
    (tmp_path / "sea.md").write_text(SEA, "utf-8")
    master, slave = pty.openpty()
    with os.fdopen(slave, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        os.write(master, b"rain\nand ri")  # the second line is never entered
        threading.Thread(target=mark_at_the_end, args=(home, master), daemon=True).start()
        assert called("exam", "--plain", tmp_path / "sea.md", "--minutes", "0.01") == 0
    os.close(master)
    assert told(home, "attempt")[-1]["response"] == "rain\nand ri"
    assert "**1 of 1 right (100 %)**" in capsys.readouterr().out


def test_a_report_is_written_before_anything_is_asked_and_can_be_had_again(
    tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sea.md").write_text(SEA, "utf-8")
    report, found = tmp_path / "report.md", []

    class BrokenOff(io.StringIO):
        """Where nothing more was typed, ctrl+c is pressed."""

        def readline(self, *_: object) -> str:
            if line := super().readline():
                return line
            found.append(report.read_text("utf-8"))
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", BrokenOff("rain\n.\n\n"))
    assert called("exam", "--plain", tmp_path / "sea.md", "--report", report) == 130
    assert found == [report.read_text("utf-8")]
    assert found[0] in capsys.readouterr().out

    assert sat(monkeypatch, tmp_path / "sea.md", "--last", "--report", tmp_path / "again.json") == 0
    told_again = capsys.readouterr().out
    assert found[0] in told_again
    assert "how was it?" not in told_again
    assert sat(monkeypatch, tmp_path / "sea.md", "--last", "--json", "--report", tmp_path / "again.md") == 0
    assert json.loads(capsys.readouterr().out) == json.loads((tmp_path / "again.json").read_text("utf-8"))
    assert (tmp_path / "again.md").read_text("utf-8") == found[0]
    assert sat(monkeypatch, tmp_path / "sea.md", "--plain", "--resume") == 1
    assert "`studytool exam --last` shows the report of the last one." in capsys.readouterr().err


def test_own_words_that_are_marked_are_in_the_report_that_was_written_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sea.md").write_text(SEA, "utf-8")
    report = tmp_path / "report.md"
    assert sat(monkeypatch, "--plain", tmp_path / "sea.md", "--report", report, typed="rain\n.\n\n3\n") == 0
    assert "**1 of 1 right (100 %)**" in report.read_text("utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.md", "sea.md"]


def test_what_contradicts_itself_is_refused(
    tides: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for options, sentence in (
        (["--json", "--report", str(tmp_path / "x.md")], "--json prints the paper, which has no report."),
        (["--last", "--seed", "3"], "--last shows the report of an exam that is over."),
        (["--last", "--resume"], "--resume goes on with the paper"),
    ):
        assert sat(monkeypatch, tides, *options) == 2
        assert sentence in capsys.readouterr().err
    assert sat(monkeypatch, tides, "--last") == 1
    assert "No exam was handed in yet." in capsys.readouterr().err
    assert not (tmp_path / "x.md").exists()


def test_the_stored_answers_of_an_exam_count_only_with_the_setting(tides: Path, home: Path) -> None:
    for answer in ("ebb", "surge", "neap"):
        subprocess.run(
            [sys.executable, "-m", "studytool", "study", "--plain", str(tides)],
            input=f"{answer}\n4\n" * 3,
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
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
    command = [sys.executable, "-m", "studytool", "stats", str(tides)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "how sure you were in quizzes and exams: Brier score 0.512 over 2 answers" in done.stdout
    found = subprocess.run([*command, "--json"], capture_output=True, text=True, timeout=120, check=True)
    assert [word["word"] for word in json.loads(found.stdout)["quiz"]["words"]] == ["guess", "sure"]
