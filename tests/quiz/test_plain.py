"""`studytool quiz --plain` and `--json` as a child process with a pipe for each of its streams."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from studytool.memory.attempts import Written
from studytool.notes.model import Library
from studytool.quiz import Attempt, build, counting, mark
from studytool.quiz.prose import plain
from studytool.unmarked import unmarked
from tests.note_folder import note_file
from tests.quiz.by_line import called, quiz, told

QUAY = """\
# Quay

Which of these floats?

- [ ] The anchor
- [x] The buoy
- [ ] The chain
"""
TIDE = "# Tide\n\nQ: Which word means low water?\nA: Ebb\n"
Q_WORD = "# Letters\n\nQ: Which letter follows p?\nA: q\n"


@pytest.fixture
def quay(tmp_path: Path) -> Path:
    """A note with one written question."""
    return note_file(tmp_path, "quay", QUAY)


@pytest.fixture
def tide(tmp_path: Path) -> Path:
    """A note with one card, whose answer is typed."""
    return note_file(tmp_path, "tide", TIDE)


def test_emphasis_and_links_are_read_without_their_marks_and_code_stays() -> None:
    code = "\n\n* `**x**` and $a*b*c$\n\n```\n**code**\n```\n    **more**"
    text = f"What is **bold *and* slanted** in [[a|this]]? ____ is _it_.{code}"
    expected = f"What is bold and slanted in this? ____ is it.{code}"
    assert unmarked(text) == expected


@pytest.mark.parametrize(
    ("markdown", "read"),
    [
        ("Nothing. ![gone](gone.png)", "Nothing. [image: gone]"),
        (
            '![](a_b/gone.png) and ![two *cells*](<my cells.png> "Cells")',
            "[image: a_b/gone.png] and [image: two cells]",
        ),
        (
            "See ![[a/gone.png|300]], ![[net.svg|a net]], ![[Cells|these]]",
            "See [image: gone.png], [image: a net], these",
        ),
        (r"Call it with \*args\* and \*\*kwargs, *not* a\_b\_c", "Call it with *args* and **kwargs, not a_b_c"),
        (r"It costs \$5, then \$6; $a\_b$ stays", r"It costs $5, then $6; $a\_b$ stays"),
        (r"a \`tick\`, `a \* b` and \(x\_1 * y * z\)", r"a `tick`, `a \* b` and \(x\_1 * y * z\)"),
        ("$$\na\\_b \\\\\n$$", "$$\na\\_b \\\\\n$$"),
        (r"*\*bold\** and \\*it*", r"*bold* and \\it"),
        ("$$\\alpha\n+ *b*\n$$\nThen **bold**", "$$\\alpha\n+ *b*\n$$\nThen bold"),
        ("$$\n*a* b$$ (1)\nThen **bold**\n$$ c $$\n*It*", "$$\n*a* b$$ (1)\nThen bold\n$$ c $$\nIt"),
        ("$$\nNo end, *it* goes on", "$$\nNo end, it goes on"),
    ],
)
def test_signs_are_read_as_they_are_meant(markdown: str, read: str) -> None:
    assert unmarked(markdown) == read


def test_in_a_prompt_that_is_drawn_an_escape_stays_one() -> None:
    assert plain(r"Call *it* with \*args\*") == r"Call it with \*args\*"


def test_a_question_is_asked_without_the_marks_of_its_markdown(tmp_path: Path) -> None:
    note = note_file(tmp_path, "bold", "# Waves\n\nQ: Which **kind** of wave?\nA: Long\n")
    out = quiz("--plain", str(note), typed="\n\n\n").stdout
    assert "Which kind of wave?" in out
    assert "**" not in out


def letter(out: str, text: str) -> str:
    """The letter before an option as printed."""
    return next(line.strip()[0] for line in out.splitlines() if line.strip()[1:].strip() == f") {text}")


def test_a_choice_is_answered_by_its_letter(quay: Path, home: Path) -> None:
    shown = quiz("--plain", quay, "--seed", "3").stdout
    done = quiz("--plain", quay, "--seed", "3", typed=f"{letter(shown, 'The buoy')}\n")
    assert done.returncode == 0
    assert "question 1 of 1" in done.stdout
    assert "✓ right" in done.stdout
    assert "1 of 1 right" in done.stdout
    assert [attempt["verdict"] for attempt in told(home, "attempt")] == ["right"]


def test_a_topic_that_has_the_answer_stands_below_it_and_not_above_the_question(tide: Path) -> None:
    tide.write_text("# Ebb and flow\n\nQ: What does falling water run with?\nA: The ebb\n", "utf-8")
    for command in ("quiz", "exam"):
        run = [sys.executable, "-m", "studytool", command, "--plain", str(tide)]
        done = subprocess.run(run, input="ebb\n", capture_output=True, text=True, encoding="utf-8", timeout=120)
        before, prompt, after = done.stdout.partition("What does falling water run with?")
        assert prompt
        assert "Ebb and flow" not in before.partition("[question 1")[2]
        if command == "quiz":
            assert "(Ebb and flow · " in after


def test_a_choice_is_answered_by_its_text(quay: Path) -> None:
    assert "1 of 1 right" in quiz("--plain", quay, typed="the BUOY\n").stdout


def test_a_wrong_answer_is_told_with_its_reason_and_place(quay: Path) -> None:
    done = quiz("--plain", quay, typed="The chain\n\n")
    assert "✗ wrong" in done.stdout
    assert "The buoy" in done.stdout.partition("✗ wrong")[2]
    assert "quay.md:3" in done.stdout
    assert "0 of 1 right" in done.stdout


def test_what_is_no_option_is_asked_again(quay: Path, home: Path) -> None:
    done = quiz("--plain", quay, typed="z\nab\n\nThe buoy\n")
    assert "1 of 1 right" in done.stdout
    assert len(told(home, "attempt")) == 1


def test_a_typed_answer_is_marked(tide: Path) -> None:
    assert "1 of 1 right" in quiz("--plain", tide, typed="ebb\n").stdout


def test_y_overrules_and_both_attempts_are_kept(tide: Path, home: Path) -> None:
    done = quiz("--plain", tide, typed="falling tide\nY\n")
    assert "1 of 1 right (1 overruled)" in done.stdout
    assert [attempt["overruled"] for attempt in told(home, "attempt")] == [False, True]
    assert [attempt["verdict"] for attempt in told(home, "attempt")] == ["wrong", "wrong"]


def test_through_a_pipe_a_line_after_a_wrong_answer_is_the_answer_to_the_next_question(
    tmp_path: Path, home: Path
) -> None:
    words = "\n## How is it done? (in your own words)\n\nA for statement has a body.\n"
    (tmp_path / "three.md").write_text(QUAY.replace("# Quay", "# Three") + TIDE.replace("# Tide\n", "---\n") + words)
    paper = json.loads(quiz("--json", tmp_path / "three.md", "--seed", "1").stdout)["questions"]
    loop = "    for ship in quay:\n        ship.moor()"
    wrong = {"choice": "The chain", "typed": "  flood ", "recall": f"{loop}\n.\n1"}
    done = quiz("--plain", tmp_path / "three.md", "--seed", "1", typed="\n".join(wrong[one["kind"]] for one in paper))
    assert "0 of 3 right" in done.stdout
    assert "is neither enter" not in done.stdout
    said = {attempt["kind"]: attempt["response"] for attempt in told(home, "attempt")}
    assert said["typed"] == "flood"
    assert said["recall"] == loop  # its indentation is kept


def test_after_the_last_answer_no_other_is_to_come_through_a_pipe(tide: Path, home: Path) -> None:
    done = quiz("--plain", tide, typed="flood\nebb\ny\n")
    assert "'ebb' is neither enter nor y nor q." in done.stdout
    assert [attempt["overruled"] for attempt in told(home, "attempt")] == [False, True]


def test_q_quits_before_an_answer_and_after_one(tide: Path, quay: Path, home: Path) -> None:
    assert "Nothing was answered" in quiz("--plain", tide, typed="q\n").stdout
    done = quiz("--plain", tide, quay, typed="zzz\nq\n")
    assert done.returncode == 0
    assert len(told(home, "attempt")) <= 1


def test_a_card_whose_answer_is_q_can_be_answered(tmp_path: Path) -> None:
    (tmp_path / "letters.md").write_text(Q_WORD, "utf-8")
    assert "1 of 1 right" in quiz("--plain", tmp_path / "letters.md", typed="q\n").stdout


def test_the_end_of_the_input_ends_with_the_result_so_far(notes: Path, home: Path) -> None:
    done = quiz("--plain", notes, "--seed", "1", "--topic", "Harbour")
    assert done.returncode == 0
    assert "Nothing was answered of 9 questions: the input ended." in done.stdout
    assert not told(home, "attempt")


def test_what_was_not_answered_is_said_when_the_input_ends_and_nobody_failed(quay: Path, tide: Path) -> None:
    done = quiz("--plain", quay, tide, "--seed", "1", typed="a\n\n")
    assert done.returncode == 0
    assert "1 of 2 questions was not answered: the input ended." in done.stdout
    assert "1 of 2 questions was not answered.\n" in quiz("--plain", quay, tide, "--seed", "1", typed="a\n\nq\n").stdout


def test_own_words_that_take_the_rest_of_the_input_are_said_to_do_so(tmp_path: Path, home: Path) -> None:
    words = "# Sea\n\n## Why is it salty? (in your own words)\n\nRivers carry salt; water leaves as vapour.\n"
    (tmp_path / "sea.md").write_text(words + "\n" + TIDE, "utf-8")
    done = quiz("--plain", tmp_path / "sea.md", "--seed", "1", typed="ebb\n\nrivers\n\nebb\n")
    assert done.returncode == 0
    assert "Own words may have many lines; a line with only a dot ends them." in done.stdout
    assert "1 of 2 questions was not answered: the input ended." in done.stdout
    assert [attempt["response"] for attempt in told(home, "attempt")] == ["ebb\n\nrivers\n\nebb"]


def test_an_attempt_can_be_marked_again_from_the_log_alone(notes: Path, small: Library, home: Path) -> None:
    paper = build(small, count=100, seed=5)
    typed = "".join(
        ("abcdefgh"[asked.right[0]] if asked.options else " ".join(asked.answer.split()))
        + ("\n.\n3\n" if asked.kind == "recall" else "\n")
        for asked in paper.questions
    )
    done = quiz("--plain", notes, "--seed", "5", "--count", "100", typed=typed)
    count = len(paper.questions)
    assert f"{count} of {count} right" in done.stdout
    stored = [Attempt.from_payload(payload) for payload in told(home, "attempt")]
    assert [attempt.asked.prompt for attempt in stored] == [asked.prompt for asked in paper.questions]
    assert {attempt.seed for attempt in stored} == {5}
    assert {attempt.asked.kind for attempt in stored if attempt.self_marked} == {"recall"}
    assert all(mark(one.asked, one.response) == one.mark for one in stored if not one.self_marked)


# Ctrl-C as in a terminal, also where the tests themselves run in the background of a shell, which ignores it.
HEEDING = """\
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from studytool.cli import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is a signal here")
def test_ctrl_c_ends_with_the_result_and_keeps_what_was_answered(notes: Path, home: Path) -> None:
    command = [sys.executable, "-c", HEEDING, "quiz", "--plain", str(notes), "--seed", "1"]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdin
    # Answers that fit every kind of question: a letter, or a wrong word; then enter goes on.
    child.stdin.write(b"a\n\n")
    child.stdin.flush()
    log = home / "data" / "reviews.db"
    deadline = time.monotonic() + 60
    while not (log.exists() and recorded(log)) and time.monotonic() < deadline:
        time.sleep(0.05)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert child.returncode == 130
    assert b"Traceback" not in err
    assert b" right" in out.splitlines()[-1] + out.splitlines()[-2] + out.splitlines()[-3]
    assert len(told(home, "attempt")) >= 1


def recorded(log: Path) -> bool:
    """Whether the log holds an event that is committed, read beside the child that writes it."""
    import sqlite3

    database = sqlite3.connect(f"file:{log}?mode=ro", uri=True)
    try:
        return bool(database.execute("SELECT count(*) FROM events").fetchone()[0])
    except sqlite3.OperationalError:
        return False
    finally:
        database.close()


def test_an_answer_of_a_hundred_kilobytes_is_wrong_and_kept_short(tide: Path, home: Path) -> None:
    done = quiz("--plain", tide, typed="ebb " * 25_000 + "\n\n")
    assert done.returncode == 0
    assert "✗ wrong" in done.stdout
    assert len(done.stdout) < 5_000
    (attempt,) = told(home, "attempt")
    assert len(attempt["response"]) <= 2_000


def test_thousands_of_lines_that_say_nothing_are_answered_in_a_few(quay: Path, home: Path) -> None:
    done = quiz("--plain", quay, typed="a line of a text about ships and their ropes\n" * 2_000 + "the buoy\n")
    assert len(done.stdout) < 2_000
    assert "1,997 more lines were not understood either." in done.stdout
    assert "1 of 1 right" in done.stdout
    assert len(told(home, "attempt")) == 1


def test_escape_sequences_in_an_answer_never_reach_the_terminal(tide: Path) -> None:
    done = quiz("--plain", tide, typed="\x1b[31mflood\x1b]0;title\x07\n\n")
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


def test_more_questions_than_there_are_is_said(tide: Path) -> None:
    done = quiz("--plain", tide, "--count", "50", typed="ebb\n")
    assert "50 were asked for" in done.stdout
    assert "1 of 1 right" in done.stdout


def test_a_seed_is_chosen_and_printed_when_none_is_given(tide: Path) -> None:
    assert ", seed " in quiz("--plain", tide).stdout


def test_notes_without_cards_are_told_of_in_a_sentence_that_leads_on(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("# Nothing\n\nJust a thought.\n", "utf-8")
    for form in ("--plain", "--json"):
        done = quiz(form, tmp_path / "empty.md")
        assert (done.returncode, done.stdout) == (1, "")
        assert "There is no card in 1 note. `studytool check --all` with the same paths" in done.stderr


def test_an_unknown_topic_names_those_there_are(notes: Path) -> None:
    for form in ("--plain", "--json"):
        done = quiz(form, notes, "--topic", "Windmill")
        assert done.returncode == 2
        assert "Harbour, Mill" in done.stderr


def test_json_prints_the_paper_with_its_key_and_opens_no_log(notes: Path, small: Library, home: Path) -> None:
    done = quiz("--json", notes, "--seed", "9", "--count", "4")
    told = json.loads(done.stdout)
    assert set(told) == {"questions", "seed", "left_out"}
    assert told["seed"] == 9
    assert len(told["questions"]) == 4
    for question in told["questions"]:
        assert set(question) == {
            *("kind", "prompt", "options", "answer", "accepted", "explanation", "card", "path", "line", "topic"),
            *("items", "targets", "places", "computed", "partly"),
        }
        assert all(set(option) == {"text", "correct", "why"} for option in question["options"])
        assert small.card(question["card"])
    assert not (home / "data").exists()


def test_ctrl_c_while_an_answer_is_written_counts_it(
    tide: Path, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def pressed(*told: Any, **more: Any) -> Written:
        written = record(*told, **more)
        signal.raise_signal(signal.SIGINT)
        return written

    record = counting.record
    monkeypatch.setattr(counting, "record", pressed)
    monkeypatch.setattr(sys, "stdin", io.StringIO("ebb\n"))
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's job in the background ignores it
    try:
        assert called("quiz", "--plain", tide) == 130
    finally:
        signal.signal(signal.SIGINT, before)
    assert len(told(home, "attempt")) == 1
    assert "1 of 1 right" in capsys.readouterr().out
