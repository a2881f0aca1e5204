"""Studying line by line through a pipe: the same sitting as in the app, and every answer kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

FIRST = "What does a perceptron draw in the plane?"
ANSWER = "One straight line."


def due(studytool, notes: Path) -> dict:
    done = studytool("due", notes, "--json")
    assert done.code == 0
    return json.loads(done.out)


def test_a_card_is_asked_answered_and_saved(studytool, notes: Path) -> None:
    done = studytool("study", "--plain", notes, stdin="\n3\nq\n")
    assert done.code == 0
    assert done.err == ""
    assert done.out.index(FIRST) < done.out.index(ANSWER)
    assert "1 again" in done.out
    assert "4 easy" in done.out
    assert "1 answered" in done.out
    seen = due(studytool, notes)
    assert seen["today"] == 1
    assert seen["topics"][0]["new"] == 2


def test_the_source_of_a_card_comes_with_its_answer(studytool, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Q: One?\nA: Uno.\nSource: Nobody 2020\n", "utf-8")
    assert "Source" not in studytool("study", "--plain", tmp_path / "a.md", stdin="q\n").out
    assert "\nUno.\n  Source: Nobody 2020\n" in studytool("study", "--plain", tmp_path / "a.md", stdin="\nq\n").out


def test_the_answer_comes_after_enter_and_not_before(studytool, notes: Path) -> None:
    assert ANSWER not in studytool("study", "--plain", notes, stdin="q\n").out


@pytest.mark.parametrize("stdin", ["", "\n", "q\n", "\nq\n", "Q\n"])
def test_leaving_without_an_answer_saves_none(studytool, notes: Path, stdin: str) -> None:
    done = studytool("study", "--plain", notes, stdin=stdin)
    assert done.code == 0
    assert "0 answered" in done.out
    assert due(studytool, notes)["today"] == 0


def test_what_is_no_grade_is_asked_again(studytool, notes: Path) -> None:
    done = studytool("study", "--plain", notes, stdin="\nfive\n5\n0\n33\n\n-1\n4\nq\n")
    assert done.code == 0
    assert "'five' is no grade" in done.out
    assert "1 answered" in done.out


def test_bytes_that_are_not_text_are_asked_again(studytool, notes: Path) -> None:
    strict = {"PYTHONIOENCODING": "utf-8:strict"}
    done = studytool("study", "--plain", notes, stdin=b"\n\xff\xfe\x1b[2J\n4\nq\n", env=strict)
    assert done.code == 0
    assert "1 answered" in done.out
    assert b"\x1b" not in done.stdout


def test_undo_takes_the_grade_back_and_shows_the_card_again(studytool, notes: Path) -> None:
    done = studytool("study", "--plain", notes, stdin="\n4\nu\nq\n")
    assert done.code == 0
    assert done.out.count(FIRST) == 2
    assert "0 answered" in done.out
    assert due(studytool, notes)["today"] == 0


def test_undo_with_nothing_to_undo_says_so(studytool, notes: Path) -> None:
    done = studytool("study", "--plain", notes, stdin="u\nq\n")
    assert done.code == 0
    assert "nothing to undo" in done.out


def test_studying_to_the_end_ends_by_itself(studytool, notes: Path) -> None:
    done = studytool("study", "--plain", notes, stdin="\n4\n" * 5)
    assert done.code == 0
    assert "5 answered" in done.out
    assert "Nothing more comes now" in done.out
    again = studytool("study", "--plain", notes)
    assert again.code == 0
    assert "Nothing more comes now" in again.out


def test_notes_without_a_card_are_not_done(studytool, tmp_path: Path) -> None:
    (tmp_path / "walk.md").write_text("# A walk\n\nIt was a fine day.\n", "utf-8")
    done = studytool("study", "--plain", tmp_path / "walk.md")
    assert (done.code, done.out) == (1, "")
    assert "There is no card in 1 note. `studytool check --all`" in done.err


def test_one_topic_can_be_chosen(studytool, notes: Path) -> None:
    done = studytool("study", "--plain", notes, "--topic", "Loss", stdin="\n4\n" * 5)
    assert "2 answered" in done.out
    assert FIRST not in done.out


def test_an_unknown_topic_names_those_there_are(studytool, notes: Path) -> None:
    done = studytool("study", "--plain", notes, "--topic", "Losses")
    assert done.code == 2
    assert "Perceptron" in done.err
    assert "Loss" in done.err


def test_notes_without_a_card_are_said(studytool, tmp_path: Path) -> None:
    (tmp_path / "prose.md").write_text("Only a sentence, and nothing to ask.\n")
    done = studytool("study", "--plain", tmp_path / "prose.md")
    assert done.code in {0, 1}
    assert done.out or done.err


def test_a_second_sitting_goes_on_where_the_first_ended(studytool, notes: Path) -> None:
    studytool("study", "--plain", notes, stdin="\n4\n\n4\nq\n")
    done = studytool("study", "--plain", notes, stdin="q\n")
    assert FIRST not in done.out
    assert due(studytool, notes)["today"] == 2


def test_a_killed_sitting_has_lost_nothing_that_was_asked_past(studytool, notes: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "studytool", "study", "--plain", str(notes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert child.stdin is not None
    assert child.stdout is not None
    with child.stdin, child.stdout:
        for number in (1, 2, 3):
            seen = b""
            while not seen.endswith(f"[{number}] ".encode()):
                seen += child.stdout.read(1)
            if number < 3:
                child.stdin.write(b"\n4\n")
                child.stdin.flush()
        child.send_signal(signal.SIGKILL)  # the third card has been printed, so two answers must be there
        child.wait(60)
    assert due(studytool, notes)["today"] == 2


# Ctrl-C as in a terminal, also where the tests themselves run in the background of a shell, which ignores it.
HEEDING = """\
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from studytool.cli import main
sys.exit(main(sys.argv[1:]))
"""


def test_an_interrupt_ends_it_quietly(notes: Path) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", HEEDING, "study", "--plain", str(notes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert child.stdout is not None
    seen = b""
    while b"enter to see the answer" not in seen:
        seen += child.stdout.read(1)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert err == b""


def test_an_answer_that_is_to_be_typed_is_marked_and_enter_takes_the_grade_that_it_speaks_for(
    studytool, tmp_path: Path
) -> None:
    note = tmp_path / "typed.md"
    note.write_text("Who wrote the Elements?\n= Euclid\n\nWho drew the line?\n= Q\n", encoding="utf-8")
    done = studytool("study", "--plain", note, stdin="Euclyd\n\nq\n:q\n")
    assert done.code == 0
    assert "nearly: one letter off" in done.out
    assert "enter 2 hard" in done.out
    assert "right" in done.out.split("Who drew")[1]  # `q` is an answer here, and `:q` leaves
    rows = studytool("log", "export").out
    assert '"grade": 2' in rows.replace('"grade":2', '"grade": 2')


def test_never_typing_turns_the_card_over(studytool, tmp_path: Path) -> None:
    note = tmp_path / "typed.md"
    note.write_text("Who wrote the Elements?\n= Euclid\n", encoding="utf-8")
    (tmp_path / "studytool.toml").write_text('typing = "never"\n', encoding="utf-8")
    assert "(enter to see the answer)" in studytool("study", "--plain", note, "--root", tmp_path, stdin="q\n").out
    (tmp_path / "studytool.toml").write_text('typing = "sometimes"\n', encoding="utf-8")
    failed = studytool("study", "--plain", note, "--root", tmp_path, stdin="q\n")
    assert failed.code == 2
    assert "knows asked, cloze, never" in failed.err
