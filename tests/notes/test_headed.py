"""The name in a heading, without what decorates it."""

from __future__ import annotations

import pytest

from studytool.notes.dialects.headed import heading_name
from tests.notes.test_any_text import at_most


@pytest.mark.parametrize(
    "title",
    [
        "🔥 1.2 *Hash*",
        "🔥 1.2 🔑 Hash",
        "*🔑 1. Hash*",
        "#todo 2. *🔑 Hash* 🔑",
        "🔥🔑 Hash 🔑 🔥",
        "🔥Hash🔑",
        "🔥🔑\u2003Hash",
    ],
)
def test_decorations_may_stand_inside_each_other(title: str) -> None:
    assert heading_name(title) == "Hash"


@pytest.mark.parametrize("title", ["🔥" * 1_000_000 + "Hash", "Hash" + "🔥" * 1_000_000])
def test_many_emoji_take_no_more_time_than_other_signs(title: str) -> None:
    with at_most(10):
        assert heading_name(title) == "Hash"
