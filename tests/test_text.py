"""Foreign text is only ever read: nothing in it reaches the terminal as a command."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studytool.text import as_json, begun, cells, clean, in_a_line, one_line, padded

# What a terminal acts on, written down from the standards (ECMA-48, Unicode bidi) and not from the code.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

# Text with far more control characters than chance would give.
HOSTILE = st.lists(
    st.one_of(st.sampled_from(["\x1b", "[", "]", "0;", "\x07", "\x9b", "\x9c", "\r", "\n", "m", "\u202e"]), st.text())
).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain words\n\tand a tab",
        "η = 0.1 → ∇L, 日本語, naïve, 🙂",
        "[bold]markup[/] and [@click=app.quit]x[/]",
        "a\u200db and \u00a0 spaces",
        "```\n    code\n```\n",
    ],
)
def test_text_without_controls_is_returned_untouched(text: str) -> None:
    assert clean(text) is text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("\x1b[31mred\x1b[0m", "red", id="colour"),
        pytest.param("\x1b[2J\x1b[1;1Hhome", "home", id="clear and move"),
        pytest.param("\x1b[?1049hx", "x", id="alternate screen"),
        pytest.param("\x1b[38:2::1:2:3mx", "x", id="colon parameters"),
        pytest.param("\x9b31mred", "red", id="CSI as one C1 character"),
        pytest.param("a\x1b]0;title\x07b", "ab", id="title ended by BEL"),
        pytest.param("a\x1b]0;title\x1b\\b", "ab", id="title ended by ST"),
        pytest.param("a\x9d0;title\x9cb", "ab", id="title in C1 characters"),
        pytest.param("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link", id="hyperlink"),
        pytest.param("\x1b]52;c;ZXZpbA==\x07x", "x", id="clipboard"),
        pytest.param("a\x1bPq#0\x1b\\b", "ab", id="DCS, sixel"),
        pytest.param("a\x1b_Gf=100\x1b\\b", "ab", id="APC, kitty picture"),
        pytest.param("a\x1b^private\x1b\\b", "ab", id="PM"),
        pytest.param("a\x1bXstart\x1b\\b", "ab", id="SOS"),
        pytest.param("a\x1b(0b", "ab", id="character set"),
        pytest.param("a\x1bcb", "ab", id="reset"),
        pytest.param("end\x1b", "end", id="ESC at the end"),
        pytest.param("a\x1b[31", "a", id="CSI cut off"),
        pytest.param("bell\x07 back\x08 null\x00 del\x7f", "bell back null del", id="C0 and DEL"),
        pytest.param("next\x85line \x84", "nextline ", id="C1"),
        pytest.param("\u201chello\x9d, she said", "\u201chello, she said", id="a quote encoded twice"),
        pytest.param("a\x1b]0;never ended", "a0;never ended", id="string without an end"),
        pytest.param("user\u202etxt.exe\u2066x\u2069", "usertxt.exex", id="bidi overrides and isolates"),
        pytest.param("a\u200eb\u200fc\u061cd", "abcd", id="bidi marks"),
        pytest.param("a\ufff9b\ufffac\ufffbd", "abcd", id="annotation characters"),
        pytest.param("a\U000e0041\U000e007fb", "ab", id="tag characters"),
        pytest.param("one\r\ntwo\rthree\n", "one\ntwo\nthree\n", id="line ends"),
        pytest.param("tab\tstays\x1b[m", "tab\tstays", id="tab"),
    ],
)
def test_a_terminal_finds_nothing_to_act_on(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_string_sequence_cannot_swallow_the_next_line() -> None:
    assert clean("a\x1b]0;first\nsecond\x07") == "a0;first\nsecond"


@given(HOSTILE)
@example("\x1b\x1b[m")
@example("\x1b]\x1b]0;x\x07")
@example("\x1b\r\n[31m")
def test_no_forbidden_character_survives(text: str) -> None:
    assert not FORBIDDEN.search(clean(text))


@given(HOSTILE)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cf", "Cs"]), max_size=50))
def test_letters_digits_and_signs_are_never_lost(text: str) -> None:
    assert clean(f"\x1b[1m{text}\x1b[0m") == text


def test_one_line_folds_white_space() -> None:
    assert one_line("  two\n\n  lines\tand \x1b[1mmore ") == "two lines and more"


@given(HOSTILE, st.integers(1, 30))
def test_one_line_is_one_line_and_no_wider_than_asked(text: str, width: int) -> None:
    line = one_line(text, width)
    assert len(line) <= width
    assert len(line.splitlines()) <= 1


def test_markdown_in_a_line_has_no_signs_of_blocks() -> None:
    text = "What does this print?\n```python\nx = 2 > 1\nprint(x)\n```\n> Light reactions\n- [ ] one\n- two\n"
    assert in_a_line(text) == "What does this print? x = 2 > 1 print(x) Light reactions · one · two"
    assert in_a_line(text, 14) == "What does thi…"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("**Logits**\n\nraw scores of the last […]\n\nlayer", "**Logits**: raw scores of the last […] layer"),
        ("What is it?\n\n> A hint.", "What is it? A hint."),
        ("The error grows…\n\nWhy?", "The error grows… Why?"),
        ("Which of these\n\n- one\n- two", "Which of these: · one · two"),
        ("```py\nx = 1\n\nprint(x)\n```", "x = 1 print(x)"),
        ("Logits\n\n", "Logits"),
    ],
)
def test_in_a_line_a_term_is_parted_from_what_is_said_of_it(text: str, line: str) -> None:
    assert in_a_line(text) == line


def test_a_table_in_a_line_is_its_cells() -> None:
    text = "Which ports?\n\n| port | service |\n|---|:-:|\n| 22 | |\n| 80 \\| 81 | web |\n\nSay | it."
    assert in_a_line(text) == "Which ports? port · service; 22; 80 | 81 · web Say | it."
    assert in_a_line("a | b\n--|--\n1 | 2") == "a · b; 1 · 2"
    assert in_a_line("| a |\n| b |\n---\nP(a|b)") == "| a | | b | --- P(a|b)"


def test_one_line_shows_that_it_was_cut() -> None:
    assert one_line("a perceptron draws a line", 12) == "a perceptro…"
    assert one_line("a perceptron", 12) == "a perceptron"


@given(st.dictionaries(HOSTILE, st.lists(HOSTILE | st.characters())))
@example({"\U000e0041": ["\udcff", "\x9b", "η"]})
def test_json_says_all_and_holds_no_forbidden_character(value: dict[str, list[str]]) -> None:
    told = as_json(value)
    assert not FORBIDDEN.search(told)
    assert json.loads(told) == value
    told.encode("utf-8")


def test_json_keeps_letters_readable() -> None:
    assert as_json({"η": "日本"}) == '{\n  "η": "日本"\n}'


def test_a_row_of_a_table_is_as_wide_as_its_cells_are() -> None:
    assert [cells(text) for text in ("abc", "日本", "e\u0301", "🧠", "")] == [3, 4, 1, 2, 0]
    assert padded("日本", 6) == "日本  "
    assert padded("too long", 3) == "too long"


def test_a_text_is_begun_with_as_much_as_there_is_room_for() -> None:
    assert begun("gradient", 4) == "grad"
    assert begun("漢字", 3) == "漢"
    assert begun("cafe\u0301s", 4) == "cafe\u0301"
    assert begun("·" * 1000, 10) == "·" * 10
    assert begun("café", 9) == "café"
    assert begun("é", 0) == ""
