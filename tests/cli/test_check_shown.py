"""`studytool check` tells of formulas on cards that are left open, and of pictures that cannot be shown."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from studytool.commands.check_shown import unclosed


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        (r"\frac{1}{0", "a brace is not closed"),
        (r"C_{L*}}", "a `}` closes nothing"),
        (r"\left( x", r"a `\left` is not closed"),
        (r"x \right)", r"a `\right` closes nothing"),
        (r"\begin{matrix} 1", r"a `\begin` is not closed"),
        (r"\{ x \} \leftarrow \left. y \right|", ""),
        (r"\begin{cases} 1 \\ 2 \end{cases} \text{ if } [0, 1)", ""),
    ],
)
def test_what_a_formula_leaves_open(formula: str, told: str) -> None:
    assert unclosed(formula) == told


def test_what_cannot_be_shown_on_a_card_is_told_where_it_stands(studytool, tmp_path: Path) -> None:
    folder = tmp_path / "vault"
    (folder / "img").mkdir(parents=True)
    Image.new("RGB", (4, 4)).save(folder / "img" / "good.png")
    (folder / "img" / "bad.png").write_text("no picture")
    (folder / "a.md").write_text(
        "# A\n\nText: $\\frac{1}{2$ and ![](img/bad.png)\n\n"
        "Q: One?\nA: It is\n$\\frac{1}{0$ ![](img/bad.png)\n\n"
        "Q: Two?\nA: ![[good.png]] ![[bad.png]] ![](https://example.org/bad.png)\n\n"
        "C: A [gap] and [another] in $x^{2$.\n",
        "utf-8",
    )
    done = studytool("check", "vault", "--json", "--code", "formula", "--code", "unreadable-picture")
    assert done.code == 0
    found = [(one["line"], one["column"], one["message"]) for one in json.loads(done.out)["diagnostics"]]
    unread = "on this card cannot be shown: the file is no picture that can be read."
    assert found == [
        (7, 1, r"In the formula $\frac{1}{0$ a brace is not closed."),
        (7, 14, f"The picture img/bad.png {unread}"),
        (10, 18, f"The picture bad.png {unread}"),
        (12, 29, "In the formula $x^{2$ a brace is not closed."),
    ]


def test_a_formula_is_told_at_its_line_and_a_picture_within_a_long_card(studytool, tmp_path: Path) -> None:
    (tmp_path / "bad.png").write_text("no picture")
    (tmp_path / "a.md").write_text(
        "Text\f of\u2028an old file: ![](bad.png)\n\nQ: One?\nA: It is\n$x^{2$\nand so on.\n\n"
        "C: A [gap] and [another] over\nlines with ![](bad.png) in it.\n",
        "utf-8",
    )
    done = studytool("check", tmp_path, "--json", "--code", "formula", "--code", "unreadable-picture")
    assert [(one["line"], one["column"]) for one in json.loads(done.out)["diagnostics"]] == [(5, 1), (9, 12)]
