"""Pictures on a real pseudo-terminal: the terminal is asked before it is taken, and shows what it said it can."""

from __future__ import annotations

import fcntl
import struct
import termios
import time
from pathlib import Path

import pytest
from PIL import Image

from tests.terminal.conftest import HELD, PATIENCE

PATIENT = """\
import sys
from studytool.app.pixels import answers, terminal
answers._PATIENCE = terminal._PATIENCE = 60.0
from studytool.cli import main
raise SystemExit(main(sys.argv[1:]))
"""
"""The program, for a terminal that is as slow to answer as the machine it runs on."""


def until(terminal, sign: bytes) -> None:
    end = time.monotonic() + PATIENCE
    while sign not in terminal.raw:
        assert terminal.read(), "the program has ended"
        assert time.monotonic() < end, f"no {sign!r} in {terminal.raw[-300:]!r}"


@pytest.mark.parametrize(
    ("program", "answer", "sign"),
    [
        ("ghostty", b"\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;22c", b"\x1b_Ga=T,U=1"),
        ("WezTerm", b"\x1b[6;20;10t\x1b[?62;4;22c", b"\x1bP0;1q"),
        ("WezTerm", b"\x1b[?62;22c", "▀".encode()),
        ("tmux", b"\x1b[?1;2c", "▀".encode()),
    ],
)
def test_a_picture_is_shown_the_way_the_terminal_has(
    start, notes: Path, program: str, answer: bytes, sign: bytes
) -> None:
    Image.new("RGB", (80, 80), "red").save(notes / "red.png")
    (notes / "perceptron.md").write_text("Q: Which colour?\n\n![a square](red.png)\nA: Red.\n", encoding="utf-8")
    in_kitty = {"TMUX": "/tmp/tmux,1,0", "KITTY_WINDOW_ID": "1"} if program == "tmux" else {}
    terminal = start("study", notes, python=("-c", PATIENT), environ={"TERM_PROGRAM": program, **in_kitty})
    until(terminal, b"\x1b[c")
    terminal.child.send(answer)
    until(terminal, sign)
    terminal.press(" ")
    until(terminal, b"Red.")
    terminal.press("\x11")
    assert terminal.ended() == 0
    assert (b"\x1b_Gi=31" in terminal.raw) == (program == "ghostty")  # the others would print it


def resize(terminal, columns: int, rows: int, cell: tuple[int, int]) -> None:
    size = struct.pack("HHHH", rows, columns, columns * cell[0] + 4, rows * cell[1] + 4)  # with a border, as xterm has
    fcntl.ioctl(terminal.child.child_fd, termios.TIOCSWINSZ, size)


def test_pixels_fit_the_cells_of_an_xterm_also_in_another_font(start, notes: Path) -> None:
    Image.new("RGB", (80, 80), "red").save(notes / "red.png")
    (notes / "perceptron.md").write_text("Q: Which colour?\n\n![a square](red.png)\nA: Red.\n", encoding="utf-8")
    environ = {"XTERM_VERSION": "XTerm(379)", "COLORTERM": ""}
    terminal = start("study", notes, python=("-c", HELD + PATIENT), environ=environ)
    resize(terminal, 80, 24, (8, 16))
    terminal.press("\r")
    until(terminal, b"\x1b[c")
    assert b"\x1b_G" not in terminal.raw
    terminal.child.send(b"\x1b[?63;1;2;4;6;9;15;16;22;28c")  # what it allows nobody to ask, it does not answer
    until(terminal, b'"1;1;80;16')
    resize(terminal, 80, 24, (12, 24))
    until(terminal, b'"1;1;120;24')
    terminal.press("\x11")
    assert terminal.ended() == 0


def test_an_answer_that_comes_late_grades_no_card(start, notes: Path) -> None:
    terminal = start("study", notes, environ={"TERM_PROGRAM": "WezTerm"})
    until(terminal, b"\x1b[c")
    terminal.wait("space shows the answer")
    terminal.press(" ")
    terminal.wait("Again")
    terminal.child.send(b"\x1b[6;21;13t\x1b[?62;4;22c")
    terminal.press("u")
    terminal.wait("nothing to undo")
    terminal.press("\x11")
    assert terminal.ended() == 0
