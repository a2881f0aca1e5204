"""Clozes inside formulas: what is asked, what brackets are mathematics, and that the front is a formula still."""

from __future__ import annotations

import pytest

from studytool.notes.gaps import filled
from studytool.notes.parse import parse_note
from studytool.tex import to_box


def clozes(text: str) -> list[tuple[str, str]]:
    return [(card.front, card.back) for card in parse_note(text, "note.md").studied]


@pytest.mark.parametrize(
    ("text", "found"),
    {
        "C: $a = [b]$": [("$a = […]$", "$b$")],
        "C: The [loss] is $\\frac{A + [A^T]}{2}$.": [
            ("The […] is $\\frac{A + A^T}{2}$.", "loss"),
            ("The loss is $\\frac{A + […]}{2}$.", "$A^T$"),
        ],
        "C: $m \\times [n]$ and $x^[10]$": [
            ("$m \\times […]$ and $x^{10}$", "$n$"),
            ("$m \\times n$ and $x^{[…]}$", "$10$"),
        ],
        "C:\n$$\na = [b + c]\n$$\n": [("$$\na = […]\n$$", "$b + c$")],
        "C: The gradient is $\\nabla f = [2x, 2y]$": [("The gradient is $\\nabla f = […]$", "$2x, 2y$")],
        "C: [$x[1]$] comes first": [("[…] comes first", "$x[1]$")],
        "So $a = {{c1::b}}$ and $x^{{c1::10}}$": [("So $a = […]$ and $x^{[…]}$", "$b$, $10$")],
        "The law:\n$$\na = {{c1::b}}\n$$\n": [("The law:\n$$\na = […]\n$$", "$b$")],
        "#flashcards\n\n$a = ==b + c==$ is so": [("$a = […]$ is so", "$b + c$")],
        "#flashcards\n\n$$\na = ==b==\n$$\n": [("$$\na = […]\n$$", "$b$")],
    }.items(),
    ids=lambda value: value.split("\n")[-1] if isinstance(value, str) else "",
)
def test_a_part_of_a_formula_can_be_asked(text: str, found: list[tuple[str, str]]) -> None:
    assert clozes(text) == found
    for front, _ in found:
        formula = front[front.find("$") : front.rfind("$")].strip("$") if "$" in front else ""
        if "[…]" in formula and "and" not in formula:
            assert any("[…]" in row for row in to_box(formula).rows), "the gap is drawn with the formula"


@pytest.mark.parametrize(
    "formula",
    [
        "E[X] = 3",
        "x \\in [0, 1]",
        "\\sqrt[3]{x}",
        "\\left[ a \\right]",
        "P(A)[1]",
        "i \\in [n]",
        "[0, 1)",
        "a \\\\[2pt] b",
    ],
)
def test_brackets_of_mathematics_are_no_deletions(formula: str) -> None:
    assert clozes(f"C: ${formula}$ is so") == []
    assert clozes(f"C: ${formula}$ is [so]") == [(f"${formula}$ is […]", "so")]


def test_signs_of_equality_in_a_formula_are_no_marks() -> None:
    assert clozes("#flashcards\n\n$a==b==c$ is $x == y$ so") == []


def test_a_filled_gap_is_a_formula_again() -> None:
    assert filled("So $a = […]$ and $x^{[…]}$", "$b$, $10$") == "So $a = b$ and $x^{10}$"
    assert filled("The […] is so", "$b$") == "The $b$ is so"
