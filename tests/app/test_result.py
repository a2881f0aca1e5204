"""The rows of a quiz's result."""

from __future__ import annotations

import pytest

from studytool.app.screens.result import _ending
from studytool.text import cells


@pytest.mark.parametrize(
    ("place", "width", "shown"),
    [
        ("rivers.md:3", 11, "rivers.md:3"),
        ("notes/rivers.md:3", 12, "…rivers.md:3"),
        ("河川/河.md:3", 8, "…河.md:3"),
        ("河川/河.md:3", 7, "….md:3"),  # half of a wide sign is none
        ("cafe\u0301.md:3", 6, "….md:3"),  # the accent goes with its letter
        ("cafe\u0301.md:3", 7, "…e\u0301.md:3"),
        ("rivers.md:3", 1, "…"),
    ],
)
def test_a_place_that_is_too_long_ends_as_it_does_within_its_cells(place, width, shown):
    assert _ending(place, width) == shown
    assert cells(shown) <= width


def test_of_a_very_long_place_the_end_is_shown():
    place = "河" * 200_000 + "\u0301" * 200_000 + ".md:7"
    assert _ending(place, 66) == f"…{'河' * 30}{chr(0x301) * 200_000}.md:7"
