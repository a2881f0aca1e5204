"""The remarks on style: each rule by a card that breaks it and its neighbour that keeps it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from studytool.commands.check_style import style_of
from studytool.notes.model import Library
from studytool.notes.parse import parse_note

LONG = "word " * 41
KEPT = [
    f"Q: One?\nA: {'word ' * 40}",
    "Q: Name five.\nA:\n- a1\n- b1\n- c1\n- d1\n- e1",
    f"Q: How is it written?\nA: So:\n\n```python\n{LONG}\n```",
    "Q: Is it so?\nA: Yes, as each of its runs shows.",
    "Q: True or false: it is so?\nA: True",
    "Q: What is a table?\nA:\n| a | b |\n|---|---|\n" + "| one | two |\n" * 15,
    "Q: Which is steeper, sigmoid or tanh?\nA: tanh",
    "Q: What is left of the weight?\nA: $w$ weight",
    "Q: What does dropout not drop?\nA: No dropout.",
    "Q: What draws a perceptron?\nA: A line.\n\nQ: What draws a network?\nA: A line.",
    "What is it?\n\n- [x] Yes\n- [ ] No",
]
BROKEN = [
    ("wordy-answer", f"Q: One?\nA: {LONG}"),
    ("long-list", "Q: Name six.\nA:\n- a1\n- b1\n- c1\n- d1\n- e1\n- f1"),
    ("yes-no-card", "Q: Is it so?\nA: **Yes.**"),
    ("yes-no-card", "Q: Ist es so?\nA: Nein"),
    ("answer-in-prompt", "Q: Which units does dropout of units silence?\nA: The units."),
    ("same-prompt", "Q: What is it?\nA: First thing.\n\nQ: What is  it?\nA: Second thing."),
    ("same-answer", "Q: What does the perceptron draw?\nA: Lines.\n\nQ: The perceptron draws what?\nA: Lines."),
]


def codes(text: str) -> list[str]:
    return [one.code for one in style_of(Library("", [parse_note(f"{text}\n", "a.md")]))]


@pytest.mark.parametrize("text", KEPT)
def test_nothing_is_said_of_a_fair_card(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(("code", "text"), BROKEN)
def test_each_rule_is_told_once(code: str, text: str) -> None:
    assert codes(text) == [code]


def test_style_is_counted_and_listed_when_asked_for_and_never_fails(studytool, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\nQ: Is it so?\nA: Yes\n", "utf-8")
    told = "a.md:3:1: style yes-no-card: The answer is only “Yes”: one of two such cards is right by guessing.\n"
    silent = studytool("check", "a.md")
    assert (silent.code, told in silent.out) == (0, False)
    assert "   style     1  (yes-no-card 1)\n" in silent.out
    assert silent.out.endswith("What is `style` is counted, not listed: `--style` lists it.\n")
    for option in ("--style", "--all"):
        listed = studytool("check", "a.md", option)
        assert (listed.code, told in listed.out) == (0, True)
    found = json.loads(studytool("check", "a.md", "--json").out)
    assert found["counts"]["style"] == {"yes-no-card": 1}
    assert studytool("check", "--explain", "yes-no-card").out.startswith("yes-no-card: Style:")
