"""An event as a line: nothing is lost on the way there and back, and a wrong line says what is wrong."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.memory.store.lines import Row, from_line, to_line

ROW = Row("0190" * 8, 1_700_000_000_000, 60, "a1b2", 7, "review", "key", '{"grade":3,"took_ms":1200}', 1)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(st.none() | st.booleans() | numbers | st.text(), st.lists, max_leaves=8)
payloads = st.dictionaries(st.text(), values, max_size=4)


def test_a_line_is_one_line_of_json_with_the_payload_last() -> None:
    line = to_line(ROW)
    assert list(json.loads(line)) == ["id", "ms", "offset", "device", "sequence", "kind", "card", "version", "payload"]
    assert line.endswith('"payload":{"grade":3,"took_ms":1200}}')
    assert "\n" not in line


@given(words, st.integers(0, 2**40), st.integers(-720, 840), words, st.none() | words, payloads, st.booleans())
def test_what_goes_out_comes_back(
    kind: str, ms: int, offset: int, device: str, card: str | None, payload: dict[str, object], is_ascii: bool
) -> None:
    text = json.dumps(payload, ensure_ascii=is_ascii)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(payload)
    row = Row("f" * 32, ms, offset, device, 1, kind, card, text, 3)
    line = to_line(row)
    assert "\n" not in line
    assert "\r" not in line
    assert from_line(line) == row
    assert to_line(from_line(line)) == line


@pytest.mark.parametrize("payload", ['{"a": 1.0}', '{"a":1e0,"a":2}', '{ "b" : "\\u00e9" }'])
def test_the_payload_keeps_the_form_it_was_written_in(payload: str) -> None:
    assert from_line(to_line(ROW._replace(payload=payload))).payload == payload


def test_a_payload_over_several_lines_becomes_one_line() -> None:
    assert from_line(to_line(ROW._replace(payload='{\n "a": 1\n}'))).payload == '{"a":1}'


def test_a_line_that_another_program_laid_out_is_read() -> None:
    told = {**json.loads(to_line(ROW)), "payload": {"grade": 3, "took_ms": 1200}}
    assert from_line(json.dumps(dict(sorted(told.items())), indent=1).replace("\n", "")) == ROW


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"ms": "soon"}, "`ms` should be a whole number"),
        ({"ms": True}, "`ms` should be a whole number"),
        ({"ms": 10**20}, "`ms` should lie between"),
        ({"offset": 9000}, "`offset` should lie between"),
        ({"card": 3}, "`card` should be a string or null"),
        ({"payload": []}, "`payload` should be an object"),
        ({"kind": ""}, "`kind` should have 1 to 200 characters"),
        ({"id": "x" * 201}, "`id` should have 1 to 200 characters"),
        ({"colour": 1}, "`colour` is nothing that this version of studytool knows"),
    ],
)
def test_a_wrong_line_says_what_is_wrong(change: dict[str, object], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        from_line(json.dumps({**json.loads(to_line(ROW)), **change}))


@pytest.mark.parametrize("text", ["", "[]", "{", '{"id":"x"}', '{"id":NaN}', "[" * 100_000])
def test_what_is_no_event_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"JSON|object|missing"):
        from_line(text)


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
def test_levels_beyond_all_measure_are_no_event(opened: str, closed: str) -> None:
    """A payload that can just be read here cannot where the program is deeper in its own calls."""

    def line(levels: int) -> str:
        return to_line(ROW._replace(payload=f'{{"a":{opened * (levels - 1)}1{closed * (levels - 1)}}}'))

    assert to_line(from_line(line(100))) == line(100)
    for levels in (101, 900, 980, 100_000):
        with pytest.raises(ValueError, match="at most 100 levels"):
            from_line(line(levels))
    assert from_line(to_line(ROW._replace(payload='{"a":[' + "[]," * 300 + "[]]}")))


def test_a_row_of_too_many_levels_over_several_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="at most 100 levels"):
        to_line(ROW._replace(payload='{"a":\n' + "[" * 100_000 + "]" * 100_000 + "}"))
