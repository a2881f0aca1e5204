"""`studytool exam --plain` and `--json` through pipes: a sitting with its commands, own words, and bad input."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from studytool.notes import load_library
from studytool.notes.model import Library
from studytool.quiz import build
from tests.quiz.by_line import SEA, TIDES, answers, called, exam, sat, told


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
    done = exam("--plain", tmp_path / "slices.md", "--seed", "1", typed="::2\n:x\nq\n:1\nq\n::2\n\n")
    assert "There is no command :x; :? lists them. To answer :x, type ::x." in done.stdout
    assert "::12 answers :12" in done.stdout
    assert {attempt["response"] for attempt in told(home, "attempt")} == {":2", "q"}
    assert "[ended]" not in done.stdout
    assert [event.get("ended") for event in told(home, "exam")] == [None, "handed in"]


def test_an_exam_to_come_asks_the_topics_of_its_syllabus(notes: Path, home: Path) -> None:
    def topics(*options: str) -> set[str]:
        found = json.loads(exam("--json", notes, "--count", "40", *options).stdout)
        return {one["topic"] for one in found["questions"]}

    def settings(syllabus: str) -> None:
        (home / "config" / "settings.toml").write_text(f"exam = 2999-01-01\nsyllabus = [{syllabus}]\n", "utf-8")

    every = topics()
    chosen = min(every)
    (home / "config").mkdir()
    settings(f'"{chosen.upper()}"')
    assert topics() == {chosen} != every
    (notes / "nothing.md").write_text("# Nothing yet\n", "utf-8")
    settings(f'"{chosen}", "Nothing yet"')
    assert topics() == {chosen}
    assert topics("--seed", "3") == every
    settings(f'"{chosen}", "tag:nothing"')
    assert topics() == every


def test_the_setting_asks_how_sure_without_the_option(tides: Path, home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text("confidence = true\n", "utf-8")
    assert "how sure?" in exam("--plain", tides, "--seed", "3", typed="zzz\n").stdout


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--report", "x.txt"], "A report is a .md or a .json file, not x.txt."),
        (["--report", "/nowhere/at/all/x.md"], "There is no folder"),
        (["--topic", "Windmill"], "There is no topic Windmill with cards. There are: Tides."),
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


def test_own_words_are_marked_by_the_learner_at_the_end(sea: Path, home: Path) -> None:
    done = exam("--plain", sea, typed="rain\n\nand rivers\n.\n\n3\n")
    assert "you wrote:\nrain\n\nand rivers\nthe model answer:" in done.stdout
    assert "**1 of 1 right (100 %)**" in done.stdout
    assert [attempt["self_marked"] for attempt in told(home, "attempt")] == [False, True]


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
    sea: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sat(monkeypatch, "--plain", sea, "--sure", typed="rain\n.\n\n3\n")
    monkeypatch.setattr(sys, "stdin", io.StringIO("rain\n.\n3\n"))
    called("quiz", "--plain", "--sure", sea)
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
    sea: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pty = pytest.importorskip("pty")
    master, slave = pty.openpty()
    with os.fdopen(slave, encoding="utf-8") as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        os.write(master, b"rain\nand ri")  # the second line is never entered
        threading.Thread(target=mark_at_the_end, args=(home, master), daemon=True).start()
        assert called("exam", "--plain", sea, "--minutes", "0.05") == 0
    os.close(master)
    assert told(home, "attempt")[-1]["response"] == "rain\nand ri"
    assert "**1 of 1 right (100 %)**" in capsys.readouterr().out


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
