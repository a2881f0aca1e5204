"""From a card to the running demo and back, on a real terminal."""

from __future__ import annotations

from studytool import places


def test_a_card_about_the_perceptron_runs_the_demo_and_comes_back(start) -> None:
    prompt = "What does a perceptron compute from its inputs"
    terminal = start("study", places.built_in("cards") / "02-perceptron.md")
    terminal.wait(prompt)
    terminal.press("d")
    terminal.wait(lambda text: prompt not in text and "step" in text.lower())
    terminal.press("\x1b")
    terminal.wait(prompt)
    terminal.press("\x11")
    assert terminal.ended() == 0
