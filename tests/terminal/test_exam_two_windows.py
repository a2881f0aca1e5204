"""One exam in two windows, each a process of its own: what is marked is seen, and the log's clock holds in both."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.note_folder import note_file


@pytest.fixture
def rivers(tmp_path: Path) -> Path:
    """A note with three questions that are answered with a word."""
    asked = "\n\n".join(f"Which river is number {number}?\n= river{number}" for number in range(3))
    return note_file(tmp_path, "rivers", f"# Rivers\n\n{asked}\n")


def told(home: Path) -> list[dict]:
    """The payloads of what follows the beginning of the exam, in the order in which it was written."""
    connection = sqlite3.connect(home / "data" / "reviews.db")
    try:
        rows = connection.execute("SELECT payload FROM events WHERE kind = 'exam' ORDER BY rowid").fetchall()
    finally:
        connection.close()
    return [json.loads(payload) for (payload,) in rows][1:]


def empty(number: int) -> Callable[[str], bool]:
    """Whether the question with a number from 1 is asked, and nothing stands in its field."""
    return lambda text: f"question {number} of 3" in text and "Type the answer" in text


def said(text: str) -> str:
    """A screen's text in one line, as a sentence in its corner may be broken anywhere."""
    return " ".join(text.replace("▌", " ").split())


def test_what_is_handed_in_was_seen_and_the_other_window_ends_with_what_stood_in_its_field(
    start, rivers: Path, home: Path
) -> None:
    one = start("exam", rivers, "--seed", "3", "--minutes", "30")
    one.wait("3 questions")
    one.press("\r")
    one.wait(empty(1))
    one.press(*"mine", "\r")
    one.wait(empty(2))
    one.press("\x02")
    one.wait("so far: mine")

    two = start("exam", rivers, "--resume")
    assert "the clock stands still" not in two.settled("1 of 3 answered")
    two.press("\r")
    two.wait(empty(2))
    two.press("\x02")
    two.wait(lambda text: "so far: mine" in text and "  mine  " in text)
    two.press("\x05", *["\x7f"] * 4)  # to its end, and back over all of it
    two.wait(empty(1))
    two.press(*"theirs", "\r")
    two.wait(empty(2))

    one.wait(lambda text: "so far: theirs" in text and "  theirs  " in text)  # where nothing was typed
    one.press("\x1b")
    one.wait(lambda text: "Exam · questions" in text and "goes on in another window" in text)
    one.press("h")
    one.wait(lambda text: "you answered 1 question: 1. 2 questions without an answer: h again" in said(text))
    assert not any("ended" in payload for payload in told(home))
    two.wait(lambda text: "goes on in another window" in text.splitlines()[0])
    two.press(*"unsaved")
    two.wait("unsaved")
    one.press("j")  # what was asked stands for a while only: it is asked anew
    one.wait(lambda text: "h again" not in said(text))
    one.press("h")
    one.wait(lambda text: "h again" in said(text))
    one.press("h")
    one.wait("0 of 3 right")
    one.wait("you         theirs")
    two.wait(
        lambda text: (
            "0 of 3 right" in text and "What you left here came too late: “unsaved” at question 2." in said(text)
        )
    )

    events = told(home)
    used = [payload["used_ms"] for payload in events]
    assert used == sorted(used)
    assert sum("given_over" in payload for payload in events) == 2
    for window in (one, two):
        window.press("r")
        report = window.settled(lambda text: "Study next" in text)
        assert "interrupted" not in report
    two.press("\x11")
    assert two.ended() == 0
    printed = two.raw.decode().rpartition("Not saved, question 2 of the exam ")[2]
    assert printed.split("\r\n")[1:2] == ["unsaved"]
