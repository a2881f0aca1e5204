"""Pictures on a real pseudo-terminal: the terminal is asked before it is taken, and shows what it said it can."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PIL import Image

PATIENCE = 60


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
    ],
)
def test_a_picture_is_shown_the_way_the_terminal_has(
    start, notes: Path, monkeypatch: pytest.MonkeyPatch, program: str, answer: bytes, sign: bytes
) -> None:
    Image.new("RGB", (80, 80), "red").save(notes / "red.png")
    (notes / "perceptron.md").write_text("Q: Which colour?\n\n![a square](red.png)\nA: Red.\n", encoding="utf-8")
    monkeypatch.setenv("TERM_PROGRAM", program)
    terminal = start("study", notes)
    until(terminal, b"\x1b[c")
    terminal.child.send(answer)
    until(terminal, sign)
    terminal.press(" ")
    until(terminal, b"Red.")
    terminal.press("\x11")
    assert terminal.ended() == 0
    assert (b"\x1b_Gi=31" in terminal.raw) == (program == "ghostty")  # the others would print it
