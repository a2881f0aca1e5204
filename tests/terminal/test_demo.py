"""From a card to the running demo and back, on a real terminal."""

from __future__ import annotations

import re

from studytool import places


def test_a_card_about_the_perceptron_runs_the_demo_and_comes_back(start) -> None:
    prompt = "What does a perceptron with weights"
    terminal = start("study", places.built_in("cards") / "01-perceptron.md")
    terminal.wait(prompt)
    terminal.press("d")
    terminal.wait(lambda text: "Predict first" in text and "waiting for your prediction · step 1 " in text)
    terminal.press("2")
    terminal.wait("So do the runs.")
    terminal.wait(lambda text: any(int(step) > 1 for step in re.findall(r"step (\d+)", text)))
    assert prompt not in terminal.text
    terminal.press("\x1b")
    terminal.wait(prompt)
    terminal.press("\x11")
    assert terminal.ended() == 0


# As the program itself, on a terminal that knows 16 colours.
OF_16_COLOURS = """\
import os, sys
os.environ["TERM"] = "xterm"
del os.environ["COLORTERM"]
from studytool.cli import main
sys.exit(main())
"""


def test_a_terminal_of_16_colours_gets_no_others_and_dots_where_it_has_no_shades(start) -> None:
    terminal = start("demo", "perceptron", python=("-c", OF_16_COLOURS))
    terminal.wait("Predict first")
    terminal.press("\r")
    terminal.wait("▲ versicolor")
    terminal.wait(lambda text: "·   ·   ·   ·" in text and b"\x1b[93;40m" in terminal.raw)  # bright yellow on black
    terminal.press("\x1b")
    assert terminal.ended() == 0
    assert b"38;2;" not in terminal.raw
    assert b"38;5;" not in terminal.raw
