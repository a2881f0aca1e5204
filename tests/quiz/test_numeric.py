"""Numbers with tolerances, ranges, figures, units and shapes: what is right, and the slip that is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.quiz.marking import mark_numeric
from studytool.quiz.marking.numeric import key
from studytool.quiz.marking.quantity import readings
from studytool.quiz.marking.units import unit


def reason(accepted: str, response: str) -> str:
    return mark_numeric([accepted], response).reason


@pytest.mark.parametrize(
    ("accepted", "responses"),
    [
        ("0.25 ± 0.01 m", "25 cm; 0.25 m; 0.26 m; 0.24 m; 250 mm; 0,25 m; 1/4 m; 0.25 metres; 2.5e-1 m"),
        ("0.25 +- 4 %", "0.26; 0.24; 1/4; 25 %; .25"),
        ("0.25 +/- 4 %", "0.26"),
        ("$0.25 \\pm 0.01$ m", "26 cm"),
        ("50% ± 5%", "50 %; 45 %; 55%; 0.46; 1/2"),
        ("5 kg ± 10 g", "5.005 kg; 4995 g"),
        ("3 ± -1", "2; 4"),
        ("5 m … 1 km", "20 m; 0.5 km"),
        ("5 … 1 m", "3 m"),
        ("1e999", "1e999; 10^999"),
        ("1 … 5", "1; 3; 5; pi; 9/2"),
        ("1 … 5 s", "3 s; 3000 ms; 0.05 min"),
        ("1...5", "2"),
        ("3.14", "3.14; 3.14159; pi; π; 22/7; 3,14; 3.140"),
        ("1/3", "2/6; 0.333; 33.3 %; \\frac{1}{3}; ⅓"),
        ("2^10", "1024; 2**10; 2¹⁰; 1,024; 1 024; 1.024e3"),
        ("1e-3", "0.001; 10^{-3}; 1·10⁻³; 10⁻³; 1E-3; 0,001; 10**-3; 1/1000; 1 \\cdot 10^{-3}"),
        ("50 %", "50%; 0.5; 50 percent; 1/2; 50 per cent"),
        ("ln 10", "2.303; log(10); 2.302585; ln(10)"),
        ("sqrt(2)", "√2; \\sqrt{2}; 2^0.5; 1.414; sqrt 2"),
        ("9.81 m/s^2", "9.81 m/s²; 9.81 m s^-2; 9.81 N/kg; 9.81 m/s/s; 9.81 meters per second squared"),
        ("9.81 m/s^2", "9.81 ms-2; 9.81 m s-2; 9.81 ms^-2; 9.81 Nkg-1"),
        ("50 N m", "50 Nm; 50 N·m; 50 J; 0.05 kNm; 5000 Ncm; 50 Ws"),
        ("50 Nm", "50 N m; 50 N·m; 50 J"),
        ("1 g/cm^3", "1000 kgm^-3; 1000 kgm-3; 1 gcm^-3"),
        ("5 V/m", "5 Vm^-1; 5 N/C"),
        ("5 W", "5 Js^-1; 5 VA"),
        ("8.31 J/(mol K)", "8.31 J/mol/K; 8.31 Jmol^-1K^-1; 8.31 JK-1mol-1; 8.31 J/molK; 8.31 J / (K·mol)"),
        ("5 km", "5 Km; 5 KM"),
        ("20 °C", "293.15 K; 20 C; 20 degrees Celsius; 68 °F"),
        ("4 KiB", "4096 B; 4096 bytes; 4 kib; 32768 bit"),
        ("391", "391; 391 parameters; three hundred ninety-one; 391.0; 3.91e2"),
        ("1,000", "1000; 1 000; 1'000; 10^3; 1k; one thousand"),
        ("5 kΩ", "5000 ohm; 5000 Ω; 5 kohm; 0.005 MΩ"),
        ("5 min 30 s", "330 s; 5.5 min"),
        ("-5", "−5; minus 5; minus five"),
        ("5!", "120"),
        ("12 layers", "12 layers; twelve layers; 12 layer"),
        ("(32, 64, 7, 7)", "32×64×7×7; [32,64,7,7]; 32 64 7 7; torch.Size([32, 64, 7, 7]); 32 by 64 by 7 by 7"),
    ],
)
def test_one_value_may_be_written_in_many_ways(accepted: str, responses: str) -> None:
    for response in responses.split("; "):
        assert mark_numeric([accepted], response).verdict == "right", (accepted, response, reason(accepted, response))


@pytest.mark.parametrize(
    ("accepted", "response", "told"),
    [
        ("0.25 ± 0.01 m", "0.25", "nearly: the number is right, but the unit is missing: m"),
        ("0.25 ± 0.01 m", "0.25 s", "“s” is the unit of a time, and a length was asked for"),
        ("0.25 ± 0.01 m", "-0.25 m", "the sign"),
        ("0.25 ± 0.01 m", "2.5 m", "off by a factor of 10, too large"),
        ("0.25 ± 0.01 m", "0.27 m", "too large"),
        ("0.25 m", "25", "off by a factor of 100, too large, and the unit is missing"),
        ("1 … 5", "0", "it is too small"),
        ("3.14", "3.1", "nearly: too few significant figures"),
        ("3.14", "3", "wrong: the answer is “3.14”; too few significant figures"),
        ("1/3", "0.33", "nearly: too few significant figures"),
        ("1/3", "3", "the reciprocal"),
        ("0.25", "0.25 m", "nearly: the number is right, but no “m” belongs to it"),
        ("3", "3 or 4", "one number is asked for"),
        ("5 nm", "5 Nm", "“Nm” is the unit of an energy, and a length was asked for"),
        ("5 Nm", "5 nm", "“nm” is the unit of a length, and an energy was asked for"),
        ("10 %", "10 % cm", "“% cm” is no known unit"),
        ("90 s", "1:30", "a number was asked for; write a time with its units, such as 1 min 30 s"),
        ("1", "1:30", "wrong: the answer is “1”; a number was asked for"),
        ("12 layers", "12 units", "“units” is another unit"),
        ("5", "many", "a number was asked for"),
        ("5", "", "nothing was typed"),
        ("(32, 64, 7, 7)", "(64, 32, 7, 7)", "the numbers are right, their order is not"),
        ("(32, 64, 7, 7)", "(64, 7, 7)", "the first number, 32, is missing"),
        ("(32, 64, 7, 7)", "(32, 64, 7, 8)", "the 4th number is 7"),
        ("(32, 64, 7, 7)", "(32, 64)", "4 numbers were asked for, and 2 given"),
        ("(32,)", "(32, 64)", "1 number was asked for, and 2 given"),
        ("(10,)", "10", "nearly: it is a row of one number"),
    ],
)
def test_the_slip_is_named(accepted: str, response: str, told: str) -> None:
    assert told in reason(accepted, response)


def test_one_of_several_accepted_numbers_is_enough() -> None:
    assert mark_numeric(["5 m", "3 s"], "3000 ms").verdict == "right"
    assert mark_numeric([], "3").verdict == "wrong"


def test_a_paste_is_refused_in_a_sentence() -> None:
    found = mark_numeric(["5"], "5 " * 50_000)
    assert found.verdict == "wrong"
    assert "100,000 characters" in found.reason


@pytest.mark.parametrize(
    "text", ["9^9^9^9^9", "10^(10^10)", "1e9999", "(" * 199, "0/0", "1/0", "ln 0", "(-1)^0.5", "171!"]
)
def test_what_has_no_value_is_no_number(text: str) -> None:
    assert mark_numeric(["5"], text).verdict == "wrong"
    assert mark_numeric([text], "5").verdict == "wrong"


LENGTHS = st.sampled_from(["m", "cm", "mm", "km", "μm", "nm", "dm"])


@given(st.decimals("0.001", "9999", places=3), LENGTHS, LENGTHS)
def test_units_convert_the_same_way_there_and_back(number: object, one: str, other: str) -> None:
    first, second = unit(one), unit(other)
    assert first is not None
    assert second is not None
    there = readings(f"{number} {one}")[0].base / second.scale
    written = f"{there.numerator}/{there.denominator} {other}"
    assert mark_numeric([f"{number} {one}"], written).verdict == "right"
    assert mark_numeric([written], f"{number} {one}").verdict == "right"


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_are_marked(accepted: str, response: str) -> None:
    found = mark_numeric([accepted], response)
    assert found.reason.startswith(found.verdict)


NUMBERISH = st.text(alphabet="0123456789.,eE+-−*/^()²³⁻±…%√πm s'×·\\{}xklnd°CΩ", max_size=24)


@given(NUMBERISH, NUMBERISH)
def test_any_two_texts_of_the_signs_of_numbers_are_marked(accepted: str, response: str) -> None:
    found = mark_numeric([accepted], response)
    assert found.reason.startswith(found.verdict)
    if response.strip():
        assert mark_numeric([response], response).verdict == "right"


@given(st.floats(1e-12, 1e12), st.sampled_from(["", "m", "s", "kg", "%", "MiB", "°C", "m/s^2"]))
def test_a_number_is_right_for_itself_however_it_is_written(number: float, name: str) -> None:
    for one in (f"{number!r} {name}", f"{number:.6e} {name}", f"{number:.5g} {name}"):
        accepted = key(one)
        assert accepted is not None
        assert mark_numeric([one], one.replace("e", " * 10^") if "e" in one[:20] else one).verdict == "right"
        assert mark_numeric([one], f"  {one} ").verdict == "right"


@given(st.decimals("0.01", "999", places=2), st.decimals("0.01", "1", places=2))
def test_a_tolerance_holds_on_both_sides_and_no_further(middle: object, off: object) -> None:
    accepted = f"{middle} ± {off}"
    for sign in "+-":
        assert mark_numeric([accepted], f"{middle} {sign} {off}").verdict == "right"
        assert mark_numeric([accepted], f"{middle} {sign} {off} * 1.01").verdict == "wrong"
