"""A formula in two dimensions."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from studytool.tex import Box, to_box, to_line, to_row
from studytool.tex.box import MOST_CELLS
from studytool.tex.letters import ACCENTS
from studytool.tex.marks import CLOSE, OPEN
from studytool.text import cells

HERE = Path(__file__).resolve()
FIXTURE = HERE.parents[1] / "fixtures" / "tex" / "box.txt"
GUIDE = HERE.parents[2] / "docs" / "math.md"


def pictures() -> list[tuple[str, list[str]]]:
    """What the fixture holds: LaTeX, perhaps with a width before it, and the rows below it with their marks."""
    found: list[tuple[str, list[str]]] = []
    for line in FIXTURE.read_text(encoding="utf-8").splitlines():
        if line.startswith((":", ">")):
            found[-1][1].append(line)
        elif line and not line.startswith("# "):
            found.append((line, []))
    return found


def drawn(source: str, width: int | None = None) -> list[str]:
    return [row.rstrip() for row in to_box(source, width).rows]


def test_a_formula_is_drawn_as_the_fixture_shows() -> None:
    assert len(pictures()) > 80
    for source, expected in pictures():
        width, _, rest = source[1:].partition(" ") if source[0] == "@" else ("", "", source)
        box = to_box(rest, int(width) if width else None)
        shown = [f"{':>'[row == box.baseline]} {text}".rstrip() for row, text in enumerate(box.rows)]
        assert shown == expected, source


def test_the_pictures_of_the_guide_are_those_that_are_drawn() -> None:
    examples = re.findall(r"```text\n(.+)\n\n((?:.*\n)+?)```", GUIDE.read_text(encoding="utf-8"))
    assert len(examples) > 5
    for source, picture in examples:
        assert [line.removeprefix("    ") for line in picture.splitlines()] == drawn(source)


def test_there_are_pictures_enough() -> None:
    assert len(pictures()) >= 60


def test_a_formula_that_needs_no_height_is_the_row_that_stands_in_a_line() -> None:
    for source in (r"w \leftarrow w + \eta\, y\, x", r"a_i^2 + b \le c", r"\{1, \ldots, n\}", ""):
        assert to_box(source) == to_row(source)
        assert to_box(source).rows == (to_line(source),)


def test_what_is_marked_is_told_beside_the_rows() -> None:
    box = to_box(r"a = ==b== + \frac{==x y==}{2}")
    assert [box.rows[row][start:end] for row, start, end in box.marked] == ["xy", "b"]
    assert to_box(r"==\frac{a}{b}== + c").marked == ((0, 0, 3), (1, 0, 3), (2, 0, 3))
    assert to_row("w_{==2==} + ==c==").marked == ((0, 1, 2), (0, 5, 6))


def test_a_comparison_marks_nothing() -> None:
    assert to_box("a == b == c") == Box(("a == b == c",), 0, 11)


@pytest.mark.parametrize("gap", [r"\frac{[…]}{2}", r"\sum_{i=1}^{[…]} i", r"x_[…]", r"\sqrt{[…]}", r"\hat{[…]}"])
def test_the_gap_of_a_cloze_stays_whole_wherever_it_stands(gap: str) -> None:
    assert any("[…]" in row for row in to_box(gap).rows)
    assert "[…]" in to_line(gap)


def test_a_formula_too_wide_is_broken_and_one_that_cannot_be_is_one_row() -> None:
    source = r"\frac{a}{b} = " + " + ".join("abcdefghijkl")
    assert to_box(source, 30).width <= 30
    word = r"\text{a word that is longer than this}"
    assert to_box(word, 30) == to_row(word)
    product = "x" * 40 + r" = \frac{1}{2}"
    assert to_box(product, 30) == to_row(product)


def test_a_picture_larger_than_any_screen_is_one_row() -> None:
    rows = 400
    source = r"\begin{matrix}" + r"x\\" * rows + r"\end{matrix}" + "y" * (MOST_CELLS // rows)
    assert to_box(source) == to_row(source)


def test_a_language_of_its_own_is_shown_as_its_source() -> None:
    source = r"\begin{tikzpicture} \draw (0,0); \end{tikzpicture}"
    assert to_box(source).rows == (source,)


@pytest.mark.parametrize("name", sorted(ACCENTS))
def test_every_accent_goes_over_several_letters(name: str) -> None:
    shown = "\n".join(drawn(rf"\{name}{{abc}}"))
    assert name not in shown
    assert "abc" in "".join(letter for letter in shown if not unicodedata.combining(letter))


PARTS = re.split(
    r"\s+",
    r"""\frac \sqrt [ ] { } ^ _ ' & \\ $ \left( \right) \middle| \begin{cases} \end{cases} \begin{array}{c|c} \text{
    \begin{aligned} \end{aligned} \begin{pmatrix} \end{pmatrix} \sum \int \lim \hat \bar \cancel \vec x y 2 + - = | ( )
    / \alpha \log \over \, \quad \mathbb \mathbf \operatorname \underbrace \overbrace \overset \xrightarrow \foo
    \substack{ \binom ~ % == […] 漢 e\u0301 \langle \left\{ \right. \left\langle""",
)
SOURCES = st.lists(st.sampled_from(PARTS), max_size=40)


@settings(deadline=None)
@given(SOURCES.map(" ".join) | SOURCES.map("".join) | st.text(), st.none() | st.integers(1, 60))
def test_no_source_raises_and_all_rows_are_as_wide_as_the_box(source: str, width: int | None) -> None:
    box = to_box(source, width)
    assert 0 <= box.baseline < len(box.rows)
    assert all(cells(row) == box.width for row in box.rows)
    assert not any(
        letter in (OPEN, CLOSE) or unicodedata.category(letter) == "Cc" for row in box.rows for letter in row
    )
    assert all(0 <= start <= end <= len(box.rows[row]) for row, start, end in box.marked)
    assert width is None or box.width <= width or box.height == 1


@settings(deadline=None)
@given(SOURCES.map(" ".join))
def test_textual_counts_the_same_cells(source: str) -> None:
    box = to_box(source)
    assert all(cell_len(row) == box.width for row in box.rows)


@settings(deadline=None)
@given(SOURCES.map(" ".join))
def test_a_fraction_of_anything_has_a_bar_over_all_of_it(source: str) -> None:
    box = to_box(rf"\frac{{x}}{{\text{{{re.sub(r'[^a-z ]', '', source)}}}}}")
    assert set(box.rows[box.baseline]) == {"─"}


@pytest.mark.parametrize(
    "piece",
    ["{", "x^{", r"\sqrt{", r"\frac{a}{", r"\left(", r"\begin{pmatrix}a&", r"\text{", "(", "|", r"\hat{", "==a", r"\\"],
)
def test_nesting_ten_thousand_deep_neither_overflows_nor_hangs(piece: str) -> None:
    assert to_box(piece * 10_000, 80).rows


def test_accents_and_scripts_in_one_another_take_no_longer_than_their_length() -> None:
    assert to_box(r"\hat{" * 40 + "x" + "}_i" * 40).rows
    assert to_box("{" * 40 + "x + 1" + "}_K^2" * 40).rows
