"""Studying line by line while another window has the same log open."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from studytool import clock
from studytool.desk import Desk, open_desk, request
from studytool.memory import Grade, Session

SECOND = "On which examples"


@pytest.fixture
def other(notes: Path) -> Iterator[Desk]:
    """What another window has open."""
    desk = open_desk(request([str(notes)]))
    yield desk
    desk.close()


class Sitting:
    """A sitting through a pipe."""

    def __init__(self, notes: Path) -> None:
        command = [sys.executable, "-m", "studytool", "study", "--plain", str(notes)]
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=dict(os.environ)
        )

    def until(self, told: str) -> str:
        """Everything that is printed up to this."""
        assert self._child.stdout is not None
        seen = b""
        while not seen.endswith(told.encode()):
            is_told = select.select([self._child.stdout], [], [], 60)[0]
            piece = self._child.stdout.read(1) if is_told else b""
            assert piece, seen.decode()
            seen += piece
        return seen.decode()

    def type(self, line: str) -> None:
        """Type a line."""
        assert self._child.stdin is not None
        self._child.stdin.write(f"{line}\n".encode())

    def end(self) -> None:
        """Leave."""
        self._child.communicate(b"q\n", timeout=60)


@pytest.fixture
def sitting(notes: Path) -> Iterator[Sitting]:
    with ExitStack() as at_end:
        one = Sitting(notes)
        at_end.callback(one.end)
        one.until("(enter to see the answer) ")
        yield one


def grades(desk: Desk) -> list[int]:
    return [event.payload["grade"] for event in desk.store.events() if event.kind == "review"]


def answered_in_both(other: Desk, sitting: Sitting) -> Session:
    """The card that is shown line by line is graded in the other window, and then here."""
    session = other.session(clock.now())
    assert session.shown(clock.now())
    session.answer(Grade.EASY, clock.now())
    sitting.type("")
    sitting.until("quit: ")
    sitting.type("1")
    return session


def test_a_grade_of_a_card_that_another_window_has_answered_is_not_kept(other: Desk, sitting: Sitting) -> None:
    answered_in_both(other, sitting)
    assert "your grade is not kept" in sitting.until(SECOND)
    assert grades(other) == [Grade.EASY]


def test_a_card_whose_answer_another_window_takes_back_comes_again(other: Desk, sitting: Sitting) -> None:
    session = answered_in_both(other, sitting)
    sitting.until("(enter to see the answer) ")
    session.undo(clock.now())
    for _ in range(5):  # all there are: the one that was taken back is among them
        sitting.type("")
        sitting.until("quit: ")
        sitting.type("4")
    assert "5 answered" in sitting.until("saved.")


def test_an_undo_says_that_the_grade_of_another_window_stands(other: Desk, sitting: Sitting) -> None:
    session = other.session(clock.now())
    assert session.shown(clock.now())
    sitting.type("")
    sitting.until("quit: ")
    sitting.type("4")
    sitting.until("(enter to see the answer) ")
    session.answer(Grade.GOOD, clock.now())  # it has not listened
    sitting.type("")
    sitting.until("quit: ")
    sitting.type("4")
    sitting.until("(enter to see the answer) ")
    for told in ("Undone: the card comes back.", "Undone: another window has graded that card, too"):
        sitting.type("u")
        sitting.until(told)
