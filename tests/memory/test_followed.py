"""The key that a card has by now."""

from __future__ import annotations

import pytest

from studytool.memory.followed import followed

LINKS = {"a": "b", "b": "c", "c": "d", "x": "y", "y": "x"}


@pytest.mark.parametrize(
    ("key", "there", "now"),
    [
        ("a", "abcd", "a"),
        ("a", "cd", "c"),
        ("a", "", "d"),
        ("z", "", "z"),
        ("x", "y", "y"),
        ("x", "", "y"),
    ],
)
def test_the_first_form_that_is_there_is_the_card_and_a_circle_ends(key: str, there: str, now: str) -> None:
    assert followed(key, LINKS, there.__contains__) == now
