"""Numbers are whole wherever words are counted: in key terms, in gaps and in what is told of an answer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from studytool.notes import load_library
from studytool.notes.parse import parse_note
from studytool.quiz import Asked, build, mark
from studytool.quiz.faces import Face
from studytool.quiz.key_terms import _most_often
from studytool.quiz.marking.text import normal, wording
from studytool.quiz.prose import covered
from studytool.quiz.quantities import quantities
from studytool.quiz.recalled import compare
from studytool.quiz.words import words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a mole has 6.022e23 particles.", ["6.022e23"]),
        ("it is 6.022 × 10^23 /mol, or so", ["6.022 × 10^23 /mol"]),
        ("a charge of −1.602×10⁻¹⁹ C.", ["−1.602×10⁻¹⁹ C"]),
        ("at 9.81 m/s², falling 5 m in 1 s", ["9.81 m/s²", "5 m", "1 s"]),
        ("0,5 or 25 % of 1,000,000", ["0,5", "25 %", "1,000,000"]),
        ("in 1990s a 3D net had 5 layers, see A4 and 2nd", []),
    ],
)
def test_a_number_goes_with_its_decimals_its_power_of_ten_and_its_unit(text: str, found: list[str]) -> None:
    assert [text[low:high] for low, high in quantities(text)] == found


def test_key_terms_and_gaps_divide_no_number(tmp_path: Path) -> None:
    text = (
        "# Amounts\n\n- **Heap**: the amount of sand with 6.022e23 particles\n\n"
        "Q: What is a mole? (in your own words)\nA: The amount of a substance with 6.022e23 particles.\n"
    )
    (tmp_path / "a.md").write_text(text, "utf-8")
    library = load_library([tmp_path], root=tmp_path)
    papers = [build(library, count=5, seed=seed).questions for seed in range(6)]
    terms = {one.accepted for questions in papers for one in questions if one.prompt.startswith("What is a mole")}
    assert [set(one) for one in terms] == [{"amount", "substance", "6.022e23", "particles"}]
    assert not [
        one for questions in papers for one in questions if "022e23" in one.answer and "6.022e23" not in one.answer
    ]


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("it is 1.602e-19 C", True),
        ("1.602 x 10^-19 coulomb", True),
        ("1.602×10⁻¹⁹", True),
        ("1.602e-18 C", False),
        ("1.602 and 19", False),
    ],
)
def test_a_number_among_the_key_terms_is_named_by_its_value(typed: str, named: bool) -> None:
    asked = Asked("recall", "p", (), "1.602e-19 C", ("1.602e-19 C",), "", "c", "n", 1, "t")
    assert bool(compare(asked, typed).found) is named


def test_what_is_more_than_the_answer_is_told_with_its_numbers_whole() -> None:
    asked = Asked("typed", "p", (), "charge", (), "", "c", "n", 1, "t")
    assert "“proton 1.602e-19” is more" in mark(asked, "charge proton 1.602e-19 C").reason


def test_a_power_of_ten_is_one_word_however_it_is_written() -> None:
    ways = ("1.602e-19", "1.602×10⁻¹⁹", "1.602 · 10^{-19}", r"1.602 \cdot 10^-19")
    assert {tuple(wording(f"it holds {way} of them")) for way in ways} == {tuple(wording("it holds 1.602e-19 of them"))}
    assert wording("it holds 1.602e-19") == ["hold", "1.602e-19"]


def test_a_long_run_of_signs_is_no_unit_and_a_long_exponent_no_power() -> None:
    assert quantities("5 m/s") == [(0, 5)]
    assert quantities(f"5 {'m·' * 30}m") == []
    assert normal(f"1e{'9' * 5_000}") == f"1e{'9' * 5_000}"


def test_a_place_is_covered_by_any_of_several_stretches() -> None:
    is_covered = covered([(10, 12), (0, 6), (1, 5)])
    assert [place for place in range(14) if is_covered(place)] == [0, 1, 2, 3, 4, 5, 10, 11]
    assert not covered([])(0)


def test_the_words_of_an_answer_with_twice_the_numbers_are_read_in_twice_the_steps() -> None:
    def steps(count: int) -> int:
        text = " ".join(f"$a_{{{number}}}$ weighs {number}.5 kg" for number in range(count))
        face = Face(parse_note(f"Q: What do they weigh?\nA: {text}\n", "a.md").cards[0], 0)
        words(text)
        told = 0

        def one_more(*_: object) -> None:
            nonlocal told
            told += 1

        sys.setprofile(one_more)
        try:
            _most_often(text, face, set())
        finally:
            sys.setprofile(None)
        return told

    assert steps(400) < 3 * steps(200)
