"""From a card to the running demo and back, on a real terminal."""

from __future__ import annotations

import re

from studytool import places


def test_a_card_about_the_perceptron_runs_the_demo_and_comes_back(start) -> None:
    prompt = "What does a perceptron compute from its inputs"
    terminal = start("study", places.built_in("cards") / "02-perceptron.md")
    terminal.wait(prompt)
    terminal.press("d")
    terminal.wait("Predict first")
    terminal.press("2")
    terminal.wait("So do the runs.")
    first = int(terminal.wait(lambda text: re.search(r"step \d", text)).partition("step ")[2].split()[0])
    terminal.wait(lambda text: any(int(step) > first for step in re.findall(r"step (\d+)", text)))
    assert prompt not in terminal.text
    terminal.press("\x1b")
    terminal.wait(prompt)
    terminal.press("\x11")
    assert terminal.ended() == 0
