"""A formula on one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytool.tex import to_line
from studytool.tex.symbols import OPERATORS, SYMBOLS
from tests.growth import growth

HERE = Path(__file__).resolve()
FIXTURE = HERE.parents[1] / "fixtures" / "tex" / "line.txt"
SAMPLES = HERE.parents[3] / "shared" / "samples"
FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$(?![\s$])([^$\n]+?)(?<![\s\\])\$(?!\d)", re.DOTALL)
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)


def pairs() -> list[tuple[str, str]]:
    """The lines of the fixture two by two: LaTeX, then what it becomes. Empty lines and # lines are for readers."""
    lines = [line for line in FIXTURE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("# ")]
    return list(zip(lines[::2], lines[1::2], strict=True))


def test_a_formula_comes_out_as_the_fixture_says() -> None:
    assert len(pairs()) > 100
    assert [(source, to_line(source)) for source, _ in pairs()] == pairs()


def test_an_empty_formula_is_an_empty_line() -> None:
    assert to_line("") == to_line(" \n ") == to_line("{}") == ""


def test_a_formula_over_several_lines_comes_out_on_one() -> None:
    assert to_line("a\n= b\\,\n+ c") == "a = b + c"


def test_nothing_that_a_terminal_would_act_on_comes_out() -> None:
    assert to_line("\x1b[31mx\x07 + \u202ey") == "x + y"


def test_every_known_command_comes_out_as_a_sign_or_a_name() -> None:
    shown = {name: to_line(f"a \\{name} b") for name in sorted({*SYMBOLS, *OPERATORS})}
    assert len(shown) > 400
    assert not {name: one for name, one in shown.items() if not (one.startswith("a") and one.endswith("b"))}
    assert {name for name, one in shown.items() if "\\" in one} == {"textbackslash"}


UNFINISHED = r"""
\frac   \frac{a   x^   x_   \left(   \right)   \begin{cases} a & b   \end{x}   \sqrt[3   }}}   {   \
\text{a $b   ^   _'   &   a \\   \begin   \left   \operatorname   \over   \hat   \overset{a}   \tag
"""


@pytest.mark.parametrize("source", re.split(r"\s{2,}|\n", UNFINISHED.strip()))
def test_a_formula_that_breaks_off_is_shown_as_far_as_it_goes(source: str) -> None:
    assert "\n" not in to_line(source)
    assert "a" in to_line("a " + source)


def test_letters_survive_braces_that_do_not_match() -> None:
    assert to_line("}a{b}}c{{d") == "abcd"


PARTS = re.split(
    r"\s+",
    r"""\frac \sqrt [ ] { } ^ _ ' & \\ $ \left( \right) \begin{cases} \end{cases} \begin{array}{cc} \text{ \sum \hat x y
    2 + - = | / \alpha \log \over \, \mathbb \operatorname \underbrace \overset \foo \substack{ \not \binom ~ %""",
)
SOURCES = st.lists(st.sampled_from(PARTS))


@settings(deadline=None)
@given(SOURCES.map(" ".join) | SOURCES.map("".join) | st.text())
def test_no_source_raises_or_gives_more_than_one_line(source: str) -> None:
    shown = to_line(source)
    assert len(shown.splitlines()) <= 1
    assert shown == shown.strip()


@settings(deadline=None)
@given(st.text(alphabet="abcxyz"))
def test_letters_alone_stay_as_they_are(source: str) -> None:
    assert to_line(source) == source


@pytest.mark.parametrize(
    "piece",
    [
        "{",
        "}",
        "x^{",
        "x^",
        "\\sqrt",
        "\\sqrt[",
        "\\frac{",
        "\\left(",
        "\\begin{a}",
        "\\text{",
        "\\text{$",
        "(",
        "'",
        "\\over ",
        "\\hat{",
    ],
)
def test_nesting_ten_thousand_deep_neither_overflows_nor_grows_with_the_square(piece: str) -> None:
    assert growth(lambda times: to_line(piece * times), 10_000) < 5


def test_accents_on_accents_with_scripts_take_no_longer_than_their_length() -> None:
    assert to_line("\\hat{" * 40 + "x" + "}_i" * 40)  # it doubled with every accent


def test_what_stands_inside_very_many_braces_is_still_shown() -> None:
    assert to_line("{" * 100_000 + "x^2" + "}" * 100_000 + " + 1") == "x² + 1"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample notes are not beside this checkout")
def test_nearly_every_formula_of_the_sample_notes_comes_out_without_a_command() -> None:
    formulas = [
        found[1] or found[2]
        for path in sorted(SAMPLES.rglob("*.md"))
        if path.is_file()
        for found in FORMULA.finditer(CODE.sub("", path.read_text(encoding="utf-8", errors="replace")))
    ]
    left = [source for source in formulas if re.search(r"\\[A-Za-z]", to_line(source))]
    assert len(formulas) > 1000
    assert len(left) < 0.01 * len(formulas), left[:10]
