"""An exam on a real pseudo-terminal: answered, killed, resumed, handed in, reported; and the clock in plain mode."""

from __future__ import annotations

import json
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from tests.note_folder import note_file
from tests.terminal.conftest import PATIENCE

QUESTIONS = [
    ("Which river runs through Cairo?", "Nile"),
    ("Which runs through Prague?", "Vltava"),
    ("Vienna?", "Danube"),
]
OPTIONS = ("Nile", "Vltava", "Danube")


@pytest.fixture
def rivers(tmp_path: Path) -> Path:
    """A note with three questions and their options."""
    parts = []
    for prompt, answer in QUESTIONS:
        listed = "\n".join(f"- [{'x' if option == answer else ' '}] {option}" for option in OPTIONS)
        parts.append(f"{prompt}\n\n{listed}\n")
    return note_file(tmp_path, "rivers", "# Rivers\n\n" + "\n---\n\n".join(parts))


@pytest.fixture
def log(home: Path):
    """Reads the log from outside: the payloads of all events of a kind, in order."""

    def read(kind: str) -> list[dict]:
        connection = sqlite3.connect(home / "data" / "reviews.db")
        try:
            rows = connection.execute("SELECT payload FROM events WHERE kind = ? ORDER BY sequence", (kind,)).fetchall()
        finally:
            connection.close()
        return [json.loads(payload) for (payload,) in rows]

    return read


def pick(terminal, number: int, *, right: bool = True) -> None:
    """Answer the question with this number from 1."""
    text = terminal.settled(lambda text: f"question {number} of 3" in text and all(one in text for one in OPTIONS))
    wanted = next(answer for prompt, answer in QUESTIONS if prompt in text)
    rows = [line.split() for line in text.splitlines() if line.strip()[:2].strip() in ("1", "2", "3")]
    terminal.press(next(row[0] for row in rows if (row[1] == wanted) is right))


def test_an_exam_killed_half_way_is_resumed_with_what_was_answered(start, rivers: Path, log, tmp_path: Path) -> None:
    first = start("exam", rivers, "--minutes", "20", "--seed", "3")
    first.wait("3 questions in 20 minutes")
    first.press("\r")
    pick(first, 1)
    first.wait("question 2 of 3")
    first.press("\x06")
    first.wait("flagged")
    first.kill()
    (told,) = log("attempt")

    second = start("exam", rivers, "--resume", "--report", tmp_path / "report.md")
    second.wait("1 of 3 answered")
    second.press("\r")
    second.wait(lambda text: "1 answered" in text and "flagged" in text)
    pick(second, 2, right=False)
    pick(second, 3)
    second.wait("3 of 3 answered, 1 flagged")
    second.press("h")
    second.wait("2 of 3 right (67 %)")
    second.wait(lambda _: (tmp_path / "report.md").is_file())
    second.press("\x11")
    assert second.ended() == 0
    assert log("attempt")[0] == told
    assert [event.get("ended") for event in log("exam") if "ended" in event] == ["handed in"]
    report = (tmp_path / "report.md").read_text("utf-8")
    assert "**2 of 3 right (67 %)**" in report
    assert "interrupted 1 time" in report


@pytest.mark.parametrize("how", [signal.SIGHUP, signal.SIGTERM])
def test_an_exam_whose_window_is_closed_keeps_what_stands_in_the_field_and_stops_its_clock(
    start, tmp_path: Path, log, how: signal.Signals
) -> None:
    note = note_file(tmp_path, "bridges", "# Bridges\n\nWho built the bridge?\n= Charles\n")
    terminal = start("exam", note, "--seed", "3")
    terminal.wait("1 question in 30 minutes")
    terminal.press("\r")
    terminal.wait("Who built")
    terminal.wait("Type the answer")
    terminal.press("abc")
    terminal.wait("abc")
    if how is signal.SIGHUP:
        terminal.child.ptyproc.fileobj.close()  # as the window of a terminal does
        terminal.child.closed = terminal.child.ptyproc.closed = True
        end = time.monotonic() + PATIENCE
        while terminal.child.isalive():
            assert time.monotonic() < end, "the program outlives its terminal"
            time.sleep(0.05)
    else:
        terminal.child.kill(how)
        terminal.drain()
        assert "\x1b[?1049l" in terminal.raw.decode("utf-8", "replace")[-200:], "the shell has its screen back"
    assert [told["response"] for told in log("attempt")] == ["abc"]
    assert log("exam")[-1]["left"] is True


def test_the_same_seed_sets_the_same_paper(start, rivers: Path) -> None:
    seen = []
    for _ in range(2):
        terminal = start("exam", rivers, "--seed", "11")
        terminal.wait("3 questions")
        terminal.press("\r")
        text = terminal.settled(lambda text: "question 1 of 3" in text and "Danube" in text)
        seen.append([line for line in text.splitlines() if line.strip()[:3] in ("1  ", "2  ", "3  ")])
        terminal.kill()
    assert seen[0] == seen[1]


def test_plain_hands_in_by_itself_when_the_time_is_up(start, rivers: Path, log) -> None:
    terminal = start("exam", rivers, "--plain", "--minutes", "0.03")
    terminal.wait("The time is up.")
    terminal.wait("write it to a file?")
    terminal.press("\r")
    assert terminal.ended() == 0
    assert log("exam")[-1]["ended"] == "time was up"


def test_plain_left_by_ctrl_c_can_be_resumed(start, rivers: Path, log) -> None:
    terminal = start("exam", rivers, "--plain", "--seed", "3")
    terminal.wait("letter:")
    terminal.press("\x03")
    terminal.wait("`studytool exam --resume` goes on")
    assert terminal.ended() == 130
    assert log("exam")[-1]["left"] is True
