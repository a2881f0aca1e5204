"""The installed program on a real pseudo-terminal: studying, leaving, coming back, being killed."""

from __future__ import annotations

import random
import re
import termios
import time
from pathlib import Path

import pytest

from tests.terminal.conftest import HELD

CARDS = [
    ("What does a perceptron draw in the plane?", "One straight line."),
    ("On which examples do its weights change?", "Only on those it gets wrong."),
    ("Which problem of two bits can it not learn?", "Exclusive or."),
    ("What is added before the sign is taken?", "The bias."),
    ("Who described it in 1958?", "Frank Rosenblatt."),
]

# What the app switches on in a terminal: alternate screen, mouse, focus reports, bracketed paste.
MODES = (1049, 1000, 1002, 1003, 1004, 1006, 1015, 2004)


def study(terminal, number: int, grade: str) -> None:
    """Answer the card with this number, and wait until it is gone."""
    prompt, answer = CARDS[number]
    assert answer not in terminal.settled(prompt)
    terminal.press(" ")
    terminal.wait(answer)
    terminal.press(grade)
    terminal.wait(lambda text: prompt not in text)


def test_three_cards_are_studied_and_found_again_at_the_next_start(start, notes: Path, answers) -> None:
    first = start(notes)
    first.wait("Perceptron")
    first.wait("5 new")
    first.wait("Welcome to studytool")
    first.press("\r")
    first.wait(lambda text: "Welcome" not in text)
    first.press("\r")
    for number, grade in enumerate("434"):
        study(first, number, grade)
    first.wait(CARDS[3][0])
    first.press("\x11")
    assert first.ended() == 0
    assert [grade for _, grade in answers()] == [4, 3, 4]

    second = start(notes)
    second.wait("3 answered today")
    second.wait("2 new")
    second.press("\r")
    text = second.settled(lambda text: any(prompt in text for prompt, _ in CARDS))
    assert CARDS[0][0] not in text
    assert CARDS[2][0] not in text
    second.press("\x11")
    assert second.ended() == 0


def test_each_grade_shows_the_interval_it_would_give(start, notes: Path) -> None:
    terminal = start("study", notes)
    terminal.wait(CARDS[0][0])
    terminal.press(" ")
    text = terminal.settled("Easy")
    row = next(row for row in text.splitlines() if "Again" in row)
    assert re.search(r"Again.*Hard.*Good.*Easy", row)
    intervals = text.splitlines()[text.splitlines().index(row) + 1]
    assert len(re.findall(r"\d+(?:\.\d+)? (?:s|min|h|d|mo|y)\b", intervals)) == 4


def test_undo_brings_the_card_back(start, notes: Path, home: Path) -> None:
    terminal = start("study", notes)
    study(terminal, 0, "4")
    terminal.wait(CARDS[1][0])
    terminal.press("u")
    terminal.wait(CARDS[0][0])
    terminal.press("\x11")
    assert terminal.ended() == 0
    again = start(notes)
    again.wait("0 answered today")


def test_a_kill_right_after_a_grade_loses_nothing(start, notes: Path, answers) -> None:
    terminal = start("study", notes)
    study(terminal, 0, "4")
    terminal.wait(CARDS[1][0])
    terminal.kill()
    assert [grade for _, grade in answers()] == [4]
    again = start("study", notes)
    text = again.settled(lambda text: any(prompt in text for prompt, _ in CARDS))
    assert CARDS[0][0] not in text


def asked(raw: bytes) -> int:
    """The greatest number that was asked for in what was painted; 0 for none."""
    return max(map(int, re.findall(rb"What is number (\d+)\?", raw)), default=0)


def test_a_kill_at_any_moment_loses_no_answer_that_was_followed_by_a_card(start, tmp_path: Path, answers) -> None:
    """Keys are typed without waiting, the kill comes at any moment; each card painted has its answers behind it."""
    folder = tmp_path / "many"
    folder.mkdir()
    text = "".join(f"Q: What is number {number:03}?\nA: It is {number:03}.\n\n" for number in range(100))
    (folder / "many.md").write_text(f"# Numbers\n\n{text}")
    (folder / "studytool.toml").write_text("new_per_day = 100\n")
    chance = random.Random(2)
    seen = 0
    for _ in range(4):
        terminal = start("study", folder)
        terminal.wait(f"What is number {seen:03}?")
        for _ in range(20):
            terminal.press(" 4")
        end = time.monotonic() + chance.uniform(0.05, 0.6)
        while time.monotonic() < end:
            assert terminal.read(0.01)
        if not seen:
            terminal.wait(lambda _, terminal=terminal: asked(terminal.raw))  # the first time one is answered
        terminal.kill()
        kept = answers()
        assert len(kept) >= max(seen, asked(terminal.raw))
        assert len({card for card, _ in kept}) == len(kept)
        seen = len(kept)
    assert seen > 0


def test_the_terminal_is_left_as_it_was(start, notes: Path) -> None:
    terminal = start(notes, python=("-c", f"{HELD}from studytool.cli import main; raise SystemExit(main())"))
    before = termios.tcgetattr(terminal.child.fileno())
    terminal.press("\r")
    terminal.wait("5 new")
    assert termios.tcgetattr(terminal.child.fileno())[3] != before[3]
    terminal.press("\x11")
    terminal.drain()
    assert termios.tcgetattr(terminal.child.fileno())[3] == before[3]
    for mode in MODES:
        switched = re.findall(rb"\x1b\[\?%d([hl])" % mode, terminal.raw)
        assert not switched or switched[-1] == b"l", mode
    assert re.findall(rb"\x1b\[\?1049([hl])", terminal.raw) == [b"h", b"l"]
    assert re.findall(rb"\x1b\[\?25([hl])", terminal.raw)[-1] == b"h"
    assert terminal.ended() == 0


@pytest.mark.parametrize(
    ("command", "sign"),
    [([], "5 new"), (["study"], "shows the answer"), (["quiz"], "question 1 of")],
    ids=["home", "study", "quiz"],
)
def test_one_key_leaves_from_every_screen(start, notes: Path, command: list[str], sign: str) -> None:
    terminal = start(*command, notes)
    terminal.wait(sign)
    terminal.press("\x11")
    assert terminal.ended() == 0


def test_a_damaged_log_is_said_after_the_screen_is_gone(start, notes: Path, home: Path) -> None:
    log = home / "data" / "reviews.db"
    log.parent.mkdir()
    log.write_bytes(b"rubbish" * 1000)
    terminal = start(notes)
    assert terminal.ended() == 1
    after = terminal.raw.rpartition(b"\x1b[?1049l")[2].decode()
    assert "damaged" in after
    assert "Traceback" not in terminal.raw.decode()
    assert log.read_bytes() == b"rubbish" * 1000


def test_notes_that_are_not_there_are_said_without_a_screen(start, tmp_path: Path) -> None:
    terminal = start(tmp_path / "nowhere")
    assert terminal.ended() == 2
    assert b"There is no file or folder" in terminal.raw
    assert b"\x1b" not in terminal.raw


def test_a_folder_without_notes_is_said_after_the_screen_is_gone(start, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    terminal = start(tmp_path / "empty")
    assert terminal.ended() == 1
    assert b"There are no notes" in terminal.raw.rpartition(b"\x1b[?1049l")[2]


def test_a_terminal_that_changes_its_size_is_followed(start, notes: Path) -> None:
    terminal = start("study", notes)
    terminal.wait(CARDS[0][0])
    terminal.child.setwinsize(40, 120)
    terminal.screen.resize(40, 120)
    terminal.wait(lambda text: CARDS[0][0] in text and any(len(row) > 90 for row in text.splitlines()))


def test_what_a_search_finds_is_studied_and_an_error_in_it_is_told_on_the_terminal(start, notes: Path) -> None:
    terminal = start("study", notes, "--search", "frank or bias")
    terminal.wait(lambda text: "What is added before the sign is taken?" in text and "2 new" in text)
    wrong = start("study", notes, "--search", "is:du", columns=200)
    assert wrong.ended() == 2
    assert "did you mean `due`?" in wrong.text
    assert "\n     ^^" in wrong.text


def test_without_a_wish_the_first_usual_editor_opens_the_note_at_the_card(start, notes: Path, tmp_path: Path) -> None:
    folder, opened = tmp_path / "bin", tmp_path / "opened"
    folder.mkdir()
    for name in ("vi", "nano"):
        program = folder / name
        program.write_text(f'#!/bin/sh\necho {name} "$@" > "{opened}"\n', "utf-8")
        program.chmod(0o755)
    terminal = start("study", notes, environ={"PATH": str(folder)}, columns=160)
    terminal.wait(CARDS[0][0])
    terminal.press("o")
    terminal.wait("That was nano: set $EDITOR to choose another.")
    assert CARDS[0][0] in terminal.text
    assert opened.read_text("utf-8") == f"nano +3 {notes / 'perceptron.md'}\n"
    (folder / "nano").write_text("#!/bin/sh\nexit 3\n", "utf-8")
    terminal.press("o")
    terminal.wait("The editor 'nano' ended with code 3.")


def test_an_interrupt_while_an_editor_runs_ends_that_and_not_the_app(start, notes: Path, tmp_path: Path) -> None:
    program = tmp_path / "slow"
    program.write_text("#!/bin/sh\necho it waits here\nsleep 60\n", "utf-8")
    program.chmod(0o755)
    terminal = start("study", notes, environ={"EDITOR": str(program)}, columns=160)
    terminal.wait(CARDS[0][0])
    terminal.press("o")
    terminal.wait("it waits here")
    terminal.press("\x03")
    terminal.wait("slow' ended with code")
    assert CARDS[0][0] in terminal.text
    terminal.press(" ")
    terminal.wait(CARDS[0][1])
