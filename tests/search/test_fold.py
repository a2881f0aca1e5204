"""Texts as they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytool.search.fold import SEPARATOR, fold, holds, pattern, standing


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Gradient", "gradient"),
        ("CAFÉ crème", "cafe creme"),
        ("cafe\u0301", "cafe"),
        ("Straße", "strasse"),
        ("ﬁt x²", "fit x2"),
        ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
        ("İstanbul", "istanbul"),
        ("**bold** and ==marked== `code`", "bold and marked code"),
        ("con**vol**ution", "convolution"),
        (" one\n two\t three ", "one two three"),
        ("が 한국어", "が 한국어"),
        ("snake_case a * b", "snake_case a * b"),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_what_is_folded_is_folded_already(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert SEPARATOR not in once


def test_parts_stand_one_after_the_other() -> None:
    assert holds(["gr", "t"], "gradient")
    assert not holds(["t", "gr"], "gradient")
    assert not holds(["aa", "ab"], "aab")
    assert holds(["", ""], "")


def test_parts_stand_on_one_side_of_a_card() -> None:
    text = SEPARATOR.join(("ab", "cd", "ef"))
    for side, parts, found in [("", "ab", 1), ("", "a b", 1), ("", "a d", 0), ("front", "a b", 1), ("front", "c", 0)]:
        assert standing(parts.split(), side)(text) == bool(found)  # type: ignore[arg-type]
        assert side or bool(pattern(parts.split()).search(text)) == bool(found)
    for parts, found in [("c d", 1), ("d c", 0), ("e", 0), ("a", 0)]:
        assert standing(parts.split(), "back")(text) == bool(found)


def test_many_stars_cost_no_more_than_the_text_is_long() -> None:
    assert not holds(["a"] * 2000 + ["b"], "a" * 200_000)  # a backtracking matcher would not end
