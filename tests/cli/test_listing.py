"""What the commands print: for reading, and as JSON for scripts."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from studytool import __version__

COMMANDS = ("cards", "check", "study", "quiz", "demo", "due", "search")
PLACE = {"dialect": str, "level": str, "topic": str, "path": str, "line": int, "demo": (dict, type(None))}
CARD = {"key": str, "kind": str, "front": str, "back": str, **PLACE}
QUESTION = {"key": str, "kind": str, "prompt": str, "options": list, "answer": (str, type(None)), **PLACE}
DIAGNOSTIC = {"path": str, "line": int, "column": int, "severity": str, "code": str, "message": str}


def has(item: dict, schema: dict) -> bool:
    """Whether an object has every key of a schema with a value of its type."""
    return all(isinstance(item.get(key, ...), kind) for key, kind in schema.items())


def test_the_version_is_the_one_of_the_package(studytool) -> None:
    done = studytool("--version")
    assert (done.code, done.out) == (0, f"studytool {__version__}\n")


def test_help_names_every_command(studytool) -> None:
    done = studytool("--help")
    assert done.code == 0
    for command in COMMANDS:
        assert f"\n  {command} " in done.out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_of_its_own(studytool, command: str) -> None:
    done = studytool(command, "--help")
    assert done.code == 0
    assert f"studytool {command}" in done.out


def test_cards_are_listed_for_reading(studytool, notes: Path) -> None:
    done = studytool("cards", notes)
    assert done.code == 0
    assert "What does a perceptron draw in the plane?" in done.out
    assert "One straight line." in done.out
    assert "perceptron.md" in done.out


def test_the_columns_of_cards_stand_straight_whatever_the_dialect(studytool, notes: Path) -> None:
    (notes / "deck.md").write_text("#flashcards\n\none:::two\n\nthree\n??\nfour\n")
    lines = studytool("cards", notes).out.splitlines()
    rows = [line for line in lines if line[:5].strip().isdigit()]
    answers = [line for line in lines if line.strip().startswith("→")]
    assert any(line.split()[1] == "multiline-reversed" for line in rows)
    assert {line.index("→") for line in answers} == {26}
    assert all(line[25] == " " != line[26] for line in rows)


def test_cards_as_json_have_the_documented_keys(studytool, notes: Path) -> None:
    (notes / "choice.md").write_text("# Depth\n\nWhat makes a net deep?\n\n- [ ] data\n- [x] layers\n\nWhat is it?\n")
    done = studytool("cards", notes, "--json")
    assert done.code == 0
    told = json.loads(done.out)
    assert set(told) >= {"notes", "cards", "questions", "diagnostics"}
    assert len(told["notes"]) == 3
    assert len(told["cards"]) == 5
    assert all(has(card, CARD) for card in told["cards"])
    assert told["questions"]
    assert all(has(question, QUESTION) for question in told["questions"])
    options = told["questions"][0]["options"]
    assert [(option["text"], option["correct"]) for option in options] == [("data", False), ("layers", True)]
    assert all(isinstance(option["why"], str) for option in options)
    assert all(has(diagnostic, DIAGNOSTIC) for diagnostic in told["diagnostics"])


def test_cards_as_json_tell_what_the_note_says(studytool, notes: Path) -> None:
    card = json.loads(studytool("cards", notes, "--json").out)["cards"][0]
    assert card["front"] == "What does a perceptron draw in the plane?"
    assert card["back"] == "One straight line."
    assert card["topic"] == "Perceptron"
    assert card["path"].endswith("perceptron.md")
    assert card["line"] == 7
    assert len(card["key"]) == 32


def test_a_note_comes_after_those_it_names(studytool, notes: Path) -> None:
    topics = [card["topic"] for card in json.loads(studytool("cards", notes, "--json").out)["cards"]]
    assert topics == ["Perceptron"] * 3 + ["Loss"] * 2


def test_without_a_path_the_built_in_course_is_listed(studytool) -> None:
    told = json.loads(studytool("cards", "--json").out)
    assert len(told["cards"]) > 100
    assert "Perceptron" in {card["topic"] for card in told["cards"]}


def test_the_libraries_of_the_settings_are_listed_when_no_path_is_given(studytool, notes: Path, home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text(f'libraries = ["{notes}"]\n')
    for command in ("cards", "check"):
        assert studytool(command, "--json").out == studytool(command, notes, "--json").out


def test_a_library_can_switch_levels_off(studytool, notes: Path) -> None:
    (notes / "studytool.toml").write_text('cards = ["structured"]\n')
    assert json.loads(studytool("cards", notes, "--json").out)["cards"] == []


def test_check_of_sound_notes_ends_with_0(studytool, notes: Path) -> None:
    assert studytool("check", notes).code == 0
    assert studytool("check").code == 0


def test_check_names_what_was_left_aside_with_file_and_line(studytool, notes: Path) -> None:
    (notes / "prose.md").write_text("# Prose\n\nNothing is asked and nothing is defined in this paragraph.\n")
    done = studytool("check", notes, "--all")
    assert done.code == 0
    assert "prose.md:3" in done.out


def test_check_of_an_error_ends_with_1(studytool, notes: Path) -> None:
    (notes / "latin.md").write_bytes(b"Q: na\xefve?\nA: yes\n")
    done = studytool("check", notes, "--json")
    assert done.code == 1
    errors = [told for told in json.loads(done.out)["diagnostics"] if told["severity"] == "error"]
    assert [Path(told["path"]).name for told in errors] == ["latin.md"]
    assert has(errors[0], DIAGNOSTIC)


@pytest.mark.parametrize("command", [("due",), ()], ids=["due", "studytool"])
def test_without_a_terminal_what_is_due_is_printed(studytool, notes: Path, command: tuple[str, ...]) -> None:
    done = studytool(*command, notes)
    assert (done.code, done.err) == (0, "")
    assert "0 due" in done.out
    assert "5 new" in done.out
    assert "Perceptron" in done.out


def test_what_is_due_as_json_counts_by_topic(studytool, notes: Path) -> None:
    told = json.loads(studytool("due", notes, "--json").out)
    assert {key: told[key] for key in ("due", "later", "new", "total", "today")} == {
        "due": 0,
        "later": 0,
        "new": 5,
        "total": 5,
        "today": 0,
    }
    assert [(load["topic"], load["new"], load["total"]) for load in told["topics"]] == [
        ("Perceptron", 3, 3),
        ("Loss", 2, 2),
    ]


def test_what_comes_later_has_a_column_of_its_own(studytool, notes: Path) -> None:
    def columns(out: str) -> dict[str, str]:
        head, first = (line.replace(" %", "%").split() for line in out.splitlines()[3:5])
        return dict(zip(head, first, strict=True))

    assert columns(studytool("due", notes).out) == {
        "topic": "Perceptron",
        "due": "0",
        "new": "3",
        "cards": "3",
        "recall": "-",
    }
    studytool("study", "--plain", notes, stdin="\n1\n:q\n")
    told = columns(studytool("due", notes).out)
    assert (told["due"], told["later"], told["new"]) == ("0", "1", "2")


def test_printing_what_is_due_answers_nothing(studytool, notes: Path) -> None:
    first = studytool("due", notes, "--json")
    assert studytool("due", notes, "--json").out == first.out


def test_a_reader_that_has_seen_enough_is_no_error(notes: Path) -> None:
    for number in range(300):
        (notes / f"{number}.md").write_text(f"Q: What is number {number}?\nA: {'long ' * 60}{number}\n")
    child = subprocess.Popen(
        [sys.executable, "-m", "studytool", "cards", str(notes)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
    )
    assert child.stdout is not None
    assert child.stderr is not None
    with child.stdout, child.stderr:
        child.stdout.read(1)
        child.stdout.close()
        assert child.stderr.read() == b""
        child.wait(60)


def into(output: int | IO[str], arguments: list[str]) -> subprocess.CompletedProcess[bytes]:
    """One run of the program with its output going there."""
    return subprocess.run(
        [sys.executable, "-m", "studytool", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.PIPE,
        env=dict(os.environ),
        timeout=60,
    )


@pytest.mark.parametrize("arguments", [["--help"], ["due"], ["cards"], ["demo"]], ids=" ".join)
def test_a_reader_that_never_reads_is_no_error(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = into(writing, arguments)
    finally:
        os.close(writing)
    assert done.stderr == b""
    assert done.returncode in {0, 1}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("arguments", [["due"], ["cards"]], ids=" ".join)
def test_a_full_disk_is_said(arguments: list[str]) -> None:
    with open("/dev/full", "w") as full:
        done = into(full, arguments)
    assert done.returncode == 1
    assert done.stderr == b"studytool: The output could not be written: No space left on device.\n"


@pytest.mark.parametrize("closed", [0, 1, 2])
@pytest.mark.parametrize("arguments", [["due"], ["cards"], ["study", "--plain"], ["nowhere"]], ids=" ".join)
def test_a_stream_that_is_closed_is_no_error(notes: Path, arguments: list[str], closed: int) -> None:
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}<&-', "sh", sys.executable, "-m", "studytool", *arguments, str(notes)],
        input=b"",
        capture_output=True,
        env=dict(os.environ),
        timeout=60,
    )
    assert done.returncode == (2 if arguments == ["nowhere"] else 0)
    assert b"Traceback" not in done.stderr


def test_output_for_a_terminal_that_knows_only_ascii_is_no_error(studytool, notes: Path) -> None:
    (notes / "eta.md").write_text("Q: What is η?\nA: The learning rate, 日本語.\n", "utf-8")
    done = studytool("cards", notes, env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.code == 0
    assert "What is ?" in done.out


def test_a_misspelt_command_is_told_which_one_was_meant(studytool) -> None:
    done = studytool("stduy")
    assert (done.code, done.out) == (2, "")
    assert "The command is `studytool study`." in done.err


def test_check_names_demos_and_parameters_that_do_not_exist(studytool, notes: Path) -> None:
    note = "---\ndemo: nowhere\n---\nQ: one?\nA: two, [see it](demo:perceptron?speed=1)\n"
    (notes / "linked.md").write_text(note, encoding="utf-8")
    done = studytool("check", notes)
    assert done.code == 0
    assert "linked.md:2:1: warning unknown-demo: There is no demo 'nowhere'." in done.out
    assert "linked.md:5:9: warning unknown-parameter: The demo perceptron has no parameter 'speed'." in done.out


def test_due_keeps_to_the_topics_that_are_named(studytool, notes: Path) -> None:
    (notes / "studytool.toml").write_text("new_per_day = 1\n", "utf-8")
    told = json.loads(studytool("due", notes, "--topic", "loss", "--json").out)
    assert (told["comes"]["new"], told["total"], [one["topic"] for one in told["topics"]]) == (1, 2, ["Loss"])
    lines = studytool("due", notes, "--topic", "Loss").out.splitlines()
    assert [line.split()[0] for line in lines[4:5]] == ["Loss"]
    assert "Perceptron" not in "\n".join(lines)
    done = studytool("due", notes, "--topic", "Lost")
    assert (done.code, done.err) == (2, "studytool: There is no topic Lost with cards. There are: Perceptron, Loss.\n")


def test_large_numbers_are_written_alike_in_lines_and_in_tables(studytool, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    (folder / "a.md").write_text("".join(f"Q: What is {at}?\nA: {at}\n" for at in range(10_001)), "utf-8")
    (head, row) = [line for line in studytool("due", folder).out.splitlines() if line.startswith(("topic", "a "))]
    assert row.split()[2:4] == ["10,001", "10,001"]
    assert head.index("recall") + len("recall") == len(row)
    assert "10,001 cards and 0 questions in 1 note." in studytool("cards", folder).out


def test_what_follows_two_hyphens_is_a_path_though_it_looks_like_an_option(
    studytool, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("--help.md").write_text("Q: Which word helps?\nA: Please.\n", "utf-8")
    done = studytool("cards", "--", "--help.md")
    assert (done.code, done.err) == (0, "")
    assert "Which word helps?" in done.out
